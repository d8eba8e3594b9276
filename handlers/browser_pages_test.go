package handlers_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// browserPage is one page that the browser tests open, without its language. A word in braces stands for what exists
// only once somebody has made it; the tests make it.
type browserPage struct {
	Route string `json:"route"`
	Path  string `json:"path"`
	// Reader is everybody, or the least role that sees the page, or visitor for pages that need nobody signed in.
	Reader string `json:"reader"`
}

// deskRefs are the blanks of the routes that sample knows nothing of, because only those who keep the record see them.
var deskRefs = map[string]string{
	"edit-forum": "qscg", "edit-country": "JP", "edit-topic": "supply-chain", "edit-delegate": "keiichi-ichikawa", "edit-meeting": "qscg-2023-12",
	"edit-initiative": "QSCG-CYBER-CHALLENGE", "edit-statement": "qscg-2023-12", "edit-commitment": "QSCG-2023-12-P04-1", "mark-form": "qscg-2023-12",
	"correct-form": "qscg-2023-12", "update-form": "QSCG-CYBER-CHALLENGE", "retract-form": "wh-2023-12-15", "round": "qscg-2023-12",
	"round-item": "qscg-2023-12", "discard-form": "qscg-2023-12", "publish-form": "qscg-2023-12", "import": "{draft}", "import-progress": "{reading}", "invitation": "{invitation}",
}

// pathsOf are the addresses under which the browser tests open a page.
func pathsOf(r handlers.Route) []string {
	if r.Name == "overview" { // its pattern is that of the data
		return []string{"/"}
	}
	if r.Public() {
		return []string{sample(r)}
	}
	path := strings.NewReplacer(":ref", deskRefs[r.Name], ":paragraph", "p4", ":initiative", "QSCG-CYBER-CHALLENGE").Replace(r.Pattern)
	if r.Name != "import" {
		return []string{path}
	}
	var all []string
	for _, step := range []string{models.StepSource, models.StepAlign, models.StepMark, models.StepMatch, models.StepCheck} {
		all = append(all, strings.ReplaceAll(path, ":step", step))
	}
	return all
}

// readerOf says who sees a page.
func readerOf(r handlers.Route) string {
	if r.Permission == models.PermitSignIn {
		return "visitor"
	}
	if r.Public() {
		return "everybody"
	}
	least := slices.IndexFunc(models.AccountRoles, func(role models.Role) bool { return models.May(models.Actor{Role: role}, r.Permission) })
	return string(models.AccountRoles[least])
}

// TestBrowserTestsKnowEveryPage compares the list of pages that the browser tests open with the route table, so that a
// new page is not forgotten there.
func TestBrowserTestsKnowEveryPage(t *testing.T) {
	t.Parallel()
	var pages []browserPage
	for _, r := range handlers.Routes() {
		if r.Method != http.MethodGet || !r.Offers(represent.HTML) {
			continue
		}
		for _, path := range pathsOf(r) {
			if strings.Contains(path, "//") || strings.Contains(path, ":") || len(path) > 1 && strings.HasSuffix(path, "/") {
				t.Errorf("%s: the address %s has a gap; give the route a sample in sample or deskRefs", r.Name, path)
			}
			pages = append(pages, browserPage{r.Name, path, readerOf(r)})
		}
	}
	var b strings.Builder
	for i, p := range pages {
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(map[bool]string{true: "[\n  ", false: ",\n  "}[i == 0] + string(line))
	}
	golden(t, "../frontend/browser/pages.json", b.String()+"\n]\n")
}
