package align

import (
	"cmp"
	"slices"
)

// What stands elsewhere must share more than what stands in order.
const (
	minElsewhereLikeness = 0.45
	minElsewhereShared   = 1.5
)

// maxOwners is up to how many unpaired paragraphs a feature may name candidates: more would say little and take long.
const maxOwners = 8

// elsewhere pairs paragraphs that the programme left without a partner, or with a weak one, because they stand in
// another order. Each must be the other's best. It returns all pairs; a weak one that lost a side is gone.
func (s *sides) elsewhere(found []match) []match {
	var firm, weak []match
	for _, m := range found {
		if m.aTo-m.aFrom == 1 && m.bTo-m.bFrom == 1 && s.likeness(&s.a[m.aFrom], &s.b[m.bFrom]) < minElsewhereLikeness {
			weak = append(weak, m)
			continue
		}
		firm = append(firm, m)
	}
	moved := mutual(s.candidates(firm))
	tookA, tookB := map[int]bool{}, map[int]bool{}
	for _, m := range moved {
		tookA[m.aFrom], tookB[m.bFrom] = true, true
	}
	for _, m := range weak {
		if !tookA[m.aFrom] && !tookB[m.bFrom] {
			firm = append(firm, m)
		}
	}
	return append(firm, moved...)
}

// candidates lists the pairs of what is not firmly paired that are alike enough, with their likeness as confidence.
func (s *sides) candidates(found []match) []match {
	freeA, freeB := unmatched(len(s.a), found, ofA), unmatched(len(s.b), found, ofB)
	owners := map[int32][]int{}
	for _, j := range freeB {
		for _, f := range s.b[j].features {
			owners[f] = append(owners[f], j)
		}
	}
	var candidates []match
	for _, i := range freeA {
		seen := map[int]bool{}
		for _, f := range s.a[i].features {
			if len(owners[f]) > maxOwners {
				continue
			}
			for _, j := range owners[f] {
				if seen[j] {
					continue
				}
				seen[j] = true
				if like := s.likeness(&s.a[i], &s.b[j]); like >= minElsewhereLikeness && s.shared(&s.a[i], &s.b[j]) >= minElsewhereShared {
					candidates = append(candidates, match{i, i + 1, j, j + 1, like, true})
				}
			}
		}
	}
	return candidates
}

// mutual keeps the candidates that are the best of both their sides.
func mutual(candidates []match) []match {
	slices.SortFunc(candidates, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.confidence, x.confidence), cmp.Compare(x.aFrom, y.aFrom), cmp.Compare(x.bFrom, y.bFrom))
	})
	usedA, usedB := map[int]bool{}, map[int]bool{}
	var chosen []match
	for _, c := range candidates {
		// The second best of either side may not take what is left: it was never its own best.
		if !usedA[c.aFrom] && !usedB[c.bFrom] {
			chosen = append(chosen, c)
		}
		usedA[c.aFrom], usedB[c.bFrom] = true, true
	}
	return chosen
}

func ofA(m match) (int, int) { return m.aFrom, m.aTo }
func ofB(m match) (int, int) { return m.bFrom, m.bTo }

func unmatched(n int, found []match, side func(match) (int, int)) []int {
	taken := make([]bool, n)
	for _, m := range found {
		from, to := side(m)
		for i := from; i < to; i++ {
			taken[i] = true
		}
	}
	var free []int
	for i, t := range taken {
		if !t {
			free = append(free, i)
		}
	}
	return free
}
