package handlers_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text that people read with its file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("%s differs (%v); go test -update rewrites it, read the diff:\n%s", file, err, got)
	}
}

// TestPermissionMatrix holds every route against every role in one file that people can read.
func TestPermissionMatrix(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s %-6s %-20s %-10s", "route", "method", "pattern", "permission")
	for _, r := range models.Roles {
		fmt.Fprintf(&b, " %-13s", r)
	}
	b.WriteString("\n")
	for _, r := range handlers.Routes() {
		fmt.Fprintf(&b, "%-18s %-6s %-20s %-10s", r.Name, r.Method, r.Pattern, r.Permission)
		for _, role := range models.Roles {
			answer := "no"
			if models.May(models.Actor{Role: role}, r.Permission) {
				answer = "yes"
			}
			fmt.Fprintf(&b, " %-13s", answer)
		}
		b.WriteString("\n")
	}
	golden(t, "testdata/permissions.txt", regexp.MustCompile(` +\n`).ReplaceAllString(b.String(), "\n"))
}

var (
	h1      = regexp.MustCompile(`<h1[ >]`)
	ids     = regexp.MustCompile(` id="([^"]+)"`)
	refused = regexp.MustCompile(`(?i)<style|style="| on[a-z]+="|javascript:|<script>`)
	missing = regexp.MustCompile(`⟨[^⟩]*⟩|&lt;no value|%!`)
)

// TestRepresentationMatrix asks every route for every format it declares, and for those it does not.
func TestRepresentationMatrix(t *testing.T) {
	t.Parallel()
	s := briefedSite(t)
	spec := compiled(t, s)
	for _, r := range publicRoutes() {
		if strings.HasPrefix(r.Name, "permanent") {
			continue
		}
		path := sample(r)
		for _, f := range represent.Suffixes {
			for _, address := range []string{path + "." + f.Name, "/en" + path + "." + f.Name, "/api/v1" + path + "." + f.Name} {
				answer := s.do("GET", address)
				body := read(t, answer)
				if !r.Offers(f) {
					if answer.StatusCode != http.StatusNotAcceptable || answer.Header.Get("Content-Type") != represent.Problem {
						t.Errorf("%s: %d %s; want a 406 problem", address, answer.StatusCode, answer.Header.Get("Content-Type"))
					}
					continue
				}
				if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != f.ContentType() {
					t.Errorf("%s: %d %s", address, answer.StatusCode, answer.Header.Get("Content-Type"))
				}
				switch {
				case f == represent.Atom:
					parseFeed(t, address, body)
				case f == represent.ICS:
					parseCalendar(t, address, body)
				case f == represent.JSON && r.Name != "openapi":
					spec.validate(t, r.Pattern, http.StatusOK, body)
				}
			}
		}
		if r.Offers(represent.CSV) != r.Offers(represent.XLSX) && !r.Offers(represent.File) { // a briefing has one annex
			t.Errorf("%s: CSV %v, XLSX %v; want both or neither", r.Name, r.Offers(represent.CSV), r.Offers(represent.XLSX))
		}
		if r.Offers(represent.XLSX) {
			sameRows(t, s, r, path)
			sameCells(t, s, path)
		}
		for _, l := range models.Langs {
			if r.Name == "commitment" { // stands in its statement
				continue
			}
			checkPage(t, s, r, "/"+string(l)+path)
		}
	}
}

// sameRows compares the rows of the CSV with those of the JSON, and finds Japanese intact.
func sameRows(t *testing.T, s site, r handlers.Route, path string) {
	t.Helper()
	limit := "?limit=200"
	key := map[string]string{"topics": "slug", "countries": "iso2", "delegates": "slug", "forums": "slug", "statements": "slug", "commitments": "code", "country": "initiative", "activity": "id", "updates": "id"}[r.Name]
	if key == "" {
		key = "ref"
	}
	if slices.Contains([]string{"topics", "topic", "countries", "country"}, r.Name) {
		limit = ""
	}
	body := s.get(path + ".csv" + limit)
	if r.Name == "topic" {
		limit = "?topic=critical-infrastructure"
		path = "/initiatives"
	}
	if r.Name == "country" {
		path, limit, key = "/initiatives", "?country=JP&sort=topic", "ref"
		body = strings.Replace(body, "initiative,", "ref,", 1)
	}
	if r.Name == "search" {
		limit += "&q=%E3%82%B5%E3%82%A4%E3%83%90%E3%83%BC"
		body = s.get(path + ".csv" + limit)
	}
	a, b := slices.Compact(column(t, body, key)), items(t, s.get(path+".json"+limit), key)
	if len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("%s: CSV has %v, JSON %v", path, a, b)
	}
	if r.Name != "evidence" && r.Name != "countries" && !regexp.MustCompile(`\p{Han}`).MatchString(body) {
		t.Errorf("%s.csv: no Japanese in it", path)
	}
}

// checkPage looks at what every page must have, in one language.
func checkPage(t *testing.T, s site, r handlers.Route, address string) {
	t.Helper()
	if r.Name == "overview" {
		address = strings.TrimSuffix(address, "/overview") + "/"
	}
	answer := s.do("GET", address, "Accept", "text/html")
	body := read(t, answer)
	want := http.StatusOK
	if !r.Offers(represent.HTML) {
		want = http.StatusNotAcceptable
	}
	if answer.StatusCode != want {
		t.Errorf("%s: %d; want %d", address, answer.StatusCode, want)
	}
	lang := strings.Split(address, "/")[1]
	other := models.Lang(lang).Other()
	if n := len(h1.FindAllString(body, -1)); n != 1 {
		t.Errorf("%s: %d h1", address, n)
	}
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("%s: the id %q stands twice", address, m[1])
		}
		seen[m[1]] = true
	}
	for _, must := range []string{`<html lang="` + lang + `"`, `hreflang="` + string(other) + `"`, `<main id="main"`, `class="skip" href="#main"`, "Followthrough</title>"} {
		if !strings.Contains(body, must) {
			t.Errorf("%s: without %s", address, must)
		}
	}
	if bad := refused.FindString(body); bad != "" {
		t.Errorf("%s: the content-security policy would refuse %q", address, bad)
	}
	if bad := missing.FindString(body); bad != "" {
		t.Errorf("%s: a message is missing or wrong: %q", address, bad)
	}
}

// schemas are the answers that the OpenAPI document promises.
type schemas struct {
	doc      map[string]any
	compiler *jsonschema.Compiler
}

func compiled(t *testing.T, s site) schemas {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(s.get("/api/v1/openapi.json")), &doc); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("urn:openapi", doc); err != nil {
		t.Fatal(err)
	}
	return schemas{doc.(map[string]any), c}
}

func (s schemas) validate(t *testing.T, pattern string, status int, body string) {
	t.Helper()
	media := "application~1json"
	if status != http.StatusOK {
		media = "application~1problem+json"
	}
	path := "/api/v1" + blanks(pattern)
	pointer := fmt.Sprintf("urn:openapi#/paths/%s/get/responses/%d/content/%s/schema", strings.ReplaceAll(path, "/", "~1"), status, media)
	schema, err := s.compiler.Compile(pointer)
	if err != nil {
		t.Errorf("%s: no schema for %d: %v", pattern, status, err)
		return
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", pattern, err)
		return
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: the answer is not what the OpenAPI document promises: %.900s", pattern, err)
	}
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	doc := compiled(t, s).doc
	if doc["openapi"] != "3.1.0" {
		t.Errorf("openapi = %v", doc["openapi"])
	}
	paths := doc["paths"].(map[string]any)
	for _, r := range publicRoutes() {
		path := "/api/v1" + blanks(r.Pattern)
		if r.Name == "openapi" {
			path += ".json"
		}
		if r.Offers(represent.SVG) {
			path = "/{language}" + blanks(r.Pattern) + ".svg"
		}
		if _, ok := paths[path]; ok != ((r.Offers(represent.JSON) || r.Offers(represent.SVG)) && !strings.HasPrefix(r.Name, "permanent")) {
			t.Errorf("the document has %s: %v; want it for routes with data of their own alone", path, ok)
		}
	}
	list := paths["/api/v1/initiatives"].(map[string]any)["get"].(map[string]any)
	var names []string
	for _, p := range list["parameters"].([]any) {
		names = append(names, p.(map[string]any)["name"].(string))
	}
	for _, want := range []string{"as_of", "vs", "text", "topic", "country", "delegate", "forum", "status", "meeting", "mark", "grade", "change", "q", "sort", "limit", "after"} {
		if !slices.Contains(names, want) {
			t.Errorf("the document lacks the parameter %s: %v", want, names)
		}
	}
}

// TestManyMeetingsStayReadable asks a record of 400 meetings for pages that name meetings: the latest stand there, and the
// way to the ones before.
func TestManyMeetingsStayReadable(t *testing.T) {
	t.Parallel()
	st := storetest.New(t, store.SQLite)
	for b := range seed.Large(seed.Size{Name: "test", Countries: 30, Delegates: 20, Meetings: 400, Initiatives: 60, Updates: 1200}) {
		if _, err := transfer.Apply(t.Context(), st, models.Program, b); err != nil {
			t.Fatal(err)
		}
	}
	s := newSite(t, st)
	matrix := func(query string) (m models.Matrix) {
		if err := json.Unmarshal([]byte(s.get("/matrix.json?limit=200&forum=sample-forum-00"+query)), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	now := matrix("")
	if len(now.Columns) != models.MaxColumns+1 || now.Earlier != 40-models.MaxColumns {
		t.Fatalf("%d columns, %d earlier; want the latest %d of 40 meetings and the present", len(now.Columns), now.Earlier, models.MaxColumns)
	}
	first := now.Columns[0].Key
	then := matrix("&as_of=" + first)
	if last := then.Columns[len(then.Columns)-1].Key; last != first || then.Columns[0].HeldOn.After(now.Columns[0].HeldOn) {
		t.Errorf("as of %s the matrix ends with %s; want it there", first, last)
	}
	page := s.get("/en/matrix?forum=sample-forum-00")
	if want := fmt.Sprintf("%d earlier meetings are left out", now.Earlier); !strings.Contains(page, want) || !strings.Contains(page, "as_of="+first) {
		t.Errorf("the page does not say %q and lead to them", want)
	}
	topic := s.get("/en/topics/sample-topic-00")
	if n := strings.Count(topic, `<th scope="col"><a href="/en/meetings/`); n == 0 || n > models.MaxColumns || !strings.Contains(topic, "earlier meetings are left out") {
		t.Errorf("a topic has %d meetings in its heads; want at most %d, and the way to the others", n, models.MaxColumns)
	}
	if n := strings.Count(page, `<option value="sample-meeting-`); n > 2*41 {
		t.Errorf("%d meetings to choose from in the time of the view", n)
	}
	if old := s.get("/en/initiatives?as_of=sample-meeting-00010"); !strings.Contains(old, `<option value="sample-meeting-00010" selected`) {
		t.Error("a meeting of long ago is not the chosen one on its own page")
	}
}
