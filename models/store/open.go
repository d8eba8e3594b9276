package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/followthrough/followthrough/models/store/migrations"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Options say where the record is.
type Options struct {
	Path        string           // file of the embedded SQLite; used when DatabaseURL is empty
	DatabaseURL string           // postgres://… for PostgreSQL
	ReplicaURL  string           // of a streaming replica of it, which may answer the public; empty for none
	Now         func() time.Time // the clock
	Trace       func(sql string) // when set, is told every statement that is run
	Head        string           // file outside the database that keeps the head of the audit; empty for none
	Warn        func(error)      // is told what went wrong beside an answer that was given all the same; nil drops it
}

const readerPool = 4 // two to four read connections give all the reads that two cores have

// Open opens the record, creating and migrating it when needed. It refuses a file or database that is not a record
// of this program, that is damaged, or that a newer version has migrated, and then leaves it as it was.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{now: o.Now, trace: o.Trace, head: &headFile{o.Head}, warn: o.Warn, writes: queue{turn: make(chan struct{}, 1)}}
	if s.warn == nil {
		s.warn = func(error) {}
	}
	var err error
	if o.DatabaseURL != "" {
		err = s.openPostgres(ctx, o.DatabaseURL)
	} else {
		err = s.openSQLite(ctx, o.Path)
		if err == nil {
			err = s.reindex(ctx)
		}
	}
	if err == nil {
		err = s.openReplica(o.ReplicaURL)
	}
	if err != nil {
		_ = s.Close() // the error that stopped us says more than one from closing
		return nil, err
	}
	return s, nil
}

// limits are what a connection to PostgreSQL is held to unless its address says otherwise, in milliseconds.
var limits = map[string]string{"statement_timeout": "5000", "lock_timeout": "2000", "idle_in_transaction_session_timeout": "10000"}

// withLimits adds the limits that an address does not set itself, and the time zone of the record.
func withLimits(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the database URL is not an address") // its own error would show a password
	}
	q := u.Query()
	for name, value := range limits {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	if !q.Has("statement_cache_capacity") {
		q.Set("statement_cache_capacity", strconv.Itoa(keptStatements))
	}
	q.Set("timezone", "UTC")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// withDefault adds a parameter that an address does not set itself.
func withDefault(address, name, value string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Query().Has(name) {
		return address, err
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func (s *Store) openPostgres(ctx context.Context, address string) error {
	s.engine = Postgres
	dsn, err := withLimits(address)
	if err != nil {
		return err
	}
	db, err := s.attach(postgres.New(postgres.Config{DSN: dsn}), 2*readerPool)
	if err != nil {
		return unreachable(err)
	}
	s.writer, s.readers = db, db
	if err := scanRow(db.Raw("SELECT current_setting('server_version'), quote_ident(current_schema()) || '.'"), &s.version, &s.base); err != nil {
		return unreachable(err)
	}
	return s.Starting(ctx, func() error {
		if err := s.updatePostgres(ctx); err != nil {
			return err
		}
		return s.reindex(ctx)
	})
}

// updatePostgres looks whether the database is ours and brings its schema up to date.
func (s *Store) updatePostgres(ctx context.Context) error {
	var tables, ours int
	err := scanRow(s.writer.WithContext(ctx).Raw(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN table_name IN ('goose_db_version','versions') THEN 1 ELSE 0 END),0)
		FROM information_schema.tables WHERE table_schema = current_schema()`), &tables, &ours)
	if err != nil {
		return translate("look at the database", err)
	}
	if tables > 0 && ours < 2 {
		return fmt.Errorf("the database holds %d tables that are not a Followthrough record; name an empty database", tables)
	}
	return s.migrate(ctx, goose.DialectPostgres)
}

// unreachable says on one line why PostgreSQL did not answer; its driver tells each address on a line of its own.
func unreachable(err error) error {
	return fmt.Errorf("cannot reach PostgreSQL: %s", strings.Join(strings.Fields(err.Error()), " "))
}

// attach opens one pool through gorm. It runs a number of transactions at the same time.
func (s *Store) attach(d gorm.Dialector, transactions int) (*gorm.DB, error) {
	db, err := gorm.Open(d, &gorm.Config{Logger: tracer{logger.Discard, s.trace}, SkipDefaultTransaction: true, DisableAutomaticPing: true})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, pool.Close)
	if s.engine == SQLite {
		ready, err := newPrepared(pool, transactions)
		db.ConnPool, db.Statement.ConnPool = ready, ready
		return db, err
	}
	pool.SetMaxOpenConns(transactions)
	pool.SetMaxIdleConns(transactions)
	return db, nil
}

// migrate brings the schema to this program's version, one transaction for each numbered file.
func (s *Store) migrate(ctx context.Context, dialect goose.Dialect) error {
	pool, err := s.writer.DB()
	if err != nil {
		return err
	}
	return migrateTo(ctx, pool, dialect)
}

func migrateTo(ctx context.Context, pool *sql.DB, dialect goose.Dialect) error {
	files := migrations.SQLite
	folder := "sqlite"
	if dialect == goose.DialectPostgres {
		files, folder = migrations.Postgres, "postgres"
	}
	sub, err := fs.Sub(files, folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, pool, sub, goose.WithVerbose(false))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	have, newest, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if have > newest {
		return fmt.Errorf("the record has schema version %d and this program knows only %d; use the newer program that wrote it", have, newest)
	}
	if have == newest {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the record: %w", err)
	}
	return nil
}
