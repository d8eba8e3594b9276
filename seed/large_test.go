package seed_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

// small is a size for tests.
var small = seed.Size{Name: "test", Countries: 40, Delegates: 250, Meetings: 400, Initiatives: 220, Updates: 4400}

func TestLargeIsTheSameAtEveryCall(t *testing.T) {
	t.Parallel()
	next := func() []string {
		var all []string
		for b := range seed.Large(small) {
			text, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(text))
		}
		return all
	}
	if first, second := next(), next(); !slices.Equal(first, second) {
		t.Error("two calls made different data")
	}
}

func TestLargeHasItsSize(t *testing.T) {
	t.Parallel()
	for _, size := range []seed.Size{small, seed.M} {
		got := seed.Size{Name: size.Name}
		for b := range seed.Large(size) {
			got.Countries += len(b.Countries)
			got.Delegates += len(b.Delegates)
			got.Meetings += len(b.Meetings)
			got.Initiatives += len(b.Initiatives)
			got.Updates += len(b.Updates)
			for _, c := range b.Countries {
				if r, err := language.ParseRegion(c.ISO2); err == nil && r.IsCountry() {
					t.Errorf("%s is the code of a country", c.ISO2)
				}
			}
		}
		if got != size {
			t.Errorf("made %+v; want %+v", got, size)
		}
	}
}

// TestLargeFitsBesideTheQuadRecord applies the sample to a record with facts, after a run that was cut short.
func TestLargeFitsBesideTheQuadRecord(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		apply := func(most int) (applied int) {
			for b := range seed.Large(small) {
				done, err := transfer.Apply(ctx, s, models.Program, b)
				if err != nil {
					t.Fatal(err)
				}
				if done {
					applied++
				}
				if applied == most {
					break
				}
			}
			return applied
		}
		if n := apply(4); n != 4 {
			t.Fatalf("applied %d bundles; want 4", n)
		}
		if rest := apply(-1); rest == 0 {
			t.Error("the second run applied nothing")
		}
		if again := apply(-1); again != 0 {
			t.Errorf("the third run applied %d bundles; want none", again)
		}
		list, err := s.Initiatives(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := small.Initiatives + 29; list.Total != want {
			t.Errorf("%d initiatives; want %d", list.Total, want)
		}
		if lines, err := s.CheckCurrent(ctx); err != nil || len(lines) > 0 {
			t.Errorf("current statuses: %v %v", lines, err)
		}
	})
}
