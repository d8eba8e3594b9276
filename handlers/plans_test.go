package handlers

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// newPlan is a plan of an account that has begun.
func newPlan(ref string, user int64, began time.Time) *plan {
	return &plan{ref: ref, user: user, began: began, ended: make(chan struct{})}
}

func TestPlans(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	t.Run("are bounded for an account and in all", func(t *testing.T) {
		s := &plans{all: map[string]*plan{}}
		first := newPlan("a", 1, now)
		for _, p := range []*plan{first, newPlan("b", 1, now), newPlan("c", 2, now), newPlan("d", 3, now)} {
			if err := s.add(p); err != nil {
				t.Fatalf("%s: %v", p.ref, err)
			}
		}
		for _, p := range []*plan{newPlan("e", 1, now), newPlan("f", 4, now)} {
			if err := s.add(p); badKind(err) != models.KindTooMany {
				t.Errorf("one too many for account %d: %v", p.user, err)
			}
		}
		close(first.ended)
		if err := s.add(newPlan("g", 1, now)); err != nil {
			t.Errorf("after one has ended: %v", err)
		}
	})
	t.Run("are their accounts' alone and are forgotten", func(t *testing.T) {
		s := &plans{all: map[string]*plan{}}
		p := newPlan("a", 1, now)
		close(p.ended)
		s.all["a"] = p
		if _, err := s.find("a", 2); badKind(err) != models.KindNotFound {
			t.Errorf("somebody else finds it: %v", err)
		}
		if got, err := s.find("a", 1); err != nil || got != p {
			t.Errorf("its own account does not: %v", err)
		}
		if err := s.add(newPlan("b", 1, now.Add(planKept+time.Second))); err != nil || s.all["a"] != nil {
			t.Errorf("an old one is kept: %v", err)
		}
	})
	t.Run("that break or run out of time end with an error", func(t *testing.T) {
		tell := func(string, int, int) {}
		_, err := guarded(t.Context(), func(context.Context, transfer.Progress) (string, error) { panic("broken") }, tell)
		if badKind(err) != models.KindInternal {
			t.Errorf("a panic: %v", err)
		}
		late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
		defer cancel()
		_, err = guarded(late, func(ctx context.Context, _ transfer.Progress) (string, error) {
			return "", errors.Join(errors.New("align"), ctx.Err())
		}, tell)
		if bad := models.InvalidFields(err); len(bad) != 1 || bad[0].Key != "error.plan_time" {
			t.Errorf("out of time: %v", err)
		}
	})
}
