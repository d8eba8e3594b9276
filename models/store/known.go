package store

import (
	"slices"
	"strings"

	"gorm.io/gorm"
)

// recorded lists the tables whose rows say when they were recorded.
var recorded = []string{
	"forums", "countries", "topics", "meetings", "delegates", "offices", "attendances", "statements", "publications", "initiatives",
	"initiative_relations", "parts", "commitments", "commitment_initiatives", "updates", "contexts", "evidence", "citations",
	"search_notes", "contradictions", "search_texts", "editions", "lineage",
}

// removable are the tables whose rows can be removed softly.
var removable = map[string]bool{"forums": true, "countries": true, "topics": true, "delegates": true, "meetings": true, "initiatives": true, "statements": true, "commitments": true}

// hanging lists, for tables whose rows cannot be removed on their own, through which columns they hang on those that can.
var hanging = map[string]map[string]string{
	"forum_members":          {"forum_id": "forums"},
	"offices":                {"delegate_id": "delegates"},
	"attendances":            {"delegate_id": "delegates", "meeting_id": "meetings"},
	"publications":           {"meeting_id": "meetings"},
	"initiative_relations":   {"initiative_id": "initiatives", "related_id": "initiatives"},
	"parts":                  {"initiative_id": "initiatives"},
	"commitments":            {"statement_id": "statements"},
	"commitment_initiatives": {"initiative_id": "initiatives", "commitment_id": "commitments"},
	"updates":                {"initiative_id": "initiatives"},
	"current_statuses":       {"initiative_id": "initiatives"},
	"contexts":               {"initiative_id": "initiatives"},
	"citations":              {"initiative_id": "initiatives"},
	"search_notes":           {"initiative_id": "initiatives"},
}

// named lists the tables that name records by kind and reference, and the column of the reference.
var named = map[string]string{"contradiction_records": "ref", "search_texts": "record"}

// concerned names the tables of the kinds of record that they name.
var concerned = map[string]string{"initiative": "initiatives", "meeting": "meetings", "delegate": "delegates", "topic": "topics", "country": "countries", "statement": "statements", "commitment": "commitments"}

// lens puts a view of tables in front of the tables themselves: a query below it names the same tables and can see
// neither a row that was recorded after the instant nor one that is removed, and none that hangs on such a one. removed
// names the tables that hold removed rows. The instant is the program's own rendering of a time, or empty, so that it
// may stand in the statement, and base is the schema of the tables: the bare name would be the view.
func lens(base, instant string, removed []string) string {
	gone := "removed_at <> ''"
	if instant != "" {
		gone += " AND removed_at <= '" + instant + "'"
	}
	conds := map[string][]string{}
	if instant != "" {
		by := "recorded_at <= '" + instant + "'"
		for _, table := range recorded {
			conds[table] = append(conds[table], by)
		}
		// An older record that was moved since has its present place, which must then be there.
		placed := "SELECT topic_id FROM " + base + "initiatives WHERE " + by + " UNION SELECT id FROM " + base + "topics WHERE " + by
		conds["topics"] = []string{"(" + by + " OR id IN (SELECT ancestor_id FROM " + base + "topic_paths WHERE topic_id IN (" + placed + ")))"}
		conds["forums"] = []string{"(" + by + " OR id IN (SELECT forum_id FROM " + base + "meetings WHERE " + by + "))"}
	}
	for _, table := range removed {
		if table == "statements" { // its commitments are found no more than it is
			conds["search_texts"] = append(conds["search_texts"], "NOT (kind = 'commitment' AND record IN (SELECT code FROM "+base+"commitments WHERE statement_id IN (SELECT id FROM "+base+"statements WHERE "+gone+")))")
		}
		conds[table] = append(conds[table], "NOT ("+gone+")")
		for other, columns := range hanging {
			for column, parent := range columns {
				if parent == table {
					conds[other] = append(conds[other], column+" NOT IN (SELECT id FROM "+base+table+" WHERE "+gone+")")
				}
			}
		}
		for kind, parent := range concerned {
			if parent == table {
				for other, column := range named {
					conds[other] = append(conds[other], "NOT (kind = '"+kind+"' AND "+column+" IN (SELECT "+refColumns[table]+" FROM "+base+table+" WHERE "+gone+"))")
				}
			}
		}
	}
	if len(conds) == 0 {
		return ""
	}
	var all []string
	if instant != "" {
		all = append(all, wordings(base, instant))
	}
	for table, some := range conds {
		slices.Sort(some)
		all = append(all, table+" AS NOT MATERIALIZED (SELECT * FROM "+base+table+" WHERE "+strings.Join(some, " AND ")+")")
	}
	slices.Sort(all) // the same view is the same statement
	return "WITH " + strings.Join(all, ", ") + " "
}

// wordings is the texts of statements as they were at an instant: each paragraph in the edition that its statement had
// then, whether that wording still stands or was replaced since.
func wordings(base, instant string) string {
	then := "COALESCE((SELECT MAX(e.edition) FROM " + base + "editions e JOIN " + base + "paragraphs p ON p.statement_id = e.statement_id WHERE p.id = x.paragraph_id AND e.recorded_at <= '" + instant + "'), 1)"
	return "paragraph_texts AS NOT MATERIALIZED (SELECT paragraph_id, lang, body, sha256, edition FROM " + base + "paragraph_texts x WHERE edition <= " + then +
		" UNION ALL SELECT paragraph_id, lang, body, sha256, edition FROM " + base + "former_texts x WHERE edition <= " + then + " AND until_edition > " + then + ")"
}

// raw is a query of the view: every table is as it was known at the instant that the view speaks of.
func (v *view) raw(sql string, args ...any) *gorm.DB {
	return v.db.Raw(v.lens+sql, args...)
}
