package align

import (
	"math"
)

// judge sets the confidence of every pair from what it shares, how much better it is than what stands nearby, and its
// length. The weights were set so that pairs of 0.8 and more are right nearly always on the texts of the tests, which
// print the share of right pairs for each band.
func (s *sides) judge(found []match) {
	freeA, freeB := freeSides(len(s.a), len(s.b), found)
	for n := range found {
		m := &found[n]
		a, b := s.joinedRun(s.a, m.aFrom, m.aTo), s.joinedRun(s.b, m.bFrom, m.bTo)
		like, shared := s.likeness(&a, &b), s.shared(&a, &b)
		x := -4.4 + 4.5*like + 1.5*math.Log1p(shared) + 3*(like-s.rival(*m)) - 0.25*s.lengthCost(a.length, b.length)
		m.confidence = 1 / (1 + math.Exp(-x))
		if m.aTo-m.aFrom+m.bTo-m.bFrom > 2 {
			m.confidence *= 0.95
		}
		m.confidence = min(m.confidence, 0.5+s.leftOut(*m, a, b, freeA, freeB), 0.5+s.takenIn(*m, a, b))
		if m.crossed {
			m.confidence *= 0.8
		}
		m.confidence = math.Round(100*min(max(m.confidence, 0.05), 0.99)) / 100
	}
}

func (s *sides) joinedRun(of []paragraph, from, to int) paragraph {
	p := of[from]
	for i := from + 1; i < to; i++ {
		p = s.joined(p, of[i])
	}
	return p
}

// near is how far away a rival is looked for.
const near = 4

// rival is the greatest likeness that a paragraph of the pair has with one nearby that is not in the pair.
func (s *sides) rival(m match) float64 {
	best := 0.0
	for i := m.aFrom; i < m.aTo; i++ {
		for j := max(0, m.bFrom-near); j < min(len(s.b), m.bTo+near); j++ {
			if j < m.bFrom || j >= m.bTo {
				best = max(best, s.likeness(&s.a[i], &s.b[j]))
			}
		}
	}
	for j := m.bFrom; j < m.bTo; j++ {
		for i := max(0, m.aFrom-near); i < min(len(s.a), m.aTo+near); i++ {
			if i < m.aFrom || i >= m.aTo {
				best = max(best, s.likeness(&s.a[i], &s.b[j]))
			}
		}
	}
	return best
}

// leftOut is how clearly the pair is better without the unpaired paragraphs beside it: a short one that says little of
// its own may have been left out wrongly.
func (s *sides) leftOut(m match, a, b paragraph, freeA, freeB []bool) float64 {
	least := math.Inf(1)
	for _, i := range []int{m.aFrom - 1, m.aTo} {
		if i >= 0 && i < len(s.a) && freeA[i] {
			least = min(least, -s.added(a, s.a[i], b))
		}
	}
	for _, j := range []int{m.bFrom - 1, m.bTo} {
		if j >= 0 && j < len(s.b) && freeB[j] {
			least = min(least, -s.added(b, s.b[j], a))
		}
	}
	return max(0, least)
}

// takenIn is how clearly a run is better with the paragraphs at its ends: one of them may have been taken in wrongly.
func (s *sides) takenIn(m match, a, b paragraph) float64 {
	least := math.Inf(1)
	if m.aTo-m.aFrom > 1 {
		first, last := s.a[m.aFrom], s.a[m.aTo-1]
		least = min(least, s.added(s.joinedRun(s.a, m.aFrom, m.aTo-1), last, b), s.added(s.joinedRun(s.a, m.aFrom+1, m.aTo), first, b))
	}
	if m.bTo-m.bFrom > 1 {
		first, last := s.b[m.bFrom], s.b[m.bTo-1]
		least = min(least, s.added(s.joinedRun(s.b, m.bFrom, m.bTo-1), last, a), s.added(s.joinedRun(s.b, m.bFrom+1, m.bTo), first, a))
	}
	return max(0, least)
}

// added is what a pair gains when a paragraph joins one side.
func (s *sides) added(run, more, other paragraph) float64 {
	joined := s.joined(run, more)
	return s.worth(&joined, &other) + s.extra([]paragraph{run, more}, &joined, &other) - s.worth(&run, &other)
}

// freeSides marks what no pair holds.
func freeSides(a, b int, found []match) (freeA, freeB []bool) {
	mark := func(n int, list []int) []bool {
		free := make([]bool, n)
		for _, i := range list {
			free[i] = true
		}
		return free
	}
	return mark(a, unmatched(a, found, ofA)), mark(b, unmatched(b, found, ofB))
}
