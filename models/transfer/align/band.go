package align

import (
	"cmp"
	"slices"
)

// halfBand is how far from the expected course the programme looks, in paragraphs of the second text.
const halfBand = 48

// band is the part of the table that is filled: of each row i the columns from[i] to to[i], both included.
type band struct{ from, to []int }

// anchor is a pair that features join which no other paragraphs have.
type anchor struct {
	i, j   int
	weight float64
}

// course lays the band along straight lines between anchors. Rows overlap, so that every way through the band exists.
func (s *sides) course() band {
	n, m := len(s.a), len(s.b)
	centre := make([]int, n+1)
	chain := append(s.anchors(), anchor{i: n, j: m})
	i, j := 0, 0
	for _, next := range chain {
		for k := i; k <= next.i && k <= n; k++ {
			centre[k] = j + (next.j-j)*(k-i)/max(next.i-i, 1)
		}
		i, j = next.i, next.j
	}
	centre[0], centre[n] = 0, m // an anchor in the first row may not move the beginning
	b := band{make([]int, n+1), make([]int, n+1)}
	for k := range centre {
		b.from[k] = max(0, centre[max(0, k-1)]-halfBand)
		b.to[k] = min(m, centre[min(n, k+1)]+halfBand)
	}
	return b
}

// minAnchor is the weight of unique features that makes an anchor.
const minAnchor = 1.0

// anchors finds pairs by features that stand once on either side, and keeps the heaviest chain of them in order.
func (s *sides) anchors() []anchor {
	owner := make([]int, len(s.weights))
	for j, p := range s.b {
		for _, f := range p.features {
			owner[f] = j
		}
	}
	var found []anchor
	for i, p := range s.a {
		if best := s.best(p, owner); best.weight >= minAnchor {
			best.i = i
			found = append(found, best)
		}
	}
	return heaviest(found, len(s.b))
}

// best returns the paragraph of b that shares most unique features.
func (s *sides) best(p paragraph, owner []int) anchor {
	var votes []anchor
	for _, f := range p.features {
		if s.inA[f] == 1 && s.inB[f] == 1 {
			votes = append(votes, anchor{j: owner[f], weight: s.weights[f]})
		}
	}
	slices.SortFunc(votes, func(x, y anchor) int { return cmp.Compare(x.j, y.j) })
	var best, sum anchor
	for k, v := range votes {
		if k == 0 || v.j != sum.j {
			sum = anchor{j: v.j}
		}
		sum.weight += v.weight
		if sum.weight > best.weight {
			best = sum
		}
	}
	return best
}

// heaviest returns the chain of anchors, ascending on both sides, that weighs most. It keeps the best chain up to each
// column in a binary indexed tree.
func heaviest(found []anchor, columns int) []anchor {
	total, before := make([]float64, len(found)), make([]int, len(found))
	tree := make([]int, columns+2) // numbers of anchors, from 1
	for k, f := range found {
		before[k] = -1
		total[k] = f.weight
		for j := f.j; j > 0; j -= j & -j { // columns before f.j
			if t := tree[j] - 1; t >= 0 && total[t]+f.weight > total[k] {
				total[k], before[k] = total[t]+f.weight, t
			}
		}
		for j := f.j + 1; j < len(tree); j += j & -j {
			if t := tree[j] - 1; t < 0 || total[t] < total[k] {
				tree[j] = k + 1
			}
		}
	}
	last := -1
	for k := range found {
		if last < 0 || total[k] > total[last] {
			last = k
		}
	}
	var chain []anchor
	for ; last >= 0; last = before[last] {
		chain = append(chain, found[last])
	}
	slices.Reverse(chain)
	return chain
}
