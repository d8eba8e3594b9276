package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	_ "modernc.org/sqlite" // registers the driver "sqlite", the engine without a C compiler
)

// applicationID marks a SQLite file as a Followthrough record ("FTRU"); see PRAGMA application_id.
const applicationID = 0x46545255

// oldestSQLite is the first version without the WAL-reset fault, which could corrupt a file silently.
const oldestSQLite = "3.51.3"

// checkedBytes is the size up to which a file is checked whole at every start; a larger one is left to verify.
const checkedBytes = 16 << 20

// pragmas of every connection; docs/architecture.md says why each.
var pragmas = []string{
	"busy_timeout(5000)", "foreign_keys(1)", "synchronous(FULL)", "trusted_schema(0)", "cell_size_check(1)",
	"cache_size(-16000)", "journal_size_limit(67108864)", "wal_autocheckpoint(1000)", "mmap_size(0)", "temp_store(MEMORY)", "secure_delete(FAST)",
}

// dsn names the file with the settings of a connection. Writers take the write lock when a transaction begins
// (lock "immediate"), so that none fails half-way; readers must not (lock "deferred").
func dsn(path, lock string, extra ...string) string {
	q := url.Values{"_time_format": {"sqlite"}, "_timezone": {"UTC"}, "_txlock": {lock}}
	for _, p := range append(append([]string{}, pragmas...), extra...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func (s *Store) openSQLite(ctx context.Context, path string) error {
	s.engine, s.base = SQLite, "main."
	if err := inspect(ctx, path); err != nil {
		return err
	}
	s.closers = append(s.closers, s.unchanged.close) // after all connections
	var err error
	if s.writer, err = s.attach(dialector(dsn(path, "immediate", "journal_mode(WAL)")), 1); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if err := scanRow(s.writer.Raw("SELECT sqlite_version()"), &s.version); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if olderThan(s.version, oldestSQLite) {
		return fmt.Errorf("SQLite %s can corrupt a file (fixed in %s); build with a newer engine", s.version, oldestSQLite)
	}
	if err := s.migrate(ctx, goose.DialectSQLite3); err != nil {
		return err
	}
	s.readers, err = s.attach(dialector(dsn(path, "deferred", "query_only(1)")), readerPool)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	return s.unchanged.watch(path)
}

func dialector(dsn string) gorm.Dialector {
	return sqlite.New(sqlite.Config{DriverName: "sqlite", DSN: dsn})
}

// inspect refuses a file that is not a sound record, looking at it without changing it, and stamps a new one.
func inspect(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return stamp(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if !info.Mode().IsRegular() || info.Size() == 0 {
		return fmt.Errorf("%s is not a Followthrough record: it is empty or not a file", path)
	}
	header := make([]byte, 100) // sqlite.org/fileformat.html, "The Database Header"
	f, err := os.Open(path)     // before any connection: closing the file later would drop SQLite's locks
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	_, err = io.ReadFull(f, header)
	if closing := f.Close(); err != nil || closing != nil || string(header[:16]) != "SQLite format 3\x00" {
		return fmt.Errorf("%s is damaged or is not a Followthrough record", path)
	}
	if binary.BigEndian.Uint32(header[68:]) != applicationID {
		return fmt.Errorf("%s belongs to another program; it is not a Followthrough record", path)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		return nil // after a crash the newest pages are in the log; SQLite recovers them on opening
	}
	if info.Size() > checkedBytes {
		return nil
	}
	return check(ctx, path)
}

// check looks through a whole file. An immutable connection reads the file alone and writes nothing beside it.
func check(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&immutable=1")
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer db.Close()
	var found string
	err = db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found)
	if err != nil || found != "ok" {
		return fmt.Errorf("%s is damaged: %s; restore a backup", path, strings.Join(strings.Fields(found+" "+errText(err)), " "))
	}
	return nil
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// stamp creates the file with our mark in its header. It is made beside its place and moved there whole, so that a
// crash leaves either nothing or a file that says whose it is.
func stamp(ctx context.Context, path string) error {
	draft := path + ".new"
	for _, left := range []string{draft, draft + "-journal"} { // of a start that was cut short
		if err := os.Remove(left); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("create %s: %w", path, err)
		}
	}
	if err := mark(ctx, draft); err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	if err := os.Chmod(draft, 0o600); err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	if err := os.Rename(draft, path); err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	defer folder.Close()
	return folder.Sync() // so that the new name outlives a power cut
}

func mark(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath())
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d", applicationID)); err != nil {
		return err
	}
	return db.Close()
}

// Settle folds the write-ahead log into the file, so that a new record does not live in its log alone.
func (s *Store) Settle(ctx context.Context) error {
	if s.engine != SQLite {
		return nil
	}
	return translate("settle the record", s.writer.WithContext(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
}

// olderThan compares dotted version numbers.
func olderThan(have, least string) bool {
	var a, b [3]int
	_, _ = fmt.Sscanf(have, "%d.%d.%d", &a[0], &a[1], &a[2]) // a part that is missing counts as 0
	_, _ = fmt.Sscanf(least, "%d.%d.%d", &b[0], &b[1], &b[2])
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
