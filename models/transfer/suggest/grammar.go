package suggest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// grammar is a rule set whose patterns are compiled. Every pattern is matched in linear time, and each text is gone
// through once per kind of pattern.
type grammar struct {
	set      RuleSet
	subjects *regexp.Regexp // one group per subject
	before   []*regexp.Regexp
	afterNot []*regexp.Regexp
	verbs    *regexp.Regexp // one group per verb
	kinds    []verbKind     // what each group is
	unless   map[string]*regexp.Regexp
	objects  map[string]*regexp.Regexp
	lists    map[string]listPattern
	readings map[string][]*regexp.Regexp
	history  *regexp.Regexp
	cut      *regexp.Regexp
	works    *regexp.Regexp // a verb in a list of verbs
	action   map[string]bool
	standing map[string]bool
	complete map[string]*regexp.Regexp
}

// verbKind is what a group of the verbs is: a rule, or an exclusion that ends a passage.
type verbKind struct {
	rule *Rule
	stop *Exclusion
}

type listPattern struct{ intro, after, item *regexp.Regexp }

// compiler collects the first error, so that a table of patterns reads as a table.
type compiler struct {
	english bool
	macros  map[string]string
	err     error
}

// space is any white space that people type between words.
const space = `[\s\x{A0}\x{3000}]+`

func (c *compiler) expand(pattern string) string {
	for name, value := range c.macros {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", value)
	}
	if c.english {
		pattern = strings.ReplaceAll(pattern, " ", space)
		pattern = strings.ReplaceAll(pattern, space+"?", `[\s\x{A0}]*`)
	}
	return pattern
}

func (c *compiler) re(pattern string) *regexp.Regexp {
	if pattern == "" || c.err != nil {
		return nil
	}
	re, err := regexp.Compile(c.expand(pattern))
	if err != nil {
		c.err = fmt.Errorf("pattern %.60q: %w", pattern, err)
	}
	return re
}

// any joins alternatives; words of English stand alone and in any case.
func (c *compiler) any(patterns []string) string {
	joined := "(?:" + strings.Join(patterns, "|") + ")"
	if c.english {
		return `(?i:\b` + joined + `\b)`
	}
	return joined
}

func compile(set RuleSet) (*grammar, error) {
	c := &compiler{english: set.Lang == models.English, macros: set.Macros}
	g := &grammar{set: set, unless: map[string]*regexp.Regexp{}, objects: map[string]*regexp.Regexp{}, lists: map[string]listPattern{},
		readings: map[string][]*regexp.Regexp{}, action: forms(set.Works.Action), standing: forms(set.Works.Standing), complete: map[string]*regexp.Regexp{}}
	g.compileSubjects(c)
	g.compileVerbs(c)
	for _, l := range set.Lists {
		g.lists[l.Name[len(set.Lang)+1:]] = listPattern{c.re(l.Pattern), c.re(l.After), c.re(l.Item)}
	}
	for _, r := range set.Readings {
		for _, p := range r.Patterns {
			if c.english {
				p = `(?i)\b(?:` + p + `)`
			}
			g.readings[r.Kind] = append(g.readings[r.Kind], c.re(p))
		}
	}
	works := slices.Concat(set.Works.Action, set.Works.Standing)
	slices.SortFunc(works, func(a, b string) int { return len(b) - len(a) })
	if c.english {
		g.works = c.re(`(?i)(,? and|[,;:](?: and)?)(?: \([a-z0-9]{1,3}\))?(?: also| jointly| further)?( to)?(?: \([a-z0-9]{1,3}\))? ((?:` + strings.Join(works, "|") + `)\b)`)
	} else {
		g.works = c.re(`(?:` + strings.Join(works, "|") + `)`)
	}
	return g, c.err
}

func (g *grammar) compileSubjects(c *compiler) {
	var groups []string
	for _, s := range g.set.Subjects {
		patterns := slices.Clone(s.Patterns)
		slices.SortStableFunc(patterns, func(a, b string) int { return len(b) - len(a) })
		groups = append(groups, "("+c.any(patterns)+")")
		g.before, g.afterNot = append(g.before, c.re(s.Before)), append(g.afterNot, c.re(s.AfterNot))
	}
	g.subjects = c.re(strings.Join(groups, "|"))
}

// compileVerbs puts what is not meant first, then the rules in their order, then plain verbs.
func (g *grammar) compileVerbs(c *compiler) {
	var groups []string
	add := func(patterns []string, kind verbKind) {
		groups = append(groups, "("+c.any(patterns)+")")
		g.kinds = append(g.kinds, kind)
	}
	var last []*Exclusion
	for i := range g.set.Exclusions {
		e := &g.set.Exclusions[i]
		switch {
		case e.Kind == historyKind:
			g.history = c.re(`^[\s、]*(?:` + strings.ReplaceAll(c.any(e.Patterns), `\b`, "") + `)`)
		case e.Kind == cutKind:
			g.cut = c.re(strings.ReplaceAll(c.any(e.Patterns), `\b`, ""))
		case strings.HasSuffix(e.Name, "-plain"):
			last = append(last, e)
		default:
			add(e.Patterns, verbKind{stop: e})
		}
	}
	for i := range g.set.Rules {
		r := &g.set.Rules[i]
		patterns := slices.Clone(r.Patterns)
		for k, p := range patterns {
			patterns[k] = g.set.Prefix + "(?:" + p + ")"
		}
		add(patterns, verbKind{rule: r})
		g.unless[r.Name] = c.re(caseless(c, r.Unless))
		g.complete[r.Name] = c.re(caseless(c, r.Complement))
		for _, o := range r.Objects {
			g.objects[o.Name] = c.re(caseless(c, o.Pattern))
		}
	}
	for _, e := range last {
		add(e.Patterns, verbKind{stop: e})
	}
	g.verbs = c.re(strings.Join(groups, "|"))
}

func caseless(c *compiler, pattern string) string {
	if c.english && pattern != "" {
		return "(?i)" + pattern
	}
	return pattern
}

// forms is the verbs of works with their English -ing forms.
func forms(verbs []string) map[string]bool {
	all := map[string]bool{}
	for _, v := range verbs {
		all[v], all[v+"ing"], all[strings.TrimSuffix(v, "e")+"ing"] = true, true, true
		all[v+v[len(v)-1:]+"ing"] = true
	}
	return all
}

// hit is a place where a group of a pattern matched.
type hit struct {
	at    models.Span
	group int
}

// hits finds every match of a pattern whose alternatives are its groups.
func hits(re *regexp.Regexp, text string) []hit {
	var all []hit
	for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
		for k := 2; k < len(m); k += 2 {
			if m[k] >= 0 {
				all = append(all, hit{models.Span{From: m[k], To: m[k+1]}, k/2 - 1})
				break
			}
		}
	}
	return all
}

// window is at most so many bytes before a place, cut at a character.
const window = 160

func textBefore(text string, at int) string {
	from := max(0, at-window)
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	return text[from:at]
}

func textAfter(text string, at int) string {
	to := min(len(text), at+window)
	for to < len(text) && to > at && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[at:to]
}
