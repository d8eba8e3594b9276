package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/models/transfer/document"
)

// importText is one text of a statement as it is sent: its words, or a file.
type importText struct {
	Lang models.Lang `json:"lang" description:"Language, such as en; left out, it is found out. Of a bilingual text it is the language of the first cell."`
	Name string      `json:"name" description:"Name of the file; its end says what kind of file it is."`
	Body verbatim    `json:"body" description:"The words, kept byte for byte."`
	Data upload      `json:"data" description:"The file as base64, in place of the words."`
}

// importBody is a statement as it is sent: what is said of it, and its texts.
type importBody struct {
	models.DraftFacts
	Texts []importText `json:"texts" description:"One for each language, or one that holds two languages side by side. For a draft that has its texts, others that take their place."`

	rows map[string][]int // of each list, the numbers that its rows have in the form
}

// Tidy leaves out what a form sends for rows that were left empty, and takes the meeting that was chosen.
func (b *importBody) Tidy() {
	b.rows = map[string][]int{}
	b.Texts = keepRows(b.rows, "texts", b.Texts, func(t importText) bool { return strings.TrimSpace(string(t.Body)) != "" || len(t.Data) > 0 })
	b.Publications = keepRows(b.rows, "publications", b.Publications, func(p models.DraftPublication) bool {
		return strings.TrimSpace(p.Publisher+p.Title+p.URL) != "" || !p.PublishedOn.IsZero()
	})
	if b.Meeting == frontend.MeetingToBeMade {
		b.Meeting = ""
	} else {
		b.NewMeeting = nil
	}
	if b.NewMeeting != nil {
		b.NewMeeting.Tidy()
	}
}

// keepRows leaves rows out and notes the numbers of those that stay.
func keepRows[T any](rows map[string][]int, list string, all []T, keep func(T) bool) []T {
	var kept []T
	for i, row := range all {
		if keep(row) {
			kept = append(kept, row)
			rows[list] = append(rows[list], i)
		}
	}
	return kept
}

// inForm gives the fields of an error the numbers that their rows have in the form.
func (b importBody) inForm(err error) error {
	var known *models.Error
	if !errors.As(err, &known) {
		return err
	}
	for i := range known.Fields {
		field := &known.Fields[i].Field
		list, rest, _ := strings.Cut(*field, ".")
		n, more, found := strings.Cut(rest, ".")
		if at, err := strconv.Atoi(n); err == nil && at < len(b.rows[list]) {
			*field = list + "." + strconv.Itoa(b.rows[list][at])
			if found {
				*field += "." + more
			}
		}
	}
	return err
}

// Validate checks what can be told without the record.
func (b importBody) Validate(today models.Date) error {
	return b.inForm(b.facts().Validate(today))
}

// facts is what is said of the statement, with what follows from it.
func (b importBody) facts() models.DraftFacts {
	f := b.DraftFacts
	if f.NewMeeting != nil && f.Meeting != "" && f.Meeting != f.NewMeeting.MeetingRef {
		f.NewMeeting = nil // another one was named
	}
	if m := f.NewMeeting; m != nil {
		made := *m
		made.Forum = f.Forum
		if made.Format == "" {
			made.Format = "in_person"
		}
		if made.EndsOn.IsZero() {
			made.EndsOn = made.StartsOn
		}
		f.NewMeeting, f.Meeting = &made, made.MeetingRef
	}
	if f.Publications == nil {
		f.Publications = []models.DraftPublication{}
	}
	return f
}

// files are the texts as they are read.
func (b importBody) files() ([]document.File, error) {
	var bad []models.FieldError
	files := make([]document.File, len(b.Texts))
	for i, t := range b.Texts {
		files[i] = document.File{Name: t.Name, Lang: t.Lang, Data: t.Data}
		switch {
		case len(t.Data) > 0 && t.Body != "":
			bad = append(bad, models.Field(fmt.Sprintf("texts.%d", i), "error.text_twice"))
		case len(t.Data) == 0:
			files[i].Data = []byte(t.Body)
		}
	}
	return files, models.Invalid(bad...)
}

// beginImport reads texts into a draft.
func (s *Server) beginImport(c *Call, _ struct{}, b importBody) (*Reply, error) {
	facts := b.facts()
	files, err := b.files()
	checks := []error{err, facts.Validate(s.Store.Today())}
	if facts.Forum == "" {
		checks = append(checks, models.Invalid(models.Field("forum", "error.required")))
	}
	if len(files) == 0 {
		checks = append(checks, models.Invalid(models.Field("texts", "error.required")))
	}
	wrong := models.Together(append(checks, s.Store.CheckImport(c.Context(), c.Actor, facts))...)
	if wrong != nil && (len(files) == 0 || models.InvalidFields(wrong) == nil) {
		return nil, b.inForm(wrong)
	}
	receipt, actor := c.receipt(), c.Actor
	p, err := s.plan(c, "", models.StepSource, func(ctx context.Context, tell transfer.Progress) (string, error) {
		if wrong != nil {
			return "", b.inForm(withTexts(wrong, files))
		}
		d, err := transfer.PlanStatement(ctx, files, tell)
		if err != nil {
			return "", b.inForm(err)
		}
		d.Facts = described(facts, d.Facts)
		ref, err := s.Store.StartImport(ctx, actor, d, receipt)
		return ref, b.inForm(err) // what the record finds wrong
	})
	if err != nil {
		return nil, err
	}
	return s.planReply(c, p, "import.begun")
}

// withTexts adds what is wrong with the texts to what is wrong with the facts, so that everything is said at once.
func withTexts(wrong error, files []document.File) error {
	_, err := document.Read(files)
	return models.Together(wrong, err)
}

// described is what was said of a statement, with what its texts say where nothing was.
func described(said, read models.DraftFacts) models.DraftFacts {
	if said.Title.IsZero() {
		said.Title = read.Title
	}
	return said
}

// planReply leads to what became of a plan, or to how far it is.
func (s *Server) planReply(c *Call, p *plan, key string, args ...any) (*Reply, error) {
	if !s.await(c, p) {
		if err := s.tellPlan(c.Context(), p, planHolds); err != nil { // before the reader can ask another process
			return nil, err
		}
		go s.sharePlan(context.WithoutCancel(c.Context()), p)
		return s.underWay(c, p), nil
	}
	s.plans.drop(p)
	draft, err := p.outcome()
	if err != nil {
		return nil, err
	}
	return s.importReply(c, draft, importPath+"/"+draft+"/"+p.step, key, args...)
}

// factsOf is what is said of a draft, over which a change is laid.
func (s *Server) factsOf(c *Call, in refPath) (importBody, error) {
	d, err := s.Store.Import(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return importBody{}, err
	}
	return importBody{DraftFacts: d.Facts}, nil
}

// describeImport changes what is said of a statement; with texts, these take the place of the former ones.
func (s *Server) describeImport(c *Call, in refPath, b importBody) (*Reply, error) {
	if c.Format == represent.HTML {
		if err := chosen(c.Form); err != nil {
			return nil, err
		}
	}
	facts, version := b.facts(), c.recordVersion()
	files, err := b.files()
	if len(files) == 0 {
		if err := s.Store.DescribeImport(c.Context(), c.Actor, in.Ref, version, models.Draft{Facts: facts}, c.receipt()); err != nil {
			return nil, b.inForm(err)
		}
		next := importPath + "/" + in.Ref + "/" + models.StepSource
		if c.Form.Get(formPrefix+"next") != "" {
			next = importPath + "/" + in.Ref + "/" + models.StepAlign
		}
		return s.importReply(c, in.Ref, next, "import.described")
	}
	wrong := models.Together(err, facts.Validate(s.Store.Today()), s.Store.CheckImport(c.Context(), c.Actor, facts))
	if wrong != nil && models.InvalidFields(wrong) == nil {
		return nil, wrong
	}
	receipt, actor := c.receipt(), c.Actor
	p, err := s.plan(c, in.Ref, models.StepSource, func(ctx context.Context, tell transfer.Progress) (string, error) {
		if wrong != nil {
			return "", b.inForm(withTexts(wrong, files))
		}
		d, err := transfer.PlanStatement(ctx, files, tell)
		if err != nil {
			return "", b.inForm(err)
		}
		d.Facts = described(facts, d.Facts)
		return in.Ref, b.inForm(s.Store.DescribeImport(ctx, actor, in.Ref, version, d, receipt))
	})
	if err != nil {
		return nil, err
	}
	return s.planReply(c, p, "import.described")
}

// stepBody is a change that needs no more than its route and version.
type stepBody struct {
	Step string `json:"step,omitempty" description:"On pages: the step to return to."`
}

// backTo is the step of the wizard that a form stands on.
func (b stepBody) backTo() string {
	if slices.Contains(models.DraftSteps, b.Step) {
		return b.Step
	}
	return models.StepAlign
}
