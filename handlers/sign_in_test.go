package handlers_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

// TestSignInSaysNothingAboutAccounts compares the answers to everything that can be wrong.
func TestSignInSaysNothingAboutAccounts(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	shut := person(t, h.store, "shut", models.Analyst)
	if err := h.store.SetRole(t.Context(), models.Program, shut.ID, models.Analyst, true); err != nil {
		t.Fatal(err)
	}
	person(t, h.store, "guarded", models.Analyst)
	h.signedIn("guarded").enrol(h.clock.Now())
	answer := func(name, passphrase string) string {
		v := h.visitor("a")
		r := v.post("/en/sign-in", "email", name+"@example.org", "passphrase", passphrase)
		body := fmt.Sprint(r.StatusCode, r.Header, strings.ReplaceAll(read(t, r), name, "NAME"))
		if v.cookie != "" {
			t.Errorf("%s is given a cookie", name)
		}
		return body
	}
	want := answer("sato", "not the passphrase at all")
	if !strings.HasPrefix(want, "422") {
		t.Fatalf("a wrong passphrase: %.300s; want 422", want)
	}
	for what, got := range map[string]string{
		"an unknown account":              answer("nobody", passphrase),
		"a shut account":                  answer("shut", passphrase),
		"an account with a second factor": answer("guarded", passphrase),
		"an empty passphrase":             answer("sato", ""),
		"a passphrase of a megabyte":      answer("sato", strings.Repeat("a", 900_000)),
	} {
		if got != want {
			t.Errorf("%s is answered otherwise than a wrong passphrase:\n%.900s\n%.900s", what, got, want)
		}
	}
}

// TestSummaryOfErrorsFitsItsForm sends forms that cannot be taken and reads what the summary says of what was typed.
func TestSummaryOfErrorsFitsItsForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t, setUpCode, slog.New(slog.DiscardHandler))
	const unsaved, again = "Nothing was saved yet", "Fields that are empty again"
	v := h.visitor("first")
	setUp := v.want(http.StatusUnprocessableEntity, v.post("/en/setup", "code", "wrong", "name", "First", "email", "first@example.org", "passphrase", passphrase))
	person(t, h.store, "administrator", models.Administrator)
	wrong, boss := h.visitor("administrator"), h.signedIn("administrator")
	link := "/en/invitations/" + once(t, linkPattern, boss.want(http.StatusOK, boss.post("/en/admin/users", "email", "sato@example.org", "name", "Sato", "role", "analyst")))
	bodies := map[string]string{
		"set-up":     setUp,
		"sign-in":    wrong.want(http.StatusUnprocessableEntity, wrong.signIn("not the passphrase at all", "")),
		"invitation": wrong.want(http.StatusUnprocessableEntity, wrong.post(link, "name", "Sato", "passphrase", "short")),
		"passphrase": boss.want(http.StatusUnprocessableEntity, boss.post("/en/account/passphrase", "current", "wrong", "passphrase", "wrong")),
		"factor":     boss.want(http.StatusUnprocessableEntity, boss.post("/en/account/second-factor", "code", "wrong")),
	}
	h.clock.pass(time.Minute)
	bodies["verify"] = boss.want(http.StatusUnprocessableEntity, boss.post("/en/account/verify", "passphrase", "wrong"))
	for form, body := range bodies {
		if strings.Contains(body, unsaved) || !strings.Contains(body, again) || strings.Contains(body, "You are not signed in yet") != (form == "sign-in") {
			t.Errorf("the summary of the %s does not fit it", form)
		}
	}
	if body := boss.want(http.StatusUnprocessableEntity, boss.post("/en/admin/users", "email", "none")); !strings.Contains(body, unsaved) {
		t.Error("the summary of an invitation that cannot be made does not say that nothing was saved")
	}
}

// TestGuessingIsSlowedDown guesses at the form, at one account and at many, while the owner signs in elsewhere.
func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	v := h.visitor("sato")
	taken, refused := 0, 0
	for range 100 {
		r := v.signIn("not the passphrase at all", "")
		switch r.StatusCode {
		case http.StatusUnprocessableEntity:
			taken++
		case http.StatusTooManyRequests:
			refused++
			if r.Header.Get("Retry-After") == "" {
				t.Error("a refusal does not say how long to wait")
			}
		default:
			t.Fatalf("%d %.300s", r.StatusCode, read(t, r))
		}
		h.clock.pass(500 * time.Millisecond)
	}
	if taken > 7 || refused == 0 {
		t.Errorf("in 50 seconds %d guesses were taken and %d refused; want at most 7 taken", taken, refused)
	}
	if r := v.signIn(passphrase, ""); r.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the right passphrase does not wait as a wrong one does: %d", r.StatusCode)
	}
	h.signedIn("sato")
	spoofed := h.visitor("sato")
	spoofed.address = v.address
	r := spoofed.send("POST", "/en/sign-in", "email=sato%40example.org&passphrase=x", "Content-Type", formType, "Accept", "text/html", "X-Forwarded-For", "9.9.9.9", "X-Real-IP", "9.9.9.9", "Forwarded", "for=9.9.9.9")
	if r.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a header that anybody can write makes another address: %d", r.StatusCode)
	}
}
