package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestWritesTogether holds the writer until others stand in line, so that they share one transaction, and looks at what
// became of each.
func TestWritesTogether(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		before := s.Int(t, "SELECT COUNT(*) FROM updates")
		version := dataVersionOf(t, s)
		outcomes := map[string]error{}
		var mu sync.Mutex
		var all sync.WaitGroup
		write := func(ctx context.Context, name string, f func(tx *store.Tx) error) {
			all.Go(func() {
				var err error
				defer func() {
					if p := recover(); p != nil {
						err = fmt.Errorf("panicked: %v", p)
					}
					mu.Lock()
					defer mu.Unlock()
					outcomes[name] = err
				}()
				c := assess
				c.Object = "initiative:" + name
				err = s.Write(ctx, analyst, c, f)
			})
		}
		add := func(tx *store.Tx) error { _, err := tx.AddUpdate(update("QSCG-AI-ML")); return err }
		held, first := make(chan struct{}), make(chan struct{})
		write(ctx, "first", func(tx *store.Tx) error { close(first); <-held; return add(tx) })
		<-first
		late := errors.New("too late")
		left, leave := context.WithCancel(ctx)
		write(ctx, "fails", func(tx *store.Tx) error { return errors.Join(add(tx), late) })
		write(ctx, "panics", func(tx *store.Tx) error {
			if err := add(tx); err != nil {
				return err
			}
			panic("lost")
		})
		write(left, "left", add)
		for n := range 20 {
			write(ctx, fmt.Sprint("made ", n), add)
		}
		for deadline := time.Now().Add(10 * time.Second); s.Waiting() < 23; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%d writes stand in line, want 23", s.Waiting())
			}
		}
		leave()
		close(held)
		all.Wait()
		for name, err := range outcomes {
			switch {
			case name == "fails":
				if !errors.Is(err, late) {
					t.Errorf("the one that fails: %v", err)
				}
			case name == "panics":
				if err == nil || err.Error() != "panicked: lost" {
					t.Errorf("the one that panics: %v", err)
				}
			case name == "left":
				if !errors.Is(err, context.Canceled) {
					t.Errorf("the one whose sender left: %v", err)
				}
			case err != nil:
				t.Errorf("%s: %v", name, err)
			}
		}
		if made := s.Int(t, "SELECT COUNT(*) FROM updates") - before; made != 21 {
			t.Errorf("%d updates were made, want 21", made)
		}
		if v := dataVersionOf(t, s); v != version+21 {
			t.Errorf("the data version went from %d to %d, want one for each write", version, v)
		}
		for _, name := range []string{"fails", "panics", "left"} {
			if n := s.Int(t, "SELECT COUNT(*) FROM audit WHERE object = '"+"initiative:"+name+"'"); n != 0 {
				t.Errorf("%d audit entries of the one that %s, want none", n, name)
			}
		}
		if n := s.Int(t, "SELECT COUNT(*) FROM audit WHERE object LIKE 'initiative:made %' OR object = 'initiative:first'"); n != 21 {
			t.Errorf("%d audit entries of 21 writes", n)
		}
		verification, err := s.Verify(ctx, auditor)
		must(t, err)
		if len(verification.Findings) > 0 {
			t.Errorf("afterwards: %v", verification.Findings)
		}
	})
}
