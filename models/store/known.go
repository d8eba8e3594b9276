package store

import (
	"strings"

	"gorm.io/gorm"
)

// recorded lists the tables whose rows say when they were recorded.
var recorded = []string{
	"forums", "countries", "topics", "meetings", "delegates", "offices", "attendances", "statements", "publications", "initiatives",
	"initiative_relations", "parts", "commitments", "commitment_initiatives", "updates", "contexts", "evidence", "citations",
	"search_notes", "contradictions", "search_texts",
}

// lens puts a view of each recorded table, as it stood at an instant, in front of the table itself: a query below it
// names the same tables and cannot see a row that was recorded later. The instant is the program's own rendering of a
// time, so that it may stand in the statement.
func lens(e Engine, instant string) string {
	if instant == "" {
		return ""
	}
	base, hint := "main.", "" // SQLite would take the bare name for the view itself
	if e == Postgres {
		base, hint = "", "NOT MATERIALIZED "
	}
	all := make([]string, len(recorded))
	for i, table := range recorded {
		all[i] = table + " AS " + hint + "(SELECT * FROM " + base + table + " WHERE recorded_at <= '" + instant + "')"
	}
	return "WITH " + strings.Join(all, ", ") + " "
}

// raw is a query of the view: every table is as it was known at the instant that the view speaks of.
func (v *view) raw(sql string, args ...any) *gorm.DB {
	return v.db.Raw(v.lens+sql, args...)
}
