package handlers_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// TestEditsSentAgain repeats a renaming, and the making of a record that was removed since.
func TestEditsSentAgain(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	v := h.visitor("program")
	v.token = token(t, h.store, person(t, h.store, "rao", models.Analyst), models.ScopeWrite)
	send := func(path, body, key, tag string) *http.Response {
		return v.send("POST", path, body, "Content-Type", "application/json", "Idempotency-Key", key, "If-Match", tag)
	}
	for range 2 {
		if body := v.want(200, send("/api/v1/topics/supply-chain", `{"slug":"chains"}`, "rename", `"1"`)); !strings.Contains(body, `"slug":"chains"`) {
			t.Errorf("renamed: %s", body)
		}
	}
	v.want(404, send("/api/v1/topics/supply-chain", `{"slug":"other"}`, "late", `"2"`))
	v.want(201, send("/api/v1/topics", `{"slug":"space","name":{"en":"Space"}}`, "make", ""))
	v.want(200, send("/api/v1/topics/space/remove", `{"reason":{"en":"No."}}`, "remove", `"1"`))
	again := send("/api/v1/topics", `{"slug":"space","name":{"en":"Space"}}`, "make", "")
	if body := v.want(410, again); again.Header.Get("Content-Type") != represent.Problem || !strings.Contains(body, "problem:gone") {
		t.Errorf("making what was removed since: %s %s", again.Header.Get("Content-Type"), body)
	}
	v.want(200, v.send("POST", "/api/v1/topics/space/restore", "")) // takes nothing
}

// TestEditsAsData sends changes as programs do.
func TestEditsAsData(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	rao := person(t, h.store, "rao", models.Analyst)
	v := h.visitor("program")
	v.token = token(t, h.store, rao, models.ScopeWrite)
	const at = "/api/v1/initiatives/QSCG-CYBER-CHALLENGE"
	send := func(path, body, tag string, more ...string) *http.Response {
		header := append([]string{"Content-Type", "application/json"}, more...)
		if tag != "" {
			header = append(header, "If-Match", tag)
		}
		return v.send("POST", path, body, header...)
	}
	tag := v.send("GET", at+"/edit", "").Header.Get("ETag")
	entries := auditLength(t, h.store)
	for _, c := range []struct {
		body, tag string
		status    int
		field     string
	}{
		{`{"due_on":"2027"}`, "", 428, ""},
		{`{"due_on":"2027"}`, `"1-x.99"`, 412, ""},
		{`{"due_on":"2027-13"}`, tag, 422, "due_on"},
		{`{"due":"2027"}`, tag, 400, "due"},
		{`{"version":7}`, tag, 400, "version"},
		{`{"title":{"en":"","ja":""}}`, tag, 422, "title.en"},
		{`{"title":{"en":"A\u202eB"}}`, tag, 422, "title.en"},
		{`{"parts":[{"country":"JP","role":"leader"}]}`, tag, 422, "parts.0.role"},
		{`{"kind":"nothing"}`, tag, 422, "kind"},
		{`{"topic":"nowhere"}`, tag, 422, "topic"},
		{`{"sources":["nothing"]}`, tag, 422, "sources"},
		{`{"begins_on":"2023-12"}`, tag, 422, "begins_on"},
		{`{"trackable":"yes"}`, tag, 400, "trackable"},
		{`[]`, tag, 400, ""},
	} {
		answer := send(at, c.body, c.tag)
		var p struct {
			Errors []struct{ Field string } `json:"errors"`
		}
		body := read(t, answer)
		if err := json.Unmarshal([]byte(body), &p); err != nil || answer.StatusCode != c.status || c.field != "" && (len(p.Errors) == 0 || p.Errors[0].Field != c.field) {
			t.Errorf("%s: %d %s; want %d on %q", c.body, answer.StatusCode, body, c.status, c.field)
		}
	}
	if now := auditLength(t, h.store); now != entries {
		t.Fatalf("refused changes left %d entries", now-entries)
	}
	var made struct {
		Item    models.InitiativeEdit `json:"item"`
		Version int64                 `json:"version"`
	}
	const change = `{"title":{"ja":"挑戦"},"due_on":"2027-Q2","parts":[{"country":"AU","role":"contributor"},{"country":"IN","role":"contributor"},{"country":"JP","role":"lead"},{"country":"US","role":"contributor"}]}`
	for range 2 { // the second time is a retry
		if err := json.Unmarshal([]byte(v.want(200, send(at, change, tag, "Idempotency-Key", "k"))), &made); err != nil {
			t.Fatal(err)
		}
		if made.Item.Title != (models.Text{EN: "Quad Cyber Challenge", JA: "挑戦"}) || made.Item.DueOn.String() != "2027-Q2" || made.Item.Parts[2].Role != "lead" || made.Item.Summary.EN == "" || made.Version != 2 {
			t.Errorf("%+v, version %d; what is left out stays", made.Item, made.Version)
		}
	}
	if now := auditLength(t, h.store); now != entries+1 {
		t.Errorf("a change and its retry left %d entries", now-entries)
	}
	v.want(412, send(at, `{"due_on":"2028"}`, tag))
	for _, c := range []struct {
		role  models.Role
		scope models.Scope
	}{{models.Reader, models.ScopeWrite}, {models.Auditor, models.ScopeWrite}, {models.Analyst, models.ScopeRead}} {
		other := h.visitor("other")
		other.token = token(t, h.store, person(t, h.store, string(c.role)+"-"+string(c.scope), c.role), c.scope)
		other.want(403, other.send("POST", at, `{"due_on":"2028"}`, "Content-Type", "application/json", "If-Match", `"2"`))
	}
	v.want(200, send(at, `{"due_on":null}`, `"2"`)) // null is absent, and nothing differs
	v.want(200, send(at, `{"due_on":""}`, `"2"`))
	if err := json.Unmarshal([]byte(v.want(200, v.send("GET", at+"/edit", ""))), &made); err != nil || !made.Item.DueOn.IsZero() || made.Version != 3 {
		t.Errorf("an empty date: %+v, version %d, %v", made.Item.DueOn, made.Version, err)
	}
}
