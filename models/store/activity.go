package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// eventsSQL is one row for each entry of the record and initiative it speaks of. place orders entries of one instant
// and day, record tells those of one place apart.
const eventsSQL = `(SELECT 2 AS place, u.id AS record, CASE WHEN u.replaces_id IS NOT NULL THEN 'correction' WHEN u.country = '' THEN 'status' ELSE 'part' END AS kind,
	u.initiative_id, u.country, u.effective_on AS on_day, u.recorded_at FROM updates u WHERE u.published
	UNION ALL SELECT 1, c.id, 'context', c.initiative_id, '', c.occurred_on, c.recorded_at FROM contexts c
	UNION ALL SELECT 0, n.id, 'search_note', n.initiative_id, '', n.searched_on, n.recorded_at FROM search_notes n
	UNION ALL SELECT 3, st.id, 'statement', ci.initiative_id, '', m.ends_on, st.recorded_at FROM statements st JOIN meetings m ON m.id = st.meeting_id
		LEFT JOIN commitments co ON co.statement_id = st.id LEFT JOIN commitment_initiatives ci ON ci.commitment_id = co.id) x`

// The places of eventsSQL.
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

// activityConditions are the conditions on entries (x) and, among them, those on initiatives (i).
type activityConditions struct {
	entries     []condition
	initiatives []condition
}

func (v *view) activityConditions(f models.ActivityFilter) (activityConditions, error) {
	var bad []models.FieldError
	all := activityConditions{entries: in("kind", "x.kind", codes("kind", f.Kinds, models.EventKind.Valid, &bad), "")}
	var err error
	if all.initiatives, err = v.conditions(f.InitiativeFilter); err != nil {
		var more *models.Error
		if !errors.As(err, &more) {
			return all, err
		}
		bad = append(bad, more.Fields...)
	}
	if len(f.Countries) > 0 {
		countries := []any{""}
		for _, c := range f.Countries {
			countries = append(countries, c)
		}
		all.entries = append(all.entries, in("country", "x.country", countries, "")...)
	}
	if f.Initiative != "" {
		all.initiatives = append(all.initiatives, condition{facet: "initiative", sql: "i.ref = ?", args: []any{f.Initiative}})
	}
	return all, models.Invalid(bad...)
}

// eventsOf selects the entries (x) that the conditions leave, without those of one facet. A statement that names no
// initiative is there as long as nothing narrows the initiatives.
func (v *view) eventsOf(c activityConditions, without string) (string, []any) {
	where, args := v.where(c.initiatives, without)
	from, fromArgs := v.from()
	narrowed, orNone := false, ""
	for _, i := range c.initiatives {
		narrowed = narrowed || i.facet != without
	}
	if !narrowed {
		orNone = " OR x.initiative_id IS NULL"
	}
	sql := " WHERE x.on_day <= ? AND (x.initiative_id IN (SELECT i.id" + from + where + ")" + orNone + ")"
	args = append(append([]any{v.at.Until()}, fromArgs...), args...)
	for _, e := range c.entries {
		if e.facet != without {
			sql += " AND " + e.sql
			args = append(args, e.args...)
		}
	}
	return sql, args
}

// eventKeys finds the entries of one page.
func (v *view) eventKeys(c activityConditions, p models.Page) ([]eventKey, *string, error) {
	list, recorded := "activity", "x.recorded_at"
	if v.at.Past() {
		list, recorded = "activity of the past", "CAST('' AS TEXT)"
	}
	where, args := v.eventsOf(c, "")
	after, err := eventAfter(list, p.After)
	if err != nil {
		return nil, nil, err
	}
	if p.After != "" {
		where += " AND (" + recorded + ", x.on_day, x.place, x.record) < (?, ?, ?, ?)"
		args = append(args, after.recordedAt, after.on, after.place, after.record)
	}
	var keys []eventKey
	err = each("list what was recorded", v.raw("SELECT DISTINCT "+recorded+" AS recorded, x.on_day, x.place, x.record FROM "+eventsSQL+where+`
		ORDER BY recorded DESC, x.on_day DESC, x.place DESC, x.record DESC LIMIT ?`, append(args, p.Limit+1)...), func(scan scanner) error {
		var k eventKey
		err := scan(&k.recordedAt, &k.on, &k.place, &k.record)
		keys = append(keys, k)
		return err
	})
	if err != nil || len(keys) <= p.Limit {
		return keys, nil, err
	}
	keys = keys[:p.Limit]
	token := keys[p.Limit-1].cursor(list).String()
	return keys, &token, nil
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
