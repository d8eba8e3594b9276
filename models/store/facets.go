package store

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// maxFacetValues bounds the values of one facet; those with most rows stay.
const maxFacetValues = 50

// counts are how many stand behind each value of each facet, by its number.
type counts [facetCount][]int

// facets counts the initiatives behind each value of each field under the other fields' conditions, and those behind
// the whole filter.
func (v *view) facets(conds []condition) (map[string][]models.Facet, int, error) {
	m, err := v.match(conds)
	if err != nil {
		return nil, 0, err
	}
	all := m.places()
	n := keptOf(m.census, "facets", m.whole(), func() counts { return v.countFacets(m, all) })
	return v.label(n), int(all.GetCardinality()), nil
}

func (v *view) countFacets(m matches, all *roaring.Bitmap) counts {
	var n counts
	sizes := v.sizes()
	for f := range facetCount {
		places := all
		if m.asks(facetNames[f]) {
			places = m.without(facetNames[f])
		}
		n[f] = make([]int, sizes[f])
		switch {
		case f == byMeeting:
			for l := range m.within(places) {
				if l.first >= 0 {
					n[f][l.first]++
				}
			}
		case f == byDelegate:
			v.countDelegates(n[f], m.census, places)
		case places == m.all:
			for value, set := range m.sets[f] {
				n[f][value] = int(set.GetCardinality())
			}
		case places.GetCardinality() < uint64(len(m.lines)/8): // few: walking them is cheaper than looking into every set
			for l := range m.within(places) {
				for _, value := range v.values(l, f) {
					n[f][value]++
				}
			}
		default:
			for value, set := range m.sets[f] {
				n[f][value] = int(set.AndCardinality(places))
			}
		}
	}
	return n
}

// countDelegates counts some lines behind who was at the meetings whose statements name them. Most are named by the
// statement of one meeting and counted together.
func (v *view) countDelegates(n []int, c *census, places *roaring.Bitmap) {
	alike := map[int64]int{}
	for l := range c.within(places) {
		switch len(l.statements) {
		case 0:
		case 1:
			alike[l.statements[0]]++
		default:
			for _, d := range c.delegates(l) {
				n[d]++
			}
		}
	}
	for meeting, lines := range alike {
		for _, d := range c.attend[meeting] {
			n[d] += lines
		}
	}
}

// label gives every value its name, in a fixed order, with 0 where no row is behind it. Codes and meetings have
// their names in the locales and get none here.
func (v *view) label(n counts) map[string][]models.Facet {
	facets := map[string][]models.Facet{}
	add := func(f facet, number int, value string, label models.Text) {
		facets[facetNames[f]] = append(facets[facetNames[f]], models.Facet{Value: value, Label: label, Count: n[f][number]})
	}
	for _, t := range v.words.tree() {
		add(byTopic, v.words.numbers.topics[t.ID], t.Slug, t.Text)
		facets["topic"][len(facets["topic"])-1].Depth = t.Depth
	}
	for at, c := range v.words.countries {
		add(byCountry, at, c.Slug, c.Text)
	}
	for at, f := range v.words.forums {
		add(byForum, at, f.Slug, f.Text)
	}
	for _, at := range most(n[byMeeting], counting(n[byMeeting])) {
		add(byMeeting, at, v.words.meetings[at].Slug, models.Text{})
	}
	shown := counting(n[byDelegate])
	if len(v.words.delegates) <= maxFacetValues && !v.at.Past() {
		shown = every(n[byDelegate])
	}
	for _, at := range most(n[byDelegate], shown) {
		add(byDelegate, at, v.words.delegates[at].Slug, v.words.delegates[at].Text)
	}
	for at, s := range models.Statuses {
		add(byStatus, at, string(s), models.Text{})
	}
	for at, m := range models.Marks {
		add(byMark, at, string(m), models.Text{})
	}
	for at, g := range models.Grades {
		add(byGrade, at, string(g), models.Text{})
	}
	if !v.at.VS.IsZero() {
		for at, c := range models.Changes {
			add(byChange, at, string(c), models.Text{})
		}
	}
	for facet, all := range facets {
		facets[facet] = mostOf(all)
	}
	return facets
}

// counting lists the numbers that count something.
func counting(counts []int) (some []int) {
	for n, count := range counts {
		if count > 0 {
			some = append(some, n)
		}
	}
	return some
}

// every lists all numbers.
func every(counts []int) []int {
	all := make([]int, len(counts))
	for n := range all {
		all[n] = n
	}
	return all
}

// mostOf keeps the values with most rows when there are too many, in their order.
func mostOf(all []models.Facet) []models.Facet {
	if len(all) <= maxFacetValues {
		return all
	}
	counts := make([]int, len(all))
	for n, f := range all {
		counts[n] = f.Count
	}
	kept := make([]models.Facet, 0, maxFacetValues)
	for _, n := range most(counts, every(counts)) {
		kept = append(kept, all[n])
	}
	return kept
}

// most keeps those of some numbers that count most when there are too many, in their order: those that count more than
// what would have to go, or, where that leaves few, the first of those that count as much.
func most(counts, some []int) []int {
	if len(some) <= maxFacetValues {
		return some
	}
	sorted := make([]int, len(some))
	for i, n := range some {
		sorted[i] = counts[n]
	}
	slices.Sort(sorted)
	least := sorted[len(sorted)-1-maxFacetValues] // counted by the first one for which there is no room
	more := slices.DeleteFunc(slices.Clone(some), func(n int) bool { return counts[n] <= least })
	if len(more) >= maxFacetValues/2 {
		return more
	}
	return slices.DeleteFunc(slices.Clone(some), func(n int) bool { return counts[n] < least })[:maxFacetValues]
}
