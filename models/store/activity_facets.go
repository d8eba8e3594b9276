package store

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// entries are what was recorded of one initiative, counted: the judgements, wider events and searches of each kind and
// part, and the statements that name it, which can name others as well.
type entries struct {
	counts     []entryCount
	statements []int64
}

// entryCount counts entries of a kind about the part of a country, both by their numbers; -1 is the whole.
type entryCount struct{ kind, country, n int }

var statementKind = slices.Index(models.EventKinds, models.EventStatement)

// entered returns the entries of every initiative of the census, by the place of its line; nil where there are none.
func (v *view) entered(c *census) ([]*entries, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries != nil {
		return c.entries, nil
	}
	all := make([]*entries, len(c.lines))
	err := v.readEntries(c, all, "", nil)
	if err == nil {
		c.entries = all
	}
	return all, err
}

// readEntries counts the entries of all initiatives, or of those that a condition on i names: two statements.
func (v *view) readEntries(c *census, all []*entries, which string, args []any) error {
	add := func(id int64, f func(e *entries)) {
		if at, ok := c.place[id]; ok {
			if all[at] == nil {
				all[at] = &entries{}
			}
			f(all[at])
		}
	}
	var sql string
	var sqlArgs []any
	for n, s := range feedSources {
		if n > 0 {
			sql += " UNION ALL "
		}
		sql += "SELECT i.id, " + s.kind + " AS kind, " + s.country + " AS country, COUNT(*) FROM " + s.rows + " JOIN initiatives i ON i.id = x.initiative_id WHERE " + s.where + " AND " + s.on + " <= ? AND i.begins_on <= ?" + which + " GROUP BY 1, 2, 3"
		sqlArgs = append(append(sqlArgs, v.at.Until(), v.at.Until()), args...)
	}
	err := each("count what was recorded", v.raw(sql, sqlArgs...), func(scan scanner) error {
		var id int64
		var kind models.EventKind
		var country string
		var n int
		err := scan(&id, &kind, &country, &n)
		add(id, func(e *entries) {
			e.counts = append(e.counts, entryCount{slices.Index(models.EventKinds, kind), number(v.words.numbers.countries, country), n})
		})
		return err
	})
	if err != nil {
		return err
	}
	return each("count what statements name", v.raw(`SELECT DISTINCT i.id, st.id FROM statements st JOIN meetings m ON m.id = st.meeting_id JOIN commitments co ON co.statement_id = st.id
		JOIN commitment_initiatives ci ON ci.commitment_id = co.id JOIN initiatives i ON i.id = ci.initiative_id WHERE m.ends_on <= ? AND i.begins_on <= ?`+which,
		append([]any{v.at.Until(), v.at.Until()}, args...)...), func(scan scanner) error {
		var id, statement int64
		err := scan(&id, &statement)
		add(id, func(e *entries) { e.statements = append(e.statements, statement) })
		return err
	})
}

// feedFacet is a facet of the feed; feedTotal counts the entries behind the whole filter.
type feedFacet int

const (
	feedTotal feedFacet = iota
	feedKind
	feedTopic
	feedCountry
	feedForum
	feedFacets
)

var feedNames = [feedFacets]string{"", "kind", "topic", "country", "forum"}

// feedCounts counts entries behind values, each statement once.
type feedCounts struct {
	counts [feedFacets][]int
	seen   map[feedValue]bool
}

type feedValue struct {
	facet     feedFacet
	value     int
	statement int64
}

func (v *view) newFeedCounts() feedCounts {
	return feedCounts{[feedFacets][]int{make([]int, 1), make([]int, len(models.EventKinds)), make([]int, len(v.words.topics)), make([]int, len(v.words.countries)), make([]int, len(v.words.forums))}, map[feedValue]bool{}}
}

func (t feedCounts) add(facet feedFacet, value, n int, statement int64) {
	if statement != 0 {
		key := feedValue{facet, value, statement}
		if t.seen[key] {
			return
		}
		t.seen[key] = true
	}
	t.counts[facet][value] += n
}

// activityFacets counts the entries behind each value of each field under the other fields' conditions, and the entries
// behind the whole filter.
func (v *view) activityFacets(conds activityConditions) (map[string][]models.Facet, int, error) {
	m, err := v.match(conds.initiatives)
	if err != nil {
		return nil, 0, err
	}
	recorded, err := v.entered(m.census)
	if err != nil {
		return nil, 0, err
	}
	var unnamed []int64 // statements that name no initiative are there as long as nothing narrows initiatives
	if m.whole() {
		if err := v.raw("SELECT st.id FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ?", v.at.Until()).Scan(&unnamed).Error; err != nil {
			return nil, 0, translate("count statements", err)
		}
	}
	t := keptOf(m.census, "feed", m.whole() && len(conds.kinds) == 0, func() feedCounts { return v.countFeed(m, conds, recorded, unnamed) })
	facets := map[string][]models.Facet{}
	for _, w := range v.words.tree() {
		facets["topic"] = append(facets["topic"], models.Facet{Value: w.Slug, Label: w.Text, Depth: w.Depth, Count: t.counts[feedTopic][v.words.numbers.topics[w.ID]]})
	}
	for n, w := range v.words.countries {
		facets["country"] = append(facets["country"], models.Facet{Value: w.Slug, Label: w.Text, Count: t.counts[feedCountry][n]})
	}
	for n, w := range v.words.forums {
		facets["forum"] = append(facets["forum"], models.Facet{Value: w.Slug, Label: w.Text, Count: t.counts[feedForum][n]})
	}
	for facet, all := range facets {
		facets[facet] = mostOf(all)
	}
	for n, k := range models.EventKinds {
		facets["kind"] = append(facets["kind"], models.Facet{Value: string(k), Count: t.counts[feedKind][n]})
	}
	return facets, t.counts[feedTotal][0], nil
}

// countFeed counts the facets that share the lines behind the whole filter together, and each of the others behind the
// lines that it asks for.
func (v *view) countFeed(m matches, conds activityConditions, recorded []*entries, unnamed []int64) feedCounts {
	t := v.newFeedCounts()
	together := []feedFacet{feedTotal, feedKind}
	for f := feedTopic; f < feedFacets; f++ {
		if m.asks(feedNames[f]) {
			v.countEntries(t, []feedFacet{f}, m, m.without(feedNames[f]), conds, recorded)
		} else {
			together = append(together, f)
		}
	}
	v.countEntries(t, together, m, m.places(), conds, recorded)
	for _, statement := range unnamed {
		if conds.ofKind(statementKind) {
			t.add(feedTotal, 0, 1, statement)
		}
		t.add(feedKind, statementKind, 1, statement)
	}
	return t
}

func (c activityConditions) ofKind(kind int) bool {
	return len(c.kinds) == 0 || slices.Contains(c.kinds, any(string(models.EventKinds[kind])))
}

// countEntries counts the entries of some lines behind the values of some facets.
func (v *view) countEntries(t feedCounts, facets []feedFacet, m matches, places *roaring.Bitmap, conds activityConditions, recorded []*entries) {
	kinds := make([]bool, len(models.EventKinds))
	for n := range kinds {
		kinds[n] = conds.ofKind(n)
	}
	ofCountry := func(n int) bool {
		return n < 0 || len(conds.countries) == 0 || slices.Contains(conds.countries, any(v.words.countries[n].Slug))
	}
	count := func(l *line, e entryCount, statement int64) {
		for _, f := range facets {
			if (f == feedKind || kinds[e.kind]) && (f == feedCountry || ofCountry(e.country)) {
				v.countEntry(t, f, l, e, statement)
			}
		}
	}
	places.Iterate(func(at uint32) bool {
		if recorded[at] == nil {
			return true
		}
		for _, e := range recorded[at].counts {
			count(m.lines[at], e, 0)
		}
		for _, statement := range recorded[at].statements {
			count(m.lines[at], entryCount{statementKind, -1, 1}, statement)
		}
		return true
	})
}

func (v *view) countEntry(t feedCounts, f feedFacet, l *line, e entryCount, statement int64) {
	switch f {
	case feedTotal:
		t.add(f, 0, e.n, statement)
	case feedKind:
		t.add(f, e.kind, e.n, statement)
	case feedTopic:
		for _, n := range v.words.above(l.topic) {
			t.add(f, n, e.n, statement)
		}
	case feedCountry:
		for _, n := range l.parts {
			if e.country < 0 || e.country == n {
				t.add(f, n, e.n, statement)
			}
		}
	case feedForum:
		for _, n := range l.forums {
			t.add(f, n, e.n, statement)
		}
	}
}
