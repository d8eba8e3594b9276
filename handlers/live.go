package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/followthrough/followthrough/models"
)

// Limits of what is told to open pages.
const (
	liveEvery    = 2 * time.Second  // how often the record is looked at, while anybody listens
	liveBeat     = 20 * time.Second // a comment, so that no proxy takes the connection for dead
	liveWhole    = 10 * time.Minute // a stream ends, and the browser opens the next
	livePerUser  = 10
	liveTogether = 200
)

// streamPath is the address of the stream.
const streamPath = apiPrefix + "/events"

// listener is an open page of somebody who keeps the record.
type listener struct {
	record  string // what it shows, as kind:ref
	version int64  // of that when it was opened
	user    int64
	name    string
	since   string
	told    chan liveEvent
}

// liveEvent is one thing that an open page is told.
type liveEvent struct {
	Kind   string   `json:"-"`
	People []person `json:"people" description:"Who else has the record open."`
}

type person struct {
	Name  string `json:"name"`
	Since string `json:"since"`
}

// hub knows the open pages of this process. What it knows is lost with it, and nothing depends on it.
type hub struct {
	mu  sync.Mutex
	all map[*listener]bool
}

// join adds a page and tells the others of the same record; false when there are too many.
func (h *hub) join(l *listener) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := 0
	for other := range h.all {
		if other.user == l.user {
			own++
		}
	}
	if own >= livePerUser || len(h.all) >= liveTogether {
		return false
	}
	h.all[l] = true
	h.present(l.record)
	return true
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, l)
	h.present(l.record)
}

// present tells every page of a record who else has it open.
func (h *hub) present(record string) {
	for l := range h.all {
		if l.record != record {
			continue
		}
		e := liveEvent{Kind: "present", People: []person{}}
		for other := range h.all {
			if other.record == record && other.user != l.user {
				e.People = append(e.People, person{other.name, other.since})
			}
		}
		slices.SortFunc(e.People, func(a, b person) int { return strings.Compare(a.Since+a.Name, b.Since+b.Name) })
		e.People = slices.CompactFunc(e.People, func(a, b person) bool { return a.Name == b.Name })
		select {
		case l.told <- e:
		default: // a page that does not read learns it with the next
		}
	}
}

// liveQuery is what an open page shows.
type liveQuery struct {
	Record  string `query:"record" description:"What the page shows: a kind and a reference such as topic:supply-chain, or round:MEETING/REF."`
	Version string `query:"version" description:"Its version when the page was opened."`
}

// events tells an open page who else has its record open and that the record has moved on (server-sent events).
func (s *Server) events(c *Call, in liveQuery) (*Reply, error) {
	version, err := strconv.ParseInt(in.Version, 10, 64)
	if err != nil {
		return nil, models.Invalid(models.Field("version", "error.number", "value", in.Version))
	}
	if _, err := s.versionOf(c.Context(), c.Actor, in.Record); err != nil {
		return nil, err
	}
	l := &listener{record: in.Record, version: version, user: c.Actor.ID, name: c.Actor.Name, since: s.instant(), told: make(chan liveEvent, 8)}
	return &Reply{Stream: func(w http.ResponseWriter) error { return s.tell(c, w, l) }}, nil
}

// versionOf is the version of what an open page shows.
func (s *Server) versionOf(ctx context.Context, a models.Actor, record string) (int64, error) {
	kind, ref, _ := strings.Cut(record, ":")
	meeting, item, _ := strings.Cut(ref, "/")
	switch {
	case slices.Contains(models.EditKinds, kind):
		return s.Store.VersionOf(ctx, kind, ref)
	case kind == "round":
		return s.Store.ItemVersion(ctx, a, meeting, item)
	}
	return 0, models.Invalid(models.Field("record", "error.unknown_value", "value", record))
}

// stillAllowed asks again whether who listens may: rights can be taken away while a page stands open.
func (s *Server) stillAllowed(c *Call) bool {
	user, err := s.Store.User(c.Context(), c.Actor.ID)
	return err == nil && models.May(user.Actor(), models.PermitAssess)
}

// tell writes events until the page is closed, the program stops or the stream has lasted long enough.
func (s *Server) tell(c *Call, w http.ResponseWriter, l *listener) error {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if headAlone(c.Request) {
		w.WriteHeader(http.StatusOK)
		return nil // nobody listens
	}
	if !s.live.join(l) {
		return &models.Error{Kind: models.KindBusy, Key: "error.busy"}
	}
	defer s.live.leave(l)
	control := http.NewResponseController(w)
	if err := control.SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("keep the stream open: %w", err)
	}
	w.WriteHeader(http.StatusOK)
	look, beat, end := time.NewTicker(liveEvery), time.NewTicker(liveBeat), time.NewTimer(liveWhole)
	defer look.Stop()
	defer beat.Stop()
	defer end.Stop()
	for {
		line := ""
		select {
		case <-c.Context().Done():
			return nil
		case <-s.Done:
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
			line = ": still here\n\n"
		case e := <-l.told:
			b, err := json.Marshal(e)
			if err != nil {
				return err
			}
			line = "event: " + e.Kind + "\ndata: " + string(b) + "\n\n"
		case <-look.C:
			if !s.stillAllowed(c) {
				return nil
			}
			if now, err := s.versionOf(c.Context(), c.Actor, l.record); err != nil || now != l.version {
				line = "event: moved\ndata: {}\n\n"
				l.version = now
			}
		}
		if line == "" {
			continue
		}
		if _, err := w.Write([]byte(line)); err != nil {
			return nil // the reader left
		}
		if err := control.Flush(); err != nil {
			return nil
		}
	}
}
