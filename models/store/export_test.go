package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gorm.io/gorm"

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

// Matched finds the initiatives of a filter twice: by SQL that says what the filter means, and by the census.
func (s *Store) Matched(ctx ctxt, w models.When, f models.InitiativeFilter) (bySQL, byCensus []string, err error) {
	err = s.view(ctx, w, func(v *view) error {
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		from, args := v.from()
		where, whereArgs := and(v.meaning(f))
		args = append(append(args, v.at.Until()), whereArgs...)
		if err := v.raw("SELECT i.ref"+from+" WHERE i.begins_on <= ?"+where+" ORDER BY i.ref", args...).Scan(&bySQL).Error; err != nil {
			return err
		}
		m, err := v.match(conds)
		if err != nil {
			return err
		}
		for l := range m.within(m.places()) {
			byCensus = append(byCensus, l.ref)
		}
		return nil
	})
	return bySQL, byCensus, err
}

// FromReplica reports whether a read for the public is answered by the replica, and the data version of the answer.
func (s *Store) FromReplica(t *testing.T) (replica bool, version int64) {
	t.Helper()
	err := s.read(ForPublic(t.Context()), func(db *gorm.DB, v int64) error {
		version = v
		return scanRow(db.Raw("SELECT pg_is_in_recovery()"), &replica)
	})
	if err != nil {
		t.Fatal(err)
	}
	return replica, version
}

// CancelOnReplica reads for the public, and ends the connection in the middle the first time.
func (s *Store) CancelOnReplica(t *testing.T) (tries int) {
	t.Helper()
	err := s.read(ForPublic(t.Context()), func(db *gorm.DB, _ int64) error {
		if tries++; tries == 1 {
			return db.Exec("SELECT pg_terminate_backend(pg_backend_pid())").Error
		}
		return nil
	})
	if err != nil {
		t.Errorf("the primary does not answer instead: %v", err)
	}
	return tries
}

// meaning is what each field of a filter means, in SQL about an initiative (i) with its status (s) and the one compared
// with (w).
func (v *view) meaning(f models.InitiativeFilter) (all []clause) {
	add := func(before string, values []any, after string, lead ...any) {
		all = append(all, in(before, values, after, lead...)...)
	}
	add(`EXISTS (SELECT 1 FROM topic_paths x JOIN topics a ON a.id = x.ancestor_id WHERE x.topic_id = i.topic_id AND a.slug`, anys(f.Topics), ")")
	add(`EXISTS (SELECT 1 FROM parts x WHERE x.initiative_id = i.id AND x.role <> 'not_applicable' AND x.country`, anys(f.Countries), ")")
	add(`EXISTS (SELECT 1 FROM commitment_initiatives x JOIN commitments c ON c.id = x.commitment_id
		JOIN statements st ON st.id = c.statement_id JOIN meetings sm ON sm.id = st.meeting_id JOIN attendances a ON a.meeting_id = st.meeting_id
		JOIN delegates d ON d.id = a.delegate_id WHERE x.initiative_id = i.id AND sm.ends_on <= ? AND d.slug`, anys(f.Delegates), ")", v.at.Until())
	add(`EXISTS (SELECT 1 FROM meetings fm JOIN forums ff ON ff.id = fm.forum_id WHERE (fm.id = i.first_meeting_id OR fm.id IN (SELECT x.meeting_id FROM updates x
		WHERE x.initiative_id = i.id AND x.country = '' AND x.published AND x.effective_on <= ?)) AND ff.slug`, anys(f.Forums), ")", v.at.Until())
	add("i.first_meeting_id IN (SELECT fm.id FROM meetings fm WHERE fm.ref", anys(f.Meetings), ")")
	add(statusSQL, anys(f.Statuses), "")
	add("("+markSQL+")", anys(f.Marks), "", v.anchorStart())
	add("("+gradeSQL("s")+")", anys(f.Grades), "")
	add("("+v.changeSQL()+")", anys(f.Changes), "", v.compared())
	for _, records := range v.wordsIn("initiative", f.Words) {
		all = append(all, clause{"i.ref IN (" + records.sql + ")", records.args})
	}
	return all
}

// Waiting is how many writes stand in line.
func (s *Store) Waiting() int {
	s.writes.mu.Lock()
	defer s.writes.mu.Unlock()
	return len(s.writes.line)
}

// AnyVersion changes a record whatever its version is.
const AnyVersion = anyVersion

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
