package store

import (
	"slices"
	"strings"

	"gorm.io/gorm"
)

// table is one table of the schema.
type table struct {
	name    string
	columns []string // by name
	truths  []bool   // which of them are true or false, which SQLite hands out as numbers
	key     []string // the columns of its primary key
	rows    int64
}

// tablesSQL lists the columns of the tables that hold the record, whether each is true or false, and its place in the primary
// key, 0 outside it. The
// schema itself is asked, so that a new table is not forgotten. Left out are the tokens of the search, which each engine
// keeps in its own way, and the list of migrations, which belongs to the schema.
var tablesSQL = map[Engine]string{
	SQLite: `SELECT t.name, c.name, c.type = 'BOOLEAN', c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name <> 'goose_db_version' ORDER BY t.name, c.name`,
	Postgres: `SELECT c.table_name, c.column_name, c.data_type = 'boolean', COALESCE(array_position(k.conkey, a.attnum), 0)
		FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
		JOIN pg_attribute a ON a.attrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass AND a.attname = c.column_name
		LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
		WHERE c.table_schema = current_schema() AND c.table_name NOT IN ('goose_db_version', 'search_grams') ORDER BY c.table_name COLLATE "C", c.column_name COLLATE "C"`,
}

// tables lists the tables of a record.
func (s *Store) tables(db *gorm.DB) ([]table, error) {
	var all []table
	places := map[string]int{}
	err := each("read the schema", db.Raw(tablesSQL[s.engine]), func(scan scanner) error {
		var name, column string
		var truth bool
		var place int
		if err := scan(&name, &column, &truth, &place); err != nil {
			return err
		}
		if len(all) == 0 || all[len(all)-1].name != name {
			all = append(all, table{name: name})
		}
		t := &all[len(all)-1]
		t.columns, t.truths = append(t.columns, column), append(t.truths, truth)
		if place > 0 {
			t.key = append(t.key, column)
			places[name+"."+column] = place
		}
		return nil
	})
	for _, t := range all {
		slices.SortFunc(t.key, func(a, b string) int { return places[t.name+"."+a] - places[t.name+"."+b] })
	}
	return all, err
}

// like reports whether two tables have the same columns, of the same kind where that matters, and the same key.
func (t table) like(o table) bool {
	return t.name == o.name && slices.Equal(t.columns, o.columns) && slices.Equal(t.truths, o.truths) && slices.Equal(t.key, o.key)
}

// selected is the statement that reads the table in the order of its key.
func (t table) selected() string {
	sql := "SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name
	if len(t.key) > 0 {
		sql += " ORDER BY " + strings.Join(t.key, ", ")
	}
	return sql
}

// names names tables with their number of columns.
func names(all []table) string {
	var out []string
	for _, t := range all {
		out = append(out, t.name+"("+strings.Join(t.columns, ",")+")")
	}
	return strings.Join(out, " ")
}
