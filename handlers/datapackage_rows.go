package handlers

import (
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// under is a row that has no reference of its own: it is named by the record above it and its position there.
type under[T any] struct {
	of       string
	position int // from 1
	row      T
}

// below lines rows up under the record above them.
func below[T any](of string, rows []T) []under[T] {
	all := make([]under[T], len(rows))
	for i, row := range rows {
		all[i] = under[T]{of, i + 1, row}
	}
	return all
}

// placed are the columns that name such a row.
func placed[T any](of string, t represent.Type) []represent.Column[under[T]] {
	return []represent.Column[under[T]]{
		{Name: of, Type: t, Value: func(u under[T]) string { return u.of }},
		{Name: "position", Type: represent.Integer, Value: func(u under[T]) string { return strconv.Itoa(u.position) }},
	}
}

// wording is one paragraph of a statement in one language.
type wording struct {
	statement string
	models.Paragraph
	lang models.Lang
}

// tie says that a commitment is about an initiative.
type tie struct{ commitment, initiative string }

func paragraphsOf(r *models.ForumRecord) []wording {
	var all []wording
	for _, t := range r.Statements {
		for _, p := range t.Paragraphs {
			for _, l := range t.Languages {
				if _, ok := p.Texts[l]; ok {
					all = append(all, wording{t.Slug, p, l})
				}
			}
		}
	}
	return all
}

func publicationsOf(r *models.ForumRecord) []under[models.Publication] {
	var all []under[models.Publication]
	for _, m := range r.Meetings {
		all = append(all, below(m.Ref, m.Publications)...)
	}
	return all
}

func officesOf(r *models.ForumRecord) []under[models.Office] {
	var all []under[models.Office]
	for _, d := range r.Delegates {
		all = append(all, below(d.Slug, d.Offices)...)
	}
	return all
}

func attendancesOf(r *models.ForumRecord) []models.Attendance {
	var all []models.Attendance
	for _, m := range r.Meetings {
		all = append(all, m.Attendances...)
	}
	return all
}

func partsOf(r *models.ForumRecord) []models.Part {
	var all []models.Part
	for _, i := range r.Initiatives {
		all = append(all, i.Parts...)
	}
	return all
}

func tiesOf(r *models.ForumRecord) []tie {
	var all []tie
	for _, c := range r.Commitments {
		for _, ref := range c.Initiatives {
			all = append(all, tie{c.Code, ref})
		}
	}
	return all
}

func citationsOf(r *models.ForumRecord) []under[models.Citation] {
	var all []under[models.Citation]
	for _, u := range r.Updates {
		all = append(all, below(strconv.FormatInt(u.ID, 10), u.Evidence)...)
	}
	return all
}

// number writes a number that refers to something; 0 refers to nothing.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func joined[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = string(one)
	}
	return strings.Join(texts, ";")
}
