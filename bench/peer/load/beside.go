package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// pages are what the readers open, over and over.
var pages = []string{"/en/", "/ja/", "/en/initiatives?limit=50", "/ja/initiatives?topic=sample-topic-03&status=under_way", "/en/topics/sample-topic-03",
	"/en/matrix?limit=50&forum=sample-forum-01", "/en/initiatives/SAMPLE-000100", "/ja/initiatives/SAMPLE-019999", "/en/meetings/sample-meeting-01991", "/en/search?q=harbours", "/ja/countries/AA", "/en/activity"}

// tally is what came of a stretch of time.
type tally struct {
	read, busy, broken, refused atomic.Int64
	mu                          sync.Mutex
	writes                      []time.Duration
	said                        sync.Once
}

// beside measures readers alone and then beside writers.
func beside(ctx context.Context, o options, folder, token string) error {
	s, err := o.serve(ctx, folder)
	if err != nil {
		return err
	}
	defer s.Stop()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.readers + o.writers, DisableCompression: true}, Timeout: time.Minute}
	var next atomic.Int64
	stretch := func(length time.Duration, writers int) *tally {
		t, began := &tally{}, time.Now()
		var wait sync.WaitGroup
		for reader := range o.readers {
			wait.Go(func() {
				for n := reader; time.Since(began) < length && ctx.Err() == nil; n++ {
					t.send(ctx, client, http.MethodGet, s.Base+pages[n%len(pages)], "", "")
					t.read.Add(1)
				}
			})
		}
		for range writers {
			wait.Go(func() {
				for time.Since(began) < length && ctx.Err() == nil {
					n := next.Add(1) * 7 % 20_000
					asked := time.Now()
					t.send(ctx, client, http.MethodPost, fmt.Sprintf("%s/api/v1/initiatives/SAMPLE-%06d/updates", s.Base, n), fmt.Sprintf(`{"status":"under_way","effective_on":"2026-11-01","reason":"event",
						"note":{"en":"An envoy reported."},"evidence":[{"ref":"sample-%06d-0","grade":"E2","stance":"supports"}]}`, n), token)
					t.mu.Lock()
					t.writes = append(t.writes, time.Since(asked))
					t.mu.Unlock()
				}
			})
		}
		wait.Wait()
		return t
	}
	stretch(o.length/3, 0) // fills the cache
	alone := stretch(o.length, 0)
	both := stretch(o.length, o.writers)
	slices.Sort(both.writes)
	n := len(both.writes)
	if n == 0 {
		return fmt.Errorf("nothing was written")
	}
	median, slowest := both.writes[n/2], both.writes[min(n-1, n*99/100)]
	fmt.Printf("%d readers alone: %.0f pages/s\n", o.readers, float64(alone.read.Load())/o.length.Seconds())
	fmt.Printf("beside %d writers: %.0f pages/s, %.2f of that; %.0f writes/s, median %.0f ms, 99 of 100 within %.0f ms, %.1f x the median\n", o.writers, float64(both.read.Load())/o.length.Seconds(),
		float64(both.read.Load())/float64(max(1, alone.read.Load())), float64(n)/o.length.Seconds(), ms(median), ms(slowest), float64(slowest)/float64(median))
	for name, t := range map[string]*tally{"alone": alone, "beside writers": both} {
		fmt.Printf("answers of the kind 5xx %s: %d, of them busy: %d; refused: %d\n", name, t.broken.Load(), t.busy.Load(), t.refused.Load())
	}
	m := s.Memory()
	fmt.Printf("memory after the load: %.0f MB, and %.0f MB of the program's file; at most %.0f MB together\n", m.Own, m.Mapped, m.Most)
	return nil
}

// send sends a request and counts what went wrong. The first fault is printed.
func (t *tally) send(ctx context.Context, client *http.Client, method, address, body, token string) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		t.fault(address, err.Error())
		return
	}
	r.Header.Set("Accept-Encoding", "gzip")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("If-Match", `"1"`) // no record is changed twice
	}
	answer, err := client.Do(r)
	if err != nil {
		t.fault(address, err.Error())
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode < 400 {
		_, _ = io.Copy(io.Discard, answer.Body) // a connection that breaks off is a fault of the next request
		return
	}
	text, _ := io.ReadAll(io.LimitReader(answer.Body, 500)) // whatever of it there is explains the fault
	switch {
	case answer.StatusCode >= 500:
		t.broken.Add(1)
		if answer.StatusCode == http.StatusServiceUnavailable {
			t.busy.Add(1)
		}
	default:
		t.refused.Add(1)
	}
	t.said.Do(func() { fmt.Printf("%s: %s: %s\n", address, answer.Status, text) })
}

func (t *tally) fault(address, why string) {
	t.broken.Add(1)
	t.said.Do(func() { fmt.Printf("%s: %s\n", address, why) })
}
