package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

type ctxt = context.Context

// Initiatives returns one page of the initiatives that match the filter, with facets. Unknown values in the filter
// or the time are a models.Error that names each field and value.
func (s *Store) Initiatives(ctx context.Context, actor models.Actor, w models.When, f models.InitiativeFilter) (*models.List[models.Initiative], error) {
	var list *models.List[models.Initiative]
	err := s.view(ctx, w, func(v *view) error {
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		items, next, err := v.initiatives(conds, f)
		if err != nil {
			return err
		}
		list = envelope(v, items, 0)
		list.Next = next
		list.Facets, list.Total, err = v.facets(conds)
		return err
	})
	return list, err
}

// initiativeRow is an initiative as one row of the list query.
type initiativeRow struct {
	ID                                  int64
	Ref, Kind, TitleEn, TitleJa         string
	Topic, TopicEn, TopicJa             string
	Status, Since                       string // Since is the day and its precision, as sinceSQL writes them
	Mark, Grade, Was, Change, SetBy     string // SetBy is the mark of the update whose status stands
	EvidenceCount                       int
	FirstMeeting, BeginsOn, LeadCountry string
	Trackable, Standing                 bool
	SupersededBy                        string
	DueOn, DuePrecision, Confidence     string
}

const (
	statusSQL = `COALESCE(s.status,'not_assessed')`
	wasSQL    = `CASE WHEN i.begins_on <= ? THEN COALESCE(w.status,'not_assessed') ELSE '' END`
	// confidenceSQL says "in the statement" once a statement of the record names the initiative.
	confidenceSQL = `CASE WHEN i.confidence <> 'statement' OR EXISTS (SELECT 1 FROM commitment_initiatives ci JOIN commitments c ON c.id = ci.commitment_id
		JOIN statements st ON st.id = c.statement_id JOIN meetings sm ON sm.id = st.meeting_id WHERE ci.initiative_id = i.id AND sm.ends_on <= ?)
		THEN i.confidence ELSE 'verified' END`
	markSQL = `CASE WHEN s.effective_on >= ? THEN s.mark ELSE 'carried' END`
)

// gradeSQL is the grade of a judgement: none where nobody assessed and nothing is cited.
func gradeSQL(of string) string {
	return "CASE WHEN COALESCE(" + of + ".status,'not_assessed') = 'not_assessed' AND COALESCE(" + of + ".grade,'E0') = 'E0' THEN '' ELSE " + of + ".grade END"
}

// sinceSQL is the day from which the status that stands (s) is true, with its precision behind a bar. Somebody who says
// once more what stood does not begin it: it is the day of the first of the judgements that say the same without another
// between them.
func sinceSQL(initiative, country string) string {
	same := func(u string) string {
		return u + ".initiative_id = " + initiative + " AND " + u + ".country = " + country + " AND " + u + ".published AND " + u + `.effective_on <= s.effective_on
			AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = ` + u + `.id AND r.published)`
	}
	return `COALESCE((SELECT MIN(b.effective_on || '|' || b.effective_precision) FROM updates b WHERE ` + same("b") + ` AND b.status = s.status
		AND b.effective_on > COALESCE((SELECT MAX(o.effective_on) FROM updates o WHERE ` + same("o") + ` AND o.status <> s.status), '')),
		s.effective_on || '|' || s.effective_precision, '')`
}

// sinceOf reads what sinceSQL wrote.
func sinceOf(since string) models.Date {
	day, precision, _ := strings.Cut(since, "|")
	return date(day, precision)
}

// initiatives reads one page of the initiatives that match: which they are is found in the census, and their rows and
// parts are two statements.
func (v *view) initiatives(conds []condition, f models.InitiativeFilter) ([]models.Initiative, *string, error) {
	m, err := v.match(conds)
	if err != nil {
		return nil, nil, err
	}
	o, from := v.ordered(m.census, f.Sort), 0
	if f.After != "" {
		at, err := cursorOf(string(f.Sort), f.After)
		if err != nil {
			return nil, nil, err
		}
		from = v.placeAfter(m.census, o, f.Sort, at)
	}
	first := o.first(m.places(), from, f.Limit+1)
	var next *string
	if len(first) > f.Limit {
		first = first[:f.Limit]
		last := m.lines[first[f.Limit-1]]
		key, _ := v.sortKey(f.Sort)
		token := cursor{string(f.Sort), key(last), last.ref}.String()
		next = &token
	}
	ids := make([]any, len(first))
	for i, at := range first {
		ids[i] = m.lines[at].id
	}
	items, err := v.rows(ids)
	return items, next, err
}

// rows reads the initiatives with those ids, in their order, with their parts.
func (v *view) rows(ids []any) ([]models.Initiative, error) {
	items := make([]models.Initiative, 0, len(ids))
	if len(ids) == 0 {
		return items, nil
	}
	found, err := v.rowsWhere("i.id IN ("+marks(len(ids))+")", ids)
	for _, id := range ids {
		if i, ok := found[id.(int64)]; ok {
			items = append(items, i)
		}
	}
	return items, err
}

// rowsByRef reads the initiatives that a condition on i names, in the order of their refs.
func (v *view) rowsByRef(cond string, args []any) ([]models.Initiative, error) {
	found, err := v.rowsWhere(cond, args)
	return slices.SortedFunc(maps.Values(found), func(a, b models.Initiative) int { return cmp.Compare(a.Ref, b.Ref) }), err
}

// rowsWhere reads initiatives by their ids, with their parts: two statements.
func (v *view) rowsWhere(cond string, args []any) (map[int64]models.Initiative, error) {
	from, fromArgs := v.from()
	sql := `SELECT i.id, i.ref, i.kind, i.title_en, i.title_ja, t.slug AS topic, t.name_en AS topic_en, t.name_ja AS topic_ja,
		` + statusSQL + ` AS status, ` + sinceSQL("i.id", "''") + ` AS since,
		` + markSQL + ` AS mark, COALESCE(s.mark,'') AS set_by, ` + gradeSQL("s") + ` AS grade, ` + wasSQL + ` AS was, ` + v.changeSQL() + ` AS change,
		(SELECT COUNT(DISTINCT c.evidence_id) FROM citations c JOIN evidence e ON e.id = c.evidence_id
		 WHERE c.initiative_id = i.id AND c.occurred_on <= ? AND ` + v.datedBy("e") + `) AS evidence_count,
		COALESCE(m.ref,'') AS first_meeting, i.begins_on, i.lead_country, i.trackable, i.standing,
		COALESCE(CASE WHEN n.begins_on <= ? THEN n.ref END,'') AS superseded_by, i.due_on, i.due_precision, ` + confidenceSQL + ` AS confidence` + from + `
		LEFT JOIN meetings m ON m.id = i.first_meeting_id LEFT JOIN initiatives n ON n.id = i.superseded_by_id WHERE i.begins_on <= ? AND ` + cond
	until := v.at.Until()
	all := append([]any{v.anchorStart(), v.compared(), v.compared(), until, until, until, until}, fromArgs...)
	var items []models.Initiative
	var ids []any
	index := map[int64]int{}
	err := each("list initiatives", v.raw(sql, append(append(all, until), args...)...), func(scan scanner) error {
		var r initiativeRow
		err := r.scan(scan)
		index[r.ID], ids, items = len(items), append(ids, r.ID), append(items, r.model(v.at))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := v.addParts(items, index, ids); err != nil {
		return nil, err
	}
	found := make(map[int64]models.Initiative, len(items))
	for id, i := range index {
		found[id] = items[i]
	}
	return found, nil
}

// scan copies the columns in the order in which rowsWhere selects them.
func (r *initiativeRow) scan(scan scanner) error {
	return scan(&r.ID, &r.Ref, &r.Kind, &r.TitleEn, &r.TitleJa, &r.Topic, &r.TopicEn, &r.TopicJa, &r.Status, &r.Since, &r.Mark, &r.SetBy, &r.Grade, &r.Was, &r.Change,
		&r.EvidenceCount, &r.FirstMeeting, &r.BeginsOn, &r.LeadCountry, &r.Trackable, &r.Standing, &r.SupersededBy, &r.DueOn, &r.DuePrecision, &r.Confidence)
}

func (r initiativeRow) model(at models.At) models.Initiative {
	status, since := models.Status(r.Status), sinceOf(r.Since)
	due := date(r.DueOn, r.DuePrecision)
	now := at.Today
	if at.Past() {
		now = at.AsOf
	}
	provenance := "imported"
	switch {
	case r.SetBy == "":
		provenance = ""
	case models.Mark(r.SetBy).Reviewed():
		provenance = "reviewed"
	}
	return models.Initiative{
		Ref: r.Ref, Title: models.Text{EN: r.TitleEn, JA: r.TitleJa}, Kind: r.Kind,
		Topic: r.Topic, TopicName: models.Text{EN: r.TopicEn, JA: r.TopicJa},
		Status: status, Since: since, Mark: models.Mark(r.Mark), Grade: models.Grade(r.Grade), EvidenceCount: r.EvidenceCount,
		Was: models.Status(r.Was), Change: models.Change(r.Change), FirstMeeting: r.FirstMeeting, BeginsOn: day(r.BeginsOn),
		LeadCountry: r.LeadCountry, Trackable: r.Trackable, Standing: r.Standing, SupersededBy: r.SupersededBy,
		DueOn: due, Schedule: models.ScheduleOf(due, status, since, now), Confidence: models.Confidence(r.Confidence),
		Provenance: provenance, Parts: []models.Part{},
	}
}

// addParts reads the parts of the initiatives with those ids and hangs them on the items.
func (v *view) addParts(items []models.Initiative, index map[int64]int, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	now, nowArgs := v.standing("s", "p.initiative_id", "p.country")
	then, thenArgs := v.was("w", "p.initiative_id", "p.country")
	update := "s.update_id"
	if !v.live() {
		update = "s.id"
	}
	sql := `SELECT p.initiative_id, p.country, k.name_en, k.name_ja, p.role, ` + statusSQL + ` AS status, ` + sinceSQL("p.initiative_id", "p.country") + ` AS since,
		COALESCE(s.superseded, FALSE) AS superseded, ` + gradeSQL("s") + ` AS grade,
		` + wasSQL + ` AS was, COALESCE(u.note_en,'') AS note_en, COALESCE(u.note_ja,'') AS note_ja,
		(SELECT COUNT(DISTINCT c.evidence_id) FROM citations c JOIN evidence e ON e.id = c.evidence_id
		 WHERE c.initiative_id = p.initiative_id AND c.country = p.country AND c.occurred_on <= ? AND ` + v.datedBy("e") + `) AS evidence_count
		FROM parts p JOIN initiatives i ON i.id = p.initiative_id JOIN countries k ON k.iso2 = p.country` + now + then + `
		LEFT JOIN updates u ON u.id = ` + update + `
		WHERE p.initiative_id IN (` + marks(len(ids)) + `) ORDER BY k.position, p.country`
	args := append(append([]any{v.compared(), v.at.Until(), v.at.Until()}, nowArgs...), thenArgs...)
	return each("read parts", v.raw(sql, append(args, ids...)...), func(scan scanner) error {
		var p models.Part
		var id int64
		var since string
		if err := scan(&id, &p.Country, &p.CountryName.EN, &p.CountryName.JA, &p.Role, &p.Status, &since, &p.Superseded, &p.Grade, &p.Was,
			&p.Note.EN, &p.Note.JA, &p.EvidenceCount); err != nil {
			return err
		}
		p.Since = sinceOf(since)
		if !v.at.VS.IsZero() {
			p.Change = models.Compare(p.Was, p.Status)
		}
		item := &items[index[id]]
		p.Initiative = item.Ref
		item.Parts = append(item.Parts, p)
		return nil
	})
}

// changeSQL says in SQL what models.Compare says in Go; a test compares them for every pair. Its one argument is
// the day compared with.
func (v *view) changeSQL() string {
	if v.at.VS.IsZero() {
		return "CASE WHEN ? = '' THEN '' ELSE '' END"
	}
	var b strings.Builder
	b.WriteString("CASE WHEN i.begins_on > ? THEN 'new' ELSE CASE COALESCE(w.status,'not_assessed') || '>' || " + statusSQL)
	for _, was := range models.Statuses {
		for _, now := range models.Statuses {
			if c := models.Compare(was, now); c != models.ChangeOther {
				fmt.Fprintf(&b, " WHEN '%s>%s' THEN '%s'", was, now, c)
			}
		}
	}
	b.WriteString(" ELSE 'other' END END")
	return b.String()
}

// sortKey returns what an order compares of a line before its ref, and whether it descends.
func (v *view) sortKey(s models.Sort) (func(l *line) string, bool) {
	switch s {
	case models.SortRecent:
		return func(l *line) string { return l.on }, true
	case models.SortStatus:
		return func(l *line) string { return strconv.Itoa(models.Statuses[l.status].Position()) }, false
	case models.SortRef:
		return func(l *line) string { return l.ref }, false
	case models.SortTopic:
		place := make([]string, len(v.words.topics))
		for n, t := range v.words.tree() {
			place[v.words.numbers.topics[t.ID]] = fmt.Sprintf("%05d", n)
		}
		return func(l *line) string { return place[l.topic] }, false
	}
	return func(l *line) string { return strconv.Itoa(models.Statuses[l.status].Attention()) }, false
}

// cursor is the place after the last row of a page of one list.
type cursor struct {
	List string `json:"l"` // name of the list, or the order of the initiatives
	Key  string `json:"k"`
	Ref  string `json:"r"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c) // three strings always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

// cursorOf reads a token of the list; the empty token is the place before the first row.
func cursorOf(list, token string) (cursor, error) {
	var c cursor
	if token == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.List != list || strings.ContainsRune(c.Key+c.Ref, 0) {
		return c, models.Invalid(models.Field("after", "error.token", "value", token))
	}
	return c, nil
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
