package handlers

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"sync"
	"time"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// Limits of reading statements, which is the only work of this server that can take longer than an answer should.
const (
	planTime        = 30 * time.Second // for one statement
	planWait        = time.Second      // before a person is shown how far it is
	planWaitProgram = 20 * time.Second // a program is answered at once with what became of it, if it can be
	planKept        = 10 * time.Minute // how long it can be asked what became of it
	plansEach       = 2                // at a time, of one account
	plansTogether   = 4
)

// plan is a statement that is being read. What it knows is lost with the process; the draft that comes of it is not.
// While it lasts, the other processes are told how far it is.
type plan struct {
	ref   string
	user  int64
	began time.Time
	of    string     // number of the draft that it is for; empty when it makes one
	step  string     // of the draft, to which it leads
	form  url.Values // as it was typed, for the page that says what went wrong
	ended chan struct{}

	mu    sync.Mutex // over what follows
	stage string
	done  int
	total int
	draft string
	err   error
}

// planned is how far the reading of a statement is.
type planned struct {
	Stage string `json:"stage" description:"read, align, suggest, or ended." enum:"read,align,suggest,ended"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Draft string `json:"draft" description:"Number of the draft that came of it; empty until then."`
}

func (p *plan) state() planned {
	p.mu.Lock()
	defer p.mu.Unlock()
	return planned{p.stage, p.done, p.total, p.draft}
}

// outcome is what became of a plan that has ended.
func (p *plan) outcome() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.draft, p.err
}

// tell takes note of how far it is.
func (p *plan) tell(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage, p.done, p.total = stage, done, total
}

// plans knows the statements that are being read, and those that were lately.
type plans struct {
	mu  sync.Mutex
	all map[string]*plan
}

// find returns a plan of an account; somebody else's is not there.
func (s *plans) find(ref string, user int64) (*plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.all[ref]; p != nil && p.user == user {
		return p, nil
	}
	return nil, models.NotFound("import", ref)
}

// add makes room for a plan, or refuses it when too many are under way.
func (s *plans) add(p *plan) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	own, all := 0, 0
	for ref, other := range s.all {
		select {
		case <-other.ended:
			if p.began.Sub(other.began) > planKept {
				delete(s.all, ref)
			}
			continue
		default:
		}
		all++
		if other.user == p.user {
			own++
		}
	}
	if own >= plansEach || all >= plansTogether {
		return &models.Error{Kind: models.KindTooMany, Key: "error.plans", Args: map[string]any{"seconds": int(planTime.Seconds())}}
	}
	s.all[p.ref] = p
	return nil
}

// drop forgets a plan whose outcome was told.
func (s *plans) drop(p *plan) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, p.ref)
}

// plan reads a statement beside the answer to the call: one that becomes a draft, or that of a draft, which is then
// shown at a step. work returns the number of the draft that it made or changed.
func (s *Server) plan(c *Call, of, step string, work func(ctx context.Context, tell transfer.Progress) (string, error)) (*plan, error) {
	p := &plan{ref: rand.Text(), user: c.Actor.ID, began: s.Now(), of: of, step: step, form: withoutFiles(c.Form), ended: make(chan struct{}), stage: "read"}
	if err := s.plans.add(p); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Context()), planTime)
	go func() {
		select {
		case <-s.Done: // the program stops
		case <-p.ended:
		}
		cancel()
	}()
	go func() {
		defer close(p.ended)
		draft, err := guarded(ctx, work, p.tell)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.stage, p.draft, p.err = "ended", draft, err
	}()
	return p, nil
}

// guarded runs the work of a plan. Nothing in it may end the program, and running out of time is said in words.
func guarded(ctx context.Context, work func(ctx context.Context, tell transfer.Progress) (string, error), tell transfer.Progress) (draft string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("read a statement: %v\n%s", r, debug.Stack())
		}
	}()
	draft, err = work(ctx, tell)
	return draft, late(err)
}

// late says in words that the time for reading a statement ran out.
func late(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return models.Invalid(models.Field("texts", "error.plan_time", "seconds", int(planTime.Seconds())))
	}
	return err
}

// await waits for a plan as long as the caller can be kept waiting, and reports whether it has ended.
func (s *Server) await(c *Call, p *plan) bool {
	wait := cmp.Or(s.PlanWait, planWait)
	if c.Format != represent.HTML {
		wait = planWaitProgram
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-p.ended:
	case <-timer.C:
	case <-c.Context().Done():
	}
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}
