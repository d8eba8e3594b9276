package store

import (
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
)

// condition is the SQL of one field of a filter. Facets leave their own field out.
type condition struct {
	facet string
	sql   string
	args  []any
}

// in returns a condition that a value is one of args, or none when there are no args.
func in(facet, before string, args []any, after string, lead ...any) []condition {
	if len(args) == 0 {
		return nil
	}
	return []condition{{facet, before + " IN (" + marks(len(args)) + ")" + after, append(lead, args...)}}
}

// conditions turns a filter into SQL and reports every value that it does not know.
func (v *view) conditions(f models.InitiativeFilter) ([]condition, error) {
	var bad []models.FieldError
	var all []condition
	id := func(w word) any { return w.ID }
	until := v.at.Until()

	all = append(all, in("topic", "EXISTS (SELECT 1 FROM topic_paths x WHERE x.topic_id = i.topic_id AND x.ancestor_id",
		lookup(v.words.topics, "topic", f.Topics, func(t topicWord) any { return t.ID }, &bad), ")")...)
	all = append(all, in("country", "EXISTS (SELECT 1 FROM parts x WHERE x.initiative_id = i.id AND x.role <> 'not_applicable' AND x.country",
		lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad), ")")...)
	all = append(all, in("delegate", `EXISTS (SELECT 1 FROM commitment_initiatives x JOIN commitments c ON c.id = x.commitment_id
		JOIN statements st ON st.id = c.statement_id JOIN meetings sm ON sm.id = st.meeting_id JOIN attendances a ON a.meeting_id = st.meeting_id
		WHERE x.initiative_id = i.id AND sm.ends_on <= ? AND a.delegate_id`,
		lookup(v.words.delegates, "delegate", f.Delegates, id, &bad), ")", until)...)
	all = append(all, in("forum", `EXISTS (SELECT 1 FROM meetings fm WHERE (fm.id = i.first_meeting_id OR fm.id IN (SELECT x.meeting_id FROM updates x
		WHERE x.initiative_id = i.id AND x.country = '' AND x.published AND x.effective_on <= ?)) AND fm.forum_id`,
		lookup(v.words.forums, "forum", f.Forums, id, &bad), ")", until)...)
	all = append(all, in("meeting", "i.first_meeting_id",
		lookup(v.words.meetings, "meeting", f.Meetings, func(m meetingWord) any { return m.ID }, &bad), "")...)
	all = append(all, in("status", statusSQL, codes("status", f.Statuses, models.Status.Valid, &bad), "")...)
	all = append(all, in("mark", "("+markSQL+")", codes("mark", f.Marks, models.Mark.Valid, &bad), "", v.anchorStart())...)
	all = append(all, in("grade", "("+gradeSQL("s")+")", codes("grade", f.Grades, models.Grade.Valid, &bad), "")...)
	all = append(all, in("change", "("+v.changeSQL()+")", codes("change", f.Changes, models.Change.Valid, &bad), "", v.compared())...)
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
		return []condition{{"q", "1 = 0", nil}}
	}
	var all []condition
	for _, w := range parsed {
		shown, args := v.shown("")
		has, arg := v.has(w)
		all = append(all, condition{"q", ref + " IN (SELECT t.record FROM search_texts t WHERE t.kind = '" + kind + "' AND " + shown + " AND " + has + ")", append(args, arg)})
	}
	return all
}
