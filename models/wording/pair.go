package wording

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

const (
	alikeEnough  = 0.35 // from which on two paragraphs are taken for one that was reworded
	alikeFar     = 0.5  // the same, of paragraphs that stand in another order
	blockRows    = 100  // paragraphs between two that are paired, of which each is compared with each
	tiesLooked   = 100  // paragraphs of a statement that speak of one initiative and are tried with each other
	lineageFirst = 2    // beyond any likeness, and beyond an initiative in common
)

// pair is a paragraph of A beside one of B, by their places; -1 where there is none.
type pair struct {
	a, b  int
	moved bool
}

// pairing finds which paragraph of B each paragraph of A became.
type pairing struct {
	fine         context.Context // ends when there is no more time for a close look
	of           models.Compared
	langs        []models.Lang
	a, b         [][]Profile // of each paragraph, in each language
	became, from []int       // of each paragraph of A and of B its partner, or -1
	likeness     []float64   // of each paragraph of B to its partner
}

// pair pairs by what ties the commitments, then by the same words at any place, then by likeness in order, and
// then by greater likeness at any place.
func (p *pairing) pair(ctx context.Context) error {
	p.became, p.from = none(len(p.of.A.Paragraphs)), none(len(p.of.B.Paragraphs))
	p.likeness = make([]float64, len(p.from))
	if p.of.A.Slug == p.of.B.Slug { // editions of one statement have the same paragraphs
		at := places(p.of.B.Paragraphs)
		for i, q := range p.of.A.Paragraphs {
			if j, ok := at[q.Ref]; ok {
				p.join(i, j)
			}
		}
		return ended(ctx)
	}
	var err error
	if p.a, err = p.prepare(ctx, p.of.A.Paragraphs); err != nil {
		return err
	}
	if p.b, err = p.prepare(ctx, p.of.B.Paragraphs); err != nil {
		return err
	}
	p.byTies()
	p.bySameWords()
	p.byLikeness()
	p.anywhere()
	p.a, p.b = nil, nil
	return ended(ctx)
}

func (p *pairing) prepare(ctx context.Context, all []models.Paragraph) ([][]Profile, error) {
	out := make([][]Profile, len(all))
	for i, q := range all {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		out[i] = make([]Profile, len(p.langs))
		for k, l := range p.langs {
			out[i][k] = Prepare(l, q.Texts[l])
		}
	}
	return out, nil
}

func none(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = -1
	}
	return all
}

func places(of []models.Paragraph) map[string]int {
	at := map[string]int{}
	for i, q := range of {
		at[q.Ref] = i
	}
	return at
}

// join pairs two paragraphs that are both alone.
func (p *pairing) join(i, j int) {
	if p.became[i] < 0 && p.from[j] < 0 {
		p.became[i], p.from[j] = j, i
		if p.a != nil {
			p.likeness[j] = p.alike(i, j)
		}
	}
}

// alike is how much two paragraphs have in common, over the languages of both statements.
func (p *pairing) alike(i, j int) float64 {
	sum := 0.0
	for k := range p.langs {
		sum += p.a[i][k].Alike(p.b[j][k])
	}
	return sum / float64(max(1, len(p.langs)))
}

// byTies pairs paragraphs whose commitments are tied by lineage or, after those, by an initiative; among several the
// most alike.
func (p *pairing) byTies() {
	var all []tie
	known := map[pair]bool{}
	add := func(i, j int, more float64) {
		if at := (pair{a: i, b: j}); !known[at] && p.fine.Err() == nil {
			known[at] = true
			all = append(all, tie{i, j, more + p.alike(i, j)})
		}
	}
	inA, inB := places(p.of.A.Paragraphs), places(p.of.B.Paragraphs)
	of := map[string]string{} // paragraphs of the commitments of A
	for _, c := range p.of.A.Commitments {
		of[c.Code] = c.Paragraph
	}
	earlier := traced(p.of)
	for _, c := range p.of.B.Commitments {
		for _, code := range earlier[c.Code] {
			i, here := inA[of[code]]
			if j, there := inB[c.Paragraph]; here && there {
				add(i, j, lineageFirst)
			}
		}
	}
	a, b := speaking(p.of.A, inA), speaking(p.of.B, inB)
	for ref, from := range a {
		for _, i := range from {
			for _, j := range b[ref] {
				add(i, j, 0)
			}
		}
	}
	p.joinAll(all)
}

// tie is a reason to pair two paragraphs, and how good it is.
type tie struct {
	a, b  int
	score float64
}

// joinAll pairs along the best ties first.
func (p *pairing) joinAll(all []tie) {
	slices.SortFunc(all, func(x, y tie) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a))
	})
	for _, t := range all {
		p.join(t.a, t.b)
	}
}

// traced lists, for each commitment of B, those of A that lineage ties it to, whichever statement is the later.
func traced(of models.Compared) map[string][]string {
	a, b := codes(of.A.Commitments), codes(of.B.Commitments)
	all := map[string][]string{}
	for _, c := range of.B.Commitments {
		for _, l := range of.Lineage[c.Code] {
			if a[l.Code] {
				all[c.Code] = append(all[c.Code], l.Code)
			}
		}
	}
	for _, c := range of.A.Commitments {
		for _, l := range of.Lineage[c.Code] {
			if b[l.Code] {
				all[l.Code] = append(all[l.Code], c.Code)
			}
		}
	}
	return all
}

func codes(of []models.Commitment) map[string]bool {
	all := map[string]bool{}
	for _, c := range of {
		all[c.Code] = true
	}
	return all
}

// speaking lists the paragraphs with commitments on each initiative, some of them where they are many.
func speaking(text models.ComparedText, at map[string]int) map[string][]int {
	all := map[string][]int{}
	for _, c := range text.Commitments {
		for _, ref := range c.Initiatives {
			if i, ok := at[c.Paragraph]; ok && len(all[ref]) < tiesLooked && !slices.Contains(all[ref], i) {
				all[ref] = append(all[ref], i)
			}
		}
	}
	return all
}

// bySameWords pairs paragraphs whose words are the same, wherever they stand, in their order.
func (p *pairing) bySameWords() {
	key := func(q models.Paragraph) string {
		var words []string
		for _, l := range p.langs {
			words = append(words, q.Texts[l])
		}
		return strings.Join(words, "\x00")
	}
	waiting := map[string][]int{}
	for i, q := range p.of.A.Paragraphs {
		if k := key(q); p.became[i] < 0 && strings.Trim(k, "\x00") != "" {
			waiting[k] = append(waiting[k], i)
		}
	}
	for j, q := range p.of.B.Paragraphs {
		if k := key(q); p.from[j] < 0 && len(waiting[k]) > 0 {
			p.join(waiting[k][0], j)
			waiting[k] = waiting[k][1:]
		}
	}
}
