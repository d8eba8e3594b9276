package align

import (
	"cmp"
	"slices"
)

// block is a run of paragraphs of the first text that one row holds, with the run of each other text; a run that is
// empty is no cell.
type block struct {
	from, to   int
	others     [][2]int
	confidence float64
}

// blocksOf joins the paragraphs of the first text that some pairing holds together. It returns the blocks and the block
// of each paragraph.
func blocksOf(paragraphs, others int, pairings [][]match) ([]block, []int) {
	joined := make([]bool, paragraphs+1) // with the one before
	for _, found := range pairings {
		for _, m := range found {
			for i := m.aFrom + 1; i < m.aTo; i++ {
				joined[i] = true
			}
		}
	}
	var blocks []block
	of := make([]int, paragraphs)
	for i := range paragraphs {
		if !joined[i] {
			blocks = append(blocks, block{from: i, others: make([][2]int, others)})
		}
		of[i] = len(blocks) - 1
		blocks[of[i]].to = i + 1
	}
	return blocks, of
}

// gather gives each block its run of text k, and writes into in which block each paragraph of it stands. Runs of one
// block that are not neighbours cannot be one cell: what stands between is taken in when nothing claims it, otherwise
// the longest run stays and the rest is left unpaired.
func gather(blocks []block, of []int, found []match, k int, in []int) {
	claims := make([][]match, len(blocks))
	for _, m := range found {
		if m.paired() {
			claims[of[m.aFrom]] = append(claims[of[m.aFrom]], m)
			for j := m.bFrom; j < m.bTo; j++ {
				in[j] = of[m.aFrom]
			}
		}
	}
	for n, list := range claims {
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b match) int { return cmp.Compare(a.bFrom, b.bFrom) })
		runs := []match{list[0]}
		for _, m := range list[1:] {
			last := &runs[len(runs)-1]
			if free(in[last.bTo:m.bFrom]) {
				last.bTo, last.confidence = m.bTo, min(last.confidence, m.confidence)
				continue
			}
			runs = append(runs, m)
		}
		best := slices.MaxFunc(runs, func(a, b match) int {
			return cmp.Or(cmp.Compare(a.bTo-a.bFrom, b.bTo-b.bFrom), cmp.Compare(a.confidence, b.confidence))
		})
		for _, m := range list {
			for j := m.bFrom; j < m.bTo; j++ {
				in[j] = -1
			}
		}
		for j := best.bFrom; j < best.bTo; j++ {
			in[j] = n
		}
		b := &blocks[n]
		b.others[k] = [2]int{best.bFrom, best.bTo}
		if b.confidence == 0 || best.confidence < b.confidence {
			b.confidence = best.confidence
		}
	}
}

func free(in []int) bool {
	return !slices.ContainsFunc(in, func(b int) bool { return b >= 0 })
}
