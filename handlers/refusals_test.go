package handlers_test

import (
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestRefusalsSayWhatIsNeeded asks for what the caller may not do, and reads what would help.
func TestRefusalsSayWhatIsNeeded(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	person(t, h.store, "reader", models.Reader)
	analyst := person(t, h.store, "analyst", models.Analyst)
	reader, program := h.signedIn("reader"), h.visitor("program")
	program.token = token(t, h.store, analyst, models.ScopeRead)
	json := []string{"Content-Type", "application/json"}
	for _, c := range []struct {
		says string
		body string
	}{
		{"It needs one of these roles: Analyst · Publisher · Administrator.", reader.want(403, reader.page("/en/topics/new"))},
		{"次のいずれかの役割が必要です：管理者。", reader.want(403, reader.page("/ja/admin/users"))},
		{"No token opens this.", program.want(403, program.send("GET", "/en/account", "", "Accept", "text/html"))},
		{"This token may only read.", program.want(403, program.send("POST", "/api/v1/topics", "{}", json...))},
		{"from a page of another site", reader.want(403, reader.send("POST", "/api/v1/topics", "{}", append(json, "Sec-Fetch-Site", "cross-site")...))},
		{"What you sent has 301 KiB; at most 256 KiB are taken.", program.want(413, func() *visitor {
			v := h.visitor("big")
			v.token = token(t, h.store, analyst, models.ScopeWrite)
			return v
		}().
			send("POST", "/api/v1/topics", `{"slug":"`+strings.Repeat("a", 300<<10)+`"}`, json...))},
	} {
		if !strings.Contains(c.body, c.says) {
			t.Errorf("without %q: %.700s", c.says, c.body)
		}
	}
}
