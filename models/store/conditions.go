package store

import (
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
)

// condition is one field of a filter, in SQL and as a test of a line of the census. Facets leave their own field out.
type condition struct {
	facet string
	sql   string
	args  []any

	// One of them tells of a line; what is asked of the census alone needs no sql.
	match   func(c *census, l *line) bool
	records string // selects the references of the initiatives that match, with args
}

// in returns a condition that a value is one of args, or none when there are no args.
func in(facet, before string, args []any, after string, lead ...any) []condition {
	if len(args) == 0 {
		return nil
	}
	return []condition{{facet: facet, sql: before + " IN (" + marks(len(args)) + ")" + after, args: append(lead, args...)}}
}

// matching gives the one condition of a field, if there is one, its test.
func matching(all []condition, match func(c *census, l *line) bool) []condition {
	for i := range all {
		all[i].match = match
	}
	return all
}

// among is a test that a value of a line is one of those asked for.
func among[T comparable](asked []any, of func(c *census, l *line) []T) func(c *census, l *line) bool {
	wanted := make(map[T]bool, len(asked))
	for _, a := range asked {
		wanted[a.(T)] = true
	}
	return func(c *census, l *line) bool {
		return slices.ContainsFunc(of(c, l), func(v T) bool { return wanted[v] })
	}
}

// one is the list of one code of a line, as filters ask for it.
func one[T ~string](of func(l *line) T) func(c *census, l *line) []string {
	return func(_ *census, l *line) []string { return []string{string(of(l))} }
}

// conditions turns a filter into SQL and reports every value that it does not know.
func (v *view) conditions(f models.InitiativeFilter) ([]condition, error) {
	var bad []models.FieldError
	var all []condition
	id := func(w word) any { return w.ID }
	until := v.at.Until()

	add := func(facet, before string, args []any, after string, match func(asked []any) func(c *census, l *line) bool, lead ...any) {
		all = append(all, matching(in(facet, before, args, after, lead...), match(args))...)
	}
	add("topic", "EXISTS (SELECT 1 FROM topic_paths x WHERE x.topic_id = i.topic_id AND x.ancestor_id",
		lookup(v.words.topics, "topic", f.Topics, func(t topicWord) any { return t.ID }, &bad), ")", func(asked []any) func(c *census, l *line) bool {
			return among(asked, func(_ *census, l *line) []int64 { return v.words.above(l.topic) })
		})
	add("country", "EXISTS (SELECT 1 FROM parts x WHERE x.initiative_id = i.id AND x.role <> 'not_applicable' AND x.country",
		lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad), ")", func(asked []any) func(c *census, l *line) bool {
			return among(asked, func(_ *census, l *line) []string { return l.parts })
		})
	add("delegate", `EXISTS (SELECT 1 FROM commitment_initiatives x JOIN commitments c ON c.id = x.commitment_id
		JOIN statements st ON st.id = c.statement_id JOIN meetings sm ON sm.id = st.meeting_id JOIN attendances a ON a.meeting_id = st.meeting_id
		WHERE x.initiative_id = i.id AND sm.ends_on <= ? AND a.delegate_id`,
		lookup(v.words.delegates, "delegate", f.Delegates, id, &bad), ")", func(asked []any) func(c *census, l *line) bool {
			return among(asked, func(c *census, l *line) []int64 { return c.delegates(l) })
		}, until)
	add("forum", `EXISTS (SELECT 1 FROM meetings fm WHERE (fm.id = i.first_meeting_id OR fm.id IN (SELECT x.meeting_id FROM updates x
		WHERE x.initiative_id = i.id AND x.country = '' AND x.published AND x.effective_on <= ?)) AND fm.forum_id`,
		lookup(v.words.forums, "forum", f.Forums, id, &bad), ")", func(asked []any) func(c *census, l *line) bool {
			return among(asked, func(_ *census, l *line) []int64 { return l.forums })
		}, until)
	add("meeting", "i.first_meeting_id",
		lookup(v.words.meetings, "meeting", f.Meetings, func(m meetingWord) any { return m.ID }, &bad), "", func(asked []any) func(c *census, l *line) bool {
			return among(asked, func(_ *census, l *line) []int64 { return []int64{l.first} })
		})
	coded := func(of func(c *census, l *line) []string) func(asked []any) func(c *census, l *line) bool {
		return func(asked []any) func(c *census, l *line) bool { return among(asked, of) }
	}
	add("status", statusSQL, codes("status", f.Statuses, models.Status.Valid, &bad), "", coded(one(func(l *line) models.Status { return l.status })))
	add("mark", "("+markSQL+")", codes("mark", f.Marks, models.Mark.Valid, &bad), "", coded(one(func(l *line) models.Mark { return l.mark })), v.anchorStart())
	add("grade", "("+gradeSQL("s")+")", codes("grade", f.Grades, models.Grade.Valid, &bad), "", coded(one(func(l *line) models.Grade { return l.grade })))
	add("change", "("+v.changeSQL()+")", codes("change", f.Changes, models.Change.Valid, &bad), "", coded(one(func(l *line) models.Change { return l.change })), v.compared())
	all = append(all, v.wordsIn("initiative", "i.ref", f.Words)...)
	return all, models.Invalid(bad...)
}

// codes keeps the values that are on their scale and reports the others.
func codes[T ~string](field string, values []T, valid func(T) bool, bad *[]models.FieldError) []any {
	var ok []any
	for _, c := range values {
		if !valid(c) {
			*bad = append(*bad, models.Field(field, "error.unknown_value", "value", string(c)))
			continue
		}
		ok = append(ok, string(c))
	}
	return ok
}

// where joins the conditions, leaving out those of one facet. An initiative that did not exist yet is never there.
func (v *view) where(conds []condition, without string) (string, []any) {
	sql, args := " WHERE i.begins_on <= ?", []any{v.at.Until()}
	for _, c := range conds {
		if c.facet == without {
			continue
		}
		sql += " AND " + c.sql
		args = append(args, c.args...)
	}
	return sql, args
}

// wordsIn returns the conditions that each word stands in the texts of a record of that kind; ref is its column.
// Words without letters and digits are in no text.
func (v *view) wordsIn(kind, ref, words string) []condition {
	if strings.TrimSpace(words) == "" {
		return nil
	}
	parsed := grams.Parse(words)
	if len(parsed) == 0 {
		return []condition{{facet: "q", sql: "1 = 0", match: func(*census, *line) bool { return false }}}
	}
	var all []condition
	for _, w := range parsed {
		shown, args := v.shown("")
		has, arg := v.has(w)
		records := "SELECT t.record FROM search_texts t WHERE t.kind = '" + kind + "' AND " + shown + " AND " + has
		all = append(all, condition{facet: "q", sql: ref + " IN (" + records + ")", args: append(args, arg), records: records})
	}
	return all
}
