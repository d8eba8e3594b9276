package handlers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	setUpCode       = "SetUpCodeSetUpCodeSetUpCodeSetUp"
	linkPattern     = `/invitations/([0-9A-Za-z]{32})`
	tokenPattern    = `ct_live_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}`
	secretPattern   = `<span class="code secret">([A-Z2-7]+)</span>`
	recoveryPattern = `<li class="code">([0-9a-z]{5}-[0-9a-z]{5})</li>`
)

// code is what an authenticator shows.
func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// enrol turns the second factor of a visitor on, and returns its secret, the code used and the recovery codes.
func (v *visitor) enrol(now time.Time) (secret, used string, recovery []string) {
	v.t.Helper()
	secret = once(v.t, secretPattern, v.want(http.StatusOK, v.page("/en/account/second-factor")))
	used = code(v.t, secret, now)
	body := v.want(http.StatusOK, v.post("/en/account/second-factor", "code", used))
	for _, m := range regexp.MustCompile(recoveryPattern).FindAllStringSubmatch(body, -1) {
		recovery = append(recovery, m[1])
	}
	if len(recovery) != 10 {
		v.t.Fatalf("%d recovery codes in %.600s; want 10", len(recovery), body)
	}
	return secret, used, recovery
}

// TestNoSecretIsKept goes through the life of accounts and looks for every secret in the file of the database, in the
// audit and in the log.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newHouse(t, setUpCode, slog.New(slog.NewTextHandler(&log, nil)))
	canaries := map[string]string{"set-up code": setUpCode, "passphrase": passphrase}
	v := h.visitor("first")
	v.want(http.StatusUnprocessableEntity, v.post("/en/setup", "code", "canary of a wrong code", "name", "First", "email", "first@example.org", "passphrase", passphrase))
	canaries["wrong set-up code"] = "canary of a wrong code"
	h.clock.pass(time.Second)
	v.want(http.StatusSeeOther, v.post("/en/setup", "code", setUpCode, "name", "First", "email", "first@example.org", "passphrase", passphrase))
	canaries["first cookie"] = v.cookie
	invited := v.want(http.StatusOK, v.post("/en/admin/users", "email", "sato@example.org", "name", "Sato", "role", "analyst"))
	link := once(t, linkPattern, invited)
	canaries["invitation"] = link
	sato := h.visitor("sato")
	sato.want(http.StatusOK, sato.page("/en/invitations/"+link))
	sato.want(http.StatusMovedPermanently, sato.page("/ja/invitations/"+link+"/")) // as somebody may copy it
	sato.want(http.StatusSeeOther, sato.post("/en/invitations/"+link, "name", "Sato", "passphrase", "canary quartz meadow violin"))
	canaries["another passphrase"], canaries["invited cookie"] = "canary quartz meadow violin", sato.cookie
	canaries["token"] = once(t, tokenPattern, sato.want(http.StatusOK, sato.post("/en/account/tokens", "name", "nightly", "scope", "write")))
	program := h.visitor("program")
	program.token = canaries["token"]
	tag, _ := program.notes("QSCG-AI-ML")
	if r, said := program.judge("QSCG-AI-ML", tag, judgement("by a program")); r.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", r.StatusCode, said)
	}
	program.page("/en/initiatives?token=" + canaries["token"])
	_, used, recovery := sato.enrol(h.clock.Now())
	for n, c := range recovery {
		canaries[fmt.Sprintf("recovery code %d", n)] = c
	}
	canaries["enrolled cookie"] = sato.cookie
	wrong := h.visitor("sato")
	wrong.want(http.StatusUnprocessableEntity, wrong.signIn("canary of a wrong passphrase", used))
	canaries["wrong passphrase"] = "canary of a wrong passphrase"
	again := h.visitor("sato")
	again.want(http.StatusSeeOther, again.signIn("canary quartz meadow violin", recovery[0]))
	canaries["cookie"] = again.cookie
	// A form with passphrases in it that comes when the session has ended travels through the page to sign in.
	h.clock.pass(61 * time.Minute)
	late := v.want(http.StatusUnauthorized, v.post("/en/account/passphrase", "current", passphrase, "passphrase", "canary gravel anchor thimble", "form.page", "/account"))
	form := formOf(t, late, "/sign-in")
	canaries["new passphrase in a late form"] = "canary gravel anchor thimble"
	v.want(http.StatusSeeOther, v.post("/en/sign-in", "email", "first@example.org", "passphrase", passphrase, "next", form.Get("next"), "kept", form.Get("kept")))
	canaries["late cookie"] = v.cookie

	places := map[string]string{"log": log.String()}
	files, err := filepath.Glob(filepath.Join(h.folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		places[filepath.Base(f)] = string(b)
	}
	all, err := h.store.AuditLog(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	audit, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	places["audit"] = string(audit)
	for what, secret := range canaries {
		if len(secret) < 11 {
			t.Fatalf("%s is %q; too short to be looked for", what, secret)
		}
		for where, content := range places {
			for _, form := range []string{secret, url.QueryEscape(secret)} {
				if strings.Contains(content, form) {
					t.Errorf("the %s stands in the %s", what, where)
				}
			}
		}
	}
	whole := places["followthrough.db"] + places["followthrough.db-wal"]
	for _, what := range []string{"token", "invitation", "recovery code 1"} {
		if !strings.Contains(whole, session.HashOf(canaries[what])) {
			t.Errorf("the hash of the %s is not in the file, so that looking there proves nothing", what)
		}
	}
	t.Logf("%d secrets looked for in %d places with %d bytes of database, %d audit entries", len(canaries), len(places), len(whole), len(all))
}

// TestFirstAccountIsMadeOnce lets twenty people use the code of the set-up at the same moment, and tries again later.
func TestFirstAccountIsMadeOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, setUpCode, slog.New(slog.DiscardHandler))
	if body := h.visitor("nobody").want(http.StatusOK, h.visitor("nobody").page("/en/setup")); !strings.Contains(body, `name="code"`) {
		t.Error("the page to set up has no code to give")
	}
	var wait sync.WaitGroup
	var answers [20]int
	var said [20]string
	for n := range answers {
		v := h.visitor(fmt.Sprintf("first%d", n))
		wait.Go(func() {
			r := v.post("/en/setup", "code", setUpCode, "name", v.name, "email", v.name+"@example.org", "passphrase", passphrase)
			answers[n], said[n] = r.StatusCode, read(t, r)
		})
	}
	wait.Wait()
	made := 0
	for n, status := range answers {
		switch status {
		case http.StatusSeeOther:
			made++
		case http.StatusNotFound:
		default:
			t.Errorf("set-up %d: %d %.300s; want 303 or 404", n, status, said[n])
		}
	}
	users, err := h.store.Users(t.Context(), models.Program)
	if err != nil || made != 1 || len(users) != 1 || users[0].Role != models.Administrator {
		t.Errorf("%d set-ups were taken and made %v (%v); want one administrator", made, users, err)
	}
	server, err := handlers.New(handlers.Options{Store: h.store, Log: slog.New(slog.DiscardHandler), Now: h.clock.Now, Version: "test", SetUpCode: setUpCode})
	if err != nil {
		t.Fatal(err)
	}
	restarted := site{t, server}
	for _, s := range []site{h.site, restarted} {
		v := s.visitor("late")
		v.want(http.StatusNotFound, v.page("/en/setup"))
		v.want(http.StatusNotFound, v.post("/en/setup", "code", setUpCode, "name", "Late", "email", "late@example.org", "passphrase", passphrase))
	}
}

// TestFirstStepsFollowTheSetUp follows the set-up to a page that says what to do next, until somebody else has an account.
func TestFirstStepsFollowTheSetUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, setUpCode, slog.New(slog.DiscardHandler))
	v := h.visitor("first")
	r := v.post("/en/setup", "code", setUpCode, "name", "First", "email", "first@example.org", "passphrase", passphrase)
	v.want(http.StatusSeeOther, r)
	body := v.want(http.StatusOK, v.page(r.Header.Get("Location")))
	for _, step := range []string{`href="/en/admin/users#h-invite"`, `href="/en/admin/users#h-forced"`, `href="/en/rounds"`} {
		if !strings.Contains(body, "First steps") || !strings.Contains(body, step) {
			t.Errorf("the page after the set-up has no first step %s", step)
			continue
		}
		page, place, _ := strings.Cut(strings.Trim(strings.TrimPrefix(step, "href="), `"`), "#")
		if at := v.want(http.StatusOK, v.page(page)); place != "" && !strings.Contains(at, `id="`+place+`"`) {
			t.Errorf("%s has no place %s", page, place)
		}
	}
	person(t, h.store, "reader", models.Reader)
	if strings.Contains(h.signedIn("reader").want(http.StatusOK, h.signedIn("reader").page("/en/account")), "First steps") || strings.Contains(v.want(http.StatusOK, v.page("/en/account")), "First steps") {
		t.Error("the first steps stay when somebody else has an account")
	}
}

// TestAnAdministratorAlwaysRemains lets two administrators take each other's role at the same moment, again and again.
func TestAnAdministratorAlwaysRemains(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := person(t, s, "sato", models.Administrator), person(t, s, "brown", models.Administrator)
		conflicts := 0
		for round := range 40 {
			disabled := round%2 == 1
			errs := [2]error{}
			both(func() { errs[0] = s.SetRole(context.Background(), a, b.ID, models.Reader, disabled) }, func() { errs[1] = s.SetRole(context.Background(), b, a.ID, models.Reader, disabled) })
			users, err := s.Users(context.Background(), models.Program)
			if err != nil {
				t.Fatal(err)
			}
			left := 0
			for _, u := range users {
				if u.Role == models.Administrator && !u.Disabled {
					left++
				}
			}
			if left != 1 || (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("round %d: %d administrators are left (%v); want one", round, left, errs)
			}
			conflicts++
			for _, u := range []models.Actor{a, b} {
				if err := s.SetRole(context.Background(), models.Program, u.ID, models.Administrator, false); err != nil {
					t.Fatal(err)
				}
			}
		}
		t.Logf("%s: %d rounds", engineOf(s), conflicts)
	})
}

// TestTokenIsGoodOnlyWhereItBelongs sends tokens that have expired, were revoked or stand in the wrong place.
func TestTokenIsGoodOnlyWhereItBelongs(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	sato := person(t, h.store, "sato", models.Analyst)
	v := h.signedIn("sato")
	good := once(t, tokenPattern, v.want(http.StatusOK, v.post("/en/account/tokens", "name", "nightly", "scope", "write", "days", "2")))
	longest := once(t, tokenPattern, v.want(http.StatusOK, v.post("/en/account/tokens", "name", "yearly", "scope", "read", "days", "366")))
	v.want(http.StatusUnprocessableEntity, v.post("/en/account/tokens", "name", "for ever", "scope", "write", "days", "367"))
	v.want(http.StatusUnprocessableEntity, v.post("/en/account/tokens", "name", "all", "scope", "everything"))
	if body := v.want(http.StatusOK, v.page("/en/account/tokens")); strings.Contains(body, good) || !strings.Contains(body, good[:12]) {
		t.Error("a token is shown a second time, or not by its beginning")
	}
	status := func(header ...string) int {
		t.Helper()
		r := h.visitor("program").send("POST", "/api/v1/updates/999999/undo", "{}", append([]string{"Content-Type", "application/json"}, header...)...)
		return r.StatusCode
	}
	if got := status("Authorization", "Bearer "+good); got != http.StatusNotFound {
		t.Fatalf("a good token: %d; want 404, for there is no such update", got)
	}
	if got := status("Authorization", "Bearer "+longest); got != http.StatusForbidden {
		t.Errorf("a token to read changes: %d; want 403", got)
	}
	mistyped := good[:len(good)-1] + string(good[len(good)-1]^1)
	for what, header := range map[string][]string{
		"none":                       nil,
		"mistyped":                   {"Authorization", "Bearer " + mistyped},
		"without its kind":           {"Authorization", good},
		"of another kind":            {"Authorization", "Basic " + good},
		"with a space behind":        {"Authorization", "Bearer " + good + " "},
		"twice":                      {"Authorization", "Bearer " + good, "Authorization", "Bearer " + good},
		"empty":                      {"Authorization", "Bearer "},
		"in the cookie of a session": {"Cookie", session.CookieName + "=" + good},
		"in another cookie":          {"Cookie", "token=" + good},
		"in another header":          {"X-API-Key", good},
	} {
		if got := status(header...); got != http.StatusUnauthorized {
			t.Errorf("a token %s: %d; want 401", what, got)
		}
	}
	p := h.visitor("program")
	for _, name := range []string{"token", "access_token", "api_key"} {
		r := p.send("POST", "/api/v1/updates/999999/undo?"+name+"="+good, "{}", "Content-Type", "application/json")
		p.want(http.StatusUnauthorized, r)
		p.want(http.StatusUnauthorized, p.page("/en/initiatives/QSCG-AI-ML/update?"+name+"="+good))
	}
	spoilt := h.signedIn("sato") // a session does not stand in for a token that is bad
	spoilt.token = mistyped
	spoilt.want(http.StatusUnauthorized, spoilt.page("/en/account"))

	h.clock.pass(48*time.Hour - time.Second)
	if got := status("Authorization", "Bearer "+good); got != http.StatusNotFound {
		t.Errorf("a token on its last second: %d; want 404", got)
	}
	for _, later := range []time.Duration{time.Second, time.Hour} {
		h.clock.pass(later)
		if got := status("Authorization", "Bearer "+good); got != http.StatusUnauthorized {
			t.Errorf("a token that has expired: %d; want 401", got)
		}
	}
	revoked, bySecond := token(t, h.store, sato, models.ScopeWrite), token(t, h.store, sato, models.ScopeWrite)
	all, err := h.store.Tokens(t.Context(), sato, false)
	if err != nil {
		t.Fatal(err)
	}
	v = h.signedIn("sato")
	v.want(http.StatusSeeOther, v.post(fmt.Sprintf("/en/account/tokens/%d/revoke", all[1].ID)))
	if got := status("Authorization", "Bearer "+revoked); got != http.StatusUnauthorized {
		t.Errorf("a token that was revoked: %d; want 401", got)
	}
	if got := status("Authorization", "Bearer "+bySecond); got != http.StatusNotFound {
		t.Errorf("another token: %d; want 404", got)
	}
	person(t, h.store, "administrator", models.Administrator)
	boss := h.signedIn("administrator")
	boss.want(http.StatusSeeOther, boss.post(fmt.Sprintf("/en/account/tokens/%d/revoke", all[0].ID)))
	if got := status("Authorization", "Bearer "+bySecond); got != http.StatusUnauthorized {
		t.Errorf("a token that an administrator revoked: %d; want 401", got)
	}
}
