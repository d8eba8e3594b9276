package align

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// enoughRight is the share of paragraphs that must stand in the right row, in every case.
const enoughRight = 0.9

// written are the statements of testdata. The weights were set on the Tokyo statement and the first two; the last was
// written afterwards and was right at once; the confidence was set on all three.
var written = []string{"harbours", "grids", "archives"}

// tokyoCases are the Tokyo statement as it is and changed in the ways in which versions of one statement differ.
func tokyoCases(t testing.TB) []stage {
	s := tokyo(t)
	all := []stage{s, turned(s), titled(s), turned(titled(s))}
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
	right, all := map[string]int{}, map[string]int{}
	for _, s := range tokyoCases(t) {
		r, n, rows := s.run(t)
		t.Logf("right %d of %d: %s", r, n, s.name)
		change := s.name[strings.LastIndexByte(s.name, ' ')+1:]
		right[change], all[change] = right[change]+r, all[change]+n
		// One sentence that says nothing of its own may stay alone when it is split off.
		if float64(r) < 0.8*float64(n) {
			t.Errorf("%s: right %d of %d: %v", s.name, r, n, wrong(rows))
		}
	}
	for _, change := range slices.Sorted(maps.Keys(all)) {
		t.Logf("right %d of %d in all cases: %s", right[change], all[change], change)
		if float64(right[change]) < enoughRight*float64(all[change]) {
			t.Errorf("%s: right %d of %d", change, right[change], all[change])
		}
	}
}

func TestWrittenStatements(t *testing.T) {
	t.Parallel()
	for _, s := range stages(t, written...) {
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
	for _, s := range stages(t, written...) {
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
	if high := float64(right[4]) / float64(all[4]); high < 0.99 {
		t.Errorf("of the pairs of 0.8 and more %.3f are right, want 0.99", high)
	}
	if low := all[0] + all[1] + all[2] + all[3]; low > all[4] {
		t.Errorf("%d pairs are below 0.8 and %d above: nobody would trust that", low, all[4])
	}
}

// TestConfidenceIsHonestWithoutGlossary pairs the same texts as if nothing were known of their languages.
func TestConfidenceIsHonestWithoutGlossary(t *testing.T) {
	t.Parallel()
	right, all := 0, 0
	for _, s := range append(stages(t, written...), tokyoCases(t)...) {
		s.a.lang, s.b.lang = "x1", "x2"
		_, _, rows := s.run(t)
		for _, r := range rows {
			if r.confidence >= 0.8 {
				all++
				if r.right {
					right++
				}
			}
		}
	}
	t.Logf("%d of %d pairs of 0.8 and more are right", right, all)
	if float64(right) < 0.95*float64(all) || all == 0 {
		t.Errorf("%d of %d pairs of 0.8 and more are right, want 0.95", right, all)
	}
}

// TestLongGapIsCrossed drops a long piece from one side: the band must follow.
func TestLongGapIsCrossed(t *testing.T) {
	t.Parallel()
	const n, from, to = 900, 200, 500
	texts := long(t, n)
	texts[1].Paragraphs = slices.Delete(texts[1].Paragraphs, from, to)
	rows, err := Rows(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if bad := fault(texts, rows); bad != "" {
		t.Fatal(bad)
	}
	right := 0
	for _, r := range rows {
		a, b := inside(texts[0], r), inside(texts[1], r)
		if len(a) == 1 && (a[0] < from && slices.Equal(b, a) || a[0] >= to && slices.Equal(b, []int{a[0] - to + from}) || a[0] >= from && a[0] < to && b == nil) {
			right++
		}
	}
	t.Logf("right %d of %d", right, n)
	if float64(right) < enoughRight*n {
		t.Errorf("right %d of %d", right, n)
	}
}
