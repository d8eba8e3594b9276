package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// browser is a person without scripts: cookies, forms and links.
type browser struct {
	site
	cookie string
}

const passphrase = "correct horse battery staple"

// signedIn makes an account of a role and signs it in by the form.
func signedIn(t *testing.T, st *store.Store, s site, role models.Role) *browser {
	t.Helper()
	h, err := session.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.Hash(t.Context(), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	email := string(role) + "@example.org"
	if _, err := st.AddUser(t.Context(), models.Program, models.NewUser{Email: email, Name: "The " + string(role), Role: role}, hash); err != nil {
		t.Fatal(err)
	}
	b := &browser{site: s}
	if r := b.post("/en/sign-in", url.Values{"email": {email}, "passphrase": {passphrase}}); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign in: %d %s", r.StatusCode, read(t, r))
	}
	return b
}

// post submits a form and keeps the cookie of the answer.
func (b *browser) post(address string, form url.Values) *http.Response {
	b.t.Helper()
	r := httptest.NewRequest("POST", address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", b.cookie)
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookie = c.Name + "=" + c.Value
	}
	return w.Result()
}

// open reads a page that must answer 200.
func (b *browser) open(address string) string {
	b.t.Helper()
	return b.get(address, "Cookie", b.cookie)
}

var control = regexp.MustCompile(`<(input|textarea)[^>]*? name="([^"]+)"[^>]*>`)

// fields are the hidden fields of the form that posts to an address.
func fieldsOf(page, action string) url.Values {
	form := url.Values{}
	_, rest, _ := strings.Cut(page, `action="`+action+`"`)
	rest, _, _ = strings.Cut(rest, "</form>")
	value := regexp.MustCompile(` value="([^"]*)"`)
	for _, m := range control.FindAllStringSubmatch(rest, -1) {
		if v := value.FindStringSubmatch(m[0]); strings.Contains(m[0], `type="hidden"`) && v != nil {
			form.Add(m[2], v[1])
		}
	}
	return form
}

// TestRoundWithoutScripts walks a round by forms alone: confirm, save, a rule broken, a draft, publish.
func TestRoundWithoutScripts(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	b := signedIn(t, st, s, models.Publisher)
	if r := b.post("/en/rounds/qscg-2023-12/start", nil); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/rounds/qscg-2023-12" {
		t.Fatalf("start: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	at := "/en/rounds/qscg-2023-12/QSCG-INTL-LAW"
	item := func(ref string, more url.Values) *http.Response {
		address := "/en/rounds/qscg-2023-12/" + ref
		form := fieldsOf(b.open(address), address)
		for name, values := range more {
			form[name] = values
		}
		return b.post(address, form)
	}
	r := item("QSCG-INTL-LAW", url.Values{"decision": {"confirm"}})
	if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(r.Header.Get("Location"), "/en/rounds/qscg-2023-12/QSCG-") || strings.Contains(r.Header.Get("Location"), "INTL-LAW") {
		t.Errorf("confirm: %d to %s; want the next item", r.StatusCode, r.Header.Get("Location"))
	}
	r = item("QSCG-AI-ML", url.Values{"decision": {"save"}, "status": {"stalled"}, "note.ja": {"進展なし<script>"}})
	if page := read(t, r); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "<title>Error: ") || !strings.Contains(page, "進展なし&lt;script&gt;") || !strings.Contains(page, `href="#field-evidence"`) {
		t.Errorf("stalled without evidence: %d; want the form again with what was typed", r.StatusCode)
	}
	r = item("QSCG-AI-ML", url.Values{"decision": {"save"}, "status": {"stalled"}, "note.ja": {"進展なし"}, "evidence.0.ref": {"wh-2023-12-15"}, "evidence.0.grade": {"E1"}, "evidence.0.stance": {"supports"}})
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: %d %s", r.StatusCode, read(t, r))
	}
	if r = item("QSCG-CYBER-CHALLENGE", url.Values{"decision": {"draft"}, "note.en": {"Half a thought"}}); r.StatusCode != http.StatusSeeOther || !strings.Contains(b.open("/en/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE"), "Half a thought") {
		t.Errorf("a draft: %d; want it to come back", r.StatusCode)
	}
	old := fieldsOf(b.open(at), at)
	old.Set("form.version", "0")
	old.Set("decision", "save")
	old.Set("status", "dropped")
	if r = b.post(at, old); r.StatusCode != http.StatusPreconditionFailed || !strings.Contains(read(t, r), "Theirs:") {
		t.Errorf("on an old version: %d; want both versions side by side", r.StatusCode)
	}
	for _, address := range []string{"/en/initiatives/QSCG-AI-ML", "/initiatives/QSCG-AI-ML.json", "/activity.json", "/en/search?q=進展なし", "/initiatives.csv"} {
		if strings.Contains(s.get(address), "進展なし") && !strings.Contains(address, "q=") {
			t.Errorf("%s shows what is not published", address)
		}
	}
	publish := "/en/rounds/qscg-2023-12/publish"
	page := b.open(publish)
	form := fieldsOf(page, publish)
	if !strings.Contains(page, "1 initiative changes") || !strings.Contains(page, "Quad Cyber Challenge") {
		t.Error("the page does not say what will change and what is carried")
	}
	if r = b.post(publish, form); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", r.StatusCode, read(t, r))
	}
	var got struct {
		Item models.InitiativeRecord `json:"item"`
	}
	if err := json.Unmarshal([]byte(s.get("/initiatives/QSCG-AI-ML.json?as_of=qscg-2023-12")), &got); err != nil || got.Item.Status != models.Stalled || got.Item.Mark != models.Changed || got.Item.Provenance != "reviewed" {
		t.Errorf("after publishing: %s, %s, %s, %v", got.Item.Status, got.Item.Mark, got.Item.Provenance, err)
	}
	if err := json.Unmarshal([]byte(s.get("/initiatives/QSCG-CYBER-CHALLENGE.json?as_of=qscg-2023-12")), &got); err != nil || got.Item.Provenance != "imported" {
		t.Errorf("what was carried is %s, %v", got.Item.Provenance, err)
	}
}

// TestRoundsAreForThoseWhoWorkOnThem asks for a round as everybody else.
func TestRoundsAreForThoseWhoWorkOnThem(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	bearer := "Bearer " + tokenOf(t, st, models.Analyst, models.ScopeWrite)
	start := httptest.NewRequest("POST", "/api/v1/rounds/qscg-2023-12/start", strings.NewReader("{}"))
	start.Header.Set("Authorization", bearer)
	start.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, start)
	if w.Code != http.StatusCreated {
		t.Fatalf("start: %d %s", w.Code, w.Body)
	}
	for _, address := range []string{"/api/v1/rounds/qscg-2023-12", "/api/v1/rounds/qscg-2023-12/QSCG-AI-ML"} {
		if r := s.do("GET", address); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s for nobody: %d", address, r.StatusCode)
		}
		if r := s.do("GET", address, "Authorization", bearer); r.StatusCode != http.StatusOK {
			t.Errorf("%s for an analyst: %d", address, r.StatusCode)
		}
	}
	reader := "Bearer " + tokenOf(t, st, models.Reader, models.ScopeRead)
	if r := s.do("GET", "/api/v1/rounds/qscg-2023-12", "Authorization", reader); r.StatusCode != http.StatusForbidden {
		t.Errorf("for a reader: %d", r.StatusCode)
	}
	if r := s.do("GET", "/api/v1/rounds/"+fmt.Sprint(1), "Authorization", bearer); r.StatusCode != http.StatusNotFound {
		t.Errorf("a round that is not there: %d", r.StatusCode)
	}
}
