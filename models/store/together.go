package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// most writes that share a transaction: enough to spread one flush over, few enough to answer soon.
const mostTogether = 32

// waiting is a write that waits for its turn. Who has the turn runs it, with the writes of others.
type waiting struct {
	ctx    context.Context
	actor  models.Actor
	change Change
	f      func(tx *Tx) error

	head     anchor // the entry that it leaves
	version  int64  // the data version that it leaves; 0 when it stays
	err      error
	panicked any
	done     chan struct{} // closed when it is acknowledged, or was refused
}

// outcome is what the write came to. A panic goes on where the write began.
func (w *waiting) outcome() error {
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// attempt makes the change; a panic of one must not end the others.
func (w *waiting) attempt(f func() error) (err error) {
	defer func() {
		if w.panicked = recover(); w.panicked != nil {
			err = fmt.Errorf("panic: %v", w.panicked)
		}
	}()
	if err := w.ctx.Err(); err != nil { // who asked has left before it began
		return err
	}
	return f()
}

// queue lines writes up. The first takes the turn and writes for all who came while the one before was writing.
type queue struct {
	mu   sync.Mutex
	line []*waiting
	turn chan struct{} // holds one while somebody writes
}

// run lets a write have its turn, alone or with others.
func (q *queue) run(w *waiting, together func([]*waiting)) {
	q.mu.Lock()
	q.line = append(q.line, w)
	q.mu.Unlock()
	for {
		select {
		case <-w.done:
			return
		case q.turn <- struct{}{}:
			q.take(together)
		}
	}
}

// take runs the writes that stand in line, and gives the turn back whatever happens.
func (q *queue) take(together func([]*waiting)) {
	defer func() { <-q.turn }()
	if some := q.next(); len(some) > 0 {
		together(some)
	}
}

// next takes the writes that share the next transaction.
func (q *queue) next() []*waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	some := q.line[:min(mostTogether, len(q.line))]
	q.line = q.line[len(some):]
	return some
}

// alone runs f when nobody writes.
func (q *queue) alone(f func()) {
	q.turn <- struct{}{}
	defer func() { <-q.turn }()
	f()
}

// writeTogether makes some changes in one transaction and tells each what came of it. All of them are made again when
// PostgreSQL gives one up for the sake of another process; in the last try that one fails alone.
func (s *Store) writeTogether(some []*waiting) {
	for _, w := range some {
		w.err = errUnfinished
		defer close(w.done)
	}
	tries := 0
	ctx := context.WithoutCancel(some[0].ctx)
	err := s.transact(ctx, renewed(some), func(db *gorm.DB) error {
		tries++
		for _, w := range some {
			if err := s.among(db, w, len(some) > 1); err != nil {
				return err
			}
			if tries <= retries && unordered(w.err) {
				return w.err
			}
		}
		return nil
	})
	for _, w := range some {
		if w.err == nil || errors.Is(w.err, errUnfinished) {
			w.err = err
		}
		if w.err == nil {
			s.show(w.version)
			if failed := s.head.add(w.head); failed != nil { // the change is made; only its anchor is missing
				s.warn(failed)
			}
		}
	}
}

// errUnfinished is what a write came to that was not tried.
var errUnfinished = errors.New("the write was not finished")

// among makes one change of a transaction, which is undone alone when it fails and others share the transaction. The
// error is one that ends the transaction.
func (s *Store) among(db *gorm.DB, w *waiting, others bool) error {
	if others {
		if err := db.SavePoint("change").Error; err != nil {
			return translate("begin a change", err)
		}
	}
	// A statement that is cut short would undo the whole transaction.
	w.err = w.attempt(func() error { return s.one(db.WithContext(context.WithoutCancel(w.ctx)), w) })
	switch {
	case w.err == nil:
		return nil
	case others:
		return translate("undo a change", db.RollbackTo("change").Error)
	}
	return w.err
}
