package handlers_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// beside is another process that serves the record of a house: it shares nothing with it but the database.
func beside(t *testing.T, h house, code string) site {
	t.Helper()
	server, err := handlers.New(handlers.Options{Store: h.store, Log: slog.New(slog.DiscardHandler), Now: h.clock.Now, Version: "test", SetUpCode: code, PlanWait: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	return site{t, server}
}

// TestSetUpCodeOpensEveryProcess types the code of one process into the form of another one.
func TestSetUpCodeOpensEveryProcess(t *testing.T) {
	t.Parallel()
	h := newHouse(t, setUpCode, slog.New(slog.DiscardHandler))
	other := beside(t, h, strings.ToLower(setUpCode))
	v := other.visitor("first")
	body := []string{"code", setUpCode, "name", "First", "email", "first@example.org", "passphrase", passphrase}
	if r := v.post("/en/setup", body...); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a code that no process told of: %d; want 422", r.StatusCode)
	}
	offered := store.Shared{Kind: store.SharedSetUpCode, Ref: session.HashOf(setUpCode)}
	if err := h.store.Share(t.Context(), offered, time.Minute); err != nil {
		t.Fatal(err)
	}
	h.clock.pass(2 * time.Minute)
	if r := v.post("/en/setup", body...); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a code of a process that is gone: %d; want 422", r.StatusCode)
	}
	if err := h.store.Share(t.Context(), offered, time.Minute); err != nil {
		t.Fatal(err)
	}
	h.clock.pass(2 * time.Second)
	v.want(http.StatusSeeOther, v.post("/en/setup", body...))
	if _, err := h.store.SharedBy(t.Context(), store.SharedSetUpCode, offered.Ref); err == nil {
		t.Error("the code still stands after the first account was made")
	}
}

// TestReadingIsFollowedFromEveryProcess begins a statement at one process and asks another one how far it is, until it
// leads to the draft, and what was wrong with a second one.
func TestReadingIsFollowedFromEveryProcess(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	one, two := beside(t, h, ""), beside(t, h, "")
	for _, name := range []string{"rao", "sato"} {
		person(t, h.store, name, models.Analyst)
	}
	v, stranger := one.signedIn("rao"), two.signedIn("sato")
	elsewhere := *v
	elsewhere.site = two
	long := importedEN + strings.Repeat("\n\nWe will publish a register of 20 labels by 2026, and we discussed undersea cables.", 500)
	for name, c := range map[string]struct {
		text   string
		status int // of the last answer
	}{
		"a statement": {long, http.StatusSeeOther},
		"too much":    {strings.Repeat("\n\nWe will publish a register.", 2100), http.StatusUnprocessableEntity},
	} {
		r := v.uploads("/en/import", append([]string{"form.key", name, "texts.0.body", c.text}, importFacts...)...)
		at := r.Header.Get("Location")
		if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/en/import/progress/") {
			t.Fatalf("%s: begin: %d to %s; want the progress", name, r.StatusCode, at)
		}
		if r := stranger.page(at); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: somebody else asks how far it is: %d", name, r.StatusCode)
		}
		deadline := time.Now().Add(30 * time.Second)
		for r = elsewhere.page(at); r.StatusCode == http.StatusOK; r = elsewhere.page(at) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: still read after half a minute", name)
			}
			time.Sleep(20 * time.Millisecond)
		}
		if r.StatusCode != c.status || c.status == http.StatusSeeOther && !strings.HasPrefix(r.Header.Get("Location"), "/en/import/1/") {
			t.Errorf("%s: it ends with %d to %s; want %d", name, r.StatusCode, r.Header.Get("Location"), c.status)
		}
		if c.status != http.StatusSeeOther && !strings.Contains(read(t, r), "We will publish a register.") {
			t.Errorf("%s: what was typed is gone", name)
		}
	}
}
