package handlers_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// site is a server on a store with the Quad record.
type site struct {
	t testing.TB
	h http.Handler
}

func newSite(t testing.TB, s *store.Store) site {
	t.Helper()
	h, err := handlers.New(handlers.Options{Store: s, Log: slog.New(slog.DiscardHandler), Now: storetest.Now, Version: "test", PlanWait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return site{t, h}
}

// quadSite is a server on SQLite with the Quad record.
func quadSite(t testing.TB) site { return newSite(t, storetest.Quad(t, store.SQLite)) }

// do sends a request; header are pairs of a name and a value.
func (s site) do(method, address string, header ...string) *http.Response {
	s.t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	return w.Result()
}

// get reads an address that must answer 200.
func (s site) get(address string, header ...string) string {
	s.t.Helper()
	r := s.do("GET", address, header...)
	body := read(s.t, r)
	if r.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %d %s; want 200", address, r.StatusCode, body)
	}
	return body
}

func read(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var row = regexp.MustCompile(`<tr data-ref="([^"]+)"`)

// rows are the references of the rows of a page, in order.
func rows(page string) []string {
	var out []string
	for _, m := range row.FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

// column reads one column of a CSV answer.
func column(t testing.TB, body, name string) []string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range all[0] {
		if h == name {
			var out []string
			for _, r := range all[1:] {
				out = append(out, r[i])
			}
			return out
		}
	}
	t.Fatalf("no column %q in %v", name, all[0])
	return nil
}

// items reads the values of one key of the items of a JSON list.
func items(t testing.TB, body, key string) []string {
	t.Helper()
	var list struct {
		Items []map[string]any `json:"items"`
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	var out []string
	for _, i := range list.Items {
		s, _ := i[key].(string)
		if n, ok := i[key].(float64); ok {
			s = strconv.FormatFloat(n, 'f', -1, 64)
		}
		out = append(out, s)
	}
	return out
}

// publicRoutes are the routes that read what everybody may read.
func publicRoutes() []handlers.Route {
	return slices.DeleteFunc(handlers.Routes(), func(r handlers.Route) bool { return !r.Public() })
}

var blank = regexp.MustCompile(`:([a-z]+)`)

// blanks writes a pattern as the OpenAPI document does.
func blanks(pattern string) string { return blank.ReplaceAllString(pattern, "{$1}") }

// sample is an address for each route of the table.
func sample(r handlers.Route) string {
	refs := map[string]string{
		"topic": "critical-infrastructure", "initiative": "QSCG-CYBER-CHALLENGE", "meeting": "qscg-2023-12", "country": "JP", "delegate": "keiichi-ichikawa",
		"statement": "qscg-2023-12", "annotations": "qscg-2023-12", "commitment": "QSCG-2023-12-P04-1", "evidence-record": "wh-2023-12-15", "permanent": "QSCG-AI-ML", "datapackage": "qscg", "forum": "qscg",
		"update": "1", "search-note": "note-cyber-challenge-2026-11-23", "permanent-statement": "qscg-2023-12", "briefing": "1",
		"topic-chart": "critical-infrastructure", "topic-embed": "critical-infrastructure", "initiative-chart": "QSCG-CYBER-CHALLENGE", "country-chart": "JP", "meeting-chart": "qscg-2023-12",
	}
	return strings.NewReplacer(":ref", refs[r.Name], ":paragraph", "p4").Replace(r.Pattern)
}
