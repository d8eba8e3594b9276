package frontend

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Words of the record are shown as they are stored. A template would put white space between a mark and what follows
// it, which changes a Japanese sentence; these components write nothing between.

// verbatim writes elements one after the other.
func verbatim(parts []string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, p := range parts {
			if _, err := io.WriteString(w, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// wording is a paragraph of a statement: a mark is a tint, a line below and a number, never a colour alone.
func wording(p Statement, all []Run) templ.Component {
	var parts []string
	for _, r := range all {
		text := kept(r.Text)
		if r.Codes != "" {
			text = `<mark data-commitment="` + templ.EscapeString(r.Codes) + `">` + text + `</mark>`
		}
		parts = append(parts, text)
		for _, n := range r.Ends {
			parts = append(parts, `<sup><a href="`+templ.EscapeString(n.URL)+`" aria-label="`+templ.EscapeString(p.T("statement.commitment", "n", n.Text))+`">`+templ.EscapeString(n.Text)+`</a></sup>`)
		}
	}
	return verbatim(parts)
}

// excerpt is a part of a text with the words found marked.
func excerpt(s models.Snippet) templ.Component {
	var parts []string
	if s.Before {
		parts = append(parts, "…")
	}
	for _, p := range s.Pieces {
		text := templ.EscapeString(p.Text)
		if p.Found {
			text = "<mark>" + text + "</mark>"
		}
		parts = append(parts, text)
	}
	if s.After {
		parts = append(parts, "…")
	}
	return verbatim(parts)
}

// markedWords is a paragraph with the words of one commitment marked, where they are still in it.
func markedWords(w models.Marked) templ.Component {
	parts := []string{templ.EscapeString(w.Prefix)}
	if w.Exact != "" {
		parts = append(parts, "<mark>", templ.EscapeString(w.Exact), "</mark>", templ.EscapeString(w.Suffix))
	}
	return verbatim(parts)
}
