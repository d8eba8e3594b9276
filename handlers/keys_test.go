package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestSingleKeysCanBeSwitchedOff turns the keys of one person's pages off and on again (WCAG 2.1.4).
func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "rao", models.Analyst)
	v := h.signedIn("rao")
	for _, c := range []struct {
		fields []string
		off    bool
	}{{nil, true}, {[]string{"on", "1"}, false}} {
		if r := v.post("/ja/account/keys", c.fields...); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("%v: %d", c.fields, r.StatusCode)
		}
		if page := read(t, v.page("/en/matrix")); strings.Contains(page, `data-keys="off"`) != c.off {
			t.Errorf("%v: the page says off: %v", c.fields, !c.off)
		}
	}
	if strings.Contains(h.get("/en/matrix"), `data-keys`) {
		t.Error("the public's keys are off")
	}
}

// TestAReaderSwitchesKeysOffWithoutAnAccount posts the form of the list of keys, as a browser without scripts does.
func TestAReaderSwitchesKeysOffWithoutAnAccount(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	post := func(fields url.Values, header ...string) *http.Response {
		r := httptest.NewRequest("POST", "/en/shortcuts", strings.NewReader(fields.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.h.ServeHTTP(w, r)
		return w.Result()
	}
	off := post(url.Values{"next": {"/matrix?as_of=qscg-2023-12"}})
	if to := off.Header.Get("Location"); off.StatusCode != http.StatusSeeOther || to != "/en/matrix?as_of=qscg-2023-12" {
		t.Fatalf("%d to %s; want 303 to the page that the list was shown over", off.StatusCode, to)
	}
	if len(off.Cookies()) != 1 {
		t.Fatalf("cookies %v; want one", off.Cookies())
	}
	c := off.Cookies()[0]
	if c.Name != "single-keys" || c.Value != "off" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge <= 0 {
		t.Errorf("%+v", c)
	}
	mine := []string{"Cookie", c.Name + "=" + c.Value}
	public := h.do("GET", "/en/matrix")
	read(t, public)
	if page := h.get("/en/matrix", mine...); !strings.Contains(page, `data-keys="off"`) {
		t.Error("the keys are still on")
	}
	if strings.Contains(h.get("/en/matrix"), `data-keys="off"`) {
		t.Error("the keys of everybody else are off")
	}
	if r := h.do("GET", "/en/matrix", append(mine, "If-None-Match", public.Header.Get("ETag"))...); r.StatusCode != http.StatusOK {
		t.Errorf("the page that the browser kept while keys were on: %d; want it anew", r.StatusCode)
	}
	if list := h.get("/en/shortcuts", mine...); !strings.Contains(list, "Turn them on") || strings.Contains(list, "Turn them off") {
		t.Error("the list of keys does not say that they are off")
	}
	on := post(url.Values{"on": {"1"}}, mine...)
	if to := on.Header.Get("Location"); to != "/en/shortcuts" || len(on.Cookies()) != 1 || on.Cookies()[0].MaxAge >= 0 {
		t.Errorf("on again: to %s, cookies %v; want the list and the cookie gone", to, on.Cookies())
	}
	for _, next := range []string{"//evil.example", "https://evil.example/", "/\\evil.example", "/nowhere"} {
		if to := post(url.Values{"next": {next}}).Header.Get("Location"); to != "/en/" {
			t.Errorf("next %q leads to %s; want the overview", next, to)
		}
	}
	if r := post(nil, "Sec-Fetch-Site", "cross-site"); r.StatusCode != http.StatusForbidden {
		t.Errorf("from a foreign page: %d; want 403", r.StatusCode)
	}
}

// TestTheListOfKeysSwitchesThoseOfTheAccount posts the same form with an account.
func TestTheListOfKeysSwitchesThoseOfTheAccount(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "rao", models.Analyst)
	v := h.signedIn("rao")
	if r := v.post("/ja/shortcuts", "next", "/matrix"); r.StatusCode != http.StatusSeeOther || len(r.Header.Values("Set-Cookie")) > 1 || strings.Contains(strings.Join(r.Header.Values("Set-Cookie"), ""), "single-keys") {
		t.Fatalf("%d %v; want 303 and no cookie for it", r.StatusCode, r.Header.Values("Set-Cookie"))
	}
	if page := read(t, v.page("/en/account")); !strings.Contains(page, `data-keys="off"`) {
		t.Error("the account does not know that keys are off")
	}
}

// TestTheListOfKeysPutsThoseOfThePageFirst follows the link of each kind of page.
func TestTheListOfKeysPutsThoseOfThePageFirst(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for path, first := range map[string]string{"/matrix": "J", "/initiatives": "J", "/initiatives/QSCG-AI-ML": "/", "/statements/qscg-2023-12": "N", "/search": "J", "/method": "/", "/shortcuts": "/"} {
		link := regexp.MustCompile(`href="(/en/shortcuts[^"]*)"`).FindStringSubmatch(s.get("/en" + path))
		if link == nil {
			t.Fatalf("%s: no link to the list of keys", path)
		}
		if got := regexp.MustCompile(`<kbd>([^<]*)</kbd>`).FindStringSubmatch(s.get(link[1])); got[1] != first {
			t.Errorf("%s: %s begins with %q; want %q", path, link[1], got[1], first)
		}
	}
}
