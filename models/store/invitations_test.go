package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestLinksAndWhatTheAuditSaysOfThem lists, ends and withdraws links, and reads whose they were.
func TestLinksAndWhatTheAuditSaysOfThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		id, err := s.AddUser(ctx, models.Program, models.NewUser{Email: "Sato@example.org", Name: "Sato", Role: models.Analyst}, "hash")
		if err != nil {
			t.Fatal(err)
		}
		brown := models.NewUser{Email: "brown@example.org", Name: "Brown", Role: models.Auditor}
		hashes := []string{"aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"}
		for _, err := range []error{s.Renew(ctx, models.Program, id, hashes[0]), s.Renew(ctx, models.Program, id, hashes[1]), s.Invite(ctx, models.Program, brown, hashes[2])} {
			if err != nil {
				t.Fatal(err)
			}
		}
		open := func() []string {
			all, err := s.Invitations(ctx, models.Program)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, i := range all {
				said = append(said, fmt.Sprintf("%s %s %d", i.Ref, i.Email, i.UserID))
			}
			return said
		}
		if got, want := open(), []string{hashes[1][:12] + fmt.Sprintf(" Sato@example.org %d", id), hashes[2][:12] + " brown@example.org 0"}; !slices.Equal(got, want) {
			t.Errorf("open are %v; want %v", got, want)
		}
		if err := s.Withdraw(ctx, models.Program, hashes[2][:12]); err != nil || len(open()) != 1 {
			t.Errorf("%v; %v are open after a withdrawal; want one", err, open())
		}
		list, err := s.Audit(ctx, models.Program, models.AuditFilter{}, models.Page{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		subjects, err := s.AuditSubjects(ctx, models.Program, list.Items)
		if err != nil {
			t.Fatal(err)
		}
		for object, want := range map[string]string{fmt.Sprintf("user:%d", id): "Sato", "user:sato@example.org": "Sato", "invitation:" + hashes[2][:12]: "Brown"} {
			if got := subjects[object]; got.Name != want || got.UserID == 0 && want == "Sato" {
				t.Errorf("%s is %+v; want %s", object, got, want)
			}
		}
	})
}
