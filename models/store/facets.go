package store

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

// maxFacetValues bounds the values of one facet; those with most rows stay.
const maxFacetValues = 50

// facets counts, in one statement, the rows behind each value of each field under the other fields' conditions,
// and the rows behind the whole filter.
func (v *view) facets(conds []condition) (map[string][]models.Facet, int, error) {
	from, fromArgs := v.from()
	var args []any
	until := v.at.Until()
	var parts []string
	add := func(facet, value, join, count string, joined ...any) {
		where, whereArgs := v.where(conds, facet)
		parts = append(parts, "SELECT '"+facet+"' AS facet, "+value+" AS value, "+count+" AS rows_behind"+from+join+where+" GROUP BY "+value)
		args = append(append(append(args, fromArgs...), joined...), whereArgs...)
	}
	one, once := "COUNT(*)", "COUNT(DISTINCT i.id)"
	add("total", "CAST('' AS TEXT)", "", one)
	add("status", statusSQL, "", one)
	add("grade", gradeSQL("s"), "", one)
	add("topic", "an.slug", " JOIN topic_paths tp ON tp.topic_id = i.topic_id JOIN topics an ON an.id = tp.ancestor_id", one)
	add("country", "p.country", " JOIN parts p ON p.initiative_id = i.id AND p.role <> 'not_applicable'", one)
	add("meeting", "COALESCE(fm.ref,'')", " LEFT JOIN meetings fm ON fm.id = i.first_meeting_id", one)
	add("forum", "fo.slug", ` JOIN meetings fu_m ON fu_m.id = i.first_meeting_id OR fu_m.id IN (SELECT fu.meeting_id FROM updates fu
		WHERE fu.initiative_id = i.id AND fu.country = '' AND fu.published AND fu.effective_on <= ?) JOIN forums fo ON fo.id = fu_m.forum_id`, once, until)
	add("delegate", "de.slug", ` JOIN commitment_initiatives ci ON ci.initiative_id = i.id JOIN commitments co ON co.id = ci.commitment_id
		JOIN statements so ON so.id = co.statement_id JOIN meetings sm ON sm.id = so.meeting_id AND sm.ends_on <= ?
		JOIN attendances aa ON aa.meeting_id = so.meeting_id JOIN delegates de ON de.id = aa.delegate_id`, once, until)
	// Expressions with arguments are grouped inside, because their placeholders would differ outside.
	args = append(args, v.grouped(&parts, conds, "mark", markSQL, v.anchorStart())...)
	args = append(args, v.grouped(&parts, conds, "change", v.changeSQL(), v.compared())...)

	counts, total := map[string]map[string]int{}, 0
	err := each("count facets", v.raw(strings.Join(parts, " UNION ALL "), args...), func(scan scanner) error {
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
	return v.label(counts), total, err
}

func (v *view) grouped(parts *[]string, conds []condition, facet, value string, arg any) []any {
	from, fromArgs := v.from()
	where, whereArgs := v.where(conds, facet)
	*parts = append(*parts, "SELECT '"+facet+"', value, COUNT(*) FROM (SELECT "+value+" AS value"+from+where+") g_"+facet+" GROUP BY value")
	return append(append([]any{arg}, fromArgs...), whereArgs...)
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
