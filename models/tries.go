package models

import "time"

// Limits on guessing at secrets (trust A2): an account answers an address after 1, 2, 4 … 60 seconds, an address may try
// 30 times in ten minutes, and the program checks 300 in a minute. Nobody is locked out for good, and an attack from one
// address does not keep the owner out at another.
const (
	TriesRemembered = 10 * time.Minute
	AllTriesWindow  = time.Minute

	longestWait  = time.Minute
	addressTries = 30
	allTries     = 300
)

// Tries is what was tried of late, within TriesRemembered and, by everybody, within AllTriesWindow.
type Tries struct {
	Failed  int       // of the account from the address, since it was right
	Last    time.Time // of those
	Address int       // from the address
	Oldest  time.Time // of those
	All     int
	First   time.Time // of those
}

// Wait returns how long the next try must wait; 0 takes it.
func (t Tries) Wait(now time.Time) time.Duration {
	var wait time.Duration
	if t.Failed > 0 {
		wait = t.Last.Add(min(longestWait, time.Second<<min(t.Failed-1, 6))).Sub(now)
	}
	if wait <= 0 && t.Address >= addressTries {
		wait = t.Oldest.Add(TriesRemembered).Sub(now)
	}
	if wait <= 0 && t.All >= allTries {
		wait = t.First.Add(AllTriesWindow).Sub(now)
	}
	return max(wait, 0)
}
