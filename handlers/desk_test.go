package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// deskPassphrase is everybody's at a test desk.
const deskPassphrase = "lantern quarry mosaic drizzle"

// desk is a site with the Quad record and the people who keep it.
type desk struct {
	site
	store *store.Store
	hash  string
	made  int
}

func newDesk(t testing.TB, s *store.Store) *desk {
	t.Helper()
	hasher, err := session.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := hasher.Hash(context.Background(), deskPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{site: newSite(t, s), store: s, hash: hash}
}

// member makes an account of a role.
func (d *desk) member(role models.Role) models.User {
	d.t.Helper()
	d.made++
	n := models.NewUser{Email: fmt.Sprintf("%s-%d@example.org", role, d.made), Name: fmt.Sprintf("%s %d", role, d.made), Role: role}
	id, err := d.store.AddUser(context.Background(), models.Program, n, d.hash)
	if err != nil {
		d.t.Fatal(err)
	}
	return models.User{ID: id, Email: n.Email, Name: n.Name, Role: role}
}

// token makes a token of a member.
func (d *desk) token(of models.User, scope models.Scope) string {
	d.t.Helper()
	token, prefix := session.NewToken()
	if _, err := d.store.AddToken(context.Background(), of.Actor(), models.NewToken{Name: "test", Scope: scope}, prefix, session.HashOf(token)); err != nil {
		d.t.Fatal(err)
	}
	return token
}

// cookie signs a member in and returns the Cookie header of the session.
func (d *desk) cookie(of models.User) string {
	d.t.Helper()
	r := d.send("/en/sign-in", "email="+of.Email+"&passphrase="+strings.ReplaceAll(deskPassphrase, " ", "+"), "Content-Type", "application/x-www-form-urlencoded")
	for _, c := range r.Cookies() {
		if r.StatusCode == http.StatusSeeOther && c.Name == session.CookieName {
			return c.Name + "=" + c.Value
		}
	}
	d.t.Fatalf("sign-in of %s: %d without a session: %.300s", of.Email, r.StatusCode, read(d.t, r))
	return ""
}

// send posts a body. header are pairs of a name and a value; of a name that is given twice the last counts, and an
// empty value leaves it out. From names the network address of the request.
func (d *desk) send(address, body string, header ...string) *http.Response {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Del(header[i])
		if header[i+1] != "" {
			r.Header.Set(header[i], header[i+1])
		}
	}
	if from := r.Header.Get("From"); from != "" {
		r.RemoteAddr = from + ":40000"
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w.Result()
}

// kept is how much the record holds, to see that a refused change left nothing behind.
type kept struct {
	version                             int64
	updates, citations, evidence, notes int
	audit                               int
	head                                string // of the audit
}

// kept reads it from the store itself, because the site remembers its public answers.
func (d *desk) kept() kept {
	d.t.Helper()
	const all = 10_000
	ctx, now, page := context.Background(), models.When{}, models.Page{Limit: all}
	k := d.marked()
	must := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	events, err := d.store.Activity(ctx, models.Public, now, models.ActivityFilter{Kinds: []models.EventKind{models.EventStatus, models.EventPart, models.EventCorrection}}, page)
	must(err)
	k.updates = len(events.Items)
	for _, e := range events.Items {
		k.citations += e.Sources
	}
	evidence, err := d.store.EvidenceList(ctx, models.Public, now, page)
	must(err)
	notes, err := d.store.SearchNotes(ctx, models.Public, now, page)
	must(err)
	k.evidence, k.notes = len(evidence.Items), len(notes.Items)
	return k
}

// marked is what every write marks: the data version and the audit. It is read in no time, so that it can be looked at after
// each of many cases; what writes past both is found by kept at their end.
func (d *desk) marked() (k kept) {
	d.t.Helper()
	var err error
	if k.version, err = d.store.DataVersion(context.Background()); err != nil {
		d.t.Fatal(err)
	}
	log, err := d.store.AuditLog(context.Background(), 0, 10_000)
	if err != nil {
		d.t.Fatal(err)
	}
	k.audit, k.head = len(log), log[len(log)-1].Hash
	return k
}
