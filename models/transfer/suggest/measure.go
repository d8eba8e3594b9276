package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// Tally counts how suggestions and marks agree.
type Tally struct {
	Marks     int `json:"marks" description:"Passages that were marked by hand."`
	Suggested int `json:"suggested" description:"Passages that the rules propose."`
	Matched   int `json:"matched" description:"Suggestions that match a mark."`
	Touched   int `json:"touched" description:"Marks that some suggestion touches at all."`
	Strength  int `json:"strength" description:"Matched suggestions with the strength of the mark."`
	Type      int `json:"type" description:"Matched suggestions with the type of the mark."`
	Trackable int `json:"trackable" description:"Matched suggestions that say trackable as the mark does."`
}

// Precision is the share of suggestions that match a mark.
func (t Tally) Precision() float64 { return share(t.Matched, t.Suggested) }

// Recall is the share of marks that a suggestion matches.
func (t Tally) Recall() float64 { return share(t.Matched, t.Marks) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 { return share(2*t.Matched, t.Marks+t.Suggested) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (t *Tally) add(o Tally) {
	t.Marks, t.Suggested, t.Matched, t.Touched = t.Marks+o.Marks, t.Suggested+o.Suggested, t.Matched+o.Matched, t.Touched+o.Touched
	t.Strength, t.Type, t.Trackable = t.Strength+o.Strength, t.Type+o.Type, t.Trackable+o.Trackable
}

// Row is the tally of one statement, or of one strength, in one language.
type Row struct {
	Name    string      `json:"name" description:"Name of the statement, or code of the strength; empty for all together."`
	Lang    models.Lang `json:"lang"`
	HeldOut bool        `json:"held_out" description:"The rules were not made with these statements in view."`
	Tally
}

// Report is what was measured, per language: each statement, each strength, and all together.
type Report struct {
	Statements []Row `json:"statements"`
	Strengths  []Row `json:"strengths"`
	Totals     []Row `json:"totals"`
}

// Measure compares what the rules propose with what people marked. A suggestion matches a mark of the same paragraph
// and language when the characters that both have are at least half of the shorter one. One suggestion matches one mark:
// pairs are taken by how much both have of what either has, the most first.
func Measure(set []Marked) Report {
	var r Report
	for _, lang := range Languages() {
		for _, held := range []bool{false, true} {
			r.add(set, lang, held)
		}
	}
	return r
}

// add measures the statements of one kind in one language.
func (r *Report) add(set []Marked, lang models.Lang, held bool) {
	total := Row{Lang: lang, HeldOut: held}
	strengths := map[string]*Tally{}
	for _, m := range set {
		if m.HeldOut != held {
			continue
		}
		row := Row{Name: m.Name, Lang: lang, HeldOut: held}
		for _, p := range m.Paragraphs {
			if _, has := p.Texts[lang]; has {
				row.add(compare(p, lang).tally(strengths))
			}
		}
		r.Statements = append(r.Statements, row)
		total.add(row.Tally)
	}
	if total.Marks+total.Suggested == 0 {
		return
	}
	r.Totals = append(r.Totals, total)
	for _, s := range models.Strengths {
		if t := strengths[s]; t != nil {
			r.Strengths = append(r.Strengths, Row{Name: s, Lang: lang, HeldOut: held, Tally: *t})
		}
	}
}

// comparison is the suggestions and marks of one paragraph in one language.
type comparison struct {
	found   []Found
	marks   []HandMark
	of      []int // for each mark the suggestion that matches it; -1 for none
	touched []bool
}

// compare finds the suggestions and marks of a paragraph in one language, and which match.
func compare(p MarkedParagraph, lang models.Lang) comparison {
	var c comparison
	text := p.Texts[lang]
	for _, f := range unscored(p.Texts) {
		if _, has := f.Words[lang]; has {
			c.found = append(c.found, f)
		}
	}
	var places []models.Span
	for _, m := range p.Marks {
		if words := m.Words[lang]; words != "" {
			at := strings.Index(text, words)
			c.marks = append(c.marks, m)
			places = append(places, models.Span{From: at, To: at + len(words)})
		}
	}
	c.match(text, lang, places)
	return c
}

// match takes pairs of a mark and a suggestion, those that share most first.
func (c *comparison) match(text string, lang models.Lang, places []models.Span) {
	type candidate struct {
		mark, found int
		shared      float64 // what both have, of what either has
	}
	c.of, c.touched = make([]int, len(c.marks)), make([]bool, len(c.marks))
	var all []candidate
	for i, mark := range places {
		c.of[i] = -1
		for j, f := range c.found {
			at := f.Words[lang]
			both := utf8.RuneCountInString(models.Span{From: max(at.From, mark.From), To: min(at.To, mark.To)}.Of(text))
			a, b := utf8.RuneCountInString(at.Of(text)), utf8.RuneCountInString(mark.Of(text))
			c.touched[i] = c.touched[i] || both > 0
			if both > 0 && 2*both >= min(a, b) {
				all = append(all, candidate{i, j, share(both, a+b-both)})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y candidate) int { return cmp.Compare(y.shared, x.shared) })
	taken := map[int]bool{}
	for _, x := range all {
		if c.of[x.mark] < 0 && !taken[x.found] {
			c.of[x.mark], taken[x.found] = x.found, true
		}
	}
}

// tally counts a paragraph, and into the tallies per strength: a mark by its own, a suggestion without a mark by its own.
func (c comparison) tally(strengths map[string]*Tally) Tally {
	var sum Tally
	count := func(strength string, t Tally) {
		if strengths[strength] == nil {
			strengths[strength] = &Tally{}
		}
		strengths[strength].add(t)
		sum.add(t)
	}
	matched := map[int]bool{}
	for i, m := range c.marks {
		t := Tally{Marks: 1, Touched: one(c.touched[i])}
		if j := c.of[i]; j >= 0 {
			f := c.found[j]
			matched[j] = true
			t.Suggested, t.Matched = 1, 1
			t.Strength, t.Type, t.Trackable = one(f.Strength == m.Strength), one(f.Type == m.Type), one(f.Trackable == m.Trackable)
		}
		count(m.Strength, t)
	}
	for j, f := range c.found {
		if !matched[j] {
			count(f.Strength, Tally{Suggested: 1})
		}
	}
	return sum
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
