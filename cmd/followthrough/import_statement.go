package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/models/transfer/align"
	"github.com/followthrough/followthrough/models/transfer/document"
)

// statementCommand reads a statement. Without --apply it prints what it reads and touches no database.
type statementCommand struct {
	database
	File     []string `required:"" help:"File with the text in one language, or in two side by side; once for each file." placeholder:"FILE" sep:"none"`
	Lang     []string `help:"Language of a file as a BCP 47 tag; of the last files when there are fewer than files. Found out from the text when left out." placeholder:"TAG" sep:"none"`
	Glossary string   `type:"existingfile" help:"JSON file with rows for the glossary that the pairing uses; docs/statements.md has their shape." placeholder:"FILE"`
	JSON     bool     `help:"Print JSON."`
	Apply    bool     `help:"Write a draft, which an analyst goes on with and publishes in the browser."`
	Forum    string   `help:"Slug of the forum, for --apply." placeholder:"SLUG"`
	Meeting  string   `help:"Ref of the meeting, for --apply." placeholder:"REF"`
	As       string   `help:"E-mail address of the account that the draft belongs to; without it the draft waits for any analyst." placeholder:"ADDRESS"`
}

// Run plans the import, and with --apply writes it as a draft.
func (c *statementCommand) Run(env *environment) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	var opts []align.Option
	if c.Glossary != "" {
		rows, err := os.Open(c.Glossary)
		if err != nil {
			return usageError{fmt.Errorf("--glossary: %w", err)}
		}
		defer func() { _ = rows.Close() }() // it is only read
		opts = append(opts, align.WithGlossary(rows))
	}
	d, err := transfer.PlanStatement(env.ctx, files, progressOn(env), opts...)
	if err != nil {
		return err
	}
	switch {
	case c.Apply:
		return c.apply(env, d)
	case c.JSON:
		out := json.NewEncoder(env.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(planned(d))
	}
	return printPlan(env.out, d)
}

// files reads the files with the languages that are named.
func (c *statementCommand) files() ([]document.File, error) {
	if len(c.Lang) > len(c.File) {
		return nil, usageError{fmt.Errorf("--lang stands %d times and --file %d times", len(c.Lang), len(c.File))}
	}
	if c.Apply && (c.Forum == "" || c.Meeting == "") {
		return nil, usageError{errors.New("--apply needs --forum and --meeting")}
	}
	if !c.Apply && c.As != "" {
		return nil, usageError{errors.New("--as goes with --apply")}
	}
	all := make([]document.File, len(c.File))
	for i, name := range c.File {
		data, err := readUpTo(name, document.MaxFile)
		if err != nil {
			return nil, usageError{fmt.Errorf("--file: %w", err)}
		}
		all[i] = document.File{Name: filepath.Base(name), Data: data}
		if n := i - (len(c.File) - len(c.Lang)); n >= 0 {
			all[i].Lang = models.Lang(c.Lang[n])
		}
	}
	return all, nil
}

// readUpTo reads a file that has at most that many bytes; one byte more is enough to refuse it.
func readUpTo(name string, most int64) ([]byte, error) {
	if known, err := os.Stat(name); err != nil {
		return nil, err
	} else if !known.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	return data, errors.Join(err, f.Close())
}

// patience is how long a plan may take before people are told how far it has come.
const patience = time.Second

// progressOn tells people how far a long plan has come, one line for a quarter of a stage; scripts read standard output.
func progressOn(env *environment) transfer.Progress {
	began, last := env.now(), ""
	return func(stage string, done, total int) {
		now := fmt.Sprintf("%s %d %%", stage, 100*(4*done/max(total, 1))/4)
		if now == last || env.now().Sub(began) < patience {
			return
		}
		last = now
		fmt.Fprintln(env.errors, now)
	}
}

// apply writes the draft.
func (c *statementCommand) apply(env *environment, d models.Draft) error {
	return c.beside(env, func(record *opened) error {
		actor := program()
		if c.As != "" {
			known, err := record.Credentials(env.ctx, c.As)
			if err != nil {
				return fmt.Errorf("--as: there is no open account of %s", c.As)
			}
			actor = known.Actor()
			actor.Address = commandLine
		}
		d.Facts.Forum, d.Facts.Meeting = c.Forum, c.Meeting
		ref, err := record.StartImport(env.ctx, actor, d, nil)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(env.out).Encode(map[string]string{"draft": ref, "url": "/en/import/" + ref + "/align"})
		}
		_, err = fmt.Fprintf(env.out, "Draft %s: %d paragraphs, %d suggestions. Go on at /en/import/%s/align\n", ref, len(planned(d).Paragraphs), len(d.Work.Marks), ref)
		return err
	})
}

// plan is what a dry run prints.
type plan struct {
	Languages   []models.Lang       `json:"languages"`
	Title       models.Text         `json:"title"`
	Paragraphs  []plannedParagraph  `json:"paragraphs"`
	Commitments []plannedCommitment `json:"commitments"`
	LeftOut     []string            `json:"left_out"`
}

type plannedParagraph struct {
	Ref        string                 `json:"ref"`
	Texts      map[models.Lang]string `json:"texts"`
	Confidence float64                `json:"confidence"`
}

type plannedCommitment struct {
	Paragraph string      `json:"paragraph"`
	Lang      models.Lang `json:"lang"`
	Exact     string      `json:"exact"`
	models.Suggestion
}

func planned(d models.Draft) plan {
	p := plan{Languages: d.Langs(), Title: d.Facts.Title, Paragraphs: []plannedParagraph{}, Commitments: []plannedCommitment{}, LeftOut: d.Work.LeftOut}
	refs := d.Work.Refs()
	for i, row := range d.Work.Rows {
		if row.Out {
			continue
		}
		one := plannedParagraph{Ref: refs[i], Texts: map[models.Lang]string{}, Confidence: row.Confidence}
		for l := range row.Cells {
			one.Texts[l] = d.Words(i, l)
		}
		p.Paragraphs = append(p.Paragraphs, one)
	}
	for _, m := range d.Work.Marks {
		row := d.RowOfMark(m)
		for _, l := range p.Languages {
			if at, ok := m.Words[l]; ok && row >= 0 {
				p.Commitments = append(p.Commitments, plannedCommitment{refs[row], l, at.Of(d.Text(l)), m.Suggestion})
			}
		}
	}
	return p
}

// printPlan prints a dry run for people.
func printPlan(out io.Writer, d models.Draft) error {
	p := planned(d)
	var b strings.Builder
	for _, one := range p.Paragraphs {
		fmt.Fprintf(&b, "%-4s %.2f", one.Ref, one.Confidence)
		for _, l := range p.Languages {
			fmt.Fprintf(&b, "  %s: %s", l, beginning(one.Texts[l]))
		}
		b.WriteString("\n")
	}
	for _, c := range p.Commitments {
		fmt.Fprintf(&b, "%-4s %s  %-15s %-10s %.2f  %s\n", c.Paragraph, c.Lang, c.Strength, c.Type, c.Score, c.Exact)
	}
	for _, line := range p.LeftOut {
		fmt.Fprintf(&b, "left out: %s\n", beginning(line))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// beginning is the first characters of a text on one line.
func beginning(s string) string {
	const most = 40
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
