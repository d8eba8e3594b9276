package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// watched is a record whose statements a test looks at and holds.
type watched struct {
	*store.Store
	mu   sync.Mutex
	hook func(sql string)
}

func watch(t *testing.T) *watched {
	t.Helper()
	w := &watched{hook: func(string) {}}
	o := storetest.QuadOptions(t, store.SQLite)
	o.Trace = func(sql string) {
		w.mu.Lock()
		hook := w.hook
		w.mu.Unlock()
		hook(sql)
	}
	w.Store = storetest.Open(t, o)
	return w
}

func (w *watched) on(hook func(sql string)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hook = hook
}

func (w *watched) list(ctx context.Context, at models.When) error {
	_, err := w.Initiatives(ctx, models.Public, at, models.InitiativeFilter{Limit: 5})
	return err
}

// countsLines reports whether a statement reads the lines of a census, and whether of some initiatives alone.
func countsLines(sql string) (any, some bool) {
	any = strings.Contains(sql, "COALESCE(i.first_meeting_id, 0), i.trackable")
	return any, any && strings.Contains(sql, "i.id IN (")
}

func TestReaderWhoLeavesKeepsTheCensus(t *testing.T) {
	w := watch(t)
	rao, _ := people(t, w.Store)
	must(t, w.list(ctx, models.When{}))
	_, err := w.Assess(ctx, rao, "QSCG-AI-ML", initiativeOf(t, w.Store, "QSCG-AI-ML", models.When{}).Version, judgementOf(1), nil)
	must(t, err)
	left, leave := context.WithCancel(ctx)
	w.on(func(sql string) {
		if strings.Contains(sql, "FROM changed") {
			leave()
		}
	})
	if err := w.list(left, models.When{}); err == nil {
		t.Fatal("the reader who left got a list")
	}
	all, some := 0, 0
	w.on(func(sql string) {
		if counts, narrow := countsLines(sql); narrow {
			some++
		} else if counts {
			all++
		}
	})
	must(t, w.list(ctx, models.When{}))
	if all != 0 || some != 1 {
		t.Errorf("the next reader read the lines of all initiatives %d times and of the judged one %d times, want 0 and 1", all, some)
	}
}

func TestReadersOfOtherTimesDoNotWait(t *testing.T) {
	w := watch(t)
	must(t, w.list(ctx, models.When{}))
	held, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	w.on(func(sql string) {
		if counts, _ := countsLines(sql); counts {
			once.Do(func() { close(held); <-release })
		}
	})
	var all sync.WaitGroup
	all.Go(func() {
		if err := w.list(ctx, models.When{AsOf: "2024-02-02"}); err != nil {
			t.Error(err)
		}
	})
	<-held
	present := make(chan error, 1)
	all.Go(func() { present <- w.list(ctx, models.When{}) })
	select {
	case err := <-present:
		must(t, err)
	case <-time.After(10 * time.Second):
		t.Error("a list of the present waits for the census of another day")
	}
	close(release)
	all.Wait()
}
