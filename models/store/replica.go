package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/plugin/dbresolver"
)

// replica is a streaming replica of the database. It answers the public as long as it has everything that this process
// has shown to anybody; otherwise, and when it fails, the primary does (docs/decisions/0016).
type replica struct {
	db     *gorm.DB     // of which every transaction goes to the replica; nil without one
	shown  atomic.Int64 // the newest data version that this process has read or written
	rests  atomic.Int64 // until when it is not asked, in nanoseconds
	proved atomic.Bool  // it was seen to be of the same record
}

// How long a replica is not asked.
const (
	restAfterFault = 5 * time.Second
	restBehind     = 10 * time.Millisecond // a write takes about as long to get there
)

// replicaName tells dbresolver which statements are meant; no table has it.
const replicaName = "replica"

var errBehind = errors.New("the replica is behind")

type publicKey struct{}

// ForPublic marks what is read for the public: nobody's own, so that a replica may answer.
func ForPublic(ctx context.Context) context.Context { return context.WithValue(ctx, publicKey{}, true) }

// openReplica readies the replica at an address, without asking it anything: the program starts while it is away.
func (s *Store) openReplica(address string) error {
	if address == "" {
		return nil
	}
	if s.engine != Postgres {
		return errors.New("a replica is of a record on PostgreSQL")
	}
	dsn, err := withLimits(address)
	if err == nil {
		dsn, err = withDefault(dsn, "connect_timeout", "2") // its reader waits for the primary as well
	}
	if err != nil {
		return err
	}
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return unreachable(err)
	}
	s.closers = append(s.closers, pool.Close)
	pool.SetMaxOpenConns(2 * readerPool)
	pool.SetMaxIdleConns(2 * readerPool)
	err = s.readers.Use(dbresolver.Register(dbresolver.Config{Replicas: []gorm.Dialector{postgres.New(postgres.Config{Conn: pool})}}, replicaName))
	if err != nil {
		return fmt.Errorf("name the replica: %w", err)
	}
	s.replica.db = s.readers.Clauses(dbresolver.Use(replicaName)).Session(&gorm.Session{})
	return nil
}

// readReplica runs f on a snapshot of the replica, where one may answer, and reports whether it did. What f does is done
// again on the primary when it did not.
func (s *Store) readReplica(ctx context.Context, f func(db *gorm.DB, version int64) error) (answered bool, err error) {
	public, _ := ctx.Value(publicKey{}).(bool)
	r := &s.replica
	if !public || r.db == nil || s.now().UnixNano() < r.rests.Load() {
		return false, nil
	}
	err = r.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		v, err := dataVersion(db)
		if err != nil {
			return err
		}
		if v < r.shown.Load() {
			return errBehind
		}
		if err := s.prove(ctx, db); err != nil {
			return err
		}
		s.show(v)
		return f(db, v)
	}, s.snapshot())
	rest := restAfterFault
	switch {
	case err == nil || ctx.Err() != nil || !elsewhere(err):
		return true, err
	case errors.Is(err, errBehind):
		rest = restBehind
	default:
		r.proved.Store(false)
		s.warn(fmt.Errorf("the replica does not answer, the primary does: %w", err))
	}
	r.rests.Store(s.now().Add(rest).UnixNano())
	return false, nil
}

// prove compares, after every fault, whether the replica is of the same record.
func (s *Store) prove(ctx context.Context, db *gorm.DB) error {
	if s.replica.proved.Load() {
		return nil
	}
	var theirs string
	if err := scanRow(db.Raw("SELECT hash FROM audit ORDER BY seq LIMIT 1"), &theirs); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("read the first audit entry", err)
	}
	ours, err := s.Identity(ctx)
	if err != nil {
		return err
	}
	if ours != theirs[:min(len(theirs), identityLength)] {
		return errors.New("it is of another record")
	}
	s.replica.proved.Store(true)
	return nil
}

// elsewhere reports whether an error of the replica can be one of the replica alone: it is away, stops, cancels what is
// in the way of replaying the log, lacks a table that was just added. What the record says of a request is the same on
// the primary, and so is a statement that takes too long.
func elsewhere(err error) bool {
	var engine *pgconn.PgError
	if errors.As(err, &engine) {
		return engine.Code != "57014" // canceled by the limit of time
	}
	var known *models.Error
	return !errors.As(err, &known)
}

// show notes that somebody was shown a data version.
func (s *Store) show(version int64) {
	for {
		seen := s.replica.shown.Load()
		if version <= seen || s.replica.shown.CompareAndSwap(seen, version) {
			return
		}
	}
}
