package models

import (
	"fmt"
	"slices"
	"strings"
)

// maxPublications bounds the releases of one text.
const maxPublications = 20

// Validate checks what is said of a statement and can be told without the record. A draft may still lack its meeting
// and title; what publication needs is in Gaps.
func (f DraftFacts) Validate(today Date) error {
	bad := slices.Concat(oneLine("title.en", f.Title.EN), oneLine("title.ja", f.Title.JA))
	if !f.IssuedOn.IsZero() && f.IssuedOn.After(today) {
		bad = append(bad, Field("issued_on", "error.future", "value", f.IssuedOn.String()))
	}
	if len(f.Publications) > maxPublications {
		bad = append(bad, Field("publications", "error.too_many", "max", maxPublications))
	}
	for i, p := range f.Publications {
		at := fmt.Sprintf("publications.%d.", i)
		bad = slices.Concat(bad, must(at+"title", p.Title), released(at, p, today))
	}
	err := Invalid(bad...)
	if f.NewMeeting == nil {
		return err
	}
	meeting := Under("new_meeting.", f.NewMeeting.Validate(today))
	if f.NewMeeting.EndsOn.After(today) {
		meeting = Together(meeting, Invalid(Field("new_meeting.ends_on", "error.not_held")))
	}
	return Together(err, meeting)
}

// Gap is something that a draft lacks before it can be published, with the step where it is mended.
type Gap struct {
	Step  string     `json:"step" enum:"source,align,mark,match"`
	Field FieldError `json:"-"`
	Row   int        `json:"row" description:"Number of the row it concerns; -1 for none."`
	Mark  int        `json:"mark" description:"Number of the mark it concerns; 0 for none."`
	Name  string     `json:"field"`
}

// Gaps lists what a draft lacks before it can be published, in the order of the steps.
func (d Draft) Gaps() []Gap {
	gaps := []Gap{}
	add := func(step string, row, mark int, f FieldError) {
		gaps = append(gaps, Gap{Step: step, Field: f, Row: row, Mark: mark, Name: f.Field})
	}
	if d.Facts.Meeting == "" && d.Facts.NewMeeting == nil {
		add("source", -1, 0, Field("meeting", "error.required"))
	}
	if blank(d.Facts.Title.EN) && blank(d.Facts.Title.JA) {
		add("source", -1, 0, Field("title.en", "error.either"))
	}
	if !slices.ContainsFunc(d.Work.Rows, func(r DraftRow) bool { return !r.Out }) {
		add("align", -1, 0, Field("rows", "error.no_paragraph"))
	}
	rows := d.MarkRows()
	for _, m := range d.Accepted() {
		row := rows[m.ID]
		switch {
		case row < 0:
			add("mark", -1, m.ID, Field("marks", "error.mark_torn"))
			continue
		case !m.Trackable && m.Reason.IsZero():
			add("mark", row, m.ID, Field("not_trackable_reason", "error.required"))
		case !slices.Contains(Kinds, m.Kind):
			add("mark", row, m.ID, Field("kind", "error.required"))
		}
		if m.Track == "" {
			add("match", row, m.ID, Field("track", "error.no_track"))
		}
		if !d.Compared(m) {
			add("match", row, m.ID, Field("earlier", "error.not_compared"))
		}
	}
	return gaps
}

// Compared reports whether somebody decided what a mark follows, of the statement that is the previous one by now.
func (d Draft) Compared(m DraftMark) bool {
	return d.EarlierFrom == "" && len(m.Earlier) == 0 || m.Compared && m.With == d.EarlierFrom
}

// Statement is what the draft becomes: its paragraphs under their references, and the commitments of its accepted
// marks, numbered within their paragraphs in the order of the text.
func (d Draft) Statement(slug string) (Statement, []Commitment) {
	s := Statement{Slug: slug, Meeting: d.Facts.Meeting, Title: d.Facts.Title, IssuedOn: d.Facts.IssuedOn, Languages: d.Langs()}
	refs := d.Work.Refs()
	for i, row := range d.Work.Rows {
		if row.Out {
			continue
		}
		p := Paragraph{Ref: refs[i], Texts: map[Lang]string{}}
		for l := range row.Cells {
			if words := d.Words(i, l); words != "" {
				p.Texts[l] = words
			}
		}
		s.Paragraphs = append(s.Paragraphs, p)
	}
	var all []Commitment
	numbers := map[string]int{}
	for _, m := range d.Accepted() {
		row := d.RowOfMark(m)
		if row < 0 {
			continue
		}
		numbers[refs[row]]++
		c := Commitment{Code: CommitmentCode(slug, refs[row], numbers[refs[row]]), Statement: slug, Paragraph: refs[row], Kind: m.Kind, Verb: m.Verb, Strength: m.Strength,
			Trackable: m.Trackable, NotTrackableReason: m.Reason, Actor: lineOf(m.Actor), Addressee: lineOf(m.Addressee), Due: lineOf(m.Due), Measure: lineOf(m.Measure), Initiatives: m.Refs, Words: map[Lang]Marked{}}
		if m.Initiative != nil {
			c.Initiatives = []string{m.Initiative.Ref}
		}
		for l, at := range m.Words {
			cell, text := d.Work.Rows[row].Cells[l], d.Text(l)
			c.Words[l] = Marked{Prefix: text[cell.From:at.From], Exact: at.Of(text), Suffix: text[at.To:cell.To]}
		}
		all = append(all, c)
	}
	return s, all
}

// lineOf is words of a text on one line, as a form has them.
func lineOf(words string) string { return strings.NewReplacer("\r\n", " ", "\n", " ").Replace(words) }

// CommitmentCode is the code of the nth commitment of a paragraph, such as QSCG-2023-12-P04-1.
func CommitmentCode(statement, paragraph string, n int) string {
	number := strings.TrimPrefix(paragraph, "p")
	if len(number) < 2 {
		number = "0" + number
	}
	return fmt.Sprintf("%s-P%s-%d", strings.ToUpper(statement), number, n)
}
