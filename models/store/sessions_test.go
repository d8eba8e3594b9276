package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// account makes an account that nobody signs in to.
func account(t *testing.T, s *store.Store, name string, role models.Role) models.Actor {
	t.Helper()
	id, err := s.AddUser(ctx, models.Program, models.NewUser{Email: name + "@example.org", Name: name, Role: role}, "")
	if err != nil {
		t.Fatal(err)
	}
	return models.Actor{ID: id, Name: name, Role: role}
}

func kept(t *testing.T, s *store.Store, hash string) bool {
	t.Helper()
	_, found, err := s.Sessions().FindCtx(ctx, hash)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheSessionThatBeginsIsAlwaysKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sato := account(t, s, "sato", models.Analyst)
		until := storetest.Now().Add(12 * time.Hour)
		for n := range 100 { // all in one second, so that only their order of coming tells them apart
			hash := fmt.Sprintf("%03d", n*37%100)
			if err := s.Sessions().CommitCtx(ctx, hash, fmt.Appendf(nil, `{"user":%d,"fresh":true}`, sato.ID), until); err != nil {
				t.Fatal(err)
			}
			if !kept(t, s, hash) {
				t.Fatalf("session %d is not kept", n)
			}
		}
		if n := s.Int(t, "SELECT COUNT(*) FROM sessions"); n != models.SessionsPerUser {
			t.Errorf("%d sessions; want %d", n, models.SessionsPerUser)
		}
	})
}

func TestASessionThatWasEndedStaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sato := account(t, s, "sato", models.Analyst)
		keep := func(data string) {
			t.Helper()
			if err := s.Sessions().CommitCtx(ctx, "abcdefghijklmnop", fmt.Appendf(nil, data, sato.ID), storetest.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		keep(`{"user":%d,"fresh":true}`)
		keep(`{"user":%d}`)
		if !kept(t, s, "abcdefghijklmnop") {
			t.Fatal("a session is not kept")
		}
		if err := s.EndSessions(ctx, sato, sato.ID, ""); err != nil {
			t.Fatal(err)
		}
		keep(`{"user":%d}`) // a request that was under way meanwhile
		if kept(t, s, "abcdefghijklmnop") {
			t.Error("a request that was under way opened the session again")
		}
	})
}

func TestNothingOfOthersIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sato, brown := account(t, s, "sato", models.Analyst), account(t, s, "brown", models.Publisher)
		if err := s.Sessions().CommitCtx(ctx, "abcdefghijklmnop", fmt.Appendf(nil, `{"user":%d,"fresh":true}`, sato.ID), storetest.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		id, err := s.AddToken(ctx, sato, models.NewToken{Name: "nightly", Scope: models.ScopeWrite}, "ct_live_abcd", "hash")
		if err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"end a session": s.EndSession(ctx, brown, "abcdefghijkl"),
			"revoke":        s.RevokeToken(ctx, brown, id),
		} {
			if kindOf(err) != models.KindNotFound {
				t.Errorf("%s of somebody else: %v; want not found", name, err)
			}
		}
		for name, err := range map[string]error{
			"end all sessions": s.EndSessions(ctx, brown, sato.ID, ""),
			"another role":     s.SetRole(ctx, brown, brown.ID, models.Administrator, false),
			"a new account":    func() error { _, err := s.AddUser(ctx, brown, models.NewUser{}, ""); return err }(),
			"a link":           s.Renew(ctx, brown, sato.ID, "hash"),
			"an invitation":    s.Invite(ctx, brown, models.NewUser{Email: "x@example.org", Name: "x", Role: models.Administrator}, "hash"),
			"forced roles":     s.SetFactorRoles(ctx, brown, nil),
			"all accounts":     func() error { _, err := s.Users(ctx, brown); return err }(),
			"all tokens":       func() error { _, err := s.Tokens(ctx, brown, true); return err }(),
		} {
			if kindOf(err) != models.KindForbidden {
				t.Errorf("%s as a publisher: %v; want forbidden", name, err)
			}
		}
		for what, of := range map[string]func() (int, error){
			"sessions": func() (int, error) { all, err := s.SessionsOf(ctx, brown, ""); return len(all), err },
			"tokens":   func() (int, error) { all, err := s.Tokens(ctx, brown, false); return len(all), err },
		} {
			if n, err := of(); n != 0 || err != nil {
				t.Errorf("%d %s of somebody else are listed: %v", n, what, err)
			}
		}
		if !kept(t, s, "abcdefghijklmnop") {
			t.Error("the session of somebody else has ended")
		}
	})
}
