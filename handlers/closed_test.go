package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// everyFormat holds the addresses of a reading route in every format.
func everyFormat(r handlers.Route) map[string]represent.Format {
	all := map[string]represent.Format{}
	for _, f := range r.Formats {
		if f == represent.HTML {
			all["/en"+sample(r)], all["/ja"+sample(r)] = f, f
			continue
		}
		all[sample(r)+"."+f.Name] = f
		all["/api/v1"+sample(r)+"."+f.Name] = f
	}
	return all
}

// TestReadingCanAskForAnAccount lets an administrator close the record to the public and asks for every address of the
// route table: as the public, with what the public had read before, as a reader and with a token.
func TestReadingCanAskForAnAccount(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	reader := person(t, h.store, "reader", models.Reader)
	public, boss, member, program := h.visitor("public"), h.signedIn("administrator"), h.signedIn("reader"), h.visitor("program")
	program.token = token(t, h.store, reader, models.ScopeRead)
	froze(t, h.site, h.store, `{"for":"qscg"}`)
	tags, accept := map[string]string{}, "Accept"
	for _, r := range publicRoutes() {
		for a := range everyFormat(r) { // fills the cache
			answer := public.send("GET", a, "", accept, "text/html")
			if answer.StatusCode >= 400 {
				t.Fatalf("%s: %d before reading asks for an account", a, answer.StatusCode)
			}
			tags[a] = answer.Header.Get("ETag")
		}
	}
	public.want(http.StatusUnauthorized, public.post("/en/admin/reading", "sign_in", "1"))
	member.want(http.StatusForbidden, member.post("/en/admin/reading", "sign_in", "1"))
	boss.want(http.StatusSeeOther, boss.post("/en/admin/reading", "sign_in", "1"))
	if all, err := h.store.AuditLog(t.Context(), 0, 100); err != nil || all[len(all)-1].Object != "setting:sign_in_to_read" {
		t.Errorf("%v; want the change in the audit", err)
	}
	const forum = "Quad Senior Cyber Group"
	closed, open := 0, 0
	for _, r := range publicRoutes() {
		for a, f := range everyFormat(r) {
			for _, tag := range []string{"", tags[a]} {
				answer := public.send("GET", a, "", accept, "text/html", "If-None-Match", tag)
				if tag == "" {
					answer = public.send("GET", a, "", accept, "text/html")
				}
				body := read(t, answer)
				if strings.Contains(body, forum) {
					t.Errorf("%s names the forum to the public", a)
				}
				switch {
				case r.Permission == models.PermitAbout:
					open++
					if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusNotModified {
						t.Errorf("%s is about the program: %d; want 200", a, answer.StatusCode)
					}
				case answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("ETag") != "" || answer.Header.Get("Cache-Control") != "no-store":
					t.Errorf("%s with the tag %q: %d %v; want 401 that nothing keeps", a, tag, answer.StatusCode, answer.Header)
				case f == represent.HTML:
					closed++
					if next := formOf(t, body, "/sign-in").Get("next"); next != sample(r) {
						t.Errorf("%s leads back to %q", a, next)
					}
				default:
					closed++
					if !strings.HasPrefix(answer.Header.Get("Content-Type"), represent.Problem) || answer.Header.Get("WWW-Authenticate") == "" {
						t.Errorf("%s: %v; want a problem document", a, answer.Header)
					}
				}
			}
			for _, who := range []*visitor{member, program} {
				if answer := who.send("GET", a, "", accept, "text/html"); answer.StatusCode >= 400 {
					t.Errorf("%s as %s: %d; want to read", a, who.name, answer.StatusCode)
				}
			}
		}
	}
	t.Logf("%d closed and %d open answers", closed, open)
	for _, a := range []string{"/en/sign-in", "/healthz", "/readyz"} {
		public.want(http.StatusOK, public.page(a))
	}
	for _, a := range []string{"/en/nowhere", "/en/invitations/x", "/en/events"} {
		if body := read(t, public.page(a)); strings.Contains(body, forum) {
			t.Errorf("%s names the forum to the public", a)
		}
	}
	stale := h.visitor("stale")
	stale.cookie = "stale0stale0stale0stale0stale0stale0stale0s"
	stale.want(http.StatusUnauthorized, stale.page("/en/initiatives"))

	form := formOf(t, public.want(http.StatusUnauthorized, public.page("/en/initiatives?status=stalled")), "/sign-in")
	back := public.post("/en/sign-in", "email", "reader@example.org", "passphrase", passphrase, "next", form.Get("next"))
	if public.want(http.StatusSeeOther, back); back.Header.Get("Location") != "/en/initiatives?status=stalled" {
		t.Errorf("signing in leads to %s; want the page that was asked for", back.Header.Get("Location"))
	}
	if body := boss.want(http.StatusOK, boss.page("/en/admin/users")); formOf(t, body, "/admin/reading").Get("sign_in") != "1" {
		t.Error("the page of the users does not show the setting")
	}
	boss.want(http.StatusSeeOther, boss.post("/en/admin/reading"))
	again := h.visitor("public")
	again.want(http.StatusOK, again.page("/en/initiatives"))
	again.want(http.StatusOK, again.page("/initiatives.csv"))
}
