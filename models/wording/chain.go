package wording

import "slices"

// chain returns the pairs that stand in the same order in both, by their place in B: as many and as alike as can be. It
// keeps, for every place in A, the heaviest chain that ends there or before (a Fenwick tree of maxima).
func (p *pairing) chain() []stretch {
	type link struct {
		weight float64
		j      int // the last of the chain, or -1
	}
	heaviest, before := make([]link, len(p.became)+1), none(len(p.from))
	for k := range heaviest {
		heaviest[k].j = -1
	}
	upTo := func(k int) link {
		best := link{j: -1}
		for ; k > 0; k -= k & -k {
			if heaviest[k].weight > best.weight {
				best = heaviest[k]
			}
		}
		return best
	}
	for j, i := range p.from {
		if i < 0 {
			continue
		}
		best := upTo(i)
		before[j] = best.j
		own := link{best.weight + 1 + p.likeness[j], j}
		for k := i + 1; k < len(heaviest); k += k & -k {
			if own.weight > heaviest[k].weight {
				heaviest[k] = own
			}
		}
	}
	var all []stretch
	for j := upTo(len(p.became)).j; j >= 0; j = before[j] {
		all = append(all, stretch{j, p.from[j], 1})
	}
	slices.Reverse(all)
	return all
}

// rows lists every paragraph of both once, in the order of B; what is in A alone stands after what came before it.
func (p *pairing) rows() []pair {
	moved := map[int]bool{}
	for j := range p.from {
		moved[j] = true
	}
	for _, s := range p.chain() {
		moved[s.a] = false
	}
	var rows []pair
	removed := func(i int) {
		for ; i < len(p.became) && p.became[i] < 0; i++ {
			rows = append(rows, pair{a: i, b: -1})
		}
	}
	removed(0)
	for j, i := range p.from {
		rows = append(rows, pair{a: i, b: j, moved: i >= 0 && moved[j]})
		if i >= 0 {
			removed(i + 1)
		}
	}
	return rows
}
