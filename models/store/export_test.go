package store

import "testing"

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
