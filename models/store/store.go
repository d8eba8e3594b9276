// Package store is the only code that speaks SQL. It keeps the record on the embedded SQLite or on PostgreSQL with
// the same meaning: reads go to a pool of read-only connections, every write goes through Write, which carries the
// actor, the audit entry and the data version in one transaction. Field rules belong to models, encodings to handlers.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// Engine names a database engine.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Store is an open record. It is safe for concurrent use.
type Store struct {
	engine  Engine
	base    string // schema of the tables, with the dot behind it
	version string // of the engine
	now     func() time.Time
	trace   func(sql string)

	writer  *gorm.DB // one connection on SQLite
	readers *gorm.DB
	closers []func() error
	head    *headFile
	warn    func(error)

	replica replica

	writes queue // the writers of this process in front of the one connection

	wordsMu sync.Mutex
	words   *vocabulary // of one data version

	censuses  censuses
	unchanged unchanged
}

// Engine returns the engine and its version.
func (s *Store) Engine() (Engine, string) { return s.engine, s.version }

// Close closes all connections. On SQLite it folds the write-ahead log into the file.
func (s *Store) Close() error {
	var first error
	for i := len(s.closers) - 1; i >= 0; i-- {
		if err := s.closers[i](); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Ping reports whether the record can be read.
func (s *Store) Ping(ctx context.Context) error {
	_, err := dataVersion(s.readers.WithContext(ctx))
	return err
}

// DataVersion returns the version of the data, which grows by one with every write.
func (s *Store) DataVersion(ctx context.Context) (int64, error) {
	v, err := keepWhile(&s.unchanged, "data version", func() (int64, error) { return dataVersion(s.readers.WithContext(ctx)) })
	s.show(v)
	return v, err
}

func dataVersion(db *gorm.DB) (int64, error) {
	var v int64
	err := scanRow(db.Raw("SELECT version FROM versions WHERE name = 'data'"), &v)
	return v, translate("read the data version", err)
}

// read runs f on one snapshot of the record. f sees the data version of that snapshot.
func (s *Store) read(ctx context.Context, f func(db *gorm.DB, version int64) error) error {
	if answered, err := s.readReplica(ctx, f); answered {
		return err
	}
	return s.readers.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		v, err := dataVersion(db)
		if err != nil {
			return err
		}
		s.show(v)
		return f(db, v)
	}, s.snapshot())
}

// Today returns the present civil day in UTC.
func (s *Store) Today() models.Date { return models.DateOf(s.now().UTC()) }

// instant writes a moment in the one stored form, which sorts as text.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// scanner copies the columns of one row.
type scanner func(dest ...any) error

// each runs f for every row of a query; f scans the row.
func each(doing string, q *gorm.DB, f func(scan scanner) error) error {
	rows, err := q.Rows()
	if err != nil {
		return translate(doing, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return translate(doing, err)
		}
	}
	return translate(doing, rows.Err())
}

// scanRow reads the first row of a query. gorm's own Row is nil when the query fails, which its Scan does not survive.
func scanRow(q *gorm.DB, dest ...any) error {
	found := sql.ErrNoRows
	err := each("read a row", q, func(scan scanner) error {
		if found != nil {
			found = scan(dest...)
		}
		return found
	})
	if err != nil {
		return err
	}
	return found
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
