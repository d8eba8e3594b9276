package store_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func TestDataVersion(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		before := dataVersionOf(t, s)
		if again := dataVersionOf(t, s); again != before {
			t.Errorf("without a write the version went from %d to %d", before, again)
		}
		must(t, edit(t, s, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Name.EN += "!" }))
		if after := dataVersionOf(t, s); after != before+1 {
			t.Errorf("a write raised the version from %d to %d, want %d", before, after, before+1)
		}
	})
	t.Run("another process writes", func(t *testing.T) {
		options := storetest.QuadOptions(t, store.SQLite)
		s, other := storetest.Open(t, options), storetest.Open(t, options)
		rao, _ := people(t, other)
		for n := range 20 {
			before := dataVersionOf(t, s)
			must(t, edit(t, other, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Name.EN += "!" }))
			if n%5 == 0 {
				must(t, other.Settle(ctx)) // the log begins anew
			}
			if after := dataVersionOf(t, s); after != before+1 {
				t.Fatalf("write %d of another process: the version went from %d to %d, want %d", n, before, after, before+1)
			}
		}
	})
	t.Run("nothing is read twice", func(t *testing.T) {
		var statements atomic.Int64
		s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "record.db"), Now: storetest.Now, Trace: func(string) { statements.Add(1) }})
		dataVersionOf(t, s)
		before := statements.Load()
		for range 10 {
			dataVersionOf(t, s)
			_, err := s.SignInToRead(ctx)
			must(t, err)
		}
		if read := statements.Load() - before; read != 1 {
			t.Errorf("asking ten times ran %d statements, want the one of the setting", read)
		}
	})
}

func dataVersionOf(t *testing.T, s *store.Store) int64 {
	t.Helper()
	v, err := s.DataVersion(ctx)
	must(t, err)
	return v
}
