package suggest

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// named is everything of a rule set that has a name, with its explanation.
func named(s RuleSet) map[string]models.Text {
	all := map[string]models.Text{}
	for _, x := range s.Subjects {
		all[x.Name] = x.Explain
	}
	for _, x := range s.Rules {
		all[x.Name] = x.Explain
		for _, o := range x.Objects {
			all[o.Name] = o.Explain
		}
	}
	for _, x := range s.Exclusions {
		all[x.Name] = x.Explain
	}
	for _, x := range s.Lists {
		all[x.Name] = x.Explain
	}
	for _, x := range s.Readings {
		all[x.Name] = x.Explain
	}
	return all
}

func TestRulesCompileAndAreExplained(t *testing.T) {
	t.Parallel()
	if _, err := grammars(); err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		s := Rules(lang)
		if len(s.Rules) < 12 {
			t.Errorf("%s has %d rules", lang, len(s.Rules))
		}
		names := len(s.Subjects) + len(s.Rules) + len(s.Exclusions) + len(s.Lists) + len(s.Readings)
		for _, r := range s.Rules {
			names += len(r.Objects)
			if !slices.Contains(models.Strengths, r.Strength) || r.Type != workType && !slices.Contains(models.SuggestionTypes, r.Type) || r.Verb == "" {
				t.Errorf("%s: strength %q, type %q, example %q", r.Name, r.Strength, r.Type, r.Verb)
			}
		}
		all := named(s)
		if len(all) != names {
			t.Errorf("%s: %d names for %d rules; one stands twice", lang, len(all), names)
		}
		for name, words := range all {
			if words.EN == "" || words.JA == "" || !strings.HasPrefix(name, string(lang)+"-") {
				t.Errorf("%s is not explained in both languages, or is not named after its language", name)
			}
		}
	}
	if s := Rules("fr"); len(s.Rules) != 0 {
		t.Errorf("French has rules: %v", s)
	}
}

// TestPatternsCaptureNothing holds what the groups of the joined patterns rest on.
func TestPatternsCaptureNothing(t *testing.T) {
	t.Parallel()
	all, err := grammars()
	if err != nil {
		t.Fatal(err)
	}
	for lang, g := range all {
		if g.verbs.NumSubexp() != len(g.kinds) || g.subjects.NumSubexp() != len(g.set.Subjects) {
			t.Errorf("%s: %d groups for %d verbs, %d groups for %d subjects", lang, g.verbs.NumSubexp(), len(g.kinds), g.subjects.NumSubexp(), len(g.set.Subjects))
		}
	}
}

// TestEveryStrengthHasARule looks at what a language can say of what a promise is made of.
func TestEveryStrengthHasARule(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages() {
		for _, strength := range models.Strengths {
			if !slices.ContainsFunc(Rules(lang).Rules, func(r Rule) bool { return r.Strength == strength }) {
				t.Errorf("no rule of %s has the strength %s", lang, strength)
			}
		}
	}
}

// TestReasonsAreExplained finds every rule that applied on the marked statements among the explained ones.
func TestReasonsAreExplained(t *testing.T) {
	t.Parallel()
	set, err := MarkedSet()
	if err != nil {
		t.Fatal(err)
	}
	all := named(Rules(models.English))
	for name, words := range named(Rules(models.Japanese)) {
		all[name] = words
	}
	seen := 0
	for _, m := range set {
		for _, p := range m.Paragraphs {
			for _, f := range Paragraph(p.Texts) {
				for _, why := range f.Why {
					seen++
					if all[why].EN == "" {
						t.Errorf("%s is not explained", why)
					}
				}
			}
		}
	}
	if seen < 300 {
		t.Errorf("%d reasons", seen)
	}
}

// TestExamplesAreMatched finds each rule by the example verb that the method page shows.
func TestExamplesAreMatched(t *testing.T) {
	t.Parallel()
	all, err := grammars()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		for _, r := range g.set.Rules {
			c := &compiler{english: g.set.Lang == models.English, macros: g.set.Macros}
			own := regexp.MustCompile(c.expand(c.any(r.Patterns)))
			if !own.MatchString(r.Verb) {
				t.Errorf("%s does not match its own example %q", r.Name, r.Verb)
			}
		}
	}
}
