package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// sqliteFiller inserts rows by a prepared statement for each table.
type sqliteFiller struct{ conn *sql.Conn }

// open switches references off, which SQLite does outside a transaction alone.
func (f *sqliteFiller) open(ctx context.Context) error {
	_, err := f.conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF")
	return translate("stop looking at references", err)
}

func (f *sqliteFiller) close(ctx context.Context) {
	_, _ = f.conn.ExecContext(ctx, "PRAGMA foreign_keys = ON") // the move has ended; a connection that cannot be set is broken, and says so when it is used
}

func (f *sqliteFiller) loosen(context.Context, *gorm.DB) error { return nil }

func (f *sqliteFiller) put(ctx context.Context, tx *gorm.DB, t table, rows *passing) error {
	insert, err := tx.Statement.ConnPool.PrepareContext(ctx, "INSERT INTO "+t.name+" ("+strings.Join(t.columns, ", ")+") VALUES ("+marks(len(t.columns))+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// tighten looks at every reference. SQLite counts ids from the greatest one.
func (f *sqliteFiller) tighten(_ context.Context, tx *gorm.DB, _ []table) error {
	return each("check references", tx.Raw(`SELECT "table", COALESCE(rowid, 0), parent FROM pragma_foreign_key_check LIMIT 1`), func(scan scanner) error {
		var name, parent string
		var row int64
		if err := scan(&name, &row, &parent); err != nil {
			return err
		}
		return fmt.Errorf("row %d of %s names a row of %s that is not there", row, name, parent)
	})
}

// postgresFiller sends rows by COPY. Foreign keys are dropped and made again in the same transaction, as pg_dump has it:
// looked at row by row they would queue an event for each.
type postgresFiller struct {
	conn    *sql.Conn
	foreign []foreignKey
}

type foreignKey struct{ table, name, definition string }

func (f *postgresFiller) open(context.Context) error { return nil }
func (f *postgresFiller) close(context.Context)      {}

func (f *postgresFiller) loosen(_ context.Context, tx *gorm.DB) error {
	err := each("read the foreign keys", tx.Raw(`SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
		WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`), func(scan scanner) error {
		var k foreignKey
		err := scan(&k.table, &k.name, &k.definition)
		f.foreign = append(f.foreign, k)
		return err
	})
	for _, k := range f.foreign {
		if err != nil {
			break
		}
		err = translate("stop looking at references", tx.Exec("ALTER TABLE "+k.table+" DROP CONSTRAINT "+k.name).Error)
	}
	return err
}

func (f *postgresFiller) put(ctx context.Context, _ *gorm.DB, t table, rows *passing) error {
	return f.conn.Raw(func(driver any) error { // the connection of the transaction
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection is %T", driver)
		}
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, rows)
		return err
	})
}

// tighten makes the foreign keys again, lets the counters of ids go on behind the greatest one, and counts for the planner.
func (f *postgresFiller) tighten(_ context.Context, tx *gorm.DB, tables []table) error {
	for _, k := range f.foreign {
		if err := tx.Exec("ALTER TABLE " + k.table + " ADD CONSTRAINT " + k.name + " " + k.definition).Error; err != nil {
			return translate("check references", err)
		}
	}
	var counters []string
	err := tx.Raw(`SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), COALESCE(MAX(%I), 1), MAX(%I) IS NOT NULL) FROM %I', quote_ident(table_name), column_name, column_name, column_name, table_name)
		FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name`).Scan(&counters).Error
	if err != nil {
		return translate("read the counters of ids", err)
	}
	for _, set := range counters {
		if err := tx.Exec(set).Error; err != nil {
			return translate("set a counter of ids", err)
		}
	}
	for _, t := range tables {
		if err := tx.Exec("ANALYZE " + t.name).Error; err != nil {
			return translate("count "+t.name, err)
		}
	}
	return translate("count the search index", tx.Exec("ANALYZE search_grams").Error)
}
