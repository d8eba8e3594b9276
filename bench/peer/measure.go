package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/followthrough/followthrough/bench/peer/server"
)

// side is one of the two servers, with the token for what it lets nobody else do.
type side struct {
	*server.Process
	token string
}

// turn is what one side did in one turn.
type turn struct {
	rate, processor, kilobytes float64 // per second; milliseconds and kilobytes for one piece of work
}

// measure sends every piece of work to both sides in turns, and prints the table.
func measure(ctx context.Context, o options, product, peer side) error {
	transport := &http.Transport{MaxIdleConnsPerHost: o.connections, DisableCompression: true}
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	defer transport.CloseIdleConnections()
	fmt.Printf("%d connections, %d turns of %s each; ratios are medians of the turns, with the lowest and the highest\n\n", o.connections, o.rounds, o.turn)
	fmt.Println("| work | product/s | PocketBase/s | ratio | goal | product, ms | PocketBase, ms | ratio of processor time | product, KB | PocketBase, KB |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	for _, w := range allWork() {
		if !strings.HasPrefix(w.name, o.only) {
			continue
		}
		var next [2]atomic.Int64
		connections := cmp.Or(w.connections, o.connections)
		if w.cached {
			if err := remember(ctx, client, product, w.product); err != nil {
				return err
			}
		}
		var ours, theirs []turn
		for round := range o.rounds + 1 {
			length := o.turn
			if round == 0 {
				length /= 4 // to warm up
			}
			a, err := take(ctx, client, product, w.product, &next[0], connections, length, w.cached)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			b, err := take(ctx, client, peer, w.peer, &next[1], connections, length, false)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			if round > 0 {
				ours, theirs = append(ours, a), append(theirs, b)
			}
		}
		line(w, ours, theirs)
	}
	fmt.Println()
	for name, s := range map[string]side{"the product": product, "PocketBase": peer} {
		m := s.Memory()
		fmt.Printf("memory of %s at the end: %.0f MB, and %.0f MB of the program's file; at most %.0f MB together\n", name, m.Own, m.Mapped, m.Most)
	}
	return nil
}

// remember asks once for each address that the product may answer from its cache.
func remember(ctx context.Context, client *http.Client, s side, ask func(n int) []request) error {
	for n := range roots {
		for _, r := range ask(n) {
			if _, err := send(ctx, client, s, r, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func line(w work, ours, theirs []turn) {
	of := func(turns []turn, f func(turn) float64) []float64 {
		var all []float64
		for _, t := range turns {
			all = append(all, f(t))
		}
		slices.Sort(all)
		return all
	}
	var rates, times []float64
	for i := range ours {
		rates = append(rates, ours[i].rate/theirs[i].rate)
		times = append(times, theirs[i].processor/max(ours[i].processor, 0.001))
	}
	slices.Sort(rates)
	slices.Sort(times)
	middle := func(all []float64) float64 { return all[len(all)/2] }
	spread := func(all []float64) string {
		return fmt.Sprintf("%.1f (%.1f–%.1f)", middle(all), all[0], all[len(all)-1])
	}
	rate, processor, size := func(t turn) float64 { return t.rate }, func(t turn) float64 { return t.processor }, func(t turn) float64 { return t.kilobytes }
	fmt.Printf("| %s | %.0f | %.0f | %s | %g | %.2f | %.2f | %s | %.1f | %.1f |\n", w.name, middle(of(ours, rate)), middle(of(theirs, rate)), spread(rates), w.goal,
		middle(of(ours, processor)), middle(of(theirs, processor)), spread(times), middle(of(ours, size)), middle(of(theirs, size)))
}

// take sends work to one side, as many pieces at a time as there are connections, until the turn is over.
func take(ctx context.Context, client *http.Client, s side, ask func(n int) []request, next *atomic.Int64, connections int, length time.Duration, cached bool) (turn, error) {
	used, err := s.Processor()
	if err != nil {
		return turn{}, err
	}
	var done, bytes atomic.Int64
	var failed atomic.Pointer[error]
	began := time.Now()
	var wait sync.WaitGroup
	for range connections {
		wait.Go(func() {
			for time.Since(began) < length && failed.Load() == nil {
				for _, r := range ask(int(next.Add(1))) {
					n, err := send(ctx, client, s, r, cached)
					if err != nil {
						failed.Store(&err)
						return
					}
					bytes.Add(n)
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return turn{}, *err
	}
	took := time.Since(began).Seconds()
	usedNow, err := s.Processor()
	n := float64(done.Load())
	return turn{n / took, float64(usedNow-used) / float64(time.Millisecond) / n, float64(bytes.Load()) / 1024 / n}, err
}

// send sends a request and returns the length of its answer. A cookie passes by the cache of the product.
func send(ctx context.Context, client *http.Client, s side, r request, cached bool) (int64, error) {
	method := http.MethodGet
	if r.body != "" {
		method = http.MethodPost
	}
	asked, err := http.NewRequestWithContext(ctx, method, s.Base+r.path, strings.NewReader(r.body))
	if err != nil {
		return 0, err
	}
	if r.body != "" {
		asked.Header.Set("Content-Type", "application/json")
		asked.Header.Set("Accept", "application/json")
		asked.Header.Set("If-Match", `"1"`) // no record is changed twice
		if s.token != "" {
			asked.Header.Set("Authorization", "Bearer "+s.token)
		}
	} else if !cached {
		asked.Header.Set("Cookie", "peer=1")
	}
	answer, err := client.Do(asked)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 400 {
		text, err := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return 0, fmt.Errorf("%s: %s: %s%v", r.path, answer.Status, text, err)
	}
	return io.Copy(io.Discard, answer.Body)
}
