package store_test

import (
	"os"
	"sync"
	"testing"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestProcessesThatStartTogether opens an empty database several times at once and fills it from each.
func TestProcessesThatStartTogether(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	o := store.Options{DatabaseURL: storetest.Database(t), Now: storetest.Now}
	filled := make([]bool, 3)
	var wait sync.WaitGroup
	for n := range filled {
		wait.Go(func() {
			s, err := store.Open(ctx, o)
			if err != nil {
				t.Errorf("process %d does not open: %v", n, err)
				return
			}
			defer s.Close()
			err = s.Starting(ctx, func() error {
				empty, err := s.Empty(ctx)
				if err == nil && empty {
					filled[n] = true
					storetest.Seed(t, s)
				}
				return err
			})
			if err != nil {
				t.Errorf("process %d does not fill: %v", n, err)
			}
		})
	}
	wait.Wait()
	times := 0
	for _, yes := range filled {
		if yes {
			times++
		}
	}
	s := storetest.Open(t, o)
	if entries := s.Int(t, "SELECT COUNT(*) FROM audit"); times != 1 || entries != 1 {
		t.Errorf("%d of three filled the record, %d entries; want one and one", times, entries)
	}
}
