package align

import (
	"cmp"
	"math"
	"slices"
)

// What a shared feature says before its rarity counts.
var kindWeights = map[feature]float64{kindNumber: 0.6, kindFigure: 1.3, kindMonth: 1, kindWord: 0.6, kindName: 1.2, kindTerm: 1, kindSound: 0.8}

// maxFeatures is how many features of a paragraph are compared, the weightiest.
const maxFeatures = 64

// paragraph is a profile made ready to be compared: what both texts have, by number, and its weight.
type paragraph struct {
	features []int32
	mass     float64
	length   float64
}

// texts are the paragraphs of both sides, with the weight of every feature that both have.
type sides struct {
	a, b    []paragraph
	weights []float64
	inA     []int32 // how many paragraphs of a have the feature
	inB     []int32
	ratio   float64 // length of b for one letter of a
}

// prepare keeps the features that both texts have, and weighs them by their rarity: one that stands in every paragraph
// says next to nothing.
func prepare(a, b []profile) *sides {
	scripts := unspacedText(a) != unspacedText(b)
	countA, countB := counts(a), counts(b)
	number := map[feature]int32{}
	s := &sides{ratio: ratio(a, b)}
	// In order of the paragraphs, so that the same texts give the same numbers.
	for _, p := range a {
		for _, f := range p.features {
			if _, seen := number[f]; seen || countB[f] == 0 || f.kind() == kindSound && !scripts {
				continue
			}
			number[f] = int32(len(s.weights))
			common := (float64(countA[f])/float64(len(a)) + float64(countB[f])/float64(len(b))) / 2
			rarity := -math.Log(common) / math.Log(1+float64(max(len(a), len(b))))
			s.weights = append(s.weights, kindWeights[f.kind()]*(floorWeight+rarity))
			s.inA, s.inB = append(s.inA, countA[f]), append(s.inB, countB[f])
		}
	}
	s.a, s.b = s.ready(a, number), s.ready(b, number)
	return s
}

// floorWeight is the rarity of what stands everywhere.
const floorWeight = 0.08

func counts(of []profile) map[feature]int32 {
	n := map[feature]int32{}
	for _, p := range of {
		for _, f := range p.features {
			n[f]++
		}
	}
	return n
}

func unspacedText(of []profile) bool {
	n := 0
	for _, p := range of {
		if p.unspaced {
			n++
		}
	}
	return 2*n > len(of)
}

// ratio estimates how long b is for one letter of a. What only one side has would mislead it, so it moves halfway from
// 1 and not far.
func ratio(a, b []profile) float64 {
	sum := func(of []profile) (n float64) {
		for _, p := range of {
			n += p.length
		}
		return n
	}
	return min(max(math.Sqrt(sum(b)/sum(a)), 0.75), 1.33)
}

func (s *sides) ready(of []profile, number map[feature]int32) []paragraph {
	all := make([]paragraph, len(of))
	for i, p := range of {
		list := make([]int32, 0, len(p.features))
		for _, f := range p.features {
			if n, ok := number[f]; ok {
				list = append(list, n)
			}
		}
		if len(list) > maxFeatures {
			slices.SortStableFunc(list, func(x, y int32) int { return cmp.Compare(s.weights[y], s.weights[x]) })
			list = slices.Clone(list[:maxFeatures])
		}
		slices.Sort(list)
		all[i] = paragraph{features: list, mass: s.mass(list), length: p.length}
	}
	return all
}

func (s *sides) mass(list []int32) (m float64) {
	for _, f := range list {
		m += s.weights[f]
	}
	return m
}

// joined returns what neighbouring paragraphs have together.
func (s *sides) joined(p, q paragraph) paragraph {
	list := make([]int32, 0, len(p.features)+len(q.features))
	list = append(append(list, p.features...), q.features...)
	slices.Sort(list)
	list = slices.Compact(list)
	return paragraph{features: list, mass: s.mass(list), length: p.length + q.length}
}

// shared is the weight of what both have.
func (s *sides) shared(p, q *paragraph) (m float64) {
	x, y := p.features, q.features
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			m += s.weights[x[i]]
			i, j = i+1, j+1
		}
	}
	return m
}

// Two paragraphs of which nothing is known look alike by neutral; that counts as much as features of the weight smooth.
const (
	neutral = 0.3
	smooth  = 1.0
)

// likeness is how much of both is shared, 0 to 1 (Dice's coefficient by weight).
func (s *sides) likeness(p, q *paragraph) float64 {
	return likenessOf(s.shared(p, q), p, q)
}

func likenessOf(shared float64, p, q *paragraph) float64 {
	return (2*shared + smooth*neutral) / (p.mass + q.mass + smooth)
}

// variance of the length of a translation for each letter, as Gale and Church define it. They measured 6.8 between
// European languages; the texts of the tests have 2 to 10.
const variance = 10

// maxLengthCost bounds what lengths alone can say against a pair.
const maxLengthCost = 6

// lengthCost is Gale and Church's distance of two lengths as a cost: the square of the deviation in standard
// deviations, halved.
func (s *sides) lengthCost(a, b float64) float64 {
	la, lb := a*math.Sqrt(s.ratio), b/math.Sqrt(s.ratio)
	d := lb - la
	return min(d*d/(variance*(la+lb)/2+1)/2, maxLengthCost)
}
