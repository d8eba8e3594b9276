package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestEnginesHaveTheSameSchema compares the tables, columns and required columns of both engines. The grams of the
// search are in the engines' own kinds of index.
func TestEnginesHaveTheSameSchema(t *testing.T) {
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	lite := storetest.New(t, store.SQLite).Lines(t, `SELECT m.name || '.' || c.name || CASE WHEN c."notnull" OR c.pk THEN ' required' ELSE '' END
		FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'search_grams%' ORDER BY m.name || '.' || c.name`)
	pg := storetest.New(t, store.Postgres).Lines(t, `SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN ' required' ELSE '' END
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' AND table_name NOT LIKE 'search_grams%' ORDER BY (table_name || '.' || column_name) COLLATE "C"`)
	if len(lite) < 200 {
		t.Errorf("only %d columns", len(lite))
	}
	if diff := cmp.Diff(lite, pg); diff != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+) differ:\n%s", diff)
	}
	keys := storetest.New(t, store.SQLite).Lines(t, `SELECT m.name || '.' || k."from" || ' ' || k.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY 1`)
	if len(keys) < 40 {
		t.Errorf("only %d foreign keys", len(keys))
	}
	for _, k := range keys {
		if !strings.HasSuffix(k, " RESTRICT") {
			t.Errorf("%s; every foreign key is RESTRICT", k)
		}
	}
}
