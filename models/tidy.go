package models

import (
	"slices"
	"strings"
)

// Tidy leaves out what a form sends for rows that were left empty.
func (a *Assessment) Tidy() {
	a.Evidence, a.SearchNote = tidyEvidence(a.Evidence), tidyNote(a.SearchNote)
}

// Tidy leaves out what a form sends for rows that were left empty.
func (w *RoundWork) Tidy() {
	w.Evidence, w.SearchNote = tidyEvidence(w.Evidence), tidyNote(w.SearchNote)
}

func tidyEvidence(rows []CitedEvidence) []CitedEvidence {
	for i := range rows {
		rows[i].Ref = strings.TrimSpace(rows[i].Ref)
	}
	return slices.DeleteFunc(rows, func(e CitedEvidence) bool {
		return e.Ref == "" && blank(e.URL+e.Title+e.Publisher) && e.PublishedOn.IsZero()
	})
}

// tidyNote cuts the words that were looked for into lines, and returns nil for a note of which nothing was filled in.
func tidyNote(n *NewSearchNote) *NewSearchNote {
	if n == nil {
		return nil
	}
	n.Queries = lines(n.Queries)
	if n.Ref == "" && blank(n.Where+n.Result.EN+n.Result.JA) && len(n.Queries) == 0 && n.SearchedOn.IsZero() {
		return nil
	}
	return n
}

// Tidy splits what a form sends in lines.
func (e *ForumEdit) Tidy() {
	trimmed(&e.Name)
	e.Slug = strings.TrimSpace(e.Slug)
	e.Members = lines(e.Members)
}

// Tidy splits what a form sends in lines.
func (e *CountryEdit) Tidy() {
	trimmed(&e.Name)
	e.ISO2, e.ISO3 = strings.ToUpper(strings.TrimSpace(e.ISO2)), strings.ToUpper(strings.TrimSpace(e.ISO3))
	e.Sources = lines(e.Sources)
}

// Tidy takes the white space around names away.
func (e *TopicEdit) Tidy() {
	trimmed(&e.Name, &e.Term)
	e.Slug = strings.TrimSpace(e.Slug)
}

// Tidy splits what a form sends in lines, and leaves out rows that were left empty.
func (e *MeetingEdit) Tidy() {
	trimmed(&e.City)
	e.MeetingRef = strings.TrimSpace(e.MeetingRef)
	e.Sources = lines(e.Sources)
	e.Attendances = slices.DeleteFunc(e.Attendances, func(a AttendanceEdit) bool { return a.Office == 0 })
}

// Tidy splits what a form sends in lines, and leaves out rows that were left empty.
func (e *DelegateEdit) Tidy() {
	trimmed(&e.Name)
	e.Slug = strings.TrimSpace(e.Slug)
	e.Variants, e.Sources = lines(e.Variants), lines(e.Sources)
	e.Notes = slices.DeleteFunc(e.Notes, func(n Text) bool { return blank(n.EN + n.JA) })
	for i := range e.Offices {
		trimmed(&e.Offices[i].Title)
		e.Offices[i].UntilKnown = e.Offices[i].UntilKnown || !e.Offices[i].Until.IsZero()
		e.Offices[i].Sources = lines(e.Offices[i].Sources)
	}
	e.Offices = slices.DeleteFunc(e.Offices, func(o OfficeEdit) bool {
		return blank(o.Title.EN+o.Title.JA) && o.From.IsZero() && o.Until.IsZero() && len(o.Sources) == 0
	})
}

// Tidy splits what a form sends in lines, and leaves out the countries that have no part.
func (e *InitiativeEdit) Tidy() {
	trimmed(&e.Title)
	e.InitiativeRef = strings.ToUpper(strings.TrimSpace(e.InitiativeRef))
	e.Related, e.Sources = lines(e.Related), lines(e.Sources)
	e.Parts = slices.DeleteFunc(e.Parts, func(p PartEdit) bool { return p.Role == "" })
}

// trimmed takes the white space around a text of one line away.
func trimmed(all ...*Text) {
	for _, t := range all {
		t.EN, t.JA = strings.TrimSpace(t.EN), strings.TrimSpace(t.JA)
	}
}

// lines cuts texts into their lines and leaves out the empty ones.
func lines(texts []string) []string {
	all := []string{}
	for _, t := range texts {
		for line := range strings.Lines(t) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	return all
}
