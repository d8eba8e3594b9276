package suggest

import (
	"math"
	"sync"

	"github.com/followthrough/followthrough/models"
)

// rates is the share of right suggestions of each rule on the marked statements, held-out ones too, by the rule of
// succession: one right and one wrong are added, so that a rule that was measured in few places says so. It is measured
// once.
var rates = sync.OnceValue(func() map[string]float64 {
	set, err := MarkedSet()
	if err != nil {
		return nil
	}
	right, all := map[string]int{}, map[string]int{}
	for _, m := range set {
		for _, p := range m.Paragraphs {
			for _, lang := range Languages() {
				c := compare(p, lang)
				matched := map[int]bool{}
				for _, j := range c.of {
					matched[j] = true
				}
				for j, f := range c.found {
					name := ruleOf(f, lang)
					all[name]++
					if matched[j] {
						right[name]++
					}
				}
			}
		}
	}
	out := map[string]float64{}
	for _, lang := range Languages() {
		for _, r := range Rules(lang).Rules {
			out[r.Name] = share(right[r.Name]+1, all[r.Name]+2)
		}
	}
	return out
})

// ruleOf is the name of the rule that found a passage in a language.
func ruleOf(f Found, lang models.Lang) string {
	for _, name := range f.Why {
		for _, r := range Rules(lang).Rules {
			if r.Name == name {
				return name
			}
		}
	}
	return ""
}

// score is the precision of the rule, rounded to two places; of a passage in two languages the better of both.
func score(f Found) float64 {
	best := 0.0
	for lang := range f.Words {
		best = max(best, rates()[ruleOf(f, lang)])
	}
	return math.Round(best*100) / 100
}
