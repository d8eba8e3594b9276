package handlers_test

import (
	"encoding/json"
	"fmt"
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

// TestAuditPageSpeaksInWords reads the page of the audit as an auditor, and finds words and the pages of the records where
// the data have codes.
func TestAuditPageSpeaksInWords(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	sato, auditor := person(t, h.store, "sato", models.Publisher), person(t, h.store, "auditor", models.Auditor)
	writer := h.visitor("program")
	writer.token = token(t, h.store, sato, models.ScopeWrite)
	tag, _ := writer.notes("QSCG-AI-ML")
	r, said := writer.judge("QSCG-AI-ML", tag, judgement("for the audit"))
	if r.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", r.StatusCode, said)
	}
	var made struct {
		ID int64 `json:"id"`
	}
	if err := json.Unmarshal([]byte(said), &made); err != nil || made.ID == 0 {
		t.Fatalf("%v in %s", err, said)
	}
	undone := fmt.Sprintf("/api/v1/updates/%d/undo", made.ID)
	writer.want(http.StatusCreated, writer.send("POST", undone, "{}", "Content-Type", "application/json"))
	writer.want(http.StatusOK, writer.send("POST", "/api/v1/evidence/wh-2023-12-15/retract", `{"reason":{"en":"gone"}}`, "Content-Type", "application/json"))
	writer.want(http.StatusCreated, writer.send("POST", "/api/v1/rounds/qscg-2023-12/start", "{}", "Content-Type", "application/json"))
	if err := h.store.SetRole(t.Context(), models.Program, sato.ID, models.Publisher, false); err != nil {
		t.Fatal(err)
	}
	if err := h.store.SetSignInToRead(t.Context(), models.Program, false); err != nil {
		t.Fatal(err)
	}
	strange := store.Change{Action: "strange", Object: "x:y", Needs: models.PermitImport}
	if err := h.store.Write(t.Context(), models.Program, strange, func(*store.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	reader := h.visitor("auditor")
	reader.token = token(t, h.store, auditor, models.ScopeRead)
	english, japanese := reader.want(http.StatusOK, reader.page("/en/admin/audit")), reader.want(http.StatusOK, reader.page("/ja/admin/audit"))
	for body, all := range map[*string][]string{
		&english: {">Recorded a judgement<", ">Took a judgement back<", ">Struck evidence out<", ">Started a round<", ">Made an account<", ">Made a token<", ">strange<", ">x:y<",
			`href="/en/initiatives/QSCG-AI-ML"`, fmt.Sprintf(`href="/en/initiatives/QSCG-AI-ML#update-%d"`, made.ID), `href="/en/evidence/wh-2023-12-15"`, `href="/en/meetings/qscg-2023-12"`,
			"sato, sato@example.org", "Who may read", fmt.Sprintf(">user:%d<", sato.ID)},
		&japanese: {">判断を登録<", ">判断を取り消し<", `href="/ja/initiatives/QSCG-AI-ML"`},
	} {
		for _, want := range all {
			if !strings.Contains(*body, want) {
				t.Errorf("the page has no %s", want)
			}
		}
	}
	if strings.Contains(english, ">evidence.retract<") {
		t.Error("a known action is shown as its code")
	}
	if got := column(t, read(t, reader.page("/admin/audit.csv")), "action"); !slices.Contains(got, "evidence.retract") {
		t.Errorf("the data have %v; want the codes", got)
	}
}
