// Package storetest opens real stores for tests: on a file in a temporary folder and, when
// FOLLOWTHROUGH_TEST_POSTGRES names a server, in a database of its own on PostgreSQL.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx", to create and drop databases

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

// Now is the clock of every test store: a moment after the last event of the Quad record.
func Now() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

// PostgresVariable names the environment variable with the address of a PostgreSQL server that tests may use.
const PostgresVariable = "FOLLOWTHROUGH_TEST_POSTGRES"

// Engines returns the engines that tests run on here.
func Engines() []store.Engine {
	if os.Getenv(PostgresVariable) == "" {
		return []store.Engine{store.SQLite}
	}
	return []store.Engine{store.SQLite, store.Postgres}
}

// Each runs a test on a new store of each engine. An engine that is not there is printed as skipped, and the gate
// refuses a run with a skipped engine.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	each(t, func(t *testing.T, e store.Engine) { test(t, New(t, e)) })
}

// EachQuad runs a test on a store with the Quad record of each engine.
func EachQuad(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	each(t, func(t *testing.T, e store.Engine) { test(t, Quad(t, e)) })
}

func each(t *testing.T, test func(t *testing.T, e store.Engine)) {
	t.Helper()
	for _, e := range Engines() {
		t.Run(string(e), func(t *testing.T) { test(t, e) })
	}
	if len(Engines()) < 2 {
		t.Run("postgres", func(t *testing.T) { t.Skip("skipped engine: " + PostgresVariable + " is not set") })
	}
}

// New opens an empty store that ends with the test.
func New(t testing.TB, e store.Engine) *store.Store {
	t.Helper()
	return Open(t, copied(t, e, false))
}

// Open opens a store that is closed with the test.
func Open(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("open the store: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return s
}

var bundle = sync.OnceValues(seed.Quad)

// Quad opens a store with the Quad record.
func Quad(t testing.TB, e store.Engine) *store.Store {
	t.Helper()
	return Open(t, copied(t, e, true))
}

// Seed applies the Quad record.
func Seed(t testing.TB, s *store.Store) {
	t.Helper()
	b, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.Apply(context.Background(), s, models.Program, b); err != nil {
		t.Fatal(err)
	}
}

var databases atomic.Int64

// Database creates an empty database on the PostgreSQL server of the tests, dropped with the test, and returns its
// address.
func Database(t testing.TB) string {
	t.Helper()
	return databaseLike(t, "template1")
}

// databaseLike creates a copy of a database.
func databaseLike(t testing.TB, template string) string {
	t.Helper()
	admin, server := administer(t)
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatalf("create a database on %s: %v", server.Host, err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
		if err := admin.Close(); err != nil {
			t.Errorf("close the connection: %v", err)
		}
	})
	return addressOf(server, name)
}

// administer connects to the PostgreSQL server of the tests.
func administer(t testing.TB) (*sql.DB, url.URL) {
	t.Helper()
	server, err := url.Parse(os.Getenv(PostgresVariable))
	if err != nil || server.Host == "" {
		t.Fatalf("%s: no server address: %v", PostgresVariable, err)
	}
	admin, err := sql.Open("pgx", server.String())
	if err != nil {
		t.Fatal(err)
	}
	return admin, *server
}
