package frontend

import (
	"fmt"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// SummaryLine is one line of what a draft becomes, with the step where it is changed.
type SummaryLine struct {
	Label, Text, URL string
	Lang             models.Lang // of the text; empty for the language of the page
}

// summary says what the draft becomes.
func (p ImportPage) summary(f Frame) []SummaryLine {
	step := func(name string) string { return f.To(p.path(name)) }
	d := p.Draft
	lines := []SummaryLine{{Label: f.T("edit.forum"), Text: p.nameOf(f, p.Choices.Forums, d.Facts.Forum), URL: step(models.StepSource)}}
	meeting := p.nameOf(f, p.Choices.Meetings, d.Facts.Meeting)
	switch m := d.Facts.NewMeeting; {
	case m != nil:
		meeting = f.T("import.meeting_made", "ref", m.MeetingRef, "place", f.Plain(m.City), "days", f.Days(m.StartsOn, m.EndsOn))
	case d.Facts.Meeting == "":
		meeting = f.T("import.meeting_later")
	}
	lines = append(lines, SummaryLine{Label: f.T("import.field.meeting"), Text: meeting, URL: step(models.StepSource)})
	for _, l := range models.Langs {
		if t := d.Facts.Title.Only(l); t != "" {
			lines = append(lines, SummaryLine{Label: f.T("import.field.title." + string(l)), Text: t, Lang: l, URL: step(models.StepSource)})
		}
	}
	if !d.Facts.IssuedOn.IsZero() {
		lines = append(lines, SummaryLine{Label: f.T("import.field.issued_on"), Text: f.Date(d.Facts.IssuedOn), URL: step(models.StepSource)})
	}
	lines = append(lines, SummaryLine{Label: f.T("import.publications"), Text: f.T("import.publication_count", "n", len(d.Facts.Publications)), URL: step(models.StepSource)})
	for _, s := range d.Sources {
		lines = append(lines, SummaryLine{Label: langSaid(f, s.Lang), Text: p.counted(f, s), URL: step(models.StepSource)})
	}
	out := len(d.Work.Rows) - standingRows(d)
	lines = append(lines,
		SummaryLine{Label: f.T("import.step_align"), Text: f.T("import.rows_count", "n", len(d.Work.Rows)-out, "out", out) + " · " + p.confidences(f), URL: step(models.StepAlign)},
		SummaryLine{Label: f.T("import.step_mark"), Text: p.markCounts(f), URL: step(models.StepMark)},
		SummaryLine{Label: f.T("import.step_match"), Text: p.matchedCount(f), URL: step(models.StepMatch)})
	return lines
}

// CheckedCommitment is a commitment as readers will see it.
type CheckedCommitment struct {
	models.Commitment
	Mark models.DraftMark
	URL  string // where its match is changed
}

// maxOpenCommitments is how many commitments of a draft stand open on the page.
const maxOpenCommitments = 12

// commitments are what the accepted marks become.
func (p ImportPage) commitments(f Frame) []CheckedCommitment {
	var marks []models.DraftMark
	for _, m := range p.Draft.Accepted() {
		if p.Draft.RowOfMark(m) >= 0 { // the others become nothing, and say so among what is open
			marks = append(marks, m)
		}
	}
	_, made := p.Draft.Statement(p.Draft.Slug)
	all := make([]CheckedCommitment, len(made))
	for i, c := range made {
		all[i] = CheckedCommitment{c, marks[i], f.To(p.path(models.StepMatch), "mark", strconv.Itoa(marks[i].ID)) + "#item"}
	}
	return all
}

// code is the code of a commitment; without a meeting there is none yet.
func (c CheckedCommitment) code(f Frame) string {
	if c.Statement == "" {
		return f.T("import.code_later")
	}
	return c.Code
}

// follows says in words what a commitment follows.
func (c CheckedCommitment) follows(f Frame) string {
	var all []string
	for _, e := range c.Mark.Earlier {
		all = append(all, e.Code+" ("+f.T("lineage."+e.Relation)+")")
	}
	if len(all) == 0 {
		return f.T("lineage.new")
	}
	return f.List(all)
}

// standingRows counts the paragraphs of a draft that are not left out.
func standingRows(d models.Draft) int {
	n := 0
	for _, r := range d.Work.Rows {
		if !r.Out {
			n++
		}
	}
	return n
}

// nameOf names a record by its reference.
func (p ImportPage) nameOf(f Frame, all []models.Reference, ref string) string {
	for _, r := range all {
		if r.Ref == ref {
			return f.Plain(r.Title) + " (" + ref + ")"
		}
	}
	return ref
}

// effects say what publishing makes and changes.
func (p ImportPage) effects(f Frame) []string {
	d := p.Draft
	var all []string
	if d.Facts.NewMeeting != nil {
		all = append(all, f.T("import.will_meeting", "ref", d.Facts.NewMeeting.MeetingRef))
	}
	all = append(all, f.T("import.will_statement", "n", standingRows(d)), f.T("import.will_commitments", "n", len(d.Accepted())))
	made, tied := 0, map[string]bool{}
	for _, m := range d.Accepted() {
		if m.Initiative != nil {
			made++
		}
		for _, ref := range m.Refs {
			tied[ref] = true
		}
	}
	if made > 0 {
		all = append(all, f.T("import.will_initiatives", "n", made))
	}
	if len(tied) > 0 {
		all = append(all, f.T("import.will_tie", "n", len(tied)))
	}
	if d.EarlierFrom != "" {
		all = append(all, f.T("import.will_lineage", "n", len(d.Earlier)-len(p.left()), "left", len(p.left()), "statement", d.EarlierFrom))
	}
	return all
}

// warnings are what can be published all the same.
func (p ImportPage) warnings(f Frame) []string {
	d := p.Draft
	var all []string
	check, unpaired := 0, 0
	for n, r := range d.Work.Rows {
		if r.Out {
			continue
		}
		switch pairing(d, n) {
		case "check":
			check++
		case "unpaired":
			unpaired++
		}
	}
	if check > 0 {
		all = append(all, f.T("import.warn_check", "n", check))
	}
	if unpaired > 0 && len(d.Sources) > 1 {
		all = append(all, f.T("import.warn_unpaired", "n", unpaired))
	}
	if len(d.Accepted()) == 0 {
		all = append(all, f.T("import.warn_no_marks"))
	}
	if len(d.Facts.Publications) == 0 {
		all = append(all, f.T("import.warn_no_publication"))
	}
	return all
}

// gapURL leads to where a gap is mended.
func (p ImportPage) gapURL(f Frame, g ImportGap) string {
	switch {
	case g.Step == models.StepMatch && g.Mark != 0:
		return f.To(p.path(g.Step), "mark", strconv.Itoa(g.Mark)) + "#item"
	case g.Step == models.StepMark && g.Mark != 0:
		return f.Standing(MarkAddress(p.Draft, g.Mark))
	case g.Step == models.StepSource:
		return f.To(p.path(g.Step)) + "#field-" + g.Name
	}
	return f.To(p.path(g.Step))
}

// gapText says where a gap is and what is missing.
func (p ImportPage) gapText(f Frame, g ImportGap) string {
	where := f.T("import.step_" + g.Step)
	if g.Mark != 0 {
		where += " · " + f.T("import.mark_number", "n", p.number(g.Mark))
	}
	return fmt.Sprintf("%s: %s", where, g.Message)
}
