package wording

// byLikeness pairs what is left, between two paragraphs that are paired and in the same order, so that the sum of the
// likeness of all is the greatest that keeps their order.
func (p *pairing) byLikeness() {
	i, j := 0, 0
	for _, s := range append(p.chain(), stretch{len(p.from), len(p.became), 0}) {
		p.between(alone(p.became, i, s.b), alone(p.from, j, s.a))
		i, j = s.b+s.n, s.a+s.n
	}
}

// anywhere pairs what is still left and much alike, whatever its order; where very much is left, nothing.
func (p *pairing) anywhere() {
	a, b := alone(p.became, 0, len(p.became)), alone(p.from, 0, len(p.from))
	if len(a)*len(b) > blockRows*blockRows {
		return
	}
	var all []tie
	for _, i := range a {
		for _, j := range b {
			if p.fine.Err() == nil && p.alike(i, j) >= alikeFar {
				all = append(all, tie{i, j, p.alike(i, j)})
			}
		}
	}
	p.joinAll(all)
}

// alone lists the paragraphs from i up to j without a partner.
func alone(partners []int, i, j int) []int {
	var all []int
	for ; i < j; i++ {
		if partners[i] < 0 {
			all = append(all, i)
		}
	}
	return all
}

// between pairs some paragraphs of A with some of B. Very many are taken in slices of both.
func (p *pairing) between(a, b []int) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	if n := (max(len(a), len(b)) + blockRows - 1) / blockRows; n > 1 {
		for k := range n {
			p.between(a[k*len(a)/n:(k+1)*len(a)/n], b[k*len(b)/n:(k+1)*len(b)/n])
		}
		return
	}
	// best[x][y] is the greatest sum for the paragraphs from x and y on.
	best := make([][]float64, len(a)+1)
	gain := make([][]float64, len(a))
	best[len(a)] = make([]float64, len(b)+1)
	for x := len(a) - 1; x >= 0; x-- {
		best[x], gain[x] = make([]float64, len(b)+1), make([]float64, len(b))
		for y := len(b) - 1; y >= 0; y-- {
			if p.fine.Err() == nil {
				gain[x][y] = p.alike(a[x], b[y]) - alikeEnough
			}
			best[x][y] = max(best[x+1][y], best[x][y+1], best[x+1][y+1]+gain[x][y])
		}
	}
	for x, y := 0, 0; x < len(a) && y < len(b); {
		switch {
		case gain[x][y] > 0 && best[x][y] == best[x+1][y+1]+gain[x][y]:
			p.join(a[x], b[y])
			x, y = x+1, y+1
		case best[x][y] == best[x+1][y]:
			x++
		default:
			y++
		}
	}
}
