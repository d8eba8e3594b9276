package handlers

import (
	"slices"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// packageTable is one table of a data package: its rows, the columns that name a row, and those that name a row of
// another table.
type packageTable struct {
	name string
	*represent.Table
	key    []string
	links  []represent.ForeignKey
	quotes bool // words of statements, which are under the terms of those who issued them
}

// tablesOf lays a forum out in tables. A link stands only where the store makes sure that the row is there; the places
// and hosts of meetings may be countries that the record knows by their code alone.
func tablesOf(r *models.ForumRecord) []packageTable {
	return []packageTable{
		tableOf("forums", forumColumns, r.Forums, "slug"),
		tableOf("countries", countryColumns, r.Countries, "iso2"),
		tableOf("topics", topicColumns(), r.Topics, "slug").to("parent", "", "slug"),
		tableOf("meetings", meetingColumns, r.Meetings, "ref").to("forum", "forums", "slug"),
		tableOf("statements", statementColumns, r.Statements, "slug").to("meeting", "meetings", "ref").quoting(),
		tableOf("paragraphs", paragraphColumns, paragraphsOf(r), "statement", "paragraph", "lang").to("statement", "statements", "slug").quoting(),
		tableOf("publications", publicationColumns, publicationsOf(r), "meeting", "position").
			to("meeting", "meetings", "ref").to("statement", "statements", "slug").quoting(),
		tableOf("delegates", without(delegateColumns, "attendances"), r.Delegates, "slug").to("country", "countries", "iso2"),
		tableOf("offices", officeColumns, officesOf(r), "delegate", "position").to("delegate", "delegates", "slug").to("country", "countries", "iso2"),
		tableOf("attendances", attendanceColumns, attendancesOf(r), "delegate", "meeting").
			to("delegate", "delegates", "slug").to("meeting", "meetings", "ref").to("country", "countries", "iso2"),
		tableOf("initiatives", without(initiativeColumns, "was", "change", "parts"), r.Initiatives, "ref").
			to("topic", "topics", "slug").to("first_meeting", "meetings", "ref").to("superseded_by", "", "ref"),
		tableOf("parts", partColumns, partsOf(r), "initiative", "country").to("initiative", "initiatives", "ref").to("country", "countries", "iso2"),
		tableOf("commitments", without(commitmentColumns, "initiatives"), r.Commitments, "code").
			to("statement", "statements", "slug").to("meeting", "meetings", "ref").quoting(),
		tableOf("commitment_initiatives", tieColumns, tiesOf(r), "commitment", "initiative").
			to("commitment", "commitments", "code").to("initiative", "initiatives", "ref"),
		tableOf("updates", updateColumns, pointers(r.Updates), "id").
			to("initiative", "initiatives", "ref").to("meeting", "meetings", "ref").to("replaces", "", "id").to("search_note", "search_notes", "ref"),
		tableOf("citations", citationColumns, citationsOf(r), "update", "position").to("update", "updates", "id").to("evidence", "evidence", "ref"),
		tableOf("evidence", evidenceColumns, r.Evidence, "ref"),
		tableOf("search_notes", searchNoteColumns, r.SearchNotes, "ref").to("initiative", "initiatives", "ref"),
	}
}

func tableOf[T any](name string, columns []represent.Column[T], rows []T, key ...string) packageTable {
	return packageTable{name: name, Table: represent.Tabulate(columns, rows), key: key}
}

// to says that a column names a row of a table, by its key; a table without a name is the table itself.
func (t packageTable) to(column, table, key string) packageTable {
	t.links = append(t.links, represent.ForeignKey{Fields: []string{column}, Reference: represent.Reference{Resource: table, Fields: []string{key}}})
	return t
}

func (t packageTable) quoting() packageTable {
	t.quotes = true
	return t
}

// without leaves out the columns of a list that a package has as tables, or that compare with another time.
func without[T any](columns []represent.Column[T], except ...string) []represent.Column[T] {
	return slices.DeleteFunc(slices.Clone(columns), func(c represent.Column[T]) bool { return slices.Contains(except, c.Name) })
}
