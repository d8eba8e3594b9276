package session_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers/session"
)

// ticking is a clock that the test turns.
type ticking struct{ ns atomic.Int64 }

func (c *ticking) Now() time.Time       { return time.Unix(1_800_000_000, c.ns.Load()) }
func (c *ticking) pass(d time.Duration) { c.ns.Add(int64(d)) }

func newThrottle(t *testing.T) (*session.Throttle, *ticking) {
	t.Helper()
	c := &ticking{}
	th, err := session.NewThrottle(c.Now)
	if err != nil {
		t.Fatal(err)
	}
	return th, c
}

func TestThousandGuessesReachTheHashFifteenTimes(t *testing.T) {
	t.Parallel()
	th, clock := newThrottle(t)
	taken, elsewhere := 0, 0
	for n := range 1000 { // over ten minutes
		if th.Try("sato@example.org", "192.0.2.1") == 0 {
			taken++
		}
		if n%100 == 50 {
			if th.Try("sato@example.org", fmt.Sprintf("198.51.100.%d", n/100)) != 0 {
				t.Errorf("after %d guesses from elsewhere the owner must wait", n)
			}
			th.Succeeded("sato@example.org", fmt.Sprintf("198.51.100.%d", n/100))
			elsewhere++
		}
		clock.pass(600 * time.Millisecond)
	}
	t.Logf("1000 guesses in ten minutes: %d reach the hash, %d sign-ins of the owner elsewhere", taken, elsewhere)
	if taken > 15 || taken < 10 {
		t.Errorf("%d of 1000 guesses reach the hash; want at most 15, and not none", taken)
	}
}

func TestWaitDoublesToAMinute(t *testing.T) {
	t.Parallel()
	th, clock := newThrottle(t)
	for n, want := range []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60} {
		want *= time.Second
		if want > 0 {
			if got := th.Try("a", "192.0.2.1"); got != want {
				t.Errorf("after %d wrong tries the wait is %s; want %s", n, got, want)
			}
			clock.pass(want - time.Nanosecond)
			if th.Try("a", "192.0.2.1") == 0 {
				t.Errorf("try %d is taken too soon", n+1)
			}
			clock.pass(time.Nanosecond)
		}
		if got := th.Try("a", "192.0.2.1"); got != 0 {
			t.Errorf("try %d waits another %s", n+1, got)
		}
	}
	th.Succeeded("a", "192.0.2.1")
	if th.Try("a", "192.0.2.1") != 0 {
		t.Error("after the right passphrase a try must wait")
	}
	if th.Try("a", "192.0.2.1") == 0 {
		t.Error("a wrong try after a right one costs nothing")
	}
}

func TestTriesAtTheSameMomentDoNotSlipThrough(t *testing.T) {
	t.Parallel()
	th, _ := newThrottle(t)
	var taken atomic.Int64
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			if th.Try("a", "192.0.2.1") == 0 {
				taken.Add(1)
			}
		})
	}
	wait.Wait()
	if taken.Load() != 1 {
		t.Errorf("%d of 50 tries at the same moment are taken; want 1", taken.Load())
	}
}

func TestAddressMayTryThirtyTimesInTenMinutes(t *testing.T) {
	t.Parallel()
	th, clock := newThrottle(t)
	taken := []time.Time{}
	for n := range 3000 { // half an hour, an account each
		if th.Try(fmt.Sprintf("account %d", n), "192.0.2.1") == 0 {
			taken = append(taken, clock.Now())
		}
		clock.pass(600 * time.Millisecond)
	}
	for i, at := range taken {
		if i >= 30 && at.Sub(taken[i-30]) < 10*time.Minute {
			t.Fatalf("tries %d to %d are taken within %s; want at most 30 in ten minutes", i-29, i+1, at.Sub(taken[i-30]))
		}
	}
	if len(taken) < 60 {
		t.Errorf("%d tries are taken in half an hour; want 30 in every ten minutes", len(taken))
	}
	if th.Try("account 1", "192.0.2.2") != 0 {
		t.Error("another address must wait as well")
	}
}

func TestAllAddressesTogetherAreLimited(t *testing.T) {
	t.Parallel()
	th, clock := newThrottle(t)
	try := func() (taken int) {
		for n := range 1000 {
			if th.Try("account", fmt.Sprintf("%d of %s", n, clock.Now())) == 0 {
				taken++
			}
		}
		return taken
	}
	if taken := try(); taken != 300 {
		t.Errorf("%d tries of 1000 addresses are taken at once; want 300", taken)
	}
	clock.pass(time.Minute)
	if taken := try(); taken != 300 {
		t.Errorf("a minute later %d tries are taken; want 300", taken)
	}
}

func TestNobodyIsLockedOutByAClock(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-24 * time.Hour, -10 * 365 * 24 * time.Hour, 24 * time.Hour, 10 * 365 * 24 * time.Hour} {
		th, clock := newThrottle(t)
		for range 100 {
			th.Try("a", "192.0.2.1")
			clock.pass(10 * time.Second)
		}
		clock.pass(jump)
		if wait := th.Try("a", "192.0.2.1"); wait > 0 {
			t.Errorf("after the clock jumped by %s the next try waits %s; want none", jump, wait)
		}
	}
}

func TestRefusedTriesMakeNothingForgotten(t *testing.T) {
	t.Parallel()
	th, clock := newThrottle(t)
	for range 10 {
		for th.Try("sato@example.org", "192.0.2.1") > 0 {
			clock.pass(time.Second)
		}
	}
	for n := range 20_000 {
		th.Try(fmt.Sprintf("account %d", n), "192.0.2.1")
	}
	if th.Try("sato@example.org", "192.0.2.1") == 0 {
		t.Error("a flood of other accounts made the wrong tries of one forgotten")
	}
	clock.pass(61 * time.Second)
	if wait := th.Try("sato@example.org", "192.0.2.1"); wait < 4*time.Minute {
		t.Errorf("after the flood the address must wait %s; want until its oldest try is ten minutes old", wait)
	}
}
