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

// TestInvitationOpensOnce uses links of both kinds, late and twice.
func TestInvitationOpensOnce(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	boss := h.signedIn("administrator")
	invite := func(name string) string {
		return "/en/invitations/" + once(t, linkPattern, boss.want(http.StatusOK, boss.post("/en/admin/users", "email", name+"@example.org", "name", name, "role", "analyst")))
	}
	first, late := invite("sato"), invite("late")
	v := h.visitor("sato")
	v.want(http.StatusUnprocessableEntity, v.post(first, "name", "Sato", "passphrase", "too short"))
	v.want(http.StatusBadRequest, v.post(first, "name", "Sato", "passphrase", passphrase, "role", "administrator"))
	v.want(http.StatusSeeOther, v.post(first, "name", "Sato", "passphrase", passphrase))
	v.want(http.StatusOK, v.page("/en/account"))
	v.want(http.StatusForbidden, v.page("/en/admin/users"))
	other := h.visitor("other")
	other.want(http.StatusGone, other.page(first))
	other.want(http.StatusGone, other.post(first, "name", "Other", "passphrase", passphrase))
	other.want(http.StatusNotFound, other.page(first[:len(first)-1]+"!"))
	h.clock.pass(24*time.Hour - time.Second)
	other.want(http.StatusOK, other.page(late))
	h.clock.pass(time.Second)
	other.want(http.StatusGone, other.page(late))
	other.want(http.StatusGone, other.post(late, "name", "Late", "passphrase", passphrase))
	users, err := h.store.Users(t.Context(), models.Program)
	if err != nil || len(users) != 2 {
		t.Errorf("%v %v; want the administrator and the one who was invited", users, err)
	}

	boss = h.signedIn("administrator")
	racing := invite("racing")
	var answers [8]int
	var wait sync.WaitGroup
	for n := range answers {
		v := h.visitor("racing")
		wait.Go(func() { answers[n] = v.post(racing, "name", "Racing", "passphrase", passphrase).StatusCode })
	}
	wait.Wait()
	made := 0
	for _, status := range answers {
		if status == http.StatusSeeOther {
			made++
		} else if status != http.StatusGone {
			t.Errorf("a link that was used at the same moment: %d; want 303 or 410", status)
		}
	}
	if made != 1 {
		t.Errorf("one link made %d accounts", made)
	}
}

// TestOpenLinksAreListedAndWithdrawn finds every open link on the page of the accounts, without its secret, and withdraws
// one.
func TestOpenLinksAreListedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	sato := person(t, h.store, "sato", models.Analyst)
	boss := h.signedIn("administrator")
	if body := boss.want(http.StatusOK, boss.page("/en/admin/users")); strings.Contains(body, "/withdraw") {
		t.Error("the page lists a link before there is one")
	}
	invited := once(t, linkPattern, boss.want(http.StatusOK, boss.post("/en/admin/users", "email", "brown@example.org", "name", "A. Brown", "role", "publisher")))
	renewed := once(t, linkPattern, boss.want(http.StatusOK, boss.post(fmt.Sprintf("/en/admin/users/%d/link", sato.ID))))
	body := boss.want(http.StatusOK, boss.page("/en/admin/users"))
	for _, want := range []string{"A. Brown", "brown@example.org", "24 November 2026", "Publisher", "Does what an analyst does, and publishes rounds."} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	links := regexp.MustCompile(`/admin/invitations/([0-9a-f]+)/withdraw"`).FindAllStringSubmatch(body, -1)
	if len(links) != 2 || strings.Contains(body, invited) || strings.Contains(body, renewed) {
		t.Fatalf("the page lists %v; want two links, none with its secret", links)
	}
	ref := session.HashOf(invited)[:12]
	stranger := h.signedIn("sato")
	stranger.want(http.StatusForbidden, stranger.post("/en/admin/invitations/"+ref+"/withdraw"))
	boss.want(http.StatusSeeOther, boss.post("/en/admin/invitations/"+ref+"/withdraw"))
	brown := h.visitor("brown")
	brown.want(http.StatusGone, brown.page("/en/invitations/"+invited))
	brown.want(http.StatusGone, brown.post("/en/invitations/"+invited, "name", "A. Brown", "passphrase", passphrase))
	brown.want(http.StatusOK, brown.page("/en/invitations/"+renewed))
	boss.want(http.StatusNotFound, boss.post("/en/admin/invitations/"+ref+"/withdraw"))
	if body := boss.want(http.StatusOK, boss.page("/en/admin/users")); strings.Contains(body, "A. Brown") {
		t.Error("the page lists a link that was withdrawn")
	}
	all, err := h.store.AuditLog(t.Context(), 0, 100)
	if err != nil || all[len(all)-2].Action != "user.withdraw" && all[len(all)-1].Action != "user.withdraw" {
		t.Errorf("%v %v; want the withdrawal in the audit", all, err)
	}
	h.clock.pass(25 * time.Hour)
	boss = h.signedIn("administrator")
	if body := boss.want(http.StatusOK, boss.page("/en/admin/users")); strings.Contains(body, "/withdraw") {
		t.Error("the page lists a link that has expired")
	}
}

// TestNewestLinkIsTheOneThatOpens makes links for one person one after the other.
func TestNewestLinkIsTheOneThatOpens(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	sato, other := person(t, h.store, "sato", models.Analyst), person(t, h.store, "other", models.Analyst)
	boss, v := h.signedIn("administrator"), h.visitor("sato")
	renew := func(id int64) string {
		return "/en/invitations/" + once(t, linkPattern, boss.want(http.StatusOK, boss.post(fmt.Sprintf("/en/admin/users/%d/link", id))))
	}
	invite := func() string {
		return "/en/invitations/" + once(t, linkPattern, boss.want(http.StatusOK, boss.post("/en/admin/users", "email", "Brown@example.org", "name", "Brown", "role", "analyst")))
	}
	untouched := renew(other.ID)
	first, second := renew(sato.ID), renew(sato.ID)
	v.want(http.StatusGone, v.page(first))
	v.want(http.StatusGone, v.post(first, "passphrase", "quartz meadow violin anchor"))
	v.want(http.StatusSeeOther, v.post(second, "passphrase", "quartz meadow violin anchor"))
	v.want(http.StatusGone, v.page(second))
	first, second = invite(), invite()
	v.want(http.StatusGone, v.page(first))
	v.want(http.StatusSeeOther, v.post(second, "name", "Brown", "passphrase", passphrase))
	v.want(http.StatusOK, v.page(untouched))
}

// TestSecondFactorIsTheOneThatWasOffered turns it on with secrets that the server has not shown, with wrong codes and with
// the right one.
func TestSecondFactorIsTheOneThatWasOffered(t *testing.T) {
	t.Parallel()
	const page = "/en/account/second-factor"
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	v := h.signedIn("sato")
	own := "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	v.want(http.StatusUnprocessableEntity, v.post(page, "code", code(t, own, h.clock.Now()))) // nothing was offered yet
	h.clock.pass(time.Minute)
	offered := once(t, secretPattern, v.want(http.StatusOK, v.page(page)))
	v.want(http.StatusBadRequest, v.post(page, "secret", own, "code", code(t, own, h.clock.Now())))
	h.clock.pass(time.Minute)
	v.want(http.StatusUnprocessableEntity, v.post(page, "code", code(t, own, h.clock.Now())))
	h.clock.pass(time.Minute)
	body := v.want(http.StatusUnprocessableEntity, v.post(page, "code", "123456"))
	if got := once(t, secretPattern, body); got != offered || strings.Contains(body, "123456") {
		t.Errorf("after a wrong code the page shows %s, or the code; want %s and an empty field", got, offered)
	}
	if got := once(t, secretPattern, v.want(http.StatusOK, v.page(page))); got != offered {
		t.Errorf("opened again, the page shows %s; want %s as before", got, offered)
	}
	h.clock.pass(time.Minute)
	used := code(t, offered, h.clock.Now())
	if body := v.want(http.StatusOK, v.post(page, "code", used)); strings.Contains(body, `"`+used+`"`) {
		t.Error("the page shows the code that was used")
	}
	if body := v.want(http.StatusOK, v.page(page)); strings.Contains(body, offered) {
		t.Error("the secret is shown after it was turned on")
	}
	wrong := h.visitor("sato")
	if body := wrong.want(http.StatusUnprocessableEntity, wrong.signIn(passphrase, used)); strings.Contains(body, `"`+used+`"`) {
		t.Error("the page to sign in shows a code that was used")
	}
	h.clock.pass(time.Minute)
	v.want(http.StatusSeeOther, v.post(page, "off", "1", "code", code(t, offered, h.clock.Now())))
	if got := once(t, secretPattern, v.want(http.StatusOK, v.page(page))); got == offered {
		t.Error("a secret is offered a second time after it was in use")
	}
}

// TestSecondFactorIsAskedFor signs in with codes that were used, and with a new passphrase.
func TestSecondFactorIsAskedFor(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	sato := person(t, h.store, "sato", models.Analyst)
	v := h.signedIn("sato")
	secret, used, recovery := v.enrol(h.clock.Now())
	try := func(want bool, what, passphrase, code string) *visitor {
		t.Helper()
		v := h.visitor("sato")
		if r := v.signIn(passphrase, code); (r.StatusCode == http.StatusSeeOther) != want || v.in() != want {
			t.Errorf("%s: %d; want signed in %v", what, r.StatusCode, want)
		}
		return v
	}
	try(false, "no code", passphrase, "")
	try(false, "the code that turned it on", passphrase, used)
	h.clock.pass(30 * time.Second)
	now := code(t, secret, h.clock.Now())
	try(false, "a right code and a wrong passphrase", "not the passphrase at all", now)
	try(true, "a new code", passphrase, now[:3]+" "+now[3:])
	try(false, "the same code again", passphrase, now)
	try(false, "an earlier code", passphrase, used)
	try(true, "the next code, by a clock that is ahead", passphrase, code(t, secret, h.clock.Now().Add(30*time.Second)))
	try(false, "a code two steps ahead", passphrase, code(t, secret, h.clock.Now().Add(60*time.Second)))
	try(true, "a recovery code", passphrase, " "+strings.ToUpper(recovery[3])+" ")
	try(false, "the recovery code again", passphrase, recovery[3])
	try(true, "another recovery code", passphrase, recovery[4])

	boss := h.signedIn("administrator")
	link := once(t, linkPattern, boss.want(http.StatusOK, boss.post(fmt.Sprintf("/en/admin/users/%d/link", sato.ID))))
	forgetful := h.visitor("sato")
	if body := forgetful.want(http.StatusOK, forgetful.page("/en/invitations/"+link)); strings.Contains(body, `name="name"`) {
		t.Error("a link for a new passphrase asks for a name")
	}
	forgetful.want(http.StatusSeeOther, forgetful.post("/en/invitations/"+link, "passphrase", "quartz meadow violin anchor"))
	if forgetful.in() || v.in() {
		t.Error("a link for a new passphrase signs in by itself, or leaves the sessions from before open")
	}
	try(false, "the new passphrase alone", "quartz meadow violin anchor", "")
	try(true, "the new passphrase and a recovery code", "quartz meadow violin anchor", recovery[5])
	forgetful.want(http.StatusGone, forgetful.page("/en/invitations/"+link))

	var answers [6]int
	h.clock.pass(5 * time.Minute)
	now = code(t, secret, h.clock.Now())
	var wait sync.WaitGroup
	for n := range answers {
		v := h.visitor("sato")
		wait.Go(func() { answers[n] = v.signIn("quartz meadow violin anchor", now).StatusCode })
	}
	wait.Wait()
	in := 0
	for _, status := range answers {
		if status == http.StatusSeeOther {
			in++
		}
	}
	if in != 1 {
		t.Errorf("one code opened the account %d times at the same moment: %v", in, answers)
	}
}

// TestRequiredSecondFactorLeavesReadingUntilItIsOn requires the second factor of a role, by cookie and by token alike.
func TestRequiredSecondFactorLeavesReadingUntilItIsOn(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	sato := person(t, h.store, "sato", models.Analyst)
	v, boss, before := h.signedIn("sato"), h.signedIn("administrator"), h.visitor("token from before")
	before.token = token(t, h.store, sato, models.ScopeWrite)
	const form = "/en/initiatives/QSCG-AI-ML/update"
	v.want(http.StatusOK, v.page(form))
	before.want(http.StatusOK, before.page(form))
	boss.want(http.StatusSeeOther, boss.post("/en/admin/second-factor", "roles", "analyst"))
	v.want(http.StatusForbidden, v.page(form))
	v.want(http.StatusForbidden, v.post("/en/initiatives/QSCG-AI-ML/updates", "status", "stalled"))
	v.want(http.StatusForbidden, v.post("/en/updates/1/undo"))
	v.want(http.StatusForbidden, v.post("/en/evidence/wh-2023-12-15/retract", "reason.en", "gone"))
	v.want(http.StatusOK, v.page("/en/initiatives/QSCG-AI-ML"))
	after := h.visitor("token made meanwhile")
	after.token = once(t, tokenPattern, v.want(http.StatusOK, v.post("/en/account/tokens", "name", "nightly", "scope", "write")))
	for _, p := range []*visitor{before, after} {
		if status := p.page(form).StatusCode; status != http.StatusForbidden {
			t.Errorf("%s opens the form of an update: %d; want 403", p.name, status)
		}
		if r, said := p.judge("QSCG-AI-ML", `"1"`, judgement("without the second factor")); r.StatusCode != http.StatusForbidden {
			t.Errorf("%s records a judgement: %d %s; want 403", p.name, r.StatusCode, said)
		}
		p.want(http.StatusOK, p.page("/en/initiatives/QSCG-AI-ML"))
	}
	v.enrol(h.clock.Now())
	v.want(http.StatusOK, v.page(form))
	before.want(http.StatusOK, before.page(form))
	tag, _ := after.notes("QSCG-AI-ML")
	if r, said := after.judge("QSCG-AI-ML", tag, judgement("with the second factor")); r.StatusCode != http.StatusCreated {
		t.Errorf("with the second factor on a token records no judgement: %d %s", r.StatusCode, said)
	}
}

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
