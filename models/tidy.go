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
	var queries []string
	for _, q := range n.Queries {
		for line := range strings.Lines(q) {
			if line = strings.TrimSpace(line); line != "" {
				queries = append(queries, line)
			}
		}
	}
	n.Queries = queries
	if n.Ref == "" && blank(n.Where+n.Result.EN+n.Result.JA) && len(queries) == 0 && n.SearchedOn.IsZero() {
		return nil
	}
	return n
}
