package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// How a statement that takes long to read is followed from another process of the record.
const (
	planTold  = time.Second      // how often its own process says how far it is
	planHolds = 15 * time.Second // how long that holds: a process that is gone reads nothing
)

// sharedPlan is what the processes tell each other of a plan.
type sharedPlan struct {
	Began   time.Time
	Of      string
	Step    string
	Form    url.Values
	State   planned
	Problem *models.Error // what went wrong, where it can be told in words
	Failed  bool          // something went wrong
}

var errPlanElsewhere = errors.New("reading a statement failed in another process, whose log says why")

// sharePlan tells the other processes how far a plan is, until it has ended. Most end before anybody asks, and are never
// told of.
func (s *Server) sharePlan(ctx context.Context, p *plan) {
	told := time.NewTicker(planTold)
	defer told.Stop()
	for {
		ended, life := false, planHolds
		select {
		case <-p.ended:
			ended, life = true, planKept
		default:
		}
		if err := s.tellPlan(ctx, p, life); err != nil {
			s.Log.Error("tell of a statement that is read", "cause", err) // the next time may do better
		}
		if ended {
			return
		}
		select {
		case <-p.ended:
		case <-told.C:
		}
	}
}

func (s *Server) tellPlan(ctx context.Context, p *plan, life time.Duration) error {
	_, err := p.outcome()
	o := sharedPlan{Began: p.began, Of: p.of, Step: p.step, Form: p.form, State: p.state(), Failed: err != nil}
	if err != nil && !errors.As(err, &o.Problem) {
		o.Problem = nil
	}
	b, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return s.Store.Share(ctx, store.Shared{Kind: store.SharedPlan, Ref: p.ref, User: p.user, Data: string(b)}, life)
}

// findPlan returns a plan of the account that asks, of this process or another one.
func (s *Server) findPlan(c *Call, ref string) (*plan, error) {
	if p, err := s.plans.find(ref, c.Actor.ID); err == nil {
		return p, nil
	}
	told, err := s.Store.SharedBy(c.Context(), store.SharedPlan, ref)
	if err != nil {
		return nil, err
	}
	if told.User != c.Actor.ID {
		return nil, models.NotFound(store.SharedPlan, ref)
	}
	var o sharedPlan
	if err := json.Unmarshal([]byte(told.Data), &o); err != nil {
		return nil, err
	}
	p := &plan{ref: ref, user: told.User, began: o.Began, of: o.Of, step: o.Step, form: o.Form, stage: o.State.Stage, done: o.State.Done, total: o.State.Total, draft: o.State.Draft}
	switch {
	case o.Problem != nil:
		p.err = o.Problem
	case o.Failed:
		p.err = errPlanElsewhere
	}
	return p, nil
}
