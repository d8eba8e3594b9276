package store

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// activityFacets counts, in one statement, the entries behind each value of each field under the other fields'
// conditions, and the entries behind the whole filter.
func (v *view) activityFacets(c activityConditions) (map[string][]models.Facet, int, error) {
	var parts []string
	var args []any
	add := func(facet, value, join string, joined ...any) {
		where, whereArgs := v.eventsOf(c, facet)
		parts = append(parts, "SELECT facet, value, COUNT(*) FROM (SELECT DISTINCT '"+facet+"' AS facet, "+value+" AS value, x.place, x.record FROM "+eventsSQL+join+where+") g_"+facet+" GROUP BY facet, value")
		args = append(append(args, joined...), whereArgs...)
	}
	add("total", "CAST('' AS TEXT)", "")
	add("kind", "x.kind", "")
	add("topic", "an.slug", " JOIN initiatives xi ON xi.id = x.initiative_id JOIN topic_paths tp ON tp.topic_id = xi.topic_id JOIN topics an ON an.id = tp.ancestor_id")
	add("country", "p.country", " JOIN parts p ON p.initiative_id = x.initiative_id AND p.role <> 'not_applicable' AND x.country IN ('', p.country)")
	add("forum", "fo.slug", ` JOIN updates fu ON fu.initiative_id = x.initiative_id AND fu.country = '' AND fu.published AND fu.effective_on <= ?
		JOIN meetings fu_m ON fu_m.id = fu.meeting_id JOIN forums fo ON fo.id = fu_m.forum_id`, v.at.Until())
	counts, total := map[string]map[string]int{}, 0
	err := each("count what was recorded", v.raw(strings.Join(parts, " UNION ALL "), args...), func(scan scanner) error {
		var facet, value string
		var n int
		if err := scan(&facet, &value, &n); err != nil {
			return err
		}
		if facet == "total" {
			total = n
			return nil
		}
		if counts[facet] == nil {
			counts[facet] = map[string]int{}
		}
		counts[facet][value] = n
		return nil
	})
	all, facets := v.label(counts), map[string][]models.Facet{}
	for _, facet := range []string{"topic", "country", "forum"} {
		facets[facet] = all[facet]
	}
	for _, k := range models.EventKinds {
		facets["kind"] = append(facets["kind"], models.Facet{Value: string(k), Count: counts["kind"][string(k)]})
	}
	return facets, total, err
}
