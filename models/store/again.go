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
func (s *Store) transact(ctx context.Context, detail any, f func(db *gorm.DB) error) error {
	return s.again(ctx, detail, func() error { return s.writer.WithContext(ctx).Transaction(f) })
}

// again runs a write, and runs it again when it could not be put in order with another one or waited for it in a circle.
// Nothing of it is kept by then. detail is what the write tells the audit, which starts anew with it.
func (s *Store) again(ctx context.Context, detail any, write func() error) error {
	wait := firstWait
	renew := renewed(detail)
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

// renewed remembers what a pointer points to, and returns how to put it back.
func renewed(detail any) func() {
	v := reflect.ValueOf(detail)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return func() {}
	}
	before := reflect.New(v.Type().Elem()).Elem()
	before.Set(v.Elem())
	return func() { v.Elem().Set(before) }
}
