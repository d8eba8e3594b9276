package store

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// retries is how often a write is run again that PostgreSQL has given up for the sake of another one (trust C3), and
// firstWait how long the first of them waits; each one waits twice as long as the one before.
const (
	retries   = 3
	firstWait = 10 * time.Millisecond
)

// transact runs f in one transaction on the writer, and runs it again as again says.
func (s *Store) transact(ctx context.Context, renew func(), f func(db *gorm.DB) error) error {
	return s.again(ctx, renew, func() error { return s.writer.WithContext(ctx).Transaction(f) })
}

// again runs a write, and runs it again when it could not be put in order with another one or waited for it in a circle.
// Nothing of it is kept by then; renew puts back what it changed in memory.
func (s *Store) again(ctx context.Context, renew func(), write func() error) error {
	wait := firstWait
	for range retries {
		err := write()
		if !unordered(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
		wait *= 2
		renew()
	}
	return translate("write", write())
}

// unordered reports whether PostgreSQL gave a write up that can succeed when it is run again: serialization_failure and
// deadlock_detected.
func unordered(err error) bool {
	var engine *pgconn.PgError
	return errors.As(err, &engine) && (engine.Code == "40001" || engine.Code == "40P01")
}

// renewed remembers what writes are about to tell the audit and their senders, and returns how to put it back.
func renewed(some []*waiting) func() {
	var all []func()
	for _, w := range some {
		if r := w.change.Receipt; r != nil {
			sent := *r
			all = append(all, func() { *r = sent })
		}
		v := reflect.ValueOf(w.change.Detail)
		if v.Kind() != reflect.Pointer || v.IsNil() {
			continue
		}
		before := reflect.New(v.Type().Elem()).Elem()
		before.Set(v.Elem())
		all = append(all, func() { v.Elem().Set(before) })
	}
	return func() {
		for _, one := range all {
			one()
		}
	}
}
