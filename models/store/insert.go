package store

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// column is a column and its value. Names come from this package alone.
type column struct {
	name  string
	value any
}

func col(name string, value any) []column { return []column{{name, value}} }

func text(name string, t models.Text) []column {
	return []column{{name + "_en", t.EN}, {name + "_ja", t.JA}}
}

func civil(name string, d models.Date) []column {
	return []column{{name + "_on", d.Last()}, {name + "_precision", string(d.Precision())}}
}

func texts(name string, list []string) []column {
	if list == nil {
		list = []string{}
	}
	b, _ := json.Marshal(list) // texts always encode
	return col(name, string(b))
}

// insert adds a row to a table that has an id and returns the id, which is the next one on either engine: a counter of
// PostgreSQL also counts what was taken back, and the number of a judgement stands in its address. Writers wait for each other,
// so that nobody else takes it.
func (tx *Tx) insert(table string, groups ...[]column) (int64, error) {
	next := col("id", gorm.Expr("(SELECT COALESCE(MAX(id), 0) + 1 FROM "+table+")"))
	sql, args := insertSQL(table, tx.dated(table, append(groups, next)))
	var id int64
	err := scanRow(tx.db.Raw(sql+" RETURNING id", args...), &id)
	return id, translate("add to "+table, err)
}

// put adds a row to a table that has no id.
func (tx *Tx) put(table string, groups ...[]column) error {
	sql, args := insertSQL(table, tx.dated(table, groups))
	return translate("add to "+table, tx.db.Exec(sql, args...).Error)
}

// dated adds the instant of the write to a row of a table that keeps it.
func (tx *Tx) dated(table string, groups [][]column) [][]column {
	if slices.Contains(recorded, table) {
		return append(groups, col("recorded_at", tx.at))
	}
	return groups
}

func insertSQL(table string, groups [][]column) (string, []any) {
	var names []string
	var args []any
	for _, g := range groups {
		for _, c := range g {
			names = append(names, c.name)
			args = append(args, c.value)
		}
	}
	return "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") VALUES (" + marks(len(names)) + ")", args
}

// refColumns says which column of a table holds the reference people use.
var refColumns = map[string]string{
	"forums": "slug", "countries": "iso2", "topics": "slug", "meetings": "ref", "delegates": "slug", "statements": "slug",
	"initiatives": "ref", "commitments": "code", "evidence": "ref", "search_notes": "ref",
}

// id finds the id behind a reference. An unknown one is an invalid field.
func (tx *Tx) id(table, field, ref string) (int64, error) {
	if id, ok := tx.ids[table+":"+ref]; ok {
		return id, nil
	}
	var ids []int64
	standing := ""
	if removable[table] {
		standing = " AND removed_at = ''"
	}
	err := tx.db.Raw("SELECT id FROM "+table+" WHERE "+refColumns[table]+" = ?"+standing, ref).Scan(&ids).Error
	if err != nil {
		return 0, translate("find "+ref, err)
	}
	if len(ids) == 0 {
		return 0, models.Invalid(models.Field(field, "error.unknown_value", "value", ref))
	}
	tx.ids[table+":"+ref] = ids[0]
	return ids[0], nil
}

// idOrNull is id for a reference that may be empty.
func (tx *Tx) idOrNull(table, field, ref string) (*int64, error) {
	if ref == "" {
		return nil, nil
	}
	id, err := tx.id(table, field, ref)
	return &id, err
}
