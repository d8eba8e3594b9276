package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

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
