package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3/lock"
)

// How long a process waits for another one that brings the record up to date: a try each second.
const (
	startTry     = 1
	startPatient = 300
)

// Starting runs f while no other process does the same with this record: bringing it up to date, filling it. The embedded
// database has one process at a time, which the lock on its folder sees to.
func (s *Store) Starting(ctx context.Context, f func() error) error {
	if s.engine != Postgres {
		return f()
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(startTry, startPatient))
	if err != nil {
		return fmt.Errorf("ready the lock of the start: %w", err)
	}
	pool, err := s.writer.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return unreachable(err)
	}
	defer conn.Close()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return fmt.Errorf("wait for another process that starts: %w", err)
	}
	err = f()
	if failed := locker.SessionUnlock(context.WithoutCancel(ctx), conn); failed != nil && err == nil {
		err = fmt.Errorf("let other processes start: %w", failed)
	}
	return err
}
