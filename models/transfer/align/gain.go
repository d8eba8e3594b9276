package align

import "math"

// enough is the likeness from which a pair is better than two paragraphs without a partner.
const enough = 0.2

// lengthWeight brings the cost of lengths to the scale of likeness.
const lengthWeight = 0.08

// bound is at least what gain would say, and found faster: a run shares at most what its paragraphs share.
func (t *table) bound(m move, i, j int) float64 {
	if m.a+m.b <= 2 || m.crossed {
		return math.Inf(1)
	}
	var ofA, ofB [maxRun]float64
	sum := 0.0
	for k := range m.a {
		for l := range m.b {
			v := t.both(i+k, j+l)
			ofA[k], ofB[l], sum = ofA[k]+v, ofB[l]+v, sum+v
		}
	}
	p, q := &t.runsA[m.a][i], &t.runsB[m.b][j]
	best := 2*(likenessOf(min(sum, p.mass, q.mass), p, q)-enough) - m.cost
	return best + most(t.a[i:i+m.a], ofA) + most(t.b[j:j+m.b], ofB)
}

// most is at least what extra would say of a run whose paragraphs share no more than own.
func most(run []paragraph, own [maxRun]float64) float64 {
	if len(run) == 1 {
		return 0
	}
	total, best := 0.0, math.Inf(-1)
	for k := range run {
		part := (min(own[k], run[k].mass)+smooth*neutral)/(run[k].mass+smooth) - enoughExtra
		total, best = total+part, max(best, part)
	}
	return total - best
}

// gain is what a move adds when its paragraphs begin at i and j.
func (t *table) gain(m move, i, j int) float64 {
	switch {
	case m.a == 0 || m.b == 0:
		return -m.cost
	case m.crossed:
		return t.single(i, j+1) + t.single(i+1, j) - m.cost
	case m.a == 1 && m.b == 1:
		return t.single(i, j)
	}
	p, q := &t.runsA[m.a][i], &t.runsB[m.b][j]
	return t.worth(p, q) + t.extra(t.a[i:i+m.a], p, q) + t.extra(t.b[j:j+m.b], q, p) - m.cost
}

// single is the worth of one paragraph with one.
func (t *table) single(i, j int) float64 {
	p, q := &t.a[i], &t.b[j]
	return 2*(likenessOf(t.both(i, j), p, q)-enough) - lengthWeight*t.lengthCost(p.length, q.length)
}

// worth is what a pair of runs adds, less what the lengths say against it.
func (s *sides) worth(p, q *paragraph) float64 {
	return 2*(s.likeness(p, q)-enough) - lengthWeight*s.lengthCost(p.length, q.length)
}

// enoughExtra is the part of a paragraph that the other side must have, for it to belong to a run.
const enoughExtra = 0.35

// repeated is what a feature counts that another paragraph of the run brings already.
const repeated = 0.2

// extra is what the further paragraphs of a run add: each by how much of it the other side has.
func (s *sides) extra(run []paragraph, joined, other *paragraph) float64 {
	if len(run) == 1 {
		return 0
	}
	var own [maxRun]float64
	sum, whole := 0.0, s.shared(joined, other)
	for k := range run {
		own[k] = s.shared(&run[k], other)
		sum += own[k]
	}
	total, best := 0.0, math.Inf(-1)
	for k := range run {
		alone := max(0, whole-(sum-own[k]))
		part := (repeated*own[k]+(1-repeated)*alone+smooth*neutral)/(run[k].mass+smooth) - enoughExtra
		total, best = total+part, max(best, part)
	}
	return total - best
}
