package store

import (
	"cmp"
	"context"
	"errors"
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
	codes("kind", f.Kinds, func(k string) bool { return slices.Contains(models.SearchKinds, k) }, &bad)
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
		found, more, err := v.found(words, f.Lang)
		if err != nil {
			return err
		}
		out.AtLeast = more
		out.Facets["kind"], out.Total = countHits(found, f.Kinds)
		if out.Items, out.Next, err = hits(found, f.Kinds, after, p.Limit); err != nil {
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

// Bounds of what a search looks at: records that it lists, and texts in which it looks for the first word.
const (
	maxFound = 1000
	maxTexts = 100_000
)

// foundRecord is a record that has all words, and the first day on which a text of it was true.
type foundRecord struct{ kind, ref, on string }

// found lists the records that have all words, and whether there are more: what was indexed last is found first. The texts
// of the first word are read until there are enough; a word in every tenth text would take seconds otherwise.
func (v *view) found(words []grams.Word, lang models.Lang) (all []foundRecord, more bool, err error) {
	others := make([]map[foundRecord]bool, len(words)-1)
	for i, w := range words[1:] {
		if others[i], err = v.having(w, lang); err != nil {
			return nil, false, err
		}
	}
	shown, args := v.shown(lang)
	index, arg := "search_grams CROSS JOIN search_texts t WHERE search_grams MATCH ? AND t.id = search_grams.rowid / ? AND "+shown+" ORDER BY search_grams.rowid", words[0].FTS5()
	if v.engine == Postgres {
		index, arg = "search_grams g JOIN search_texts t ON t.id = g.id / CAST(? AS BIGINT) WHERE g.grams @@ CAST(? AS TSQUERY) AND "+shown+" ORDER BY g.id", words[0].TSQuery()
	}
	lead := []any{arg, pieces}
	if v.engine == Postgres {
		slices.Reverse(lead)
	}
	texts, seen := 0, map[foundRecord]bool{}
	err = each("search", v.raw("SELECT t.kind, t.ref FROM "+index+" DESC LIMIT ?", append(append(lead, args...), maxTexts)...), func(scan scanner) error {
		var r foundRecord
		if err := scan(&r.kind, &r.ref); err != nil {
			return err
		}
		texts++
		if seen[r] {
			return nil
		}
		seen[r] = true
		if slices.ContainsFunc(others, func(has map[foundRecord]bool) bool { return !has[r] }) {
			return nil
		}
		if len(all) == maxFound {
			more = true
			return errEnough
		}
		all = append(all, r)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, false, err
	}
	return all, more || texts == maxTexts, v.datedFound(all)
}

// errEnough ends the reading of rows.
var errEnough = errors.New("enough was found")

// having is the set of the records that have a word.
func (v *view) having(w grams.Word, lang models.Lang) (map[foundRecord]bool, error) {
	shown, args := v.shown(lang)
	has, arg := v.has(w)
	all := map[foundRecord]bool{}
	err := each("search", v.raw("SELECT DISTINCT t.kind, t.ref FROM search_texts t WHERE "+shown+" AND "+has, append(args, arg)...), func(scan scanner) error {
		var r foundRecord
		err := scan(&r.kind, &r.ref)
		all[r] = true
		return err
	})
	return all, err
}

// datedFound gives each record its day and puts them in their order: by kind, the newest first.
func (v *view) datedFound(all []foundRecord) error {
	days := make(map[foundRecord]string, len(all))
	for some := range slices.Chunk(all, maxFound/2) {
		var args []any
		for _, r := range some {
			args = append(args, r.kind, r.ref)
		}
		err := each("date what was found", v.raw("SELECT t.kind, t.ref, MIN(t.shown_from) FROM "+textsOf(len(some))+" AND t.shown_from <> ? GROUP BY t.kind, t.ref", append(args, presentOnly)...), func(scan scanner) error {
			var r foundRecord
			var on string
			err := scan(&r.kind, &r.ref, &on)
			days[r] = on
			return err
		})
		if err != nil {
			return err
		}
	}
	for i, r := range all {
		all[i].on = days[r]
	}
	slices.SortFunc(all, foundRecord.compare)
	return nil
}

// textsOf joins the texts of the search (t) to pairs of a kind and a ref, which are its arguments. As a list of pairs that they
// are among, SQLite reads every text.
func textsOf(pairs int) string {
	return "(VALUES " + strings.TrimSuffix(strings.Repeat("(?,?),", pairs), ",") + ") w CROSS JOIN search_texts t WHERE t.kind = w.column1 AND t.ref = w.column2"
}

// compare orders what was found.
func (r foundRecord) compare(o foundRecord) int {
	return cmp.Or(cmp.Compare(slices.Index(models.SearchKinds, r.kind), slices.Index(models.SearchKinds, o.kind)), cmp.Compare(o.on, r.on), cmp.Compare(r.ref, o.ref))
}

// countHits counts what was found of each kind, and of the kinds asked for together.
func countHits(found []foundRecord, kinds []string) ([]models.Facet, int) {
	counts, total := map[string]int{}, 0
	for _, r := range found {
		counts[r.kind]++
		if len(kinds) == 0 || slices.Contains(kinds, r.kind) {
			total++
		}
	}
	facets := make([]models.Facet, len(models.SearchKinds))
	for i, kind := range models.SearchKinds {
		facets[i] = models.Facet{Value: kind, Count: counts[kind]}
	}
	return facets, total
}

// hits cuts one page out of what was found, without titles and snippets.
func hits(found []foundRecord, kinds []string, after cursor, limit int) ([]models.Hit, *string, error) {
	var last foundRecord
	if after.Key != "" {
		where, on, _ := strings.Cut(after.Key, "|")
		n, err := strconv.Atoi(where)
		if err != nil || n < 0 || n >= len(models.SearchKinds) {
			return nil, nil, models.Invalid(models.Field("after", "error.token", "value", after.String()))
		}
		last = foundRecord{models.SearchKinds[n], after.Ref, on}
	}
	items := []models.Hit{}
	for _, r := range found {
		if after.Key != "" && r.compare(last) <= 0 || len(kinds) > 0 && !slices.Contains(kinds, r.kind) {
			continue
		}
		if len(items) == limit {
			h := items[limit-1]
			token := cursor{"search", strconv.Itoa(slices.Index(models.SearchKinds, h.Kind)) + "|" + last.on, h.Ref}.String()
			return items, &token, nil
		}
		items, last = append(items, models.Hit{Kind: r.kind, Ref: r.ref, On: day(r.on), Path: hitPath(r.kind, r.ref), Snippets: []models.Snippet{}}), r
	}
	return items, nil, nil
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
