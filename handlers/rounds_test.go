package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var control = regexp.MustCompile(`<(input|textarea)[^>]*? name="([^"]+)"[^>]*>`)

// fieldsOf are the hidden fields of the form that posts to an address.
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
	person(t, st, "sato", models.Publisher)
	v := s.signedIn("sato")
	open := func(address string) string {
		t.Helper()
		r := v.page(address)
		body := read(t, r)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("GET %s: %d", address, r.StatusCode)
		}
		return body
	}
	post := func(address string, form url.Values) *http.Response {
		return v.send("POST", address, form.Encode(), "Content-Type", formType, "Accept", "text/html")
	}
	if r := post("/en/rounds/qscg-2023-12/start", nil); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/rounds/qscg-2023-12" {
		t.Fatalf("start: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	at := "/en/rounds/qscg-2023-12/QSCG-INTL-LAW"
	item := func(ref string, more url.Values) *http.Response {
		address := "/en/rounds/qscg-2023-12/" + ref
		form := fieldsOf(open(address), address)
		for name, values := range more {
			form[name] = values
		}
		return post(address, form)
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
	if r = item("QSCG-CYBER-CHALLENGE", url.Values{"decision": {"draft"}, "note.en": {"Half a thought"}}); r.StatusCode != http.StatusSeeOther || !strings.Contains(open("/en/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE"), "Half a thought") {
		t.Errorf("a draft: %d; want it to come back", r.StatusCode)
	}
	old := fieldsOf(open(at), at)
	old.Set("form.version", "0")
	old.Set("decision", "save")
	old.Set("status", "dropped")
	if r = post(at, old); r.StatusCode != http.StatusPreconditionFailed || !strings.Contains(read(t, r), "Theirs:") {
		t.Errorf("on an old version: %d; want both versions side by side", r.StatusCode)
	}
	for _, address := range []string{"/en/initiatives/QSCG-AI-ML", "/initiatives/QSCG-AI-ML.json", "/activity.json", "/en/search?q=進展なし", "/initiatives.csv"} {
		if strings.Contains(s.get(address), "進展なし") && !strings.Contains(address, "q=") {
			t.Errorf("%s shows what is not published", address)
		}
	}
	publish := "/en/rounds/qscg-2023-12/publish"
	page := open(publish)
	form := fieldsOf(page, publish)
	if !strings.Contains(page, "1 initiative changes its status") || !strings.Contains(page, "1 draft was not saved and is lost") || !strings.Contains(page, "later than the meeting: wh-2023-12-15") || !strings.Contains(page, "Quad Cyber Challenge") {
		t.Error("the page does not say what will change and what is carried")
	}
	if r = post(publish, form); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", r.StatusCode, read(t, r))
	}
	if page = open("/en/rounds/qscg-2023-12"); strings.Contains(page, "To do") || strings.Contains(page, " left<") || !strings.Contains(page, "Carried over, not reviewed") {
		t.Error("the page of the published round speaks of what is left to do")
	}
	if page = open("/en/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE"); !strings.Contains(page, "<title>Correction: ") || strings.Contains(page, "Half a thought") {
		t.Error("the page of a published item is no correction, or holds the draft that was left")
	}
	if page = open("/en/rounds/qscg-2023-12/discard"); !strings.Contains(page, `class="banner"`) || strings.Contains(page, "Discard now") {
		t.Error("a published round can be discarded")
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
	analyst := s.visitor("rao")
	analyst.token = token(t, st, person(t, st, "rao", models.Analyst), models.ScopeWrite)
	bearer := "Bearer " + analyst.token
	if r := analyst.send("POST", "/api/v1/rounds/qscg-2023-12/start", "{}", "Content-Type", "application/json"); r.StatusCode != http.StatusCreated {
		t.Fatalf("start: %d %s", r.StatusCode, read(t, r))
	}
	for _, address := range []string{"/api/v1/rounds/qscg-2023-12", "/api/v1/rounds/qscg-2023-12/QSCG-AI-ML"} {
		if r := s.do("GET", address); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s for nobody: %d", address, r.StatusCode)
		}
		if r := s.do("GET", address, "Authorization", bearer); r.StatusCode != http.StatusOK {
			t.Errorf("%s for an analyst: %d", address, r.StatusCode)
		}
	}
	reader := "Bearer " + token(t, st, person(t, st, "reader", models.Reader), models.ScopeRead)
	if r := s.do("GET", "/api/v1/rounds/qscg-2023-12", "Authorization", reader); r.StatusCode != http.StatusForbidden {
		t.Errorf("for a reader: %d", r.StatusCode)
	}
	if r := s.do("GET", "/api/v1/rounds/"+fmt.Sprint(1), "Authorization", bearer); r.StatusCode != http.StatusNotFound {
		t.Errorf("a round that is not there: %d", r.StatusCode)
	}
}

// TestRoundIsDiscardedAfterAPageThatAsks discards a round that is a draft by its forms.
func TestRoundIsDiscardedAfterAPageThatAsks(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	person(t, st, "sato", models.Publisher)
	v := s.signedIn("sato")
	post := func(address string, form url.Values) *http.Response {
		return v.send("POST", address, form.Encode(), "Content-Type", formType, "Accept", "text/html")
	}
	post("/en/rounds/qscg-2023-12/start", nil)
	discard := "/en/rounds/qscg-2023-12/discard"
	if page := read(t, v.page("/en/rounds/qscg-2023-12")); !strings.Contains(page, discard) {
		t.Error("the page of the round does not lead to discarding it")
	}
	form := fieldsOf(read(t, v.page(discard)), discard)
	if r := post(discard, form); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/rounds" {
		t.Fatalf("discard: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	if r := v.page("/en/rounds/qscg-2023-12"); r.StatusCode != http.StatusNotFound {
		t.Errorf("the discarded round: %d", r.StatusCode)
	}
}

// TestHeadOfTheEventsEnds asks for the head of the stream: it has no body to wait for.
func TestHeadOfTheEventsEnds(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	person(t, st, "rao", models.Analyst)
	v := s.signedIn("rao")
	ended := make(chan *http.Response, 1)
	go func() {
		ended <- v.send("HEAD", "/api/v1/events?record=initiative:QSCG-AI-ML&version=1", "")
	}()
	select {
	case r := <-ended:
		if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream") {
			t.Errorf("%d, %s", r.StatusCode, r.Header.Get("Content-Type"))
		}
	case <-time.After(10 * time.Second):
		t.Error("the answer does not end")
	}
}
