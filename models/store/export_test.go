package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// Pragma reads a setting of a connection of the writer or of the readers.
func (s *Store) Pragma(t *testing.T, role, name string) string {
	t.Helper()
	db := s.writer
	if role == "reader" {
		db = s.readers
	}
	var v string
	if err := db.Raw("PRAGMA " + name).Row().Scan(&v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// Exec runs a statement behind the store's back, to see what the schema itself refuses.
func (s *Store) Exec(sql string, args ...any) error {
	return translate("exec", s.writer.Exec(sql, args...).Error)
}

// Int reads one number behind the store's back.
func (s *Store) Int(t testing.TB, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := s.writer.Raw(sql, args...).Row().Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// Lines reads one column of texts behind the store's back.
func (s *Store) Lines(t *testing.T, sql string) []string {
	t.Helper()
	var lines []string
	if err := s.writer.Raw(sql).Scan(&lines).Error; err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return lines
}

// OlderThan shows olderThan to the tests.
var OlderThan = olderThan

// Rechain recomputes the hashes of the whole audit, as somebody who owns the file could.
func (s *Store) Rechain(t *testing.T) {
	t.Helper()
	var all []models.AuditEntry
	if err := s.writer.Raw("SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq").Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	before := ""
	for _, e := range all {
		before = auditHash(before, e)
		if err := s.Exec("UPDATE audit SET hash = ? WHERE seq = ?", before, e.Seq); err != nil {
			t.Fatal(err)
		}
	}
}

// Matched finds the initiatives of a filter twice: by the conditions in SQL, and by the lines of the census.
func (s *Store) Matched(ctx ctxt, w models.When, f models.InitiativeFilter) (bySQL, byCensus []string, err error) {
	err = s.view(ctx, w, func(v *view) error {
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		from, args := v.from()
		where, whereArgs := v.where(conds, "")
		if err := v.raw("SELECT i.ref"+from+where+" ORDER BY i.ref", append(args, whereArgs...)...).Scan(&bySQL).Error; err != nil {
			return err
		}
		c, matches, err := v.matcher(conds)
		if err != nil {
			return err
		}
		for _, l := range v.ordered(c, models.SortRef) {
			if matches(l) {
				byCensus = append(byCensus, l.ref)
			}
		}
		return nil
	})
	return bySQL, byCensus, err
}

// Rows reads every row of the tables that a move copies, in the order of their keys, as text.
func (s *Store) Rows(ctx context.Context) (map[string][]string, error) {
	db := s.readers.WithContext(ctx)
	tables, err := s.tables(db)
	all := map[string][]string{}
	for _, t := range tables {
		all[t.name] = nil
		found, err := db.Raw(t.selected()).Rows()
		if err != nil {
			return nil, err
		}
		p := passing{rows: found, truths: t.truths, values: make([]any, len(t.columns)), each: func() {}}
		for p.Next() {
			values, err := p.Values()
			if err != nil {
				return nil, err
			}
			all[t.name] = append(all[t.name], fmt.Sprintf("%#v", values))
		}
		if err := errors.Join(p.Err(), found.Close()); err != nil {
			return nil, err
		}
	}
	return all, err
}

// Schema is the schema as the engine has it, with names of constraints.
func (s *Store) Schema(t *testing.T) []string {
	t.Helper()
	if s.engine == SQLite {
		return s.Lines(t, "SELECT COALESCE(sql, name) FROM sqlite_master ORDER BY type, name")
	}
	return s.Lines(t, `SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
		UNION ALL SELECT tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`)
}

// HeadPath is the file that keeps the head of the audit.
func (s *Store) HeadPath() string { return s.head.path }
