package align

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// torn drops, merges and splits paragraphs of a stage that is paired one to one, two of three of them.
func torn(r *rand.Rand, from stage) stage {
	s := stage{name: "torn", a: version{lang: from.a.lang}, b: version{lang: from.b.lang}}
	add := func(a, b []string) {
		var p pairing
		for _, text := range a {
			p.a = append(p.a, len(s.a.paragraphs))
			s.a.paragraphs = append(s.a.paragraphs, text)
		}
		for _, text := range b {
			p.b = append(p.b, len(s.b.paragraphs))
			s.b.paragraphs = append(s.b.paragraphs, text)
		}
		s.pairs = append(s.pairs, p)
	}
	for i := 0; i < len(from.pairs); i++ {
		a, b := from.a.paragraphs[i], from.b.paragraphs[i]
		switch k := r.IntN(6); {
		case k == 0:
			add([]string{a}, nil)
		case k == 1:
			add(nil, []string{b})
		case k == 2 && i+1 < len(from.pairs):
			i++
			add([]string{a + " " + from.a.paragraphs[i]}, []string{b, from.b.paragraphs[i]})
		case k == 3:
			parts := slices.DeleteFunc(strings.SplitAfter(b, "。"), func(s string) bool { return s == "" })
			if len(parts) > maxRun {
				parts = []string{parts[0] + parts[1], strings.Join(parts[2:], "")}
			}
			add([]string{a}, parts)
		default:
			add([]string{a}, []string{b})
		}
	}
	return s
}

// TestTornTexts pairs 400 versions of the Tokyo statement that differ far more than versions of one statement do.
func TestTornTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	whole := tokyo(t)
	right, all, high, highRight := 0, 0, 0, 0
	for range 400 {
		a, b, rows := torn(r, whole).run(t)
		right, all = right+a, all+b
		for _, row := range rows {
			if row.confidence < 0.8 {
				continue
			}
			high++
			if row.right {
				highRight++
			}
		}
	}
	t.Logf("right %d of %d paragraphs; %d of %d pairs of 0.8 and more", right, all, highRight, high)
	if float64(right) < enoughRight*float64(all) {
		t.Errorf("right %d of %d paragraphs", right, all)
	}
	if float64(highRight) < 0.995*float64(high) || high < all/5 {
		t.Errorf("%d of %d pairs of 0.8 and more are right, want 0.995", highRight, high)
	}
}

// TestRareWordsSayMore gives two pairs: one shares what stands everywhere, the other what stands nowhere else.
func TestRareWordsSayMore(t *testing.T) {
	t.Parallel()
	g, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	v := version{lang: "en", paragraphs: []string{"Zulu", "Zulu", "Yoke", "Zulu"}}
	all, err := profiles(t.Context(), v.text(), g)
	if err != nil {
		t.Fatal(err)
	}
	s := prepare(all, all)
	if rare, common := s.shared(&s.a[2], &s.b[2]), s.shared(&s.a[0], &s.b[0]); rare <= common {
		t.Errorf("the rare word weighs %.2f, the common one %.2f", rare, common)
	}
}
