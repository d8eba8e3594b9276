package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
)

// TestSessionOpensOnlyUnderASecretOfItsOwn signs in with cookies that somebody else could know.
func TestSessionOpensOnlyUnderASecretOfItsOwn(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	planted := "planted0planted0planted0planted0planted0pla"
	v := h.visitor("sato")
	v.cookie = planted
	r := v.signIn(passphrase, "")
	v.want(http.StatusSeeOther, r)
	if v.cookie == planted || !v.in() {
		t.Errorf("the session is under %q; want a new secret that opens the account", v.cookie)
	}
	set := r.Header.Values("Set-Cookie")
	if len(set) != 1 || !regexp.MustCompile(`^__Host-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; Secure; SameSite=Lax$`).MatchString(set[0]) {
		t.Errorf("the cookie is set as %q", set)
	}
	thief := h.visitor("thief")
	thief.cookie = planted
	if thief.in() {
		t.Error("a cookie that was planted before the sign-in opens the account")
	}
	thief.cookie = v.cookie
	v.want(http.StatusSeeOther, v.signIn(passphrase, ""))
	if thief.in() || !v.in() {
		t.Error("after signing in again the secret from before still opens the account, or the new one does not")
	}
}

// TestSessionEnds finds every way in which a session ends, at once and for good.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	administrator := person(t, h.store, "administrator", models.Administrator)
	second := person(t, h.store, "second", models.Administrator)
	sato := person(t, h.store, "sato", models.Analyst)
	boss := h.signedIn("administrator")
	user := func(a models.Actor, more string) string { return fmt.Sprintf("/en/admin/users/%d%s", a.ID, more) }
	// gone checks that what is left in a browser opens nothing, also after the server has answered it once.
	gone := func(t *testing.T, v *visitor, cookie string) {
		t.Helper()
		for range 2 {
			v.cookie = cookie
			if status := v.page("/en/account").StatusCode; status != http.StatusUnauthorized {
				t.Errorf("the session still opens the account: %d", status)
			}
		}
		if r := v.post("/en/account/sessions/end-others"); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("the session can still change something: %d", r.StatusCode)
		}
	}
	t.Run("signed out", func(t *testing.T) {
		v := h.signedIn("sato")
		cookie := v.cookie
		v.want(http.StatusSeeOther, v.post("/en/sign-out"))
		if v.cookie != "" {
			t.Errorf("the browser still has %q", v.cookie)
		}
		gone(t, v, cookie)
	})
	t.Run("ended from another place", func(t *testing.T) {
		here, there := h.signedIn("sato"), h.signedIn("sato")
		ref := once(t, `/account/sessions/([^"/]+)/end"`, here.want(http.StatusOK, here.page("/en/account/sessions")))
		stranger := h.signedIn("second")
		stranger.want(http.StatusNotFound, stranger.post("/en/account/sessions/"+ref+"/end"))
		if !there.in() {
			t.Error("somebody else ended the session")
		}
		here.want(http.StatusSeeOther, here.post("/en/account/sessions/"+ref+"/end"))
		gone(t, there, there.cookie)
		if !here.in() {
			t.Error("the session that asked has ended as well")
		}
		third := h.signedIn("sato")
		here.want(http.StatusSeeOther, here.post("/en/account/sessions/end-others"))
		gone(t, third, third.cookie)
		if !here.in() {
			t.Error("the session that ended the others has ended")
		}
	})
	t.Run("ended by itself", func(t *testing.T) {
		v := h.signedIn("second")
		page := v.want(http.StatusOK, v.page("/en/account/sessions"))
		for _, m := range regexp.MustCompile(`/account/sessions/([^"/]+)/end"`).FindAllStringSubmatch(page, -1) {
			v.want(http.StatusSeeOther, v.post("/en/account/sessions/"+m[1]+"/end")) // those of other tests
		}
		all, err := h.store.SessionsOf(t.Context(), second, "")
		if err != nil || len(all) != 1 {
			t.Fatalf("%v %v; want the one session", all, err)
		}
		cookie := v.cookie
		v.want(http.StatusSeeOther, v.post("/en/account/sessions/"+all[0].Ref+"/end"))
		gone(t, v, cookie)
	})
	t.Run("another passphrase", func(t *testing.T) {
		here, there := h.signedIn("sato"), h.signedIn("sato")
		here.want(http.StatusUnprocessableEntity, here.post("/en/account/passphrase", "current", "not the passphrase at all", "passphrase", "quartz meadow violin anchor"))
		h.clock.pass(2 * time.Second)
		if !there.in() {
			t.Error("a wrong passphrase ended another session")
		}
		here.want(http.StatusSeeOther, here.post("/en/account/passphrase", "current", passphrase, "passphrase", "quartz meadow violin anchor"))
		gone(t, there, there.cookie)
		if !here.in() {
			t.Error("the session that changed the passphrase has ended")
		}
		old := h.visitor("sato")
		old.want(http.StatusUnprocessableEntity, old.signIn(passphrase, ""))
		here.want(http.StatusSeeOther, here.post("/en/account/passphrase", "current", "quartz meadow violin anchor", "passphrase", passphrase))
	})
	t.Run("ended by an administrator", func(t *testing.T) {
		v := h.signedIn("sato")
		boss.want(http.StatusSeeOther, boss.post(user(sato, "/end-sessions")))
		gone(t, v, v.cookie)
		if !boss.in() {
			t.Error("the administrator's own session has ended")
		}
	})
	t.Run("another role", func(t *testing.T) {
		v := h.signedIn("sato")
		boss.want(http.StatusSeeOther, boss.post(user(sato, ""), "role", "publisher"))
		gone(t, v, v.cookie)
	})
	t.Run("account shut", func(t *testing.T) {
		v := h.signedIn("sato")
		boss.want(http.StatusSeeOther, boss.post(user(sato, ""), "role", "analyst", "disabled", "1"))
		gone(t, v, v.cookie)
		again := h.visitor("sato")
		again.want(http.StatusUnprocessableEntity, again.signIn(passphrase, ""))
		boss.want(http.StatusSeeOther, boss.post(user(sato, ""), "role", "analyst"))
		gone(t, v, v.cookie)
	})
	t.Run("own role", func(t *testing.T) {
		cookie := boss.cookie
		boss.want(http.StatusSeeOther, boss.post(user(administrator, ""), "role", "reader"))
		gone(t, boss, cookie)
	})
}

// TestSessionEndsWithTime lets the clock pass.
func TestSessionEndsWithTime(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	left, used := h.signedIn("sato"), h.signedIn("sato")
	h.clock.pass(60 * time.Minute)
	if !used.in() {
		t.Error("a session has ended after 60 minutes without use; want it to last them")
	}
	h.clock.pass(time.Second)
	if left.in() {
		t.Error("a session that was left alone for more than 60 minutes opens the account")
	}
	for range 13 { // to 11 hours and 50 minutes
		h.clock.pass(50 * time.Minute)
		if !used.in() {
			t.Fatalf("a session in use has ended at %s; want it to last twelve hours", h.clock.Now())
		}
	}
	h.clock.pass(9 * time.Minute)
	if !used.in() {
		t.Errorf("a session in use has ended at %s; want it to last twelve hours", h.clock.Now())
	}
	verified := used.cookie
	used.want(http.StatusSeeOther, used.post("/en/account/verify", "passphrase", passphrase))
	if used.cookie == verified || !used.in() {
		t.Error("giving the passphrase anew did not carry the session on under a new secret")
	}
	h.clock.pass(time.Minute)
	if used.in() {
		t.Error("a session opens the account after twelve hours, because the passphrase was given anew")
	}
}

// TestNewestSessionsStay signs in at twelve places within one second.
func TestNewestSessionsStay(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "sato", models.Reader)
	var all []*visitor
	for n := range 12 {
		v := h.signedIn("sato")
		if !v.in() {
			t.Fatalf("session %d did not open the account", n+1)
		}
		all = append(all, v)
	}
	open := 0
	for _, v := range all {
		if v.in() {
			open++
		}
	}
	if open != models.SessionsPerUser {
		t.Errorf("%d sessions are open; want %d", open, models.SessionsPerUser)
	}
}

// spot is an address of a reading route, also of one that the public cannot see.
func spot(r handlers.Route) string {
	if r.Public() {
		return sample(r)
	}
	return strings.ReplaceAll(r.Pattern, ":ref", "QSCG-CYBER-CHALLENGE")
}

// TestPagesOfAPersonAreNotKept finds no-store on whatever a person who is signed in is shown, and on the pages that open
// accounts.
func TestPagesOfAPersonAreNotKept(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	v, public := h.signedIn("administrator"), h.visitor("nobody")
	reader := h.visitor("program")
	reader.token = token(t, h.store, person(t, h.store, "brown", models.Reader), models.ScopeRead)
	for _, r := range handlers.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		path := "/en" + spot(r)
		for _, who := range []*visitor{v, reader, public} {
			if who == public && r.Public() {
				continue
			}
			answer := who.page(path)
			if got := answer.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s as %s: Cache-Control %q; want no-store", path, who.name, got)
			}
			if body := read(t, answer); who == public && strings.Contains(body, "administrator@example.org") {
				t.Errorf("%s shows an account to the public", path)
			}
		}
	}
}

// TestReadingChangesNothing reads every route as an administrator and finds the record as it was.
func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	v := h.signedIn("administrator")
	version, err := h.store.DataVersion(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	audit, read := auditLength(t, h.store), 0
	h.clock.pass(2 * time.Minute) // so that the use of the session is noted
	for _, r := range handlers.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, prefix := range []string{"/en", "/ja", "/api/v1", ""} {
			for _, method := range []string{"GET", "HEAD"} {
				v.send(method, prefix+spot(r), "")
				read++
			}
		}
	}
	after, err := h.store.DataVersion(t.Context())
	if err != nil || after != version || auditLength(t, h.store) != audit {
		t.Errorf("%d requests: data version %d, audit %d (%v); want %d and %d", read, after, auditLength(t, h.store), err, version, audit)
	}
}

// typed is the text of a form that is hard to carry.
const typed = "\n　二〇二三年の会合「安全」で、“quoted” & 'plain' <script>alert(1)</script>\n\tligne 2 é e\u0301 神 %41 +1 &amp;amp;\r\nlast "

// TestFormIsGivenBackAfterTheSession posts forms with a session that has ended and finds them as they were typed.
func TestFormIsGivenBackAfterTheSession(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "administrator", models.Administrator)
	const page = "/initiatives/QSCG-CYBER-CHALLENGE/update"
	fields := url.Values{"status": {"stalled"}, "effective_on": {"2026-10"}, "reason": {"event"}, "note.en": {typed}, "note.ja": {"進展なし。\r\n「引用」"},
		"form.page": {page}, "form.key": {"K"}, "form.version": {"1"}, "country": {"JP"}}
	post := func(v *visitor, path string, q url.Values) string {
		return v.want(http.StatusUnauthorized, v.send("POST", path, q.Encode(), "Content-Type", formType, "Accept", "text/html"))
	}
	returned := func(t *testing.T, v *visitor, form url.Values) {
		t.Helper()
		r := v.send("POST", "/en/sign-in", form.Encode(), "Content-Type", formType, "Accept", "text/html")
		v.want(http.StatusSeeOther, r)
		if at := r.Header.Get("Location"); at != "/en"+page {
			t.Fatalf("signing in leads to %s; want the form", at)
		}
		got := formOf(t, v.want(http.StatusOK, v.page(r.Header.Get("Location"))), "/updates")
		for name, want := range fields {
			if !strings.HasPrefix(name, "form.") && lines(got.Get(name)) != lines(want[0]) {
				t.Errorf("%s came back as %q; want %q", name, got.Get(name), want[0])
			}
		}
		if again := formOf(t, v.want(http.StatusOK, v.page("/en"+page)), "/updates"); again.Get("note.en") != "" {
			t.Error("the form is given back more than once")
		}
	}
	t.Run("session ended", func(t *testing.T) {
		v := h.signedIn("administrator")
		h.clock.pass(61 * time.Minute)
		form := formOf(t, post(v, "/en/initiatives/QSCG-CYBER-CHALLENGE/updates", fields), "/sign-in")
		if form.Get("kept") != fields.Encode() {
			t.Errorf("the page to sign in carries\n%q; want what was sent:\n%q", form.Get("kept"), fields.Encode())
		}
		form.Set("email", "administrator@example.org")
		form.Set("passphrase", "not the passphrase at all")
		wrong := v.send("POST", "/en/sign-in", form.Encode(), "Content-Type", formType, "Accept", "text/html")
		form = formOf(t, v.want(http.StatusUnprocessableEntity, wrong), "/sign-in")
		h.clock.pass(2 * time.Second)
		form.Set("passphrase", passphrase)
		returned(t, v, form)
	})
	t.Run("session ended while the passphrase was asked for", func(t *testing.T) {
		v := h.signedIn("administrator")
		h.clock.pass(11 * time.Minute)
		form := formOf(t, post(v, "/en/account/tokens", url.Values{"name": {typed}, "scope": {"read"}, "form.page": {"/account/tokens"}}), "/account/verify")
		h.clock.pass(61 * time.Minute)
		form.Set("passphrase", passphrase)
		form = formOf(t, post(v, "/en/account/verify", form), "/sign-in")
		form.Set("email", "administrator@example.org")
		form.Set("passphrase", passphrase)
		r := v.send("POST", "/en/sign-in", form.Encode(), "Content-Type", formType, "Accept", "text/html")
		v.want(http.StatusSeeOther, r)
		body := v.want(http.StatusOK, v.page("/en/account/tokens"))
		if got := formOf(t, body, "/account/tokens").Get("name"); r.Header.Get("Location") != "/en/account/tokens" || got != strings.NewReplacer("\r", "", "\n", "").Replace(typed) {
			t.Errorf("led to %s with the name %q", r.Header.Get("Location"), got)
		}
	})
}

// lines writes every line end alike, as browsers do when they send a form.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// formOf reads what a browser would send of the form whose action ends so.
func formOf(t testing.TB, body, action string) url.Values {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "form" && strings.HasSuffix(attr(n, "action"), action) {
			return controls(n)
		}
	}
	t.Fatalf("no form to %s in %.600s", action, body)
	return nil
}

func controls(form *html.Node) url.Values {
	q := url.Values{}
	for n := range form.Descendants() {
		name, kind := attr(n, "name"), attr(n, "type")
		switch {
		case name == "" && n.Data != "option":
		case n.Data == "input" && (kind == "checkbox" || kind == "radio"):
			if has(n, "checked") {
				q.Add(name, attr(n, "value"))
			}
		case n.Data == "input":
			q.Add(name, strings.NewReplacer("\r", "", "\n", "").Replace(attr(n, "value"))) // HTML, value sanitization
		case n.Data == "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			q.Add(name, text)
		case n.Data == "option" && has(n, "selected"):
			q.Add(attr(n.Parent, "name"), attr(n, "value"))
		}
	}
	return q
}
