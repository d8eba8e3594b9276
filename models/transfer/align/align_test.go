package align

import (
	"fmt"
	"testing"
)

// enoughRight is the share of paragraphs that must stand in the right row, in every case.
const enoughRight = 0.9

// tokyoCases are the Tokyo statement as it is and changed in the ways in which versions of one statement differ.
func tokyoCases(t testing.TB) []stage {
	s := tokyo(t)
	all := []stage{s, turned(s)}
	n := len(s.pairs)
	for i := range n {
		all = append(all, without(s, i))
		if c, ok := split(s, i); ok {
			all = append(all, c)
		}
		if i+1 < n {
			all = append(all, merged(s, i), swapped(s, i, i+1))
		}
		for j := i + 2; j < n; j++ {
			all = append(all, swapped(s, i, j))
		}
	}
	return all
}

func TestTokyoStatement(t *testing.T) {
	t.Parallel()
	sumRight, sumAll := 0, 0
	for _, s := range tokyoCases(t) {
		right, all, rows := s.run(t)
		sumRight, sumAll = sumRight+right, sumAll+all
		t.Logf("right %d of %d: %s", right, all, s.name)
		if float64(right) < enoughRight*float64(all) {
			t.Errorf("%s: right %d of %d: %v", s.name, right, all, wrong(rows))
		}
	}
	t.Logf("right %d of %d in all cases", sumRight, sumAll)
}

func TestWrittenStatements(t *testing.T) {
	t.Parallel()
	for _, s := range stages(t, "harbours", "grids") {
		for _, s := range []stage{s, turned(s)} {
			right, all, rows := s.run(t)
			t.Logf("right %d of %d: %s", right, all, s.name)
			if float64(right) < enoughRight*float64(all) {
				t.Errorf("%s: right %d of %d: %v", s.name, right, all, wrong(rows))
			}
			if bad := wrong(rows); bad != nil {
				t.Logf("not right: %v", bad)
			}
		}
	}
}

func wrong(rows []judged) (list []string) {
	for _, r := range rows {
		if !r.right {
			list = append(list, fmt.Sprintf("%v (%.2f)", r.pairing, r.confidence))
		}
	}
	return list
}

// TestConfidenceMeansSomething counts, over all cases, how many pairs of each band of confidence are right.
func TestConfidenceMeansSomething(t *testing.T) {
	t.Parallel()
	cases := tokyoCases(t)
	for _, s := range stages(t, "harbours", "grids") {
		cases = append(cases, s, turned(s))
	}
	var right, all [5]int
	for _, s := range cases {
		_, _, rows := s.run(t)
		for _, r := range rows {
			if len(r.a) == 0 || len(r.b) == 0 {
				continue
			}
			band := min(int(r.confidence*5), 4)
			all[band]++
			if r.right {
				right[band]++
			}
		}
	}
	for band := range all {
		t.Logf("confidence %.1f to %.1f: %4d of %4d pairs right", float64(band)/5, float64(band+1)/5, right[band], all[band])
	}
	if high := float64(right[4]) / float64(all[4]); high < 0.97 {
		t.Errorf("of the pairs of 0.8 and more %.3f are right, want 0.97", high)
	}
	if low := all[0] + all[1] + all[2] + all[3]; low > all[4] {
		t.Errorf("%d pairs are below 0.8 and %d above: nobody would trust that", low, all[4])
	}
}
