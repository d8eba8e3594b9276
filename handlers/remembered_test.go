package handlers_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestRememberedAnswersAreTheSame asks everything twice, in the ways that change an answer, and counts the SQL.
func TestRememberedAnswersAreTheSame(t *testing.T) {
	t.Parallel()
	statements := 0
	o := storetest.QuadOptions(t, store.SQLite)
	o.Trace = func(string) { statements++ }
	st := storetest.Open(t, o)
	s := newSite(t, st)
	for _, c := range [][]string{
		{"/en/"}, {"/ja/"}, {"/initiatives", "Accept", "application/json"}, {"/initiatives", "Accept", "text/csv"}, {"/en/initiatives", "Accept-Encoding", "gzip"},
		{"/initiatives.csv?excel=1"}, {"/overview.json"}, {"/en/initiatives?country=JP"},
	} {
		first := s.do("GET", c[0], c[1:]...)
		body := read(t, first)
		statements = 0
		second := s.do("GET", c[0], c[1:]...)
		if again := read(t, second); again != body || first.StatusCode != 200 || second.StatusCode != 200 {
			t.Errorf("%v: %d then %d, %d and %d bytes", c, first.StatusCode, second.StatusCode, len(body), len(again))
		}
		for _, h := range []string{"Content-Type", "ETag", "Content-Encoding", "Vary", "Link", "Content-Security-Policy", "Cache-Control"} {
			if first.Header.Get(h) != second.Header.Get(h) {
				t.Errorf("%v: %s is %q, then %q", c, h, first.Header.Get(h), second.Header.Get(h))
			}
		}
		if statements != 0 {
			t.Errorf("%v: %d statements for an unchanged answer; want none", c, statements)
		}
		if r := s.do("GET", c[0], append(c[1:], "If-None-Match", first.Header.Get("ETag"))...); r.StatusCode != http.StatusNotModified || read(t, r) != "" {
			t.Errorf("%v with its tag: %d; want 304", c, r.StatusCode)
		}
	}
	before := s.get("/overview.json")
	change := store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Needs: models.PermitAssess}
	u := models.Update{Initiative: "QSCG-AI-ML", Status: models.Delivered, EffectiveOn: models.NewDate(2026, 11, 1), Mark: models.Changed, ReasonKind: "event"}
	err := st.Write(t.Context(), models.Actor{Name: "A. Rao", Role: models.Analyst}, change, func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
	if err != nil {
		t.Fatal(err)
	}
	if s.get("/overview.json") == before {
		t.Error("after a write the old answer is given")
	}
}

// TestAnswersAreMadeOnce holds the statement of a list while others ask for the same list.
func TestAnswersAreMadeOnce(t *testing.T) {
	t.Parallel()
	var made atomic.Int64
	begun, release := make(chan struct{}), make(chan struct{})
	o := storetest.QuadOptions(t, store.SQLite)
	o.Trace = func(sql string) {
		if strings.Contains(sql, "AS evidence_count") && strings.Contains(sql, "superseded_by") {
			if made.Add(1) == 1 {
				close(begun)
			}
			<-release
		}
	}
	s := newSite(t, storetest.Open(t, o))
	bodies := make([]string, 8)
	var all sync.WaitGroup
	all.Go(func() { bodies[0] = s.get("/initiatives.json") })
	<-begun
	for i := range bodies[1:] {
		all.Go(func() { bodies[i+1] = s.get("/initiatives.json") })
	}
	time.Sleep(50 * time.Millisecond) // whoever did not wait for the first would run the statement by now
	close(release)
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("%d statements for one list that eight readers asked for at the same time, want 1", made.Load())
	}
	for i, body := range bodies {
		if body != bodies[0] || len(body) < 1000 {
			t.Errorf("reader %d got %d bytes, the first %d", i, len(body), len(bodies[0]))
		}
	}
}
