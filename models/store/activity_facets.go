package store

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// entries are what was recorded of one initiative, counted: the judgements, wider events and searches of each kind and
// part, and the statements that name it, which can name others as well.
type entries struct {
	counts     []entryCount
	statements []int64
}

type entryCount struct {
	kind    models.EventKind
	country string
	n       int
}

// entered returns the entries of every initiative of the census, by its id.
func (v *view) entered(c *census) (map[int64]*entries, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries != nil {
		return c.entries, nil
	}
	all := map[int64]*entries{}
	err := v.readEntries(all, "", nil)
	if err == nil {
		c.entries = all
	}
	return all, err
}

// readEntries counts the entries of all initiatives, or of those that a condition on i names: two statements.
func (v *view) readEntries(all map[int64]*entries, which string, args []any) error {
	of := func(id int64) *entries {
		if all[id] == nil {
			all[id] = &entries{}
		}
		return all[id]
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
		var e entryCount
		err := scan(&id, &e.kind, &e.country, &e.n)
		of(id).counts = append(of(id).counts, e)
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
		of(id).statements = append(of(id).statements, statement)
		return err
	})
}

// tallied counts entries behind values, each statement once.
type tallied struct {
	counts     map[string]map[string]int
	statements map[string]map[string]map[int64]bool
}

func (t tallied) add(facet, value string, n int, statement int64) {
	if t.counts[facet] == nil {
		t.counts[facet], t.statements[facet] = map[string]int{}, map[string]map[int64]bool{}
	}
	if statement == 0 {
		t.counts[facet][value] += n
		return
	}
	if t.statements[facet][value] == nil {
		t.statements[facet][value] = map[int64]bool{}
	}
	if !t.statements[facet][value][statement] {
		t.statements[facet][value][statement] = true
		t.counts[facet][value]++
	}
}

// activityFacets counts the entries behind each value of each field under the other fields' conditions, and the entries
// behind the whole filter.
func (v *view) activityFacets(conds activityConditions) (map[string][]models.Facet, int, error) {
	c, tests, err := v.tests(conds.initiatives)
	if err != nil {
		return nil, 0, err
	}
	all, err := v.entered(c)
	if err != nil {
		return nil, 0, err
	}
	t := tallied{map[string]map[string]int{}, map[string]map[string]map[int64]bool{}}
	for _, l := range c.lines {
		failed, more := failing(tests, l)
		recorded := all[l.id]
		if more || recorded == nil {
			continue
		}
		for _, e := range recorded.counts {
			v.tally(t, conds, l, e, failed, 0)
		}
		for _, s := range recorded.statements {
			v.tally(t, conds, l, entryCount{models.EventStatement, "", 1}, failed, s)
		}
	}
	if len(tests) == 0 {
		if err := v.tallyUnnamed(t, conds); err != nil {
			return nil, 0, err
		}
	}
	labelled, facets := v.label(t.counts), map[string][]models.Facet{}
	for _, facet := range []string{"topic", "country", "forum"} {
		facets[facet] = labelled[facet]
	}
	for _, k := range models.EventKinds {
		facets["kind"] = append(facets["kind"], models.Facet{Value: string(k), Count: t.counts["kind"][string(k)]})
	}
	return facets, t.counts["total"][""], nil
}

// tally counts entries of an initiative; failed is the one field whose condition the initiative does not meet.
func (v *view) tally(t tallied, conds activityConditions, l *line, e entryCount, failed string, statement int64) {
	if len(conds.kinds) > 0 && !slices.Contains(conds.kinds, any(string(e.kind))) {
		if failed != "" {
			return
		}
		failed = "kind"
	}
	if len(conds.countries) > 0 && e.country != "" && !slices.Contains(conds.countries, any(e.country)) && failed != "country" {
		if failed != "" {
			return
		}
		failed = "country"
	}
	counted := func(facet string) bool { return failed == "" || failed == facet }
	if counted("total") {
		t.add("total", "", e.n, statement)
	}
	if counted("kind") {
		t.add("kind", string(e.kind), e.n, statement)
	}
	slugs := v.words.slugs()
	if counted("topic") {
		for _, id := range v.words.above(l.topic) {
			t.add("topic", slugs.topics[id], e.n, statement)
		}
	}
	if counted("country") {
		for _, code := range l.parts {
			if e.country == "" || e.country == code {
				t.add("country", code, e.n, statement)
			}
		}
	}
	if counted("forum") {
		for _, id := range l.forums {
			t.add("forum", slugs.forums[id], e.n, statement)
		}
	}
}

// tallyUnnamed counts the statements that name no initiative, which are there as long as nothing narrows initiatives.
func (v *view) tallyUnnamed(t tallied, conds activityConditions) error {
	return each("count statements", v.raw("SELECT st.id FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ?", v.at.Until()), func(scan scanner) error {
		var id int64
		if err := scan(&id); err != nil {
			return err
		}
		if len(conds.kinds) == 0 || slices.Contains(conds.kinds, any(string(models.EventStatement))) {
			t.add("total", "", 1, id)
		}
		t.add("kind", string(models.EventStatement), 1, id)
		return nil
	})
}
