package storetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/followthrough/followthrough/models/store"
)

// A record is made once in a run and every test gets a copy of it: migrating and filling one anew took more time than
// most tests.

// original is a record that tests get copies of: a file in memory, or a database that PostgreSQL takes for a template.
type original struct {
	sync.Mutex
	file     []byte
	database string
}

// originals are the empty record and the Quad record.
var originals = map[bool]*original{false: {}, true: {}}

// copied returns the options of a record of its own for a test: the Quad record, or an empty one.
func copied(t testing.TB, e store.Engine, quad bool) store.Options {
	t.Helper()
	o := store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: Now}
	from := originals[quad]
	from.Lock()
	defer from.Unlock()
	if e == store.Postgres {
		if from.database == "" {
			from.database = template(t, quad)
		}
		o.DatabaseURL = databaseLike(t, from.database)
		return o
	}
	if from.file == nil {
		from.file = file(t, quad)
	}
	if err := os.WriteFile(o.Path, from.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return o
}

// QuadOptions are the options of a store with the Quad record, for a test that sets more of them before it opens it.
func QuadOptions(t testing.TB, e store.Engine) store.Options {
	t.Helper()
	return copied(t, e, true)
}

// fill makes a record and closes it, so that all of it is in its file or database.
func fill(t testing.TB, o store.Options, quad bool) {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("open the store to copy: %v", err)
	}
	if quad {
		Seed(t, s)
	}
	if err := s.Close(); err != nil {
		t.Fatalf("close the store to copy: %v", err)
	}
}

func file(t testing.TB, quad bool) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "followthrough.db")
	fill(t, store.Options{Path: path, Now: Now}, quad)
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// templates begins the names of databases to copy, followed by the second in which they were made.
const templates = "followthrough_test_template_"

// template makes a database to copy. No test is the last to need it, so that those of runs that ended over an hour ago are
// dropped first.
func template(t testing.TB, quad bool) string {
	t.Helper()
	admin, server := administer(t)
	defer func() { _ = admin.Close() }() // it has said what it had to
	rows, err := admin.Query("SELECT datname FROM pg_database WHERE datname LIKE $1 AND to_timestamp(split_part(datname, '_', 4)::bigint) < now() - interval '1 hour'", templates+"%")
	if err != nil {
		t.Fatal(err)
	}
	var old []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		old = append(old, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		if _, err := admin.Exec("DROP DATABASE IF EXISTS " + name); err != nil {
			t.Logf("drop %s: %v", name, err) // somebody else may be at it
		}
	}
	var second int64
	if err := admin.QueryRow("SELECT extract(epoch FROM now())::bigint").Scan(&second); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("%s%d_%d_%t", templates, second, os.Getpid(), quad)
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	fill(t, store.Options{DatabaseURL: addressOf(server, name), Now: Now}, quad)
	return name
}

// addressOf is the address of a database of a server.
func addressOf(server url.URL, name string) string {
	server.Path = "/" + name
	q := server.Query()
	q.Set("statement_timeout", "60000") // many databases on a busy machine; the limit of the product is for one
	server.RawQuery = q.Encode()
	return server.String()
}
