package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

// TestAnswerOfOnePersonIsNotShared sends a session in the second of two headers, the first of which is empty.
func TestAnswerOfOnePersonIsNotShared(t *testing.T) {
	h := quietHouse(t)
	person(t, h.store, "sato", models.Analyst)
	v := h.signedIn("sato")
	h.clock.pass(2 * time.Minute) // the session is noted anew, with its cookie
	const path = "/en/initiatives/QSCG-AI-ML"
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header["Cookie"] = []string{"", session.CookieName + "=" + v.cookie}
	own := httptest.NewRecorder()
	h.h.ServeHTTP(own, r)
	if !strings.Contains(own.Body.String(), "sato") {
		t.Fatal("the second header did not sign in; the test tells nothing")
	}
	a := h.do(http.MethodGet, path)
	if body := read(t, a); strings.Contains(body, "sato") || len(a.Header["Set-Cookie"]) > 0 || a.Header.Get("Cache-Control") == "no-store" {
		t.Errorf("a stranger got the page of somebody who is signed in: %v", a.Header)
	}
}

// TestHeadLeavesNoAnswerForOthers asks for the head of a whole list in a way that only the parsed query shows.
func TestHeadLeavesNoAnswerForOthers(t *testing.T) {
	h := quietHouse(t)
	want := len(read(t, h.do(http.MethodGet, "/updates.csv?all=1")))
	for _, path := range []string{"/updates.csv?all=%31", "/updates.csv?a%6cl=1", "/initiatives.csv"} {
		if r := h.do(http.MethodHead, path); r.StatusCode != http.StatusOK {
			t.Fatalf("HEAD %s: %d", path, r.StatusCode)
		}
		got := len(read(t, h.do(http.MethodGet, path)))
		if got == 0 || strings.Contains(path, "updates") && got != want {
			t.Errorf("%s after its head: %d bytes; want %d", path, got, want)
		}
	}
}

// TestCacheCountsHeadersAndKeys fills the cache with short answers under long keys.
func TestCacheCountsHeadersAndKeys(t *testing.T) {
	h := quietHouse(t)
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	ask := func(n int) {
		q := url.QueryEscape(strings.Repeat("量", 490) + fmt.Sprint(n))
		read(t, h.do(http.MethodGet, "/initiatives.json?limit=1&q="+q, "Accept-Language", "en;q=0.1, "+strings.Repeat(fmt.Sprintf("x%d,", n%10), 7000)))
	}
	ask(0)
	before := heap()
	for n := range 900 {
		ask(n + 1)
	}
	if grown := int64(heap() - before); grown > 44<<20 {
		t.Errorf("900 short answers under long keys take %d MB; at most about 32 are meant to be kept", grown>>20)
	}
	runtime.KeepAlive(h)
}
