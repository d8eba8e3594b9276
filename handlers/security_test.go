package handlers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

// TestSecurityEventsAreLogged opens accounts in right and wrong ways and reads the log: one line each, with who and from
// where, and nothing that was typed.
func TestSecurityEventsAreLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newHouse(t, setUpCode, slog.New(slog.NewJSONHandler(&log, nil)))
	const canary = "canary of a secret"
	first := h.visitor("first")
	first.post("/en/setup", "code", canary, "name", "First", "email", "first@example.org", "passphrase", passphrase)
	sato := person(t, h.store, "sato", models.Analyst)
	type line struct{ Msg, Level, ID, Event, Outcome, Cause, From, User string }
	lines := func(s string) (all []line) {
		for _, l := range strings.Split(strings.TrimSpace(s), "\n") {
			var raw map[string]any
			if err := json.Unmarshal([]byte(l), &raw); err != nil {
				t.Fatalf("%v: %s", err, l)
			}
			text := func(name string) string {
				if raw[name] == nil {
					return ""
				}
				return fmt.Sprint(raw[name])
			}
			if raw["msg"] == "security" {
				all = append(all, line{"security", text("level"), text("id"), text("event"), text("outcome"), text("cause"), text("from"), text("user")})
			}
		}
		return all
	}
	check := func(what string, v *visitor, user models.Actor, want ...string) {
		t.Helper()
		var got []string
		for _, l := range lines(log.String()) {
			got = append(got, strings.Join([]string{l.Level, l.Event, l.Outcome, l.Cause}, " "))
			if from, _, _ := strings.Cut(v.address, ":"); l.ID == "" || l.From != from || l.User != fmt.Sprint(user.ID) {
				t.Errorf("%s: %+v; want user %d from %s", what, l, user.ID, from)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: logged %q; want %q", what, got, want)
		}
		if strings.Contains(log.String(), canary) || strings.Contains(log.String(), passphrase) {
			t.Errorf("%s: the log has a secret", what)
		}
		log.Reset()
		h.clock.pass(time.Minute)
	}
	check("wrong set-up code", first, models.Actor{}, "WARN set_up refused code")
	v := h.visitor("sato")
	v.want(http.StatusUnprocessableEntity, v.signIn(canary, ""))
	check("wrong passphrase", v, sato, "WARN sign_in refused passphrase")
	v.want(http.StatusUnprocessableEntity, v.post("/en/sign-in", "email", canary, "passphrase", passphrase))
	check("no such account", v, models.Actor{}, "WARN sign_in refused account")
	v.want(http.StatusSeeOther, v.signIn(passphrase, ""))
	check("sign-in", v, sato, "INFO sign_in succeeded ")
	v.post("/en/account/verify", "passphrase", canary)
	check("verify", v, sato, "WARN verify refused passphrase")
	v.post("/en/account/passphrase", "current", canary, "passphrase", canary)
	v.post("/en/account/passphrase", "current", canary, "passphrase", canary)
	check("passphrase", v, sato, "WARN passphrase refused passphrase", "WARN passphrase refused wait")
	v.post("/en/account/second-factor", "code", canary)
	check("code at enrolment", v, sato, "WARN second_factor refused code")
	v.enrol(h.clock.Now())
	log.Reset()
	other := h.visitor("sato")
	other.want(http.StatusUnprocessableEntity, other.signIn(passphrase, canary))
	check("code at sign-in", other, sato, "WARN sign_in refused second_factor")
	program := h.visitor("program")
	program.token = canary
	program.want(http.StatusUnauthorized, program.page("/en/"))
	check("token", program, models.Actor{}, "WARN token refused token")
}

// TestEachRequestIsOneLineOfTheLog reads the lines of a page, of a page that somebody signed in reads, and of no page.
func TestEachRequestIsOneLineOfTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newHouse(t, "", slog.New(slog.NewJSONHandler(&log, nil)))
	rao := person(t, h.store, "rao", models.Analyst)
	in, out := h.signedIn("rao"), h.visitor("out")
	for _, c := range []struct {
		ask    func() *http.Response
		status int
		route  string
		user   int64
	}{
		{func() *http.Response { return out.page("/en/topics") }, 200, "topics", 0},
		{func() *http.Response { return in.page("/ja/topics/new") }, 200, "new-topic", rao.ID},
		{func() *http.Response { return out.page("/en/nowhere") }, 404, "", 0},
	} {
		log.Reset()
		answer := c.ask()
		var got struct {
			Msg, ID, Method, Path, Route string
			Status                       int
			User                         int64
			MS                           *float64
		}
		if err := json.Unmarshal(bytes.TrimSpace(log.Bytes()), &got); err != nil {
			t.Fatalf("not one line: %v: %s", err, log.String())
		}
		if got.Msg != "request" || got.ID == "" || got.Status != c.status || got.Status != answer.StatusCode || got.Route != c.route || got.User != c.user || got.MS == nil {
			t.Errorf("%+v; want %+v", got, c)
		}
	}
}
