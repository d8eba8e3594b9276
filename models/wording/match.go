package wording

import (
	"context"
	"slices"
	"sort"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// The library compares characters, and on texts that repeat themselves it takes the square of their length without
// looking at the clock. So it is given at most wholeTokens tokens of each text at once; longer texts are cut first
// where a token stands once in both, and else into blocks.
const (
	wholeTokens = 2048
	blockTokens = 512
	deepest     = 6 // cuts within cuts
	leafTime    = 100 * time.Millisecond
)

// firstRune is the character that stands for the first token of a comparison. All that can be needed are letters
// without meaning to the library, and none is half of a surrogate pair: tokens are numbered anew in every comparison.
const (
	firstRune = '\u4e00'
	_         = uint(0xd800 - (firstRune + 2*wholeTokens))
)

// stretch is n tokens that stand in both texts, from a in one and from b in the other.
type stretch struct{ a, b, n int }

// part is a stretch of each of two texts: a to aEnd and b to bEnd, without the ends.
type part struct{ a, aEnd, b, bEnd int }

// short reports whether the library can look at the part as a whole.
func (p part) short() bool { return p.aEnd-p.a <= wholeTokens && p.bEnd-p.b <= wholeTokens }

// matcher finds what stands in both of two sequences, in order.
type matcher struct {
	ctx   context.Context // ends when there is no more time for a close look
	a, b  []int32
	found []stretch
}

func (m *matcher) keep(a, b, n int) {
	if n == 0 {
		return
	}
	if last := len(m.found) - 1; last >= 0 && m.found[last].a+m.found[last].n == a && m.found[last].b+m.found[last].n == b {
		m.found[last].n += n
		return
	}
	m.found = append(m.found, stretch{a, b, n})
}

// match compares a part: a short one as a whole, because what stands around a change decides where it is shown to begin,
// a longer one without what is the same at its ends.
func (m *matcher) match(p part, depth int) {
	if p.short() && m.ctx.Err() == nil {
		m.closely(p)
		return
	}
	n := 0
	for p.a+n < p.aEnd && p.b+n < p.bEnd && m.a[p.a+n] == m.b[p.b+n] {
		n++
	}
	m.keep(p.a, p.b, n)
	p.a, p.b = p.a+n, p.b+n
	tail := 0
	for p.a < p.aEnd-tail && p.b < p.bEnd-tail && m.a[p.aEnd-tail-1] == m.b[p.bEnd-tail-1] {
		tail++
	}
	p.aEnd, p.bEnd = p.aEnd-tail, p.bEnd-tail
	m.inner(p, depth)
	m.keep(p.aEnd, p.bEnd, tail)
}

func (m *matcher) inner(p part, depth int) {
	if p.a == p.aEnd || p.b == p.bEnd || m.ctx.Err() != nil {
		return
	}
	if p.short() {
		m.closely(p)
		return
	}
	var cuts []stretch
	if depth < deepest {
		cuts = m.landmarks(p)
	}
	if len(cuts) == 0 {
		m.blocks(p)
		return
	}
	for _, c := range append(cuts, stretch{p.aEnd, p.bEnd, 0}) {
		m.match(part{p.a, c.a, p.b, c.b}, depth+1)
		m.keep(c.a, c.b, c.n)
		p.a, p.b = c.a+c.n, c.b+c.n
	}
}

// landmarks returns the longest chain, in the order of both, of tokens that stand once in each (patience diff).
func (m *matcher) landmarks(p part) []stretch {
	type seen struct{ inA, inB, b int32 }
	of := map[int32]seen{}
	for _, t := range m.a[p.a:p.aEnd] {
		s := of[t]
		s.inA++
		of[t] = s
	}
	for j, t := range m.b[p.b:p.bEnd] {
		if s, too := of[t]; too {
			s.inB++
			s.b = int32(j)
			of[t] = s
		}
	}
	var once []stretch
	for i, t := range m.a[p.a:p.aEnd] {
		if s := of[t]; s.inA == 1 && s.inB == 1 {
			once = append(once, stretch{p.a + i, p.b + int(s.b), 1})
		}
	}
	return inOrder(once)
}

// inOrder returns the longest chain of stretches, sorted by a, whose b grows as well.
func inOrder(all []stretch) []stretch {
	var ends []int // of the chain of each length, the one that ends first
	before := make([]int, len(all))
	for i, s := range all {
		n := sort.Search(len(ends), func(k int) bool { return all[ends[k]].b >= s.b })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var chain []stretch
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		chain = append(chain, all[i])
	}
	slices.Reverse(chain)
	return chain
}

// blocks compares a part that has no landmarks in slices, each with the slice at the same share of the other text.
func (m *matcher) blocks(p part) {
	a, b := p.aEnd-p.a, p.bEnd-p.b
	n := (max(a, b) + blockTokens - 1) / blockTokens
	for i := range n {
		if m.ctx.Err() != nil {
			return
		}
		m.match(part{p.a + i*a/n, p.a + (i+1)*a/n, p.b + i*b/n, p.b + (i+1)*b/n}, deepest)
	}
}

// closely compares a part by the library. What it answers is taken only where the tokens are in fact the same.
func (m *matcher) closely(p part) {
	numbers := map[int32]rune{}
	letters := func(from []int32) []rune {
		out := make([]rune, len(from))
		for i, t := range from {
			r, known := numbers[t]
			if !known {
				r = firstRune + rune(len(numbers))
				numbers[t] = r
			}
			out[i] = r
		}
		return out
	}
	library := diffmatchpatch.New()
	library.DiffTimeout = leafTime
	edits := library.DiffMainRunes(letters(m.a[p.a:p.aEnd]), letters(m.b[p.b:p.bEnd]), false)
	for _, e := range library.DiffCleanupSemantic(edits) {
		n := len([]rune(e.Text))
		switch e.Type {
		case diffmatchpatch.DiffDelete:
			p.a += n
		case diffmatchpatch.DiffInsert:
			p.b += n
		default:
			if p.a+n > p.aEnd || p.b+n > p.bEnd || !slices.Equal(m.a[p.a:p.a+n], m.b[p.b:p.b+n]) {
				return
			}
			m.keep(p.a, p.b, n)
			p.a, p.b = p.a+n, p.b+n
		}
	}
}
