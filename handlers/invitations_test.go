package handlers_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

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
