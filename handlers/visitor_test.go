package handlers_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// clock is a time that a test lets pass.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: storetest.Now()} }

// Now returns the time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// house is a server with a clock that the test turns, on a store that it can look into.
type house struct {
	site
	store  *store.Store
	clock  *clock
	folder string
}

// newHouse is a house on SQLite with the Quad record; code opens the making of the first account.
func newHouse(t *testing.T, code string, log *slog.Logger) house {
	t.Helper()
	o := storetest.QuadOptions(t, store.SQLite)
	h := house{clock: newClock(), folder: filepath.Dir(o.Path)}
	o.Now = h.clock.Now
	h.store = storetest.Open(t, o)
	server, err := handlers.New(handlers.Options{Store: h.store, Log: log, Now: h.clock.Now, Version: "test", SetUpCode: code, PlanWait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	h.site = site{t, server}
	return h
}

func quietHouse(t *testing.T) house { return newHouse(t, "", slog.New(slog.DiscardHandler)) }

// passphrase is that of every account that person makes. One hash serves them all, because hashing is slow on purpose.
const passphrase = "gravel lantern orbit thimble"

var passphraseHash = sync.OnceValues(func() (string, error) {
	h, err := session.NewHasher()
	if err != nil {
		return "", err
	}
	return h.Hash(context.Background(), passphrase)
})

// person makes an account and returns who acts with it.
func person(t testing.TB, s *store.Store, name string, role models.Role) models.Actor {
	t.Helper()
	hash, err := passphraseHash()
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.AddUser(context.Background(), models.Program, models.NewUser{Email: name + "@example.org", Name: name, Role: role}, hash)
	if err != nil {
		t.Fatalf("add %s: %v", name, err)
	}
	return models.Actor{ID: id, Name: name, Role: role}
}

// token makes a token of an account.
func token(t testing.TB, s *store.Store, owner models.Actor, scope models.Scope) string {
	t.Helper()
	secret, prefix := session.NewToken()
	if _, err := s.AddToken(context.Background(), owner, models.NewToken{Name: "program", Scope: scope}, prefix, session.HashOf(secret)); err != nil {
		t.Fatalf("add a token of %s: %v", owner.Name, err)
	}
	return secret
}

// visitor is a browser or a program at a network address of its own, with what it carries.
type visitor struct {
	site
	name    string
	address string
	cookie  string
	token   string
}

var hosts atomic.Int64

func (s site) visitor(name string) *visitor {
	n := hosts.Add(1)
	return &visitor{site: s, name: name, address: fmt.Sprintf("10.0.%d.%d:4711", n>>8&255, n&255)}
}

// signedIn is a visitor with a session.
func (s site) signedIn(name string) *visitor {
	s.t.Helper()
	v := s.visitor(name)
	if r := v.signIn(passphrase, ""); r.StatusCode != http.StatusSeeOther || v.cookie == "" {
		s.t.Fatalf("%s signs in: %d %.300s; want 303 and a session", name, r.StatusCode, read(s.t, r))
	}
	return v
}

func (v *visitor) signIn(secret, code string) *http.Response {
	v.t.Helper()
	return v.post("/en/sign-in", "email", v.name+"@example.org", "passphrase", secret, "code", code)
}

const formType = "application/x-www-form-urlencoded"

// post sends a form; fields are pairs of a name and a value.
func (v *visitor) post(path string, fields ...string) *http.Response {
	v.t.Helper()
	q := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		q.Add(fields[i], fields[i+1])
	}
	return v.send("POST", path, q.Encode(), "Content-Type", formType, "Accept", "text/html")
}

// page reads a page as a browser does.
func (v *visitor) page(path string) *http.Response {
	v.t.Helper()
	return v.send("GET", path, "", "Accept", "text/html")
}

// send sends a request with what the visitor carries, and takes the cookie that is set.
func (v *visitor) send(method, path, body string, header ...string) *http.Response {
	v.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = v.address
	if v.cookie != "" {
		r.AddCookie(&http.Cookie{Name: session.CookieName, Value: v.cookie})
	}
	if v.token != "" {
		r.Header.Set("Authorization", "Bearer "+v.token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	v.h.ServeHTTP(w, r)
	answer := w.Result()
	for _, c := range answer.Cookies() {
		if c.Name == session.CookieName {
			v.cookie = c.Value
		}
	}
	return answer
}

// in reports whether the visitor is signed in.
func (v *visitor) in() bool {
	v.t.Helper()
	return v.page("/en/account").StatusCode == http.StatusOK
}

// want fails unless the answer has the status; it returns the body.
func (v *visitor) want(status int, r *http.Response) string {
	v.t.Helper()
	body := read(v.t, r)
	if r.StatusCode != status {
		v.t.Fatalf("%s: got %d; want %d: %.600s", v.name, r.StatusCode, status, body)
	}
	return body
}

// once finds what a page shows once, such as a new token.
func once(t testing.TB, pattern, body string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no %s in %.600s", pattern, body)
	}
	return m[len(m)-1]
}

// auditLength is the number of entries of the audit.
func auditLength(t testing.TB, s *store.Store) int {
	t.Helper()
	all, err := s.AuditLog(context.Background(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}
