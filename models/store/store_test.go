package store_test

import (
	"context"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var ctx = context.Background()

func TestQuadIsReadable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		list, err := s.Initiatives(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Items) != 29 || list.Total != 29 {
			t.Errorf("got %d items, total %d; want 29", len(list.Items), list.Total)
		}
		o, err := s.Overview(ctx, models.Public, models.When{}, models.InitiativeFilter{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v %v", o.Item.Summary, o.At)
		if _, err := s.Initiative(ctx, models.Public, models.When{AsOf: "2024-01-01"}, "QSCG-CYBER-CHALLENGE"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Topic(ctx, models.Public, models.When{}, "critical-infrastructure", models.InitiativeFilter{}); err != nil {
			t.Fatal(err)
		}
		lines, err := s.CheckCurrent(ctx)
		if err != nil || len(lines) > 0 {
			t.Fatal(lines, err)
		}
	})
}
