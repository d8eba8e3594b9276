package transfer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer/align"
	"github.com/followthrough/followthrough/models/transfer/document"
	"github.com/followthrough/followthrough/models/transfer/suggest"
)

// givenConfidence is how sure the pairing is of texts whose file has them side by side.
const givenConfidence = 0.99

// Progress is told how far a plan has come: the stage (read, align or suggest), and how much of it is done.
type Progress func(stage string, done, total int)

// PlanStatement reads the texts of a statement into a draft: its sources, its paragraphs side by side, its title and the
// passages that the rules suggest; what stands around the texts and belongs to none of them is left out. Nothing is
// written. progress may be nil; an option can add a glossary to the pairing.
func PlanStatement(ctx context.Context, files []document.File, progress Progress, opts ...align.Option) (models.Draft, error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	var d models.Draft
	progress("read", 0, 1)
	read, err := document.Read(files)
	if err != nil {
		return d, err
	}
	progress("align", 0, 1)
	for _, t := range read.Texts {
		d.Sources = append(d.Sources, t.DraftSource)
	}
	if read.Rows != nil {
		d.Work.Rows = given(read)
	} else if d.Work.Rows, err = paired(ctx, read.Texts, opts); err != nil {
		return d, err
	}
	d.Facts.Title = title(read)
	progress("align", 1, 1)
	d.Work.LeftOut = append([]string{}, slices.Concat(read.LeftOut, outside(read))...)
	return d, suggestAll(ctx, &d, progress, func(int) bool { return true })
}

// given makes the rows of a file that has its languages side by side.
func given(read *document.Reading) []models.DraftRow {
	var rows []models.DraftRow
	for _, pair := range read.Rows {
		row := models.DraftRow{Cells: map[models.Lang]models.Span{}, Confidence: givenConfidence}
		kinds := map[document.Kind]bool{}
		for i := range read.Texts {
			t := &read.Texts[i]
			if n, ok := pair[t.Lang]; ok {
				row.Cells[t.Lang] = t.Pieces[n].Span
				kinds[t.Pieces[n].Kind] = true
			}
		}
		row.Preface = kinds[document.Preface]
		row.Out = kinds[document.Title] || kinds[document.Outside]
		if len(row.Cells) < 2 {
			row.Confidence = 0
		}
		rows = append(rows, row)
	}
	return rows
}

// paired aligns the paragraphs of separate texts. What is not part of the statement keeps its place, in rows that are
// left out.
func paired(ctx context.Context, texts []document.Text, opts []align.Option) ([]models.DraftRow, error) {
	var all []align.Text
	var out []models.DraftRow
	prefaces := map[models.Lang]models.Span{}
	for _, t := range texts {
		a := align.Text{Lang: t.Lang, Body: t.Body}
		for _, p := range t.Pieces {
			switch p.Kind {
			case document.Title, document.Outside:
				out = append(out, models.DraftRow{Cells: map[models.Lang]models.Span{t.Lang: p.Span}, Out: true})
				continue
			case document.Preface:
				prefaces[t.Lang] = p.Span
			}
			a.Paragraphs = append(a.Paragraphs, p.Span)
		}
		all = append(all, a)
	}
	rows, err := align.Rows(ctx, all, opts...)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		for l, p := range prefaces {
			rows[i].Preface = rows[i].Preface || i == 0 && rows[i].Cells[l] == p
		}
	}
	return placed(rows, out, texts), nil
}

// placed puts the rows that are left out where their words stand: before the first row of what follows them.
func placed(rows, out []models.DraftRow, texts []document.Text) []models.DraftRow {
	for i := len(out) - 1; i >= 0; i-- {
		l := slices.Collect(maps.Keys(out[i].Cells))[0]
		at := slices.IndexFunc(rows, func(r models.DraftRow) bool { c := r.Cells[l]; return !c.Empty() && c.From > out[i].Cells[l].From })
		if at < 0 {
			at = len(rows)
		}
		for at > 0 && rows[at-1].Cells[l].Empty() && rows[at-1].Out { // with those of the other languages
			at--
		}
		rows = slices.Insert(rows, at, out[i])
	}
	return rows
}

// title is the title of the statement where its texts have one: the English one in English, or else that of a language
// for which the interface has no place. A publication keeps its own.
func title(read *document.Reading) models.Text {
	var t, other models.Text
	for _, text := range read.Texts {
		for _, p := range text.Pieces {
			if p.Kind != document.Title {
				continue
			}
			switch words := p.Of(text.Body); text.Lang {
			case models.Japanese:
				t.JA = cmp.Or(t.JA, words)
			case models.English:
				t.EN = cmp.Or(t.EN, words)
			default:
				other.EN = cmp.Or(other.EN, words)
			}
		}
	}
	if t.IsZero() {
		return other
	}
	return t
}

// outside lists what the texts hold beside the statement and its title.
func outside(read *document.Reading) []string {
	var all []string
	for _, t := range read.Texts {
		for _, p := range t.Pieces {
			if p.Kind == document.Outside {
				all = append(all, p.Of(t.Body))
			}
		}
	}
	return all
}

// Again pairs the paragraphs of a draft anew, each as it is cut by now.
func Again(ctx context.Context, d *models.Draft, opts ...align.Option) error {
	var texts []align.Text
	var out []models.DraftRow
	var preface map[models.Lang]models.Span
	for _, s := range d.Sources {
		texts = append(texts, align.Text{Lang: s.Lang, Body: s.Body})
	}
	for _, r := range d.Work.Rows {
		if r.Out {
			out = append(out, r)
			continue
		}
		if r.Preface {
			preface = r.Cells
		}
		for i := range texts {
			if c := r.Cells[texts[i].Lang]; !c.Empty() {
				texts[i].Paragraphs = append(texts[i].Paragraphs, c)
			}
		}
	}
	for i := range texts {
		slices.SortFunc(texts[i].Paragraphs, func(a, b models.Span) int { return a.From - b.From })
	}
	rows, err := align.Rows(ctx, texts, opts...)
	if err != nil {
		return err
	}
	if len(rows) > 0 && preface != nil {
		for l, c := range preface {
			rows[0].Preface = rows[0].Preface || rows[0].Cells[l] == c
		}
	}
	first := leading(d.Work.Rows)
	d.Work.Rows = slices.Concat(first, rows, out[len(first):])
	return nil
}

// leading lists the rows that are left out before the first one that stands.
func leading(rows []models.DraftRow) []models.DraftRow {
	n := slices.IndexFunc(rows, func(r models.DraftRow) bool { return !r.Out })
	if n < 0 {
		n = len(rows)
	}
	return slices.Clone(rows[:n])
}

// Suggest looks for passages anew, after paragraphs were changed. What a person decided on stays.
func Suggest(ctx context.Context, d *models.Draft) error {
	return suggestAll(ctx, d, func(string, int, int) {}, func(int) bool { return true })
}

// SuggestIn looks for passages anew in the rows that differ from what the rows were before, so that a step on a long
// statement costs as much as on a short one.
func SuggestIn(ctx context.Context, d *models.Draft, before []models.DraftRow) error {
	was := map[string]bool{}
	name := func(r models.DraftRow) string {
		return fmt.Sprint(r.Cells, r.Out, r.Preface) // maps are printed in the order of their keys
	}
	for _, r := range before {
		was[name(r)] = true
	}
	return suggestAll(ctx, d, func(string, int, int) {}, func(row int) bool { return !was[name(d.Work.Rows[row])] })
}

// suggestAll takes the suggestions of some rows, and those whose words stand in none, away and makes others.
func suggestAll(ctx context.Context, d *models.Draft, progress Progress, in func(row int) bool) error {
	rows := d.MarkRows()
	kept := slices.DeleteFunc(slices.Clone(d.Work.Marks), func(m models.DraftMark) bool {
		return m.State == models.MarkSuggested && (rows[m.ID] < 0 || in(rows[m.ID]))
	})
	next := 0
	for _, m := range d.Work.Marks {
		next = max(next, m.ID)
	}
	near := map[int][]models.DraftMark{} // by row; those that stand in none may share words with any
	for _, m := range kept {
		near[rows[m.ID]] = append(near[rows[m.ID]], m)
	}
	for i, row := range d.Work.Rows {
		progress("suggest", i, len(d.Work.Rows))
		if err := ctx.Err(); err != nil {
			return err
		}
		if row.Out || row.Preface || !in(i) {
			continue
		}
		texts := map[models.Lang]string{}
		for l := range row.Cells {
			texts[l] = d.Words(i, l)
		}
		for _, f := range suggest.Paragraph(texts) {
			m := models.DraftMark{State: models.MarkSuggested, Words: map[models.Lang]models.Span{}, Suggestion: f.Suggestion, Kind: models.KindOf(f.Type)}
			for l, at := range f.Words {
				m.Words[l] = models.Span{From: at.From + row.Cells[l].From, To: at.To + row.Cells[l].From}
			}
			if !m.Trackable {
				m.Reason = suggest.Reason(m.Type)
			}
			shares := func(k models.DraftMark) bool { return overlap(k, m) }
			if slices.ContainsFunc(near[i], shares) || slices.ContainsFunc(near[-1], shares) {
				continue
			}
			if len(kept) >= models.MaxMarks { // more than a statement can have
				break
			}
			next++
			m.ID = next
			kept, near[i] = append(kept, m), append(near[i], m)
		}
	}
	progress("suggest", len(d.Work.Rows), len(d.Work.Rows))
	d.Work.Marks = kept
	d.SortMarks()
	return nil
}

// overlap reports whether two marks share words in a language.
func overlap(a, b models.DraftMark) bool {
	for l, at := range a.Words {
		if o, ok := b.Words[l]; ok && at.From < o.To && o.From < at.To {
			return true
		}
	}
	return false
}
