package store_test

import (
	"testing"

	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func TestIdentityStaysWithTheRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if id, err := s.Identity(ctx); id != "" || err != nil {
			t.Errorf("an empty record: %q, %v", id, err)
		}
		storetest.Seed(t, s)
		before, err := s.Identity(ctx)
		if err != nil || len(before) != 12 {
			t.Fatalf("%q, %v", before, err)
		}
		if err := s.Write(ctx, analyst, assess, func(tx *store.Tx) error { _, err := tx.AddUpdate(update("QSCG-AI-ML")); return err }); err != nil {
			t.Fatal(err)
		}
		if after, err := s.Identity(ctx); after != before || err != nil {
			t.Errorf("after a write: %q, %v; want %q for ever", after, err, before)
		}
	})
}
