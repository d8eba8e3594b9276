package session

import (
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// Limits on guessing (trust.md A2): an account answers an address after 1, 2, 4 … 60 seconds, an address may try 30
// times in ten minutes, the program checks 300 in a minute. Nobody is locked out for good, and an attack from one
// address does not keep the owner out at another.
const (
	longestWait   = time.Minute
	forgetAfter   = 10 * time.Minute
	addressTries  = 30
	addressWindow = 10 * time.Minute
	allTries      = 300
	remembered    = 10_000 // accounts and addresses; the oldest make room
)

// Throttle counts failed sign-ins, in memory alone.
type Throttle struct {
	mu        sync.Mutex
	now       func() time.Time
	pairs     *simplelru.LRU[string, *attempts]
	addresses *simplelru.LRU[string, []time.Time] // tries within the window, the oldest first
	all       *rate.Limiter
}

type attempts struct {
	failed int
	last   time.Time
}

// NewThrottle returns an empty count.
func NewThrottle(now func() time.Time) (*Throttle, error) {
	pairs, err := simplelru.NewLRU[string, *attempts](remembered, nil)
	if err != nil {
		return nil, err
	}
	addresses, err := simplelru.NewLRU[string, []time.Time](remembered, nil)
	if err != nil {
		return nil, err
	}
	return &Throttle{now: now, pairs: pairs, addresses: addresses, all: rate.NewLimiter(rate.Every(time.Minute/allTries), allTries)}, nil
}

// Try counts a try of an account from an address and returns how long it must wait; 0 takes the try. It counts as
// wrong until Succeeded says otherwise, so that tries at the same moment do not slip through together.
func (t *Throttle) Try(account, address string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, key := t.now(), account+"|"+address
	a, ok := t.pairs.Get(key)
	if !ok || now.Sub(a.last).Abs() >= forgetAfter { // a clock that jumps back locks nobody out
		a = &attempts{}
	}
	if a.failed > 0 {
		wait := min(longestWait, time.Second<<min(a.failed-1, 6))
		if left := a.last.Add(wait).Sub(now); left > 0 {
			return left
		}
	}
	tries, _ := t.addresses.Get(address)
	tries = slices.DeleteFunc(tries, func(at time.Time) bool { return now.Sub(at).Abs() >= addressWindow })
	t.addresses.Add(address, tries)
	if len(tries) >= addressTries {
		return tries[0].Add(addressWindow).Sub(now)
	}
	if !t.all.AllowN(now, 1) {
		return time.Minute / allTries
	}
	t.addresses.Add(address, append(tries, now))
	t.pairs.Add(key, a) // only now: tries that are refused push nothing out
	a.failed++
	a.last = now
	return 0
}

// Succeeded forgets the tries of an account from an address.
func (t *Throttle) Succeeded(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pairs.Remove(account + "|" + address)
}
