package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
)

// Search returns one page of the records in whose texts every word of the filter stands, by kind and then the newest
// first, with the number found of each kind. Any text is a query; one without letters and digits finds nothing.
func (s *Store) Search(ctx context.Context, actor models.Actor, w models.When, f models.SearchFilter, p models.Page) (*models.List[models.Hit], error) {
	var bad []models.FieldError
	kinds := codes("kind", f.Kinds, func(k string) bool { return slices.Contains(models.SearchKinds, k) }, &bad)
	if f.Lang != "" && !slices.Contains(models.Langs[:], f.Lang) {
		bad = append(bad, models.Field("lang", "error.unknown_value", "value", string(f.Lang)))
	}
	if err := models.Invalid(bad...); err != nil {
		return nil, err
	}
	after, err := cursorOf("search", p.After)
	if err != nil {
		return nil, err
	}
	var out *models.List[models.Hit]
	err = s.view(ctx, w, func(v *view) error {
		words := grams.Parse(f.Words)
		out = envelope(v, []models.Hit{}, 0)
		if len(words) == 0 {
			return nil
		}
		found, args := v.found(words, f.Lang)
		if out.Facets["kind"], out.Total, err = v.countHits(found, args, f.Kinds); err != nil {
			return err
		}
		if out.Items, out.Next, err = v.hits(found, args, kinds, after, p.Limit); err != nil {
			return err
		}
		if err := v.addSnippets(out.Items, words, f.Lang); err != nil {
			return err
		}
		if err := v.addDates(out.Items); err != nil {
			return err
		}
		return v.addStatuses(out.Items)
	})
	return out, err
}

// shown is the condition that a text of the search (t) is true at the time of the view, in the language asked for.
func (v *view) shown(lang models.Lang) (string, []any) {
	sql, args := "t.shown_from <= ?", []any{v.at.Until()}
	if v.at.Past() {
		sql += " AND t.shown_from < '" + presentOnly + "'"
	}
	if lang != "" {
		sql += " AND t.lang IN (?, '')"
		args = append(args, string(lang))
	}
	return sql, args
}

// has is the condition that a text of the search (t) has a word.
func (v *view) has(w grams.Word) (string, any) {
	room := strconv.Itoa(pieces)
	if v.engine == Postgres {
		return "t.id IN (SELECT id / " + room + " FROM search_grams WHERE grams @@ CAST(? AS TSQUERY))", w.TSQuery()
	}
	return "t.id IN (SELECT rowid / " + room + " FROM search_grams WHERE search_grams MATCH ?)", w.FTS5()
}

// found selects kind and ref of every record that has all words.
func (v *view) found(words []grams.Word, lang models.Lang) (string, []any) {
	shown, shownArgs := v.shown(lang)
	all := make([]string, len(words))
	var args []any
	for i, w := range words {
		has, arg := v.has(w)
		all[i] = "SELECT DISTINCT t.kind, t.ref FROM search_texts t WHERE " + shown + " AND " + has
		args = append(append(args, shownArgs...), arg)
	}
	return "(" + strings.Join(all, " INTERSECT ") + ")", args
}

func (v *view) countHits(found string, args []any, kinds []string) ([]models.Facet, int, error) {
	counts, total := map[string]int{}, 0
	err := each("count what was found", v.raw("SELECT f.kind, COUNT(*) FROM "+found+" f GROUP BY f.kind", args...), func(scan scanner) error {
		var kind string
		var n int
		if err := scan(&kind, &n); err != nil {
			return err
		}
		counts[kind] = n
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			total += n
		}
		return nil
	})
	facets := make([]models.Facet, len(models.SearchKinds))
	for i, kind := range models.SearchKinds {
		facets[i] = models.Facet{Value: kind, Count: counts[kind]}
	}
	return facets, total, err
}

// hits reads one page of what was found, without titles and snippets.
func (v *view) hits(found string, args, kinds []any, after cursor, limit int) ([]models.Hit, *string, error) {
	var place strings.Builder
	place.WriteString("CASE f.kind")
	for i, kind := range models.SearchKinds {
		place.WriteString(" WHEN '" + kind + "' THEN " + strconv.Itoa(i))
	}
	place.WriteString(" END")
	sql := "SELECT g.place, g.kind, g.ref, g.on_day FROM (SELECT " + place.String() + ` AS place, f.kind, f.ref, COALESCE((SELECT MIN(d.shown_from) FROM search_texts d
		WHERE d.kind = f.kind AND d.ref = f.ref AND d.shown_from <> '` + presentOnly + "'), '') AS on_day FROM " + found + " f) g WHERE 1 = 1"
	if len(kinds) > 0 {
		sql += " AND g.kind IN (" + marks(len(kinds)) + ")"
		args = append(args, kinds...)
	}
	if after.Key != "" {
		where, on, _ := strings.Cut(after.Key, "|")
		n, err := strconv.Atoi(where)
		if err != nil {
			return nil, nil, models.Invalid(models.Field("after", "error.token", "value", after.String()))
		}
		sql += " AND (g.place > ? OR g.place = ? AND (g.on_day < ? OR g.on_day = ? AND g.ref > ?))"
		args = append(args, n, n, on, on, after.Ref)
	}
	items, last := []models.Hit{}, ""
	var next *string
	err := each("list what was found", v.raw(sql+" ORDER BY g.place, g.on_day DESC, g.ref LIMIT ?", append(args, limit+1)...), func(scan scanner) error {
		h := models.Hit{Snippets: []models.Snippet{}}
		var place int
		var on string
		if err := scan(&place, &h.Kind, &h.Ref, &on); err != nil {
			return err
		}
		if len(items) == limit {
			token := cursor{"search", last, items[limit-1].Ref}.String()
			next = &token
			return nil
		}
		h.On, h.Path, last = day(on), hitPath(h.Kind, h.Ref), strconv.Itoa(place)+"|"+on
		items = append(items, h)
		return nil
	})
	return items, next, err
}

// hitPath is the language-neutral address of what was found.
func hitPath(kind, ref string) string {
	plural := map[string]string{"initiative": "initiatives", "commitment": "commitments", "statement": "statements",
		"meeting": "meetings", "delegate": "delegates", "evidence": "evidence"}[kind]
	return "/" + plural + "/" + ref
}

// addDates gives the evidence among the hits its date as exactly as it is known, in one statement for all.
func (v *view) addDates(items []models.Hit) error {
	var refs []any
	for _, h := range items {
		if h.Kind == "evidence" {
			refs = append(refs, h.Ref)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	return each("read the dates of what was found", v.raw("SELECT e.ref, e.published_on, e.published_precision FROM evidence e WHERE e.ref IN ("+marks(len(refs))+")", refs...), func(scan scanner) error {
		var ref, on, precision string
		if err := scan(&ref, &on, &precision); err != nil {
			return err
		}
		for i := range items {
			if items[i].Kind == "evidence" && items[i].Ref == ref {
				items[i].On = date(on, precision)
			}
		}
		return nil
	})
}

// addStatuses gives the initiatives among the hits their status, in one statement for all.
func (v *view) addStatuses(items []models.Hit) error {
	var refs []any
	for _, h := range items {
		if h.Kind == "initiative" {
			refs = append(refs, h.Ref)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	now, args := v.standing("s", "i.id", "''")
	return each("read the statuses of what was found", v.raw("SELECT i.ref, "+statusSQL+" FROM initiatives i"+now+" WHERE i.ref IN ("+marks(len(refs))+")", append(args, refs...)...),
		func(scan scanner) error {
			var ref string
			var status models.Status
			if err := scan(&ref, &status); err != nil {
				return err
			}
			for i := range items {
				if items[i].Kind == "initiative" && items[i].Ref == ref {
					items[i].Status = status
				}
			}
			return nil
		})
}
