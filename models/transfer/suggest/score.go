package suggest

import (
	"math"
	"sync"

	"github.com/followthrough/followthrough/models"
)

// weight is how many suggestions of a language’s average stand behind a rule that was rarely measured.
const weight = 2

// rates is the precision of each rule on the marked statements, held-out ones too: a rule that applied in few places
// is drawn towards the precision of its language. It is measured once.
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
					all[string(lang)]++
					if matched[j] {
						right[name]++
						right[string(lang)]++
					}
				}
			}
		}
	}
	out := map[string]float64{}
	for _, lang := range Languages() {
		average := share(right[string(lang)], all[string(lang)])
		for _, r := range Rules(lang).Rules {
			out[r.Name] = (float64(right[r.Name]) + weight*average) / float64(all[r.Name]+weight)
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
