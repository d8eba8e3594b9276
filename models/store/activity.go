package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// source is one kind of entry of the feed: the rows x of a table beside the initiative i that they are about. The words
// are columns and conditions of those rows.
type source struct {
	place                 int
	rows, on, kind, where string
	country               string // of the part that it is about
}

// kindSQL is the kind of an entry among the updates (x).
const kindSQL = "CASE WHEN x.replaces_id IS NOT NULL THEN 'correction' WHEN x.country = '' THEN 'status' ELSE 'part' END"

var feedSources = []source{
	{placeUpdate, "updates x", "x.effective_on", kindSQL, "x.published", "x.country"},
	{placeContext, "contexts x", "x.occurred_on", "'context'", "1 = 1", "''"},
	{placeNote, "search_notes x", "x.searched_on", "'search_note'", "1 = 1", "''"},
}

// The places of entries of one instant and day.
const (
	placeNote = iota
	placeContext
	placeUpdate
	placeStatement
)

// eventKey is the place of an entry in the feed.
type eventKey struct {
	place      int
	record     int64
	on         string
	recordedAt string
}

// Activity returns one page of what was recorded, newest first: by the time of recording, then by the day it is true.
// A view of the past has no times of recording; there the day alone orders. The facets count entries.
func (s *Store) Activity(ctx context.Context, actor models.Actor, w models.When, f models.ActivityFilter, p models.Page) (*models.List[models.Event], error) {
	var out *models.List[models.Event]
	err := s.view(ctx, w, func(v *view) error {
		conds, err := v.activityConditions(f)
		if err != nil {
			return err
		}
		keys, next, err := v.eventKeys(conds, p)
		if err != nil {
			return err
		}
		items, err := v.events(keys)
		if err != nil {
			return err
		}
		out = envelope(v, items, 0)
		out.Next = next
		out.Facets, out.Total, err = v.activityFacets(conds)
		return err
	})
	return out, err
}

// activityConditions are what entries must be, and the conditions on the initiatives (i) that they are about.
type activityConditions struct {
	kinds       []any
	countries   []any // of parts; an entry about the whole is of every country
	initiatives []condition
}

func (v *view) activityConditions(f models.ActivityFilter) (activityConditions, error) {
	var bad []models.FieldError
	all := activityConditions{kinds: codes("kind", f.Kinds, models.EventKind.Valid, &bad)}
	var err error
	if all.initiatives, err = v.conditions(f.InitiativeFilter); err != nil {
		var more *models.Error
		if !errors.As(err, &more) {
			return all, err
		}
		bad = append(bad, more.Fields...)
	}
	all.countries = anys(f.Countries)
	if f.Initiative != "" {
		all.initiatives = append(all.initiatives, condition{facet: "initiative", places: naming(f.Initiative)})
	}
	return all, models.Invalid(bad...)
}

// about is the clause that an initiative, by a column, is among those that match; none when all are.
func (v *view) about(column string, conds []condition) ([]clause, error) {
	m, err := v.match(conds)
	if err != nil || m.whole() {
		return nil, err
	}
	var ids []int64
	for l := range m.within(m.places()) {
		ids = append(ids, l.id)
	}
	return []clause{v.amongIDs(column, ids)}, nil
}

// amongIDs is the clause that a column is one of some ids. They are one value, because there can be more of them than a
// statement takes values.
func (v *view) amongIDs(column string, ids []int64) clause {
	text, _ := json.Marshal(append([]int64{}, ids...)) // numbers always encode
	if v.engine == Postgres {
		return clause{column + " = ANY(CAST(? AS BIGINT[]))", []any{"{" + strings.Trim(string(text), "[]") + "}"}}
	}
	return clause{column + " IN (SELECT value FROM json_each(?))", []any{string(text)}}
}

// eventKeys finds the entries of one page: of each source the next ones, then the first of all.
func (v *view) eventKeys(c activityConditions, p models.Page) ([]eventKey, *string, error) {
	list := "activity"
	if v.at.Past() {
		list = "activity of the past"
	}
	after, err := eventAfter(list, p.After)
	if err != nil {
		return nil, nil, err
	}
	about, err := v.about("x.initiative_id", c.initiatives)
	if err != nil {
		return nil, nil, err
	}
	var keys []eventKey
	for _, s := range feedSources {
		// The entries come first and their initiatives are looked up, whatever the engine makes of joins.
		sql, args := s.rows+" CROSS JOIN initiatives i WHERE i.id = x.initiative_id AND i.begins_on <= ? AND "+s.where, []any{v.at.Until()}
		narrowed := in(s.kind, c.kinds, "")
		if len(c.countries) > 0 {
			narrowed = append(narrowed, in(s.country, append([]any{""}, c.countries...), "")...)
		}
		narrow, narrowArgs := and(append(narrowed, about...))
		if keys, err = v.nextOf(keys, s, sql+narrow, append(args, narrowArgs...), after, p); err != nil {
			return nil, nil, err
		}
	}
	if len(c.kinds) == 0 || slices.Contains(c.kinds, any(string(models.EventStatement))) {
		s := source{place: placeStatement, on: "m.ends_on"}
		named, err := v.naming(c.initiatives)
		if err != nil {
			return nil, nil, err
		}
		sql, args := and(named)
		if keys, err = v.nextOf(keys, s, "statements x JOIN meetings m ON m.id = x.meeting_id WHERE 1 = 1"+sql, args, after, p); err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(keys, func(a, b eventKey) int { return b.compare(a) })
	if len(keys) <= p.Limit {
		return keys, nil, nil
	}
	keys = keys[:p.Limit]
	token := keys[p.Limit-1].cursor(list).String()
	return keys, &token, nil
}

// naming is the clause that a statement (x) names one of the initiatives that match; none when all do.
func (v *view) naming(conds []condition) ([]clause, error) {
	m, err := v.match(conds)
	if err != nil || m.whole() {
		return nil, err
	}
	recorded, err := v.entered(m.census)
	if err != nil {
		return nil, err
	}
	var ids []int64
	m.places().Iterate(func(at uint32) bool {
		if recorded[at] != nil {
			ids = append(ids, recorded[at].statements...)
		}
		return true
	})
	slices.Sort(ids)
	return []clause{v.amongIDs("x.id", slices.Compact(ids))}, nil
}

// nextOf adds the entries of one source that come next.
func (v *view) nextOf(keys []eventKey, s source, sql string, args []any, after eventKey, p models.Page) ([]eventKey, error) {
	recorded := "x.recorded_at"
	if v.at.Past() {
		recorded = "''"
	}
	sql += " AND " + s.on + " <= ?"
	args = append(args, v.at.Until())
	if p.After != "" {
		// The same place by its parts, so that an index finds where to begin.
		sql += " AND " + recorded + " <= ? AND (" + recorded + " < ? OR " + s.on + " < ? OR " + s.on + " = ? AND (" + strconv.Itoa(s.place) + " < ? OR " + strconv.Itoa(s.place) + " = ? AND x.id < ?))"
		args = append(args, after.recordedAt, after.recordedAt, after.on, after.on, after.place, after.place, after.record)
	}
	order := " ORDER BY x.recorded_at DESC, " + s.on + " DESC, x.id DESC LIMIT ?"
	if v.at.Past() {
		order = " ORDER BY " + s.on + " DESC, x.id DESC LIMIT ?"
	}
	err := each("list what was recorded", v.raw("SELECT CAST("+recorded+" AS TEXT), "+s.on+", x.id FROM "+sql+order, append(args, p.Limit+1)...), func(scan scanner) error {
		k := eventKey{place: s.place}
		err := scan(&k.recordedAt, &k.on, &k.record)
		keys = append(keys, k)
		return err
	})
	return keys, err
}

// compare orders entries, the older first.
func (k eventKey) compare(o eventKey) int {
	return cmp.Or(cmp.Compare(k.recordedAt, o.recordedAt), cmp.Compare(k.on, o.on), cmp.Compare(k.place, o.place), cmp.Compare(k.record, o.record))
}

func (k eventKey) cursor(list string) cursor {
	return cursor{list, strings.Join([]string{k.recordedAt, k.on, strconv.Itoa(k.place)}, "|"), strconv.FormatInt(k.record, 10)}
}

// eventAfter reads a token of the feed.
func eventAfter(list, token string) (eventKey, error) {
	c, err := cursorOf(list, token)
	if err != nil || token == "" {
		return eventKey{}, err
	}
	bad := models.Invalid(models.Field("after", "error.token", "value", token))
	parts := strings.Split(c.Key, "|")
	if len(parts) != 3 {
		return eventKey{}, bad
	}
	place, err := strconv.Atoi(parts[2])
	if err != nil {
		return eventKey{}, bad
	}
	record, err := strconv.ParseInt(c.Ref, 10, 64)
	if err != nil {
		return eventKey{}, bad
	}
	return eventKey{place, record, parts[1], parts[0]}, nil
}
