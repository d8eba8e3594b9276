package align

import (
	"context"
	"fmt"
	"io"

	"github.com/followthrough/followthrough/models"
)

// Text is the paragraphs of one language, as places in its body.
type Text struct {
	Lang       models.Lang
	Body       string
	Paragraphs []models.Span
}

// Option changes how paragraphs are paired.
type Option func(*options) error

type options struct{ glossary *glossary }

// WithGlossary adds the entries of a glossary to the built-in one. It is JSON of the same shape; docs/statements.md
// describes it.
func WithGlossary(r io.Reader) Option {
	return func(o *options) error {
		own, err := readGlossary(r)
		if err != nil {
			return err
		}
		base, err := builtIn()
		if err != nil {
			return err
		}
		o.glossary = compile(base.joined(own))
		return nil
	}
}

// Rows proposes the paragraphs side by side. Every paragraph of every text stands in exactly one row, and the first
// text keeps its order. A cell that covers several paragraphs is the span from the first to the last of them: they are
// neighbours, so it is one piece of the body. With three or more texts, each is aligned to the first. The confidence of
// a row with one cell is 0, because nothing is paired; a single text is sure.
func Rows(ctx context.Context, texts []Text, opts ...Option) ([]models.DraftRow, error) {
	if err := check(texts); err != nil {
		return nil, err
	}
	var o options
	for _, opt := range opts {
		if err := opt(&o); err != nil {
			return nil, err
		}
	}
	if o.glossary == nil {
		g, err := compiled()
		if err != nil {
			return nil, err
		}
		o.glossary = g
	}
	read := make([][]profile, len(texts))
	for i, t := range texts {
		var err error
		if read[i], err = profiles(ctx, t, o.glossary); err != nil {
			return nil, err
		}
	}
	pairings := make([][]match, 0, len(texts))
	for _, other := range read[min(1, len(read)):] {
		found, err := pair(ctx, read[0], other)
		if err != nil {
			return nil, err
		}
		pairings = append(pairings, found)
	}
	return arrange(texts, pairings), nil
}

// check refuses texts whose paragraphs are not pieces of their body in order. The one who cut them is wrong then, not a
// person.
func check(texts []Text) error {
	seen := map[models.Lang]bool{}
	for _, t := range texts {
		if seen[t.Lang] {
			return fmt.Errorf("align: the language %s is given twice", t.Lang)
		}
		seen[t.Lang] = true
		end := 0
		for i, p := range t.Paragraphs {
			if p.Empty() || p.From < end || p.To > len(t.Body) {
				return fmt.Errorf("align: paragraph %d of %s is empty, out of order or outside the text", i+1, t.Lang)
			}
			end = p.To
		}
	}
	return nil
}

// match pairs the paragraphs [aFrom, aTo) of the first text with [bFrom, bTo) of another; one side may be empty.
type match struct {
	aFrom, aTo, bFrom, bTo int
	confidence             float64
	crossed                bool // it stands in another order than its neighbours
}

// paired reports whether both sides hold something.
func (m match) paired() bool { return m.aFrom < m.aTo && m.bFrom < m.bTo }

// arrange makes the rows of all pairings. Where two pairings group the first text differently, the row takes in both
// groups.
func arrange(texts []Text, pairings [][]match) []models.DraftRow {
	if len(texts) == 0 {
		return nil
	}
	blocks, of := blocksOf(len(texts[0].Paragraphs), len(texts)-1, pairings)
	in := make([][]int, len(pairings)) // the block of each paragraph of each other text, or -1
	for k, found := range pairings {
		in[k] = make([]int, len(texts[k+1].Paragraphs))
		for i := range in[k] {
			in[k][i] = -1
		}
		gather(blocks, of, found, k, in[k])
	}
	var rows []models.DraftRow
	alone := followers(len(blocks), in)
	place := func(block int) {
		for _, p := range alone[block+1] {
			t := texts[p[0]+1]
			rows = append(rows, models.DraftRow{Cells: map[models.Lang]models.Span{t.Lang: t.Paragraphs[p[1]]}})
		}
	}
	place(-1)
	for n, b := range blocks {
		row := models.DraftRow{Cells: map[models.Lang]models.Span{texts[0].Lang: cell(texts[0], b.from, b.to)}, Confidence: b.confidence}
		for k, run := range b.others {
			if run[0] < run[1] {
				row.Cells[texts[k+1].Lang] = cell(texts[k+1], run[0], run[1])
			}
		}
		if len(texts) == 1 {
			row.Confidence = 1
		}
		rows = append(rows, row)
		place(n)
	}
	return rows
}

func cell(t Text, from, to int) models.Span {
	return models.Span{From: t.Paragraphs[from].From, To: t.Paragraphs[to-1].To}
}

// followers lists the paragraphs without a partner, as number of the text and of the paragraph: after the block of the
// paragraph before them, and under 0 where there is none.
func followers(blocks int, in [][]int) [][][2]int {
	alone := make([][][2]int, blocks+1)
	for k := range in {
		previous := -1
		for i, b := range in[k] {
			if b >= 0 {
				previous = b
				continue
			}
			alone[previous+1] = append(alone[previous+1], [2]int{k, i})
		}
	}
	return alone
}
