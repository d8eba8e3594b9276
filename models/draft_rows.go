package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AlignSteps lists what can be done to the paragraphs of a draft.
var AlignSteps = []string{"join", "merge", "split", "up", "down", "raise", "lower", "leave_out", "bring_back", "begin_here", "end_here", "preface", "confirm", "confirm_all"}

// AlignStep is one change of the paragraphs of a draft.
type AlignStep struct {
	Do   string `json:"do" enum:"join,merge,split,up,down,raise,lower,leave_out,bring_back,begin_here,end_here,preface,confirm,confirm_all"`
	Row  int    `json:"row" description:"Number of the row, from 0."`
	Lang Lang   `json:"lang" description:"Language of the cell, where one cell is meant."`
	At   int    `json:"at" description:"For split: bytes of the cell before the second half."`

	Before string `json:"before,omitempty" description:"For split, in place of at: the words with which the second half begins, as they stand in the cell."`
}

// Refs gives every row its reference in the statement, such as p4; one that is left out has none. The issuer's
// preface is p0, so that the statement itself begins with p1.
func (w DraftWork) Refs() []string {
	refs := make([]string, len(w.Rows))
	n := 0
	for i, r := range w.Rows {
		switch {
		case r.Out:
		case r.Preface:
			refs[i] = "p0"
		default:
			n++
			refs[i] = fmt.Sprintf("p%d", n)
		}
	}
	return refs
}

// Langs lists the languages of the rows, those of the interface first.
func (d Draft) Langs() []Lang {
	var all []Lang
	for _, s := range d.Sources {
		all = append(all, s.Lang)
	}
	place := func(l Lang) int {
		if n := slices.Index(Langs[:], l); n >= 0 {
			return n
		}
		return len(Langs)
	}
	slices.SortStableFunc(all, func(a, b Lang) int { return place(a) - place(b) })
	return all
}

// Text is the whole text of a language as it was supplied.
func (d Draft) Text(l Lang) string {
	for _, s := range d.Sources {
		if s.Lang == l {
			return s.Body
		}
	}
	return ""
}

// Words is the wording of a row in a language; empty when it has none.
func (d Draft) Words(row int, l Lang) string { return d.Work.Rows[row].Cells[l].Of(d.Text(l)) }

// RowOf returns the row that holds a place in the text of a language, or -1.
func (w DraftWork) RowOf(l Lang, at Span) int {
	return slices.IndexFunc(w.Rows, func(r DraftRow) bool { return r.Cells[l].Holds(at) })
}

// Align makes one change of the paragraphs. Every byte of a text stays where it is: a row names places in it, so that
// only neighbours can become one paragraph.
func (d *Draft) Align(s AlignStep) error {
	if s.Row < 0 || s.Row >= len(d.Work.Rows) {
		return Invalid(Field("row", "error.unknown_value", "value", s.Row))
	}
	switch s.Do {
	case "join", "up", "down", "raise", "lower", "split":
		if d.Work.Rows[s.Row].Cells[s.Lang].Empty() {
			return Invalid(Field("lang", "error.no_cell", "value", string(s.Lang)))
		}
	}
	d.Work = d.Work.clone()
	w := &d.Work
	switch s.Do {
	case "join":
		return w.join(s.Row-1, s.Row, s.Lang)
	case "merge":
		return w.merge(s.Row)
	case "split":
		at, err := s.place(d.Words(s.Row, s.Lang))
		if err != nil {
			return err
		}
		return w.split(s.Row, s.Lang, at, d.Text)
	case "up":
		return w.swap(s.Row, s.Row-1, s.Lang)
	case "down":
		return w.swap(s.Row, s.Row+1, s.Lang)
	case "raise":
		return w.raise(s.Row, s.Lang)
	case "lower":
		w.lower(s.Row, s.Lang)
	case "leave_out", "bring_back":
		w.Rows[s.Row].Out = s.Do == "leave_out"
		w.onePreface()
	case "begin_here":
		w.outside(0, s.Row)
		w.onePreface()
	case "end_here":
		w.outside(s.Row+1, len(w.Rows))
		w.onePreface()
	case "preface":
		return w.preface(s.Row)
	case "confirm":
		w.check(s.Row)
	case "confirm_all":
		for i := range w.Rows {
			if !w.Rows[i].Out {
				w.check(i)
			}
		}
	default:
		return Invalid(Field("do", "error.unknown_value", "value", s.Do))
	}
	return nil
}

// clone copies the rows, so that a step that is refused leaves the work as it was.
func (w DraftWork) clone() DraftWork {
	w.Rows = slices.Clone(w.Rows)
	for i := range w.Rows {
		w.Rows[i].Cells = maps.Clone(w.Rows[i].Cells)
	}
	w.Marks = slices.Clone(w.Marks)
	return w
}

// check says that a person looked at a row.
func (w *DraftWork) check(row int) { w.Rows[row].Checked, w.Rows[row].Confidence = true, 1 }

// joined is the place of two cells as one, if nothing of the text that stands in a row lies between them.
func (w *DraftWork) joined(l Lang, a, b Span) (Span, error) {
	if a.From > b.From {
		a, b = b, a
	}
	between := func(r DraftRow) bool { c := r.Cells[l]; return !c.Empty() && c.From >= a.To && c.To <= b.From }
	if slices.ContainsFunc(w.Rows, between) {
		return Span{}, Invalid(Field("row", "error.not_neighbours"))
	}
	return Span{a.From, b.To}, nil
}

// join makes the cell of a language in one row part of the cell above.
func (w *DraftWork) join(above, row int, l Lang) error {
	if above < 0 {
		return Invalid(Field("row", "error.no_row_above"))
	}
	upper, lower := w.Rows[above].Cells[l], w.Rows[row].Cells[l]
	if !upper.Empty() {
		both, err := w.joined(l, upper, lower)
		if err != nil {
			return err
		}
		lower = both
	}
	w.Rows[above].Cells[l] = lower
	delete(w.Rows[row].Cells, l)
	w.check(above)
	w.sweep()
	return nil
}

// merge makes a row and the next one, in every language.
func (w *DraftWork) merge(row int) error {
	if row+1 >= len(w.Rows) {
		return Invalid(Field("row", "error.no_row_below"))
	}
	if w.Rows[row].Out != w.Rows[row+1].Out {
		return Invalid(Field("row", "error.not_neighbours"))
	}
	for l, c := range maps.Clone(w.Rows[row+1].Cells) {
		if c.Empty() {
			continue
		}
		if err := w.join(row, row+1, l); err != nil {
			return err
		}
	}
	return nil
}

// place is where a cell is to be split: the byte that is given, or that of the words with which the second half begins.
func (s AlignStep) place(body string) (int, error) {
	if s.Before == "" {
		return s.At, nil
	}
	switch n := strings.Count(body, s.Before); {
	case n == 0:
		return 0, Invalid(Field("before", "error.not_in_paragraph", "value", s.Before))
	case n > 1:
		return 0, Invalid(Field("before", "error.several_places", "n", n))
	}
	at := strings.Index(body, s.Before)
	if strings.TrimSpace(body[:at]) == "" {
		return 0, Invalid(Field("before", "error.no_place"))
	}
	return at, nil
}

// split cuts a cell in two. White space at the cut belongs to neither half. The second one goes beside the half that an
// earlier split made of the other language, if that stands alone below, otherwise into a row of its own.
func (w *DraftWork) split(row int, l Lang, at int, texts func(Lang) string) error {
	text, cell := texts(l), w.Rows[row].Cells[l]
	body := cell.Of(text)
	if at <= 0 || at >= len(body) || !utf8.RuneStart(body[at]) {
		return Invalid(Field("at", "error.no_place"))
	}
	first, second := Span{cell.From, cell.From + at}, Span{cell.From + at, cell.To}
	for !first.Empty() {
		r, n := utf8.DecodeLastRuneInString(first.Of(text))
		if !unicode.IsSpace(r) {
			break
		}
		first.To -= n
	}
	for !second.Empty() {
		r, n := utf8.DecodeRuneInString(second.Of(text))
		if !unicode.IsSpace(r) {
			break
		}
		second.From += n
	}
	if first.Empty() || second.Empty() {
		return Invalid(Field("at", "error.no_place"))
	}
	w.Rows[row].Cells[l] = first
	w.check(row)
	if w.waits(row, l, texts) {
		w.Rows[row+1].Cells[l] = second
		return nil
	}
	w.Rows = slices.Insert(w.Rows, row+1, DraftRow{Cells: map[Lang]Span{l: second}, Confidence: 1, Checked: true, Out: w.Rows[row].Out})
	return nil
}

// waits reports whether the row below is the second half of a row in other languages alone: a person made it, it stands
// or is left out as the row does, and each of its texts goes on in the line in which that of the row ends, so that it
// is no paragraph of its own.
func (w *DraftWork) waits(row int, l Lang, texts func(Lang) string) bool {
	if row+1 >= len(w.Rows) {
		return false
	}
	here, below := w.Rows[row], w.Rows[row+1]
	if !below.Cells[l].Empty() || !below.Checked || below.Out != here.Out {
		return false
	}
	for other, c := range below.Cells {
		if c.Empty() {
			continue
		}
		h := here.Cells[other]
		if h.Empty() || h.To > c.From || strings.ContainsAny(texts(other)[h.To:c.From], "\r\n") {
			return false
		}
		if _, err := w.joined(other, h, c); err != nil {
			return false
		}
	}
	return true
}

// swap moves a cell to a neighbouring row; what stands there comes back in its place.
func (w *DraftWork) swap(row, to int, l Lang) error {
	switch {
	case to < 0:
		return Invalid(Field("row", "error.no_row_above"))
	case to >= len(w.Rows):
		w.Rows = append(w.Rows, DraftRow{Cells: map[Lang]Span{}})
	}
	here, there := w.Rows[row].Cells, w.Rows[to].Cells
	own, other := here[l], there[l]
	delete(here, l)
	if !other.Empty() {
		here[l] = other
	}
	there[l] = own
	w.check(row)
	w.check(to)
	w.sweep()
	return nil
}

// raise moves a cell and all cells of its language below one row up, into an empty cell.
func (w *DraftWork) raise(row int, l Lang) error {
	if row == 0 {
		return Invalid(Field("row", "error.no_row_above"))
	}
	if !w.Rows[row-1].Cells[l].Empty() {
		return Invalid(Field("row", "error.cell_taken"))
	}
	for i := row; i < len(w.Rows); i++ {
		delete(w.Rows[i-1].Cells, l)
		if c := w.Rows[i].Cells[l]; !c.Empty() {
			w.Rows[i-1].Cells[l] = c
		}
	}
	delete(w.Rows[len(w.Rows)-1].Cells, l)
	w.check(row - 1)
	w.sweep()
	return nil
}

// lower moves a cell and all cells of its language below one row down.
func (w *DraftWork) lower(row int, l Lang) {
	last := len(w.Rows) - 1
	if !w.Rows[last].Cells[l].Empty() {
		w.Rows = append(w.Rows, DraftRow{Cells: map[Lang]Span{}, Confidence: 1, Checked: true, Out: w.Rows[last].Out})
		last++
	}
	for i := last; i > row; i-- {
		delete(w.Rows[i].Cells, l)
		if c := w.Rows[i-1].Cells[l]; !c.Empty() {
			w.Rows[i].Cells[l] = c
		}
	}
	delete(w.Rows[row].Cells, l)
	w.check(row)
	w.sweep()
}

// outside leaves the rows of a range out.
func (w *DraftWork) outside(from, to int) {
	for i := from; i < to; i++ {
		w.Rows[i].Out = true
	}
}

// preface says that a row is the issuer's own words before the statement, or that it is not.
func (w *DraftWork) preface(row int) error {
	first := slices.IndexFunc(w.Rows, func(r DraftRow) bool { return !r.Out })
	if first != row {
		return Invalid(Field("row", "error.preface_first"))
	}
	w.Rows[row].Preface = !w.Rows[row].Preface
	return nil
}

// onePreface leaves no preface but the first paragraph that stands.
func (w *DraftWork) onePreface() {
	first := slices.IndexFunc(w.Rows, func(r DraftRow) bool { return !r.Out })
	for i := range w.Rows {
		w.Rows[i].Preface = w.Rows[i].Preface && i == first
	}
}

// sweep takes rows away in which no language has words.
func (w *DraftWork) sweep() {
	w.Rows = slices.DeleteFunc(w.Rows, func(r DraftRow) bool {
		for _, c := range r.Cells {
			if !c.Empty() {
				return false
			}
		}
		return true
	})
}
