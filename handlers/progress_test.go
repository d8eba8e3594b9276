package handlers_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
)

// TestLongReadingShowsHowFarItIs waits for no statement at all: the form leads to a page that says how far it is, and
// that page to the draft, for its author alone.
func TestLongReadingShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	server, err := handlers.New(handlers.Options{Store: h.store, Log: slog.New(slog.DiscardHandler), Now: h.clock.Now, Version: "test", PlanWait: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	h.site = site{t, server}
	for _, name := range []string{"rao", "sato"} {
		person(t, h.store, name, models.Analyst)
	}
	v, other := h.signedIn("rao"), h.signedIn("sato")
	long := importedEN + strings.Repeat("\n\nWe will publish a register of 20 labels by 2026, and we discussed undersea cables.", 500)
	r := v.uploads("/en/import", append([]string{"form.key", "k", "texts.0.body", long}, importFacts...)...)
	at := r.Header.Get("Location")
	if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/en/import/progress/") {
		t.Fatalf("begin: %d to %s, want the progress", r.StatusCode, at)
	}
	if r := other.page(at); r.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else asks how far it is: %d", r.StatusCode)
	}
	seen := false
	for {
		r := v.page(at)
		if r.StatusCode == http.StatusSeeOther {
			if to := r.Header.Get("Location"); !strings.HasPrefix(to, "/en/import/1/") {
				t.Errorf("it leads to %s", to)
			}
			break
		}
		page := v.want(http.StatusOK, r)
		seen = seen || strings.Contains(page, "<progress")
	}
	if !seen {
		t.Error("no page said how far it is")
	}
}
