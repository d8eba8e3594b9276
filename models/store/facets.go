package store

import (
	"github.com/followthrough/followthrough/models"
)

// maxFacetValues bounds the values of one facet; those with most rows stay.
const maxFacetValues = 50

// facets counts the initiatives behind each value of each field under the other fields' conditions, and those behind
// the whole filter.
func (v *view) facets(conds []condition) (map[string][]models.Facet, int, error) {
	c, all, err := v.tests(conds)
	if err != nil {
		return nil, 0, err
	}
	slugs := v.words.slugs()
	counts, total := map[string]map[string]int{}, 0
	for _, facet := range []string{"status", "grade", "mark", "change", "topic", "country", "meeting", "forum", "delegate"} {
		counts[facet] = map[string]int{}
	}
	for _, l := range c.lines {
		failed, more := failing(all, l)
		if more {
			continue
		}
		if failed == "" {
			total++
		}
		for facet, n := range counts {
			if failed == "" || failed == facet {
				v.countIn(n, facet, c, l, slugs)
			}
		}
	}
	return v.label(counts), total, nil
}

// failing returns the one field whose condition a line does not meet, and whether there are more.
func failing(all []test, l *line) (failed string, more bool) {
	for _, t := range all {
		if t.facet == failed || t.holds(l) {
			continue
		}
		if failed != "" {
			return failed, true
		}
		failed = t.facet
	}
	return failed, false
}

// countIn counts a line behind its values of one field.
func (v *view) countIn(n map[string]int, facet string, c *census, l *line, slugs slugs) {
	switch facet {
	case "status":
		n[string(l.status)]++
	case "grade":
		n[string(l.grade)]++
	case "mark":
		n[string(l.mark)]++
	case "change":
		n[string(l.change)]++
	case "topic":
		for _, id := range v.words.above(l.topic) {
			n[slugs.topics[id]]++
		}
	case "country":
		for _, code := range l.parts {
			n[code]++
		}
	case "meeting":
		n[slugs.meetings[l.first]]++
	case "forum":
		for _, id := range l.forums {
			n[slugs.forums[id]]++
		}
	case "delegate":
		for _, id := range c.delegates(l) {
			n[slugs.delegates[id]]++
		}
	}
}

// label gives every value its name, in a fixed order, with 0 where no row is behind it. Codes and meetings have
// their names in the locales and get none here.
func (v *view) label(counts map[string]map[string]int) map[string][]models.Facet {
	facets := map[string][]models.Facet{}
	add := func(facet, value string, label models.Text) {
		facets[facet] = append(facets[facet], models.Facet{Value: value, Label: label, Count: counts[facet][value]})
	}
	for _, t := range v.words.tree() {
		add("topic", t.Slug, t.Text)
		facets["topic"][len(facets["topic"])-1].Depth = t.Depth
	}
	for _, c := range v.words.countries {
		add("country", c.Slug, c.Text)
	}
	for _, f := range v.words.forums {
		add("forum", f.Slug, f.Text)
	}
	for _, m := range v.words.meetings {
		if counts["meeting"][m.Slug] > 0 {
			add("meeting", m.Slug, models.Text{})
		}
	}
	for _, d := range v.words.delegates {
		if counts["delegate"][d.Slug] > 0 || len(v.words.delegates) <= maxFacetValues && !v.at.Past() {
			add("delegate", d.Slug, d.Text)
		}
	}
	for _, s := range models.Statuses {
		add("status", string(s), models.Text{})
	}
	for _, m := range models.Marks {
		add("mark", string(m), models.Text{})
	}
	for _, g := range models.Grades {
		add("grade", string(g), models.Text{})
	}
	if !v.at.VS.IsZero() {
		for _, c := range models.Changes {
			add("change", string(c), models.Text{})
		}
	}
	for facet := range facets {
		facets[facet] = most(facets[facet])
	}
	return facets
}

// most keeps the values with most rows when there are too many, in their order.
func most(all []models.Facet) []models.Facet {
	for least := 1; len(all) > maxFacetValues; least++ {
		kept := all[:0:0]
		for _, f := range all {
			if f.Count >= least {
				kept = append(kept, f)
			}
		}
		if len(kept) < maxFacetValues/2 {
			return all[:maxFacetValues]
		}
		all = kept
	}
	return all
}
