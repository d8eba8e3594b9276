package handlers_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestAuditIsListedNarrowedAndChecked reads the audit with an auditor's token.
func TestAuditIsListedNarrowedAndChecked(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	bearer := "Bearer " + token(t, st, person(t, st, "auditor", models.Auditor), models.ScopeRead)
	if got := items(t, s.get("/api/v1/admin/audit", "Authorization", bearer), "action"); !slices.Equal(got, []string{"token.add", "user.add", "import"}) {
		t.Errorf("newest first: %v", got)
	}
	for query, want := range map[string]int{"?action=import": 1, "?actor=followthrough": 2, "?object=user:auditor@example.org": 1, "?from=2026-11-23": 3, "?from=2026-11-24": 0, "?until=2026-11-22": 0, "?until=2026-11": 3, "?limit=1": 1} {
		if got := column(t, s.get("/admin/audit.csv"+query, "Authorization", bearer), "seq"); len(got) != want {
			t.Errorf("%s: entries %v; want %d", query, got, want)
		}
	}
	next := s.do("GET", "/admin/audit.json?limit=2", "Authorization", bearer)
	var list struct {
		Next *string `json:"next"`
	}
	if err := json.Unmarshal([]byte(read(t, next)), &list); err != nil || list.Next == nil {
		t.Fatalf("no next page: %v", err)
	}
	if got := items(t, s.get("/admin/audit.json?limit=2&after="+*list.Next, "Authorization", bearer), "action"); !slices.Equal(got, []string{"import"}) {
		t.Errorf("the second page has %v", got)
	}
	if r := s.do("GET", "/admin/audit.json?from=soon", "Authorization", bearer); r.StatusCode != http.StatusBadRequest || !strings.Contains(read(t, r), `"field":"from"`) {
		t.Errorf("a day that is none: %d", r.StatusCode)
	}
	var v models.Verification
	if err := json.Unmarshal([]byte(s.get("/admin/verification.json", "Authorization", bearer)), &v); err != nil || v.Entries != 3 || len(v.Findings) > 0 || v.Texts == 0 || v.Statuses == 0 {
		t.Errorf("the check says %+v, %v", v, err)
	}
	if page := s.get("/en/admin/audit?verify=1", "Authorization", bearer); !strings.Contains(page, "Chain intact: entries 1 to 3") {
		t.Error("the page does not say that the chain is intact")
	}
}
