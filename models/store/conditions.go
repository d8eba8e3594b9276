package store

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
)

// condition is one field of a filter of initiatives: a set of lines of the census. Facets leave their own field out.
type condition struct {
	facet string

	// One of them finds the lines.
	places  func(c *census) *roaring.Bitmap
	records string // selects the references of the initiatives that match
	args    []any  // of records
}

// clause is one field of a filter of other records, in SQL.
type clause struct {
	sql  string
	args []any
}

// in returns a clause that a value is one of args, or none when there are no args.
func in(before string, args []any, after string, lead ...any) []clause {
	if len(args) == 0 {
		return nil
	}
	return []clause{{before + " IN (" + marks(len(args)) + ")" + after, append(lead, args...)}}
}

// and joins clauses behind others.
func and(all []clause) (sql string, args []any) {
	for _, c := range all {
		sql += " AND " + c.sql
		args = append(args, c.args...)
	}
	return sql, args
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

// conditions turns a filter into sets of lines and reports every value that it does not know.
func (v *view) conditions(f models.InitiativeFilter) ([]condition, error) {
	var bad []models.FieldError
	var all []condition
	n := v.words.numbers
	add := func(f facet, asked []any, places func(c *census) *roaring.Bitmap) {
		if len(asked) > 0 {
			all = append(all, condition{facet: facetNames[f], places: places})
		}
	}
	id := func(w word) any { return w.ID }
	byID := func(places map[int64]int) func(value any) int { return func(id any) int { return places[id.(int64)] } }
	topics := lookup(v.words.topics, "topic", f.Topics, func(t topicWord) any { return t.ID }, &bad)
	add(byTopic, topics, among(byTopic, topics, byID(n.topics)))
	countries := lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad)
	add(byCountry, countries, among(byCountry, countries, func(code any) int { return n.countries[code.(string)] }))
	delegates := lookup(v.words.delegates, "delegate", f.Delegates, id, &bad)
	add(byDelegate, delegates, those(func(c *census, l *line) bool {
		return slices.ContainsFunc(c.delegates(l), func(d int) bool { return slices.Contains(delegates, any(v.words.delegates[d].ID)) })
	}))
	forums := lookup(v.words.forums, "forum", f.Forums, id, &bad)
	add(byForum, forums, among(byForum, forums, byID(n.forums)))
	meetings := lookup(v.words.meetings, "meeting", f.Meetings, func(m meetingWord) any { return m.ID }, &bad)
	add(byMeeting, meetings, those(func(_ *census, l *line) bool {
		return l.first >= 0 && slices.Contains(meetings, any(v.words.meetings[l.first].ID))
	}))
	statuses := codes("status", f.Statuses, models.Status.Valid, &bad)
	add(byStatus, statuses, among(byStatus, statuses, onScale(models.Statuses)))
	kept := codes("mark", f.Marks, models.Mark.Valid, &bad)
	add(byMark, kept, among(byMark, kept, onScale(models.Marks)))
	grades := codes("grade", f.Grades, models.Grade.Valid, &bad)
	add(byGrade, grades, among(byGrade, grades, onScale(models.Grades)))
	changes := codes("change", f.Changes, models.Change.Valid, &bad)
	add(byChange, changes, among(byChange, changes, onScale(models.Changes)))
	for _, records := range v.wordsIn("initiative", f.Words) {
		all = append(all, condition{facet: "q", records: records.sql, args: records.args})
	}
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

// wordsIn selects, for each word, the references of the records of that kind in whose texts it stands. Words without
// letters and digits are in no text.
func (v *view) wordsIn(kind, words string) []clause {
	if strings.TrimSpace(words) == "" {
		return nil
	}
	parsed := grams.Parse(words)
	if len(parsed) == 0 {
		return []clause{{sql: "SELECT record FROM search_texts WHERE 1 = 0"}}
	}
	var all []clause
	for _, w := range parsed {
		shown, args := v.shown("")
		has, arg := v.has(w)
		all = append(all, clause{"SELECT t.record FROM search_texts t WHERE t.kind = '" + kind + "' AND " + shown + " AND " + has, append(args, arg)})
	}
	return all
}
