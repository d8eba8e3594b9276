package handlers

import (
	"maps"

	"github.com/followthrough/followthrough/handlers/represent"
)

// Columns returns the names of the columns of each table, by route or file of a data package, for the documentation and its test.
func Columns() map[string][]string {
	all := map[string][]string{
		"initiatives": names(initiativeColumns), "topic": names(initiativeColumns), "matrix": names(matrixColumns), "topics": names(topicColumns()), "meetings": names(meetingColumns), "countries": names(countryColumns),
		"delegates": names(delegateColumns), "forums": names(forumFactColumns), "statements": names(statementColumns), "commitments": names(commitmentColumns), "evidence": names(evidenceColumns),
		"search-notes": names(searchNoteColumns), "search": names(hitColumns), "country": names(ownPartColumns),
		"updates": names(updateColumns), "activity": names(eventColumns), "audit": names(auditColumns), "briefing-preview": names(briefingColumns), "briefing": names(briefingColumns),
	}
	maps.Copy(all, packageColumns())
	return all
}

func names[T any](columns []represent.Column[T]) []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.Name
	}
	return all
}

// pointers are those of items, for columns of what is too large to be copied for each cell.
func pointers[T any](items []T) []*T {
	all := make([]*T, len(items))
	for i := range items {
		all[i] = &items[i]
	}
	return all
}
