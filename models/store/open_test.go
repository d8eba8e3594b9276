package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var ctx = context.Background()

func path(t *testing.T) string { return filepath.Join(t.TempDir(), "followthrough.db") }

// foreign makes a SQLite file of another program.
func foreign(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE notes (body TEXT); INSERT INTO notes VALUES ('mine')"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// record makes a record and returns its bytes.
func record(t *testing.T, file string) []byte {
	t.Helper()
	s, err := store.Open(ctx, store.Options{Path: file, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	storetest.Seed(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenRefusesAndLeavesAsItWas(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(t *testing.T, file string)
		says string
	}{
		"garbage":      {func(t *testing.T, f string) { write(t, f, []byte(strings.Repeat("not a database ", 400))) }, "damaged"},
		"empty file":   {func(t *testing.T, f string) { write(t, f, nil) }, "empty"},
		"foreign file": {foreign, "another program"},
		"cut off":      {func(t *testing.T, f string) { b := record(t, f); write(t, f, b[:len(b)/2]) }, "damaged"},
		"flipped pages": {func(t *testing.T, f string) {
			b := record(t, f)
			for i := 8192; i < 8192+4096; i++ {
				b[i] ^= 0xff
			}
			write(t, f, b)
		}, "damaged"},
		"newer schema": {func(t *testing.T, f string) {
			record(t, f)
			db, err := sql.Open("sqlite", f)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1); PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}, "newer program"},
		"a folder": {func(t *testing.T, f string) {
			if err := os.Mkdir(f, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "not a Followthrough record"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := path(t)
			c.make(t, f)
			before, _ := os.ReadFile(f) // a folder has no bytes
			s, err := store.Open(ctx, store.Options{Path: f, Now: storetest.Now})
			if err == nil {
				_ = s.Close()
				t.Fatal("opened; want a refusal")
			}
			if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q; want one line that says %q", err, c.says)
			}
			after, _ := os.ReadFile(f)
			if sha256.Sum256(before) != sha256.Sum256(after) {
				t.Error("the file was changed by a refused start")
			}
		})
	}
}

func write(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteSettings(t *testing.T) {
	t.Parallel()
	file := path(t)
	s := storetest.Open(t, store.Options{Path: file, Now: storetest.Now})
	for role, want := range map[string]map[string]string{
		"writer": {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "trusted_schema": "0", "mmap_size": "0", "query_only": "0"},
		"reader": {"synchronous": "2", "foreign_keys": "1", "query_only": "1", "temp_store": "2"},
	} {
		for pragma, value := range want {
			if got := s.Pragma(t, role, pragma); got != value {
				t.Errorf("%s: %s = %s; want %s", role, pragma, got, value)
			}
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the file = %v, %v; want 0600", info.Mode().Perm(), err)
	}
	if _, v := s.Engine(); v < "3.51.3" {
		t.Errorf("SQLite %s can corrupt a file; the release needs 3.51.3 or newer", v)
	}
}

// TestStartThatWasCutShort leaves what a crash in the first moment leaves, and starts again.
func TestStartThatWasCutShort(t *testing.T) {
	t.Parallel()
	file := path(t)
	write(t, file+".new", nil)
	write(t, file+".new-journal", []byte("half"))
	s := storetest.Open(t, store.Options{Path: file, Now: storetest.Now})
	storetest.Seed(t, s)
	if n := count(t, s); n != 29 {
		t.Errorf("%d initiatives", n)
	}
	if err := s.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Size() < 100_000 {
		t.Errorf("after settling the record still lives in its log: %d bytes, %v", info.Size(), err)
	}
	if left, _ := filepath.Glob(file + ".new*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestKeptOverRestart(t *testing.T) {
	t.Parallel()
	file := path(t)
	record(t, file)
	s := storetest.Open(t, store.Options{Path: file, Now: storetest.Now})
	if n := count(t, s); n != 29 {
		t.Errorf("after a restart: %d initiatives; want 29", n)
	}
	if v, err := s.DataVersion(ctx); err != nil || v != 1 {
		t.Errorf("data version = %d, %v; want 1", v, err)
	}
}

func TestForeignPostgresIsRefused(t *testing.T) {
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	address := storetest.Database(t)
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE notes (body TEXT)"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(ctx, store.Options{DatabaseURL: address, Now: storetest.Now}); err == nil || !strings.Contains(err.Error(), "not a Followthrough record") {
		t.Errorf("got %v; want a refusal", err)
	}
	var tables int
	if err := db.QueryRow("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'").Scan(&tables); err != nil || tables != 1 {
		t.Errorf("%d tables after the refusal, %v; want the one that was there", tables, err)
	}
}

func TestSQLiteVersionsAreCompared(t *testing.T) {
	t.Parallel()
	for have, older := range map[string]bool{"3.51.2": true, "3.51.3": false, "3.9.0": true, "3.54.1": false, "4.0.0": false, "3.45": true} {
		if got := store.OlderThan(have, "3.51.3"); got != older {
			t.Errorf("%s older than 3.51.3: %v; want %v", have, got, older)
		}
	}
}
