package handlers_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// caller is one who asks, and what the table knows of who it is.
type caller struct {
	*visitor
	actor   models.Actor
	refused bool // carries a token that opens nothing
}

// nobody reports whether a refusal asks who is there, and does not say that it is the wrong one.
func (c caller) nobody() bool { return c.actor.ID == 0 }

// verdict is what the route table and the policy say of a call: 0 when it is allowed.
func (c caller) verdict(r handlers.Route) int {
	switch {
	case c.refused:
		return http.StatusUnauthorized // a bad token is never taken for none
	case !models.May(c.actor, r.Permission) && c.nobody():
		return http.StatusUnauthorized
	case !models.May(c.actor, r.Permission),
		c.actor.ReadOnly && r.Method != http.MethodGet,
		c.token != "" && r.Personal:
		return http.StatusForbidden
	}
	return 0
}

// decision is what the server says: 0 when it is allowed.
func decision(status int) int {
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		return status
	}
	return 0
}

// call really asks for a route. The references name nothing and the bodies make no sense, so that a call that is let
// in does no harm.
func (c caller) call(prefix string, r handlers.Route) *http.Response {
	c.t.Helper()
	path := sample(r)
	if r.Method != http.MethodGet || !r.Public() {
		path = strings.NewReplacer(":ref", "999999", ":paragraph", "p4").Replace(r.Pattern)
	}
	if prefix == "/api/v1" {
		return c.send(r.Method, prefix+path, "{}", "Content-Type", "application/json")
	}
	return c.send(r.Method, prefix+path, harmless[r.Name], "Content-Type", formType, "Accept", "text/html")
}

// harmless are bodies where an empty one would change something.
var harmless = map[string]string{"factor-roles": "roles=nobody", "reading": "nonsense=1"}

// everybody is every kind of caller: by cookie and by token, of every role, and of accounts that were shut.
func everybody(t *testing.T, h house) []caller {
	t.Helper()
	all := []caller{{visitor: h.visitor("anonymous"), actor: models.Public}}
	for _, role := range models.AccountRoles {
		actor := person(t, h.store, string(role), role)
		all = append(all, caller{visitor: h.signedIn(string(role)), actor: actor})
		for _, scope := range []models.Scope{models.ScopeRead, models.ScopeWrite} {
			c := caller{visitor: h.visitor(string(role) + " by " + string(scope) + " token"), actor: actor}
			c.token, c.actor.ReadOnly = token(t, h.store, actor, scope), scope == models.ScopeRead
			all = append(all, c)
		}
	}
	shut := person(t, h.store, "shut", models.Administrator)
	cookie, program := caller{visitor: h.signedIn("shut"), actor: models.Public}, caller{visitor: h.visitor("shut by token"), actor: models.Public, refused: true}
	program.token = token(t, h.store, shut, models.ScopeWrite)
	if err := h.store.SetRole(context.Background(), models.Program, shut.ID, models.Administrator, true); err != nil {
		t.Fatal(err)
	}
	return append(all, cookie, program)
}

// signOutLast is the route table with the line last that ends the session of who calls it.
func signOutLast() []handlers.Route {
	all := handlers.Routes()
	out := slices.IndexFunc(all, func(r handlers.Route) bool { return r.Name == "sign-out" })
	return append(slices.Delete(slices.Clone(all), out, out+1), all[out])
}

// TestRightsAreThoseOfTheTable calls every route as everybody and compares who is let in with the table and the policy.
func TestRightsAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	calls, refusals := 0, 0
	got := map[string]map[string]int{} // decisions by route and caller
	for _, c := range everybody(t, h) {
		for _, r := range signOutLast() {
			var prefixes []string
			if r.Offers(represent.HTML) {
				prefixes = append(prefixes, "/en")
			}
			if r.Offers(represent.JSON) {
				prefixes = append(prefixes, "/api/v1")
			}
			for _, prefix := range prefixes {
				answer := c.call(prefix, r)
				calls++
				if d, want := decision(answer.StatusCode), c.verdict(r); d != want {
					t.Errorf("%s %s%s as %s: %d; the table says %s", r.Method, prefix, r.Pattern, c.name, answer.StatusCode, words(want))
				} else if d != 0 {
					refusals++
				}
				if answer.StatusCode >= 500 {
					t.Errorf("%s %s%s as %s: %d %.300s", r.Method, prefix, r.Pattern, c.name, answer.StatusCode, read(t, answer))
				}
				if got[prefix+" "+r.Name] == nil {
					got[prefix+" "+r.Name] = map[string]int{}
				}
				got[prefix+" "+r.Name][c.name] = decision(answer.StatusCode)
			}
		}
	}
	t.Logf("%d calls of %d routes, %d refused", calls, len(handlers.Routes()), refusals)
	if calls < 600 {
		t.Errorf("%d calls; want 600 or more", calls)
	}
	for _, r := range handlers.Routes() {
		if r.Personal {
			continue
		}
		for _, role := range models.AccountRoles {
			for _, prefix := range []string{"/en", "/api/v1"} {
				d := got[prefix+" "+r.Name]
				if d == nil {
					continue
				}
				if by := string(role); d[by] != d[by+" by write token"] || r.Method == http.MethodGet && d[by] != d[by+" by read token"] {
					t.Errorf("%s%s as %s: by cookie %s, by write token %s, by read token %s; want one decision", prefix, r.Pattern, role,
						words(d[by]), words(d[by+" by write token"]), words(d[by+" by read token"]))
				}
			}
		}
	}
}

func words(decision int) string {
	if decision == 0 {
		return "allowed"
	}
	return http.StatusText(decision)
}

// TestForeignPagesCannotChangeAnything sends every change with an administrator's cookie from a page of somebody else.
func TestForeignPagesCannotChangeAnything(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	v := h.signedIn("administrator")
	before, calls := auditLength(t, h.store), 0
	for _, r := range handlers.Routes() {
		if r.Method == http.MethodGet {
			continue
		}
		path := strings.ReplaceAll(r.Pattern, ":ref", "1")
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}, {"Origin", "null"}} {
			for _, prefix := range []string{"/en", "/ja", "", "/api/v1"} {
				answer := v.send("POST", prefix+path, "", append([]string{"Content-Type", formType}, header...)...)
				calls++
				if answer.StatusCode != http.StatusForbidden {
					t.Errorf("POST %s%s with %v: %d; want 403", prefix, path, header, answer.StatusCode)
				}
			}
		}
		own := v.send("POST", "/en"+strings.ReplaceAll(r.Pattern, ":ref", "999999"), "nonsense=1", "Content-Type", formType, "Sec-Fetch-Site", "same-origin", "Origin", "http://example.com")
		if own.StatusCode == http.StatusForbidden && r.Name != "sign-out" {
			t.Errorf("POST %s from a page of our own: 403", r.Pattern)
		}
	}
	if after := auditLength(t, h.store); after != before {
		t.Errorf("%d calls from foreign pages left %d entries in the audit", calls, after-before)
	}
	if !v.in() {
		t.Error("a foreign page ended the session")
	}
}

// TestAccountsAreChangedOnlySoonAfterThePassphrase asks for every route of the table once the passphrase was given long ago.
func TestAccountsAreChangedOnlySoonAfterThePassphrase(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	actor := person(t, h.store, "administrator", models.Administrator)
	c := caller{visitor: h.signedIn("administrator"), actor: actor}
	h.clock.pass(10*time.Minute + time.Second)
	for _, r := range signOutLast() {
		want := 0
		if r.Verified {
			want = http.StatusUnauthorized
		}
		if got := c.call("/en", r).StatusCode; decision(got) != want {
			t.Errorf("%s %s ten minutes after the passphrase: %d; want %s", r.Method, r.Pattern, got, words(want))
		}
	}
	c.visitor = h.signedIn("administrator")
	h.clock.pass(10*time.Minute + time.Second)
	c.want(http.StatusUnauthorized, c.page("/en/admin/users"))
	before := c.cookie
	c.want(http.StatusUnprocessableEntity, c.post("/en/account/verify", "passphrase", "something else altogether"))
	h.clock.pass(2 * time.Second)
	c.want(http.StatusUnauthorized, c.page("/en/admin/users"))
	c.want(http.StatusSeeOther, c.post("/en/account/verify", "passphrase", passphrase, "next", "/admin/users"))
	c.want(http.StatusOK, c.page("/en/admin/users"))
	if c.cookie == before {
		t.Error("the session may do more under the same secret; want a new one")
	}
}
