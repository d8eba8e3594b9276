package handlers

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// Bounds of answers that hold a whole list: each keeps a connection and a reader of the record busy for long.
const (
	exportsAtOnce   = 2                // of everybody
	exportsInMinute = 6                // of one account or address
	exportsKnown    = 10_000           // accounts and addresses; the oldest make room
	exportStep      = 64 << 10         // bytes that are sent together
	exportWait      = 30 * time.Second // for the reader to take one step
	exportRetry     = 10               // seconds after which one that was refused may ask again
)

// exports counts the answers that hold a whole list, in memory alone.
type exports struct {
	mu      sync.Mutex
	running map[string]bool
	rates   *simplelru.LRU[string, *rate.Limiter]
}

func newExports() (exports, error) {
	rates, err := simplelru.NewLRU[string, *rate.Limiter](exportsKnown, nil)
	return exports{running: map[string]bool{}, rates: rates}, err
}

// begin lets a caller have an export, one at a time, or says why not.
func (e *exports) begin(caller string, now time.Time) (end func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running[caller] {
		return nil, tooManyExports(exportRetry)
	}
	if len(e.running) >= exportsAtOnce {
		return nil, &models.Error{Kind: models.KindBusy, Key: "error.busy"}
	}
	l, ok := e.rates.Get(caller)
	if !ok {
		l = rate.NewLimiter(rate.Every(time.Minute/exportsInMinute), exportsInMinute)
		e.rates.Add(caller, l)
	}
	if r := l.ReserveN(now, 1); r.DelayFrom(now) > 0 {
		wait := r.DelayFrom(now)
		r.CancelAt(now)
		return nil, tooManyExports(int(math.Ceil(wait.Seconds())))
	}
	e.running[caller] = true
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.running, caller)
	}, nil
}

func tooManyExports(seconds int) error {
	return &models.Error{Kind: models.KindTooMany, Key: "error.exports", Args: map[string]any{"seconds": seconds}}
}

// caller is the account that asks, or the address without an account.
func (c *Call) caller() string {
	if c.Actor.ID != 0 {
		return fmt.Sprintf("account %d", c.Actor.ID)
	}
	return neighbourhood(c.From)
}

// whole reports whether every row is asked for in one file.
func (q allQuery) whole(c *Call) (bool, error) {
	if q.All != "1" {
		return false, nil
	}
	if c.Format != represent.CSV || c.Query.Has("limit") || c.Query.Has("after") {
		return false, models.Invalid(models.Field("all", "error.all", "value", q.All))
	}
	if !c.Request.ProtoAtLeast(1, 1) { // nothing there tells half a file from a whole one
		return false, models.Invalid(models.Field("all", "error.all_protocol", "value", q.All))
	}
	return true, nil
}

// export writes a table while its rows are read. What goes wrong before anything was sent is answered like any error;
// after that the connection is broken, because half a file must not be taken for a whole one.
func (s *Server) export(w http.ResponseWriter, c *Call, reply *Reply) error {
	out := &held{to: w, now: s.Now, stopped: s.Done, open: func() {
		w.Header().Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", c.Route.Name+".csv"))
		s.describeReply(w, c, reply)
		w.WriteHeader(http.StatusOK)
	}}
	if headAlone(c.Request) {
		out.open()
		return nil
	}
	end, err := s.exports.begin(c.caller(), s.Now())
	if err != nil {
		return err
	}
	defer end()
	err = represent.WriteCSV(out, reply.Table, c.Query.Get("excel") == "1")
	if err == nil {
		err = out.flush()
	}
	if err != nil && out.sent {
		s.Log.Error("export was cut", "id", c.ID, "route", c.Route.Name, "cause", err)
		panic(http.ErrAbortHandler) // the one way that net/http has to break a connection
	}
	return err
}

// held keeps what is written until there is a step of it, so that an error at the beginning can still be told.
type held struct {
	to   http.ResponseWriter
	now  func() time.Time
	open func() // sends the headers
	body []byte
	sent bool

	stopped <-chan struct{} // closed when the program stops, which a reader must not hold up
}

func (h *held) Write(b []byte) (int, error) {
	h.body = append(h.body, b...)
	if len(h.body) < exportStep {
		return len(b), nil
	}
	return len(b), h.flush()
}

// flush sends what is held. The reader has its time for each step, so that a long answer is not cut and a reader who takes
// nothing is.
func (h *held) flush() error {
	select {
	case <-h.stopped:
		return errors.New("the program stops")
	default:
	}
	if !h.sent {
		h.sent = true
		h.open()
	}
	err := http.NewResponseController(h.to).SetWriteDeadline(h.now().Add(exportWait))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("give the reader time: %w", err)
	}
	_, err = h.to.Write(h.body)
	h.body = h.body[:0]
	return err
}
