package suggest

import (
	"sync"

	"github.com/followthrough/followthrough/models"
)

// Explained returns the rules of every language with what was measured, as the method shows them. It is made once.
func Explained() []models.SuggestionRules { return explained() }

var explained = sync.OnceValue(func() []models.SuggestionRules {
	set, err := MarkedSet()
	if err != nil {
		set = nil // a test reads the marked statements of the program
	}
	report := Measure(set)
	all := []models.SuggestionRules{}
	for _, lang := range Languages() {
		all = append(all, explain(Rules(lang), report))
	}
	return all
})

func explain(set RuleSet, report Report) models.SuggestionRules {
	out := models.SuggestionRules{Lang: set.Lang, Verbs: []models.SuggestionRule{}, Others: []models.SuggestionRule{}, Measured: []models.SuggestionMeasured{}}
	other := func(name string, patterns []string, words models.Text) {
		out.Others = append(out.Others, models.SuggestionRule{Name: name, Anchor: anchor(name), Patterns: patterns, Explain: words})
	}
	for _, s := range set.Subjects {
		other(s.Name, s.Patterns, s.Explain)
	}
	for _, r := range set.Rules {
		out.Verbs = append(out.Verbs, models.SuggestionRule{Name: r.Name, Anchor: anchor(r.Name), Example: r.Verb, Patterns: r.Patterns, Strength: r.Strength,
			Type: r.Type, Trackable: r.Type == workType || Trackable(r.Type), Explain: r.Explain})
		for _, o := range r.Objects {
			out.Others = append(out.Others, models.SuggestionRule{Name: o.Name, Anchor: anchor(o.Name), Patterns: []string{o.Pattern}, Type: o.Type,
				Trackable: o.Type == workType || Trackable(o.Type), Explain: o.Explain})
		}
	}
	for _, e := range set.Exclusions {
		other(e.Name, e.Patterns, e.Explain)
	}
	for _, l := range set.Lists {
		other(l.Name, nil, l.Explain)
	}
	for _, r := range set.Readings {
		other(r.Name, r.Patterns, r.Explain)
	}
	for _, total := range report.Totals {
		if total.Lang == set.Lang {
			out.Measured = append(out.Measured, measured(total, report))
		}
	}
	return out
}

func anchor(name string) string { return "suggest-" + name }

func measured(total Row, report Report) models.SuggestionMeasured {
	m := models.SuggestionMeasured{HeldOut: total.HeldOut, Marks: total.Marks, Suggested: total.Suggested, Matched: total.Matched, Precision: total.Precision(), Recall: total.Recall()}
	for _, s := range report.Statements {
		if s.Lang == total.Lang && s.HeldOut == total.HeldOut {
			m.Statements++
		}
	}
	return m
}
