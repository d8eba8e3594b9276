package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	home  = "192.0.2.1"
	owner = "sato@example.org"
)

// guarded is a store whose tries to sign in a test counts, with a clock that it moves.
type guarded struct {
	*store.Store
	*clock
	t *testing.T
}

func eachGuarded(t *testing.T, test func(t *testing.T, g guarded)) {
	t.Helper()
	for _, e := range storetest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			c := &clock{}
			o := storetest.QuadOptions(t, e)
			o.Now = c.now
			test(t, guarded{storetest.Open(t, o), c, t})
		})
	}
	if len(storetest.Engines()) < 2 {
		t.Run("postgres", func(t *testing.T) { t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set") })
	}
}

func (g guarded) try(account, address string) time.Duration {
	g.t.Helper()
	wait, err := g.Try(ctx, account, address)
	must(g.t, err)
	return wait
}

func (g guarded) right(account, address string) {
	g.t.Helper()
	must(g.t, g.TryRight(ctx, account, address))
}

func TestGuessesReachTheHashFifteenTimes(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		taken := 0
		for n := range 300 { // over ten minutes
			if g.try(owner, home) == 0 {
				taken++
			}
			if n%30 == 15 {
				elsewhere := fmt.Sprintf("198.51.100.%d", n/30)
				if g.try(owner, elsewhere) != 0 {
					t.Errorf("after %d guesses from elsewhere the owner must wait", n)
				}
				g.right(owner, elsewhere)
			}
			g.pass(2 * time.Second)
		}
		if taken > 15 || taken < 10 {
			t.Errorf("%d of 300 guesses reach the hash; want at most 15, and not none", taken)
		}
	})
}

func TestWaitDoublesToAMinute(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		for n, want := range []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60} {
			want *= time.Second
			if want > 0 {
				if got := g.try("a", home); got != want {
					t.Errorf("after %d wrong tries the wait is %s; want %s", n, got, want)
				}
				g.pass(want - time.Microsecond)
				if g.try("a", home) == 0 {
					t.Errorf("try %d is taken too soon", n+1)
				}
				g.pass(time.Microsecond)
			}
			if got := g.try("a", home); got != 0 {
				t.Errorf("try %d waits another %s", n+1, got)
			}
		}
		g.right("a", home)
		if g.try("a", home) != 0 {
			t.Error("after the right passphrase a try must wait")
		}
		if g.try("a", home) == 0 {
			t.Error("a wrong try after a right one costs nothing")
		}
	})
}

// TestTriesAtTheSameMomentDoNotSlipThrough tries at one process, and on PostgreSQL at two.
func TestTriesAtTheSameMomentDoNotSlipThrough(t *testing.T) {
	for _, e := range storetest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			o := storetest.QuadOptions(t, e)
			all := []*store.Store{storetest.Open(t, o)}
			if e == store.Postgres {
				all = append(all, storetest.Open(t, o))
			}
			var taken atomic.Int64
			var wait sync.WaitGroup
			for n := range 40 {
				wait.Go(func() {
					left, err := all[n%len(all)].Try(ctx, "a", home)
					if err != nil {
						t.Error(err)
					} else if left == 0 {
						taken.Add(1)
					}
				})
			}
			wait.Wait()
			if taken.Load() != 1 {
				t.Errorf("%d of 40 tries at the same moment are taken; want 1", taken.Load())
			}
		})
	}
}

func TestAddressMayTryThirtyTimesInTenMinutes(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		taken := []time.Time{}
		for n := range 600 { // half an hour, an account each
			if g.try(fmt.Sprintf("account %d", n), home) == 0 {
				taken = append(taken, g.now())
				g.right(fmt.Sprintf("account %d", n), home) // which counts for the address all the same
			}
			g.pass(3 * time.Second)
		}
		for i, at := range taken {
			if i >= 30 && at.Sub(taken[i-30]) < 10*time.Minute {
				t.Fatalf("tries %d to %d are taken within %s; want at most 30 in ten minutes", i-29, i+1, at.Sub(taken[i-30]))
			}
		}
		if len(taken) < 60 {
			t.Errorf("%d tries are taken in half an hour; want 30 in every ten minutes", len(taken))
		}
		if g.try("account 1", "192.0.2.2") != 0 {
			t.Error("another address must wait as well")
		}
	})
}

func TestAllAddressesTogetherAreLimited(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		try := func() (taken int) {
			for n := range 400 {
				if g.try("account", fmt.Sprintf("%d of %s", n, g.now())) == 0 {
					taken++
				}
			}
			return taken
		}
		if taken := try(); taken != 300 {
			t.Errorf("%d tries of 400 addresses are taken at once; want 300", taken)
		}
		g.pass(time.Minute)
		if taken := try(); taken != 300 {
			t.Errorf("a minute later %d tries are taken; want 300", taken)
		}
		g.pass(10 * time.Minute)
		g.try("account", home)
		if n := g.Int(t, "SELECT COUNT(*) FROM tries"); n != 1 {
			t.Errorf("%d tries are remembered; want the one of the last ten minutes", n)
		}
	})
}

func TestNobodyIsLockedOutByAClock(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		for n, jump := range []time.Duration{-24 * time.Hour, -3 * 365 * 24 * time.Hour, 24 * time.Hour, 10 * 365 * 24 * time.Hour} {
			account := fmt.Sprint("account ", n)
			for range 20 {
				g.try(account, home)
				g.pass(10 * time.Second)
			}
			g.pass(jump)
			if wait := g.try(account, home); wait > 0 {
				t.Errorf("after the clock jumped by %s the next try waits %s; want none", jump, wait)
			}
		}
	})
}

func TestRefusedTriesMakeNothingForgotten(t *testing.T) {
	eachGuarded(t, func(t *testing.T, g guarded) {
		for range 10 {
			for g.try(owner, home) > 0 {
				g.pass(time.Second)
			}
		}
		for n := range 500 {
			g.try(fmt.Sprintf("account %d", n), home)
		}
		if g.try(owner, home) == 0 {
			t.Error("a flood of other accounts made the wrong tries of one forgotten")
		}
		g.pass(61 * time.Second)
		if wait := g.try(owner, home); wait < 4*time.Minute {
			t.Errorf("after the flood the address must wait %s; want until its oldest try is ten minutes old", wait)
		}
		if n := g.Int(t, "SELECT COUNT(*) FROM tries WHERE account LIKE ?", "%"+owner+"%"); n != 0 {
			t.Errorf("%d rows hold what was typed; want hashes alone", n)
		}
	})
}
