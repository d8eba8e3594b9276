package handlers_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestRemovedRecordIsNowhere asks every public route in every format for a removed initiative and a removed delegate.
func TestRemovedRecordIsNowhere(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	for kind, ref := range map[string]string{"initiative": "QSCG-CYBER-CHALLENGE", "delegate": "keiichi-ichikawa", "commitment": "QSCG-2023-12-P04-3"} {
		if err := s.Remove(t.Context(), models.Program, kind, ref, 1, models.Text{EN: "For the test."}, nil); err != nil {
			t.Fatal(err)
		}
	}
	w, answers := newSite(t, s), 0
	shown := regexp.MustCompile(`QSCG-CYBER-CHALLENGE|keiichi-ichikawa|QSCG-2023-12-P04-3`)
	for _, r := range publicRoutes() {
		path := sample(r)
		for _, f := range r.Formats {
			for _, query := range []string{"", "as_of=2024-06-30", "known_at=2026-11-23"} {
				if query != "" && !takes(r, query[:strings.IndexByte(query, '=')+1]) {
					continue
				}
				address := "/en" + path + "?" + query
				if f != represent.HTML {
					address = path + "." + f.Name + "?" + query
				}
				if slices.Contains([]string{"initiatives", "evidence", "activity", "commitments", "delegates", "search-notes"}, r.Name) {
					address += "&limit=200"
				}
				if r.Name == "search" {
					address += "&q=challenge"
				}
				answer := w.do("GET", strings.Replace(address, "?&", "?", 1))
				body := read(t, answer)
				answers++
				if answer.StatusCode == http.StatusGone || answer.StatusCode == http.StatusFound || r.Name == "openapi" || r.Name == "api" {
					continue // says itself what it was; an example
				}
				if at := shown.FindStringIndex(body); at != nil && !strings.Contains(path, body[at[0]:at[1]]) {
					t.Errorf("%s shows …%s…", address, body[max(0, at[0]-80):min(len(body), at[1]+40)])
				}
			}
		}
	}
	if answers < 150 {
		t.Errorf("only %d answers", answers)
	}
}

// TestFormerNamesAreRedirected follows addresses and filters with a name that a topic no longer has.
func TestFormerNamesAreRedirected(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	e, version, err := s.Editable(t.Context(), models.Program, "topic", "supply-chain")
	if err != nil {
		t.Fatal(err)
	}
	e.(*models.TopicEdit).Slug = "chains"
	if err := s.Edit(t.Context(), models.Program, "topic", "supply-chain", version, e, nil); err != nil {
		t.Fatal(err)
	}
	w := newSite(t, s)
	for from, to := range map[string]string{
		"/en/topics/supply-chain":                            "/en/topics/chains",
		"/ja/topics/supply-chain?as_of=2024-01-01":           "/ja/topics/chains?as_of=2024-01-01",
		"/topics/supply-chain.json?vs=none":                  "/topics/chains.json?vs=none",
		"/api/v1/topics/supply-chain":                        "/api/v1/topics/chains",
		"/topics/supply-chain.csv":                           "/topics/chains.csv",
		"/en/initiatives?topic=supply-chain":                 "/en/initiatives?topic=chains",
		"/initiatives.csv?status=stalled&topic=supply-chain": "/initiatives.csv?status=stalled&topic=chains",
		"/en/matrix?topic=ai&topic=supply-chain":             "/en/matrix?topic=ai&topic=chains",
		"/api/v1/initiatives?topic=supply-chain&limit=1":     "/api/v1/initiatives?limit=1&topic=chains",
	} {
		answer := w.do("GET", from)
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusMovedPermanently || got != to {
			t.Errorf("%s: %d to %q; want 301 to %s", from, answer.StatusCode, got, to)
			continue
		}
		if there := w.do("GET", to); there.StatusCode != http.StatusOK && !strings.Contains(to, "topic=ai") {
			t.Errorf("%s: %d", to, there.StatusCode)
		}
	}
}

// TestOnlyTheNameOfTheRecordIsRedirected renames a topic that is called like other parts of its address.
func TestOnlyTheNameOfTheRecordIsRedirected(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	for _, name := range []string{"topics", "en", "api", "v1", "json"} {
		if err := s.Create(t.Context(), models.Program, "topic", &models.TopicEdit{Slug: name, Name: models.Text{EN: name}}, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Edit(t.Context(), models.Program, "topic", name, 1, &models.TopicEdit{Slug: name + "-2", Name: models.Text{EN: name}, Position: 1}, nil); err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{"/en/topics/%", "/topics/%.json", "/api/v1/topics/%", "/topics/%.csv"} {
			from, to := strings.Replace(address, "%", name, 1), strings.Replace(address, "%", name+"-2", 1)
			if answer := w.do("GET", from); answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("Location") != to {
				t.Errorf("%s: %d to %q; want %s", from, answer.StatusCode, answer.Header.Get("Location"), to)
			}
		}
	}
}
