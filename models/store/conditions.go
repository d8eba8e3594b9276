package store

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
)

// condition is one field of a filter, in SQL and as a set of lines of the census. Facets leave their own field out.
type condition struct {
	facet string
	sql   string
	args  []any

	// One of them finds lines; what is asked of the census alone needs no sql.
	places  func(c *census) *roaring.Bitmap
	records string // selects the references of the initiatives that match, with args
}

// in returns a condition that a value is one of args, or none when there are no args.
func in(facet, before string, args []any, after string, lead ...any) []condition {
	if len(args) == 0 {
		return nil
	}
	return []condition{{facet: facet, sql: before + " IN (" + marks(len(args)) + ")" + after, args: append(lead, args...)}}
}

// finding gives the one condition of a field, if there is one, the way to find its lines.
func finding(all []condition, places func(c *census) *roaring.Bitmap) []condition {
	for i := range all {
		all[i].places = places
	}
	return all
}

// among finds the lines that have one of some values in a facet with sets.
func among(f facet, asked []any, numberOf func(value any) int) func(c *census) *roaring.Bitmap {
	return func(c *census) *roaring.Bitmap {
		var some []*roaring.Bitmap
		for _, a := range asked {
			some = append(some, c.sets[f][numberOf(a)])
		}
		if len(some) == 1 {
			return some[0]
		}
		return roaring.FastOr(some...)
	}
}

// those finds the lines of which something holds, one by one.
func those(holds func(c *census, l *line) bool) func(c *census) *roaring.Bitmap {
	return func(c *census) *roaring.Bitmap {
		var some []uint32
		for at, l := range c.lines {
			if holds(c, l) {
				some = append(some, uint32(at))
			}
		}
		return roaring.BitmapOf(some...)
	}
}

// naming finds the lines with those refs.
func naming(refs ...string) func(c *census) *roaring.Bitmap {
	return func(c *census) *roaring.Bitmap {
		places := roaring.New()
		for _, ref := range refs {
			c.add(places, ref)
		}
		return places
	}
}

// onScale numbers the codes of a scale.
func onScale[T ~string](scale []T) func(value any) int {
	return func(value any) int { return slices.Index(scale, T(value.(string))) }
}

// conditions turns a filter into SQL and reports every value that it does not know.
func (v *view) conditions(f models.InitiativeFilter) ([]condition, error) {
	var bad []models.FieldError
	var all []condition
	id := func(w word) any { return w.ID }
	until := v.at.Until()

	n := v.words.numbers
	byID := func(places map[int64]int) func(value any) int { return func(id any) int { return places[id.(int64)] } }
	add := func(f facet, before string, args []any, after string, places func(c *census) *roaring.Bitmap, lead ...any) {
		all = append(all, finding(in(facetNames[f], before, args, after, lead...), places)...)
	}
	topics := lookup(v.words.topics, "topic", f.Topics, func(t topicWord) any { return t.ID }, &bad)
	add(byTopic, "EXISTS (SELECT 1 FROM topic_paths x WHERE x.topic_id = i.topic_id AND x.ancestor_id", topics, ")", among(byTopic, topics, byID(n.topics)))
	countries := lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad)
	add(byCountry, "EXISTS (SELECT 1 FROM parts x WHERE x.initiative_id = i.id AND x.role <> 'not_applicable' AND x.country", countries, ")",
		among(byCountry, countries, func(code any) int { return n.countries[code.(string)] }))
	delegates := lookup(v.words.delegates, "delegate", f.Delegates, id, &bad)
	add(byDelegate, `EXISTS (SELECT 1 FROM commitment_initiatives x JOIN commitments c ON c.id = x.commitment_id
		JOIN statements st ON st.id = c.statement_id JOIN meetings sm ON sm.id = st.meeting_id JOIN attendances a ON a.meeting_id = st.meeting_id
		WHERE x.initiative_id = i.id AND sm.ends_on <= ? AND a.delegate_id`, delegates, ")", those(func(c *census, l *line) bool {
		return slices.ContainsFunc(c.delegates(l), func(d int) bool { return slices.Contains(delegates, any(v.words.delegates[d].ID)) })
	}), until)
	forums := lookup(v.words.forums, "forum", f.Forums, id, &bad)
	add(byForum, `EXISTS (SELECT 1 FROM meetings fm WHERE (fm.id = i.first_meeting_id OR fm.id IN (SELECT x.meeting_id FROM updates x
		WHERE x.initiative_id = i.id AND x.country = '' AND x.published AND x.effective_on <= ?)) AND fm.forum_id`, forums, ")", among(byForum, forums, byID(n.forums)), until)
	meetings := lookup(v.words.meetings, "meeting", f.Meetings, func(m meetingWord) any { return m.ID }, &bad)
	add(byMeeting, "i.first_meeting_id", meetings, "", those(func(_ *census, l *line) bool {
		return l.first >= 0 && slices.Contains(meetings, any(v.words.meetings[l.first].ID))
	}))
	statuses := codes("status", f.Statuses, models.Status.Valid, &bad)
	add(byStatus, statusSQL, statuses, "", among(byStatus, statuses, onScale(models.Statuses)))
	kept := codes("mark", f.Marks, models.Mark.Valid, &bad)
	add(byMark, "("+markSQL+")", kept, "", among(byMark, kept, onScale(models.Marks)), v.anchorStart())
	grades := codes("grade", f.Grades, models.Grade.Valid, &bad)
	add(byGrade, "("+gradeSQL("s")+")", grades, "", among(byGrade, grades, onScale(models.Grades)))
	changes := codes("change", f.Changes, models.Change.Valid, &bad)
	add(byChange, "("+v.changeSQL()+")", changes, "", among(byChange, changes, onScale(models.Changes)), v.compared())
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
		return []condition{{facet: "q", sql: "1 = 0", places: func(*census) *roaring.Bitmap { return roaring.New() }}}
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
