package handlers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// Limits of what is told to open pages.
const (
	liveEvery    = 2 * time.Second  // how often the record is looked at, while anybody listens
	liveBeat     = 20 * time.Second // a comment, so that no proxy takes the connection for dead
	liveHolds    = time.Minute      // how long somebody is taken to be there without a beat
	liveWhole    = 10 * time.Minute // a stream ends, and the browser opens the next
	livePerUser  = 10
	liveTogether = 200
)

// streamPath is the address of the stream.
const streamPath = apiPrefix + "/events"

// listener is an open page of somebody who keeps the record.
type listener struct {
	ref     string // its name among the open pages of all processes
	record  string // what it shows, as kind:ref
	version int64  // of that when it was opened
	user    int64
	since   string
	others  []models.Viewer // as it was told last; nil before
	stirred chan struct{}   // somebody of this process came or went
}

// presentEvent tells an open page who else there is.
type presentEvent struct {
	People []models.Viewer `json:"people" description:"Who else has the record open."`
}

// hub knows the open pages of this process. Who has a page open at another one is known from the record.
type hub struct {
	mu  sync.Mutex
	all map[*listener]bool
}

// join adds a page; false when there are too many.
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
	return true
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, l)
}

// stir makes every page of a record look who has it open.
func (h *hub) stir(record string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.all {
		if l.record != record {
			continue
		}
		select {
		case l.stirred <- struct{}{}:
		default: // it is about to look
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
	l := &listener{ref: rand.Text(), record: in.Record, version: version, user: c.Actor.ID, since: s.instant(), stirred: make(chan struct{}, 1)}
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

// show lets everybody know that a page is open, and for how long that holds without being said again.
func (s *Server) show(ctx context.Context, l *listener) error {
	return s.Store.Share(ctx, store.Shared{Kind: store.SharedViewer, Ref: l.ref, User: l.user, About: l.record, Data: l.since}, liveHolds)
}

// hide lets everybody know that a page was closed. The reader has left by then.
func (s *Server) hide(ctx context.Context, l *listener) {
	s.live.leave(l)
	if err := s.Store.Unshare(context.WithoutCancel(ctx), store.SharedViewer, l.ref); err != nil {
		s.Log.Error("close a page", "cause", err) // it expires
	}
	s.live.stir(l.record)
}

// company is the event that tells a page who else has its record open; empty when that is as it was told last.
func (s *Server) company(ctx context.Context, l *listener) (string, error) {
	others, err := s.Store.Viewers(ctx, l.record, l.user)
	if err != nil || l.others != nil && slices.Equal(others, l.others) {
		return "", err
	}
	l.others = others
	b, err := json.Marshal(presentEvent{others})
	return "event: present\ndata: " + string(b) + "\n\n", err
}

// look finds what an open page must be told: that its record has moved on, and who else has it open.
func (s *Server) look(c *Call, l *listener) string {
	line, err := s.company(c.Context(), l)
	if err != nil { // the next look may do better
		line = ""
	}
	if now, err := s.versionOf(c.Context(), c.Actor, l.record); err != nil || now != l.version {
		line += "event: moved\ndata: {}\n\n"
		l.version = now
	}
	return line
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
	defer s.hide(c.Context(), l)
	if err := s.show(c.Context(), l); err != nil {
		return err
	}
	control := http.NewResponseController(w)
	if err := control.SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("keep the stream open: %w", err)
	}
	w.WriteHeader(http.StatusOK)
	s.live.stir(l.record)
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
			if err := s.show(c.Context(), l); err != nil {
				return nil // the browser opens the stream again
			}
			line = ": still here\n\n"
		case <-l.stirred:
			line = s.look(c, l)
		case <-look.C:
			if !s.stillAllowed(c) {
				return nil
			}
			line = s.look(c, l)
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
