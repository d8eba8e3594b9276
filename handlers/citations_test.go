package handlers_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
)

// cited is a work as CSL JSON has it.
type cited struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	Title  string `json:"title"`
	Author []struct {
		Literal string `json:"literal"`
	} `json:"author"`
	Issued *struct {
		DateParts [][]int `json:"date-parts"`
	} `json:"issued"`
	Accessed *struct {
		DateParts [][]int `json:"date-parts"`
	} `json:"accessed"`
	URL      string `json:"URL"`
	Source   string `json:"source"`
	Version  string `json:"version"`
	Language string `json:"language"`
	Note     string `json:"note"`
}

func citations(t *testing.T, body string) []cited {
	t.Helper()
	var all []cited
	if err := json.Unmarshal([]byte(body), &all); err != nil || len(all) == 0 {
		t.Fatalf("%v: %.300s", err, body)
	}
	return all
}

// tags are the citation_ tags of a page.
func tags(t *testing.T, page string) map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for n := range root.Descendants() {
		if n.Data != "meta" {
			continue
		}
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		if name := attributes["name"]; strings.HasPrefix(name, "citation_") {
			all[name] = attributes["content"]
		}
	}
	return all
}

// TestEveryViewOfTheRecordIsCited asks for every citation of every route that has them: all three say the same, the page
// has the same in its tags and in its sentence, and its links lead there.
func TestEveryViewOfTheRecordIsCited(t *testing.T) {
	t.Parallel()
	s := briefedSite(t)
	var without []string
	for _, r := range publicRoutes() {
		if !r.Offers(represent.CSL) {
			without = append(without, r.Name)
			continue
		}
		for _, lang := range []string{"en", "ja"} {
			path := "/" + lang + sample(r)
			works := citations(t, s.get(path+".csl.json"))
			bib, ris := s.get(path+".bib"), s.get(path+".ris")
			for _, w := range works {
				if !strings.Contains(bib, "{"+w.ID+",\n") || !strings.Contains(ris, "ID  - "+w.ID+"\r\nTI  - "+w.Title+"\r\n") {
					t.Errorf("%s: %s is not the same in all formats:\n%s\n%s", path, w.ID, bib, ris)
				}
				if w.Title == "" || strings.Contains(w.Title, "⟨") || len(w.Author) != 1 || w.Note == "" || !strings.HasPrefix(w.URL, "http") {
					t.Errorf("%s: %+v", path, w)
				}
			}
			if !r.Offers(represent.HTML) || r.Name == "commitment" { // stands on the page of another record
				continue
			}
			checkCitedPage(t, s, r, path, works)
		}
	}
	if want := []string{"annotations", "datapackage", "updates", "openapi", "method", "api", "accessibility", "shortcuts", "permanent", "permanent-statement",
		// A picture, a part of a page and a briefing that nobody has frozen say themselves where they are from.
		"overview-chart", "topics-chart", "topic-chart", "initiative-chart", "country-chart", "meeting-chart", "topic-embed", "matrix-embed", "briefings", "briefing-preview"}; !slices.Equal(without, want) {
		t.Errorf("without a citation: %v; want %v alone", without, want)
	}
}

func checkCitedPage(t *testing.T, s site, r handlers.Route, path string, works []cited) {
	t.Helper()
	if r.Name == "overview" {
		path = strings.TrimSuffix(path, "overview")
	}
	page := s.get(path)
	has := tags(t, page)
	if has["citation_title"] != works[0].Title || has["citation_author_institution"] != works[0].Author[0].Literal || has["citation_public_url"] != works[0].URL || has["citation_language"] != works[0].Language {
		t.Errorf("%s: the tags %v are not of %+v", path, has, works[0])
	}
	if (has["citation_publication_date"] != "") != (works[0].Issued != nil) {
		t.Errorf("%s: published %q; want a day where the citation has one: %+v", path, has["citation_publication_date"], works[0])
	}
	block := regexp.MustCompile(`(?s)<details class="cite">.*?</details>`).FindString(page)
	if got := strings.Count(block, `<p class="citation">`); got != len(works) {
		t.Errorf("%s: %d sentences of %d works", path, got, len(works))
	}
	for _, suffix := range []string{"bib", "ris", "csl.json"} {
		link := regexp.MustCompile(`href="([^"]*\.` + regexp.QuoteMeta(suffix) + `[^"]*)"`).FindStringSubmatch(block)
		if link == nil {
			t.Errorf("%s: no link to .%s", path, suffix)
			continue
		}
		s.get(html.UnescapeString(link[1]))
	}
}

// TestAStatementIsCitedAsItWasPublished names publishers, titles and dates of the official texts, and this record as the
// place where they were read.
func TestAStatementIsCitedAsItWasPublished(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	works := citations(t, s.get("/ja/statements/qscg-2023-12.csl.json"))
	i := slices.IndexFunc(works, func(w cited) bool { return w.Author[0].Literal == "The White House" })
	if len(works) < 2 || i < 0 {
		t.Fatalf("%+v", works)
	}
	own, white := works[0], works[i]
	if own.Title != "日米豪印上級サイバーグループ共同プレスリリース" || own.Language != "ja" || fmt.Sprint(own.Issued.DateParts) != "[[2023 12 14]]" {
		t.Errorf("the language of the page comes first: %+v", own)
	}
	if white.Title != "Joint Statement of the Quad Senior Cyber Group" || fmt.Sprint(white.Issued.DateParts) != "[[2023 12 15]]" || !strings.Contains(white.URL, "whitehouse") {
		t.Errorf("%+v", white)
	}
	if white.Accessed != nil || white.Version != "" {
		t.Errorf("accessed %v, version %q; want none: nobody looked at that address now, and the version is that of our data", white.Accessed, white.Version)
	}
	if !strings.Contains(white.Source, "http://example.com/ja/statements/qscg-2023-12") {
		t.Errorf("read at %q; want this record", white.Source)
	}
	words := s.get("/statements/qscg-2023-12.txt?text=en")
	if hash := fmt.Sprintf("%x", sha256.Sum256([]byte(words))); !strings.Contains(white.Note, hash) {
		t.Errorf("note %q; want the SHA-256 of the plain text, %s", white.Note, hash)
	}
}

// TestACitationOfThePastStaysInThePast looks for the day in address and words, and for facts that came later.
func TestACitationOfThePastStaysInThePast(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, path := range []string{"/initiatives/QSCG-CYBER-CHALLENGE", "/initiatives", "/matrix", "/meetings/qscg-2023-12", "/countries/JP", "/statements/qscg-2023-12", "/commitments/QSCG-2023-12-P04-1", "/updates/20"} {
		w := citations(t, s.get(path+".csl.json?as_of=2023-12-06"))[0]
		u, err := url.Parse(w.URL)
		if err != nil || u.Query().Get("as_of") != "2023-12-06" || !strings.Contains(w.Note, "6 December 2023") || !strings.Contains(w.ID, "2023-12-06") {
			t.Errorf("%s: %+v; want the day in address, words and key", path, w)
		}
		if w.Issued == nil || fmt.Sprint(w.Issued.DateParts) != "[[2023 12 6]]" {
			t.Errorf("%s: issued %v; want the day of the view: what was published or recorded later is not known then", path, w.Issued)
		}
		for _, later := range []string{"2023-12-14", "2023-12-15", "White House"} {
			for _, suffix := range []string{".bib", ".ris"} {
				if body := s.get(path + suffix + "?as_of=2023-12-06"); strings.Contains(body, later) {
					t.Errorf("%s%s knows of %s: %s", path, suffix, later, body)
				}
			}
		}
		if r := s.do("GET", u.RequestURI(), "Accept", "text/html"); r.StatusCode != http.StatusOK && r.StatusCode != http.StatusFound {
			t.Errorf("%s: %d; want a page", w.URL, r.StatusCode)
		}
	}
	if r := s.do("GET", "/evidence/wh-2023-12-15.bib?as_of=2023-12-06"); r.StatusCode != http.StatusNotFound {
		t.Errorf("evidence that came later: %d; want 404", r.StatusCode)
	}
}

// TestACitationOfThePresentIsPinned follows the address of every citation of the present: it names the day and what had
// been recorded by then, and leads to a page.
func TestACitationOfThePresentIsPinned(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, r := range publicRoutes() {
		if !r.Offers(represent.CSL) || r.Name == "briefing" { // it is the same at every time
			continue
		}
		for _, w := range citations(t, s.get("/ja"+sample(r)+".csl.json")) {
			u, err := url.Parse(w.URL)
			if err != nil || u.Host != "example.com" { // a text that somebody else issued
				continue
			}
			if q := u.Query(); q.Get("as_of") != "2026-11-23" || q.Get("known_at") != "2026-11-23" {
				t.Errorf("%s: %s; want the day of the view in the address", r.Name, w.URL)
			}
			if w.Issued == nil || len(w.Issued.DateParts[0]) != 3 {
				t.Errorf("%s: issued %v; want a day", r.Name, w.Issued)
			}
			if got := s.do("GET", u.RequestURI(), "Accept", "text/html"); got.StatusCode != http.StatusOK && got.StatusCode != http.StatusFound {
				t.Errorf("%s: %s answers %d; want a page", r.Name, w.URL, got.StatusCode)
			}
		}
	}
}

// TestATableIsCitedWithItsFilter reads the titles of narrowed lists.
func TestATableIsCitedWithItsFilter(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for path, want := range map[string]string{
		"/initiatives.csl.json?country=JP&status=stalled&q=cyber": "Initiatives (Status: Stalled, Country: Japan, Words: cyber)",
		"/ja/initiatives.csl.json?country=JP":                     "取組（国：日本）",
		"/initiatives.csl.json":                                   "Initiatives",
		"/matrix.csl.json?country=IN":                             "Initiatives over meetings (Country: India)",
	} {
		if got := citations(t, s.get(path))[0].Title; got != want {
			t.Errorf("%s is titled %q; want %q", path, got, want)
		}
	}
}

// TestAnUpdateIsCitedAtItsPlace follows the quiet links of the history of an initiative.
func TestAnUpdateIsCitedAtItsPlace(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	page := s.get("/ja/initiatives/QSCG-CYBER-CHALLENGE?as_of=qscg-2023-12&")
	links := regexp.MustCompile(`href="(/ja/updates/\d+\.csl\.json[^"]*)"`).FindAllStringSubmatch(page, -1)
	entries := regexp.MustCompile(`<li id="(update-\d+)"`).FindAllStringSubmatch(page, -1)
	if len(links) != len(entries) || len(links) == 0 {
		t.Fatalf("%d links in %d entries", len(links), len(entries))
	}
	w := citations(t, s.get(html.UnescapeString(links[0][1])))[0]
	if !strings.HasSuffix(w.URL, "#"+entries[0][1]) || !strings.Contains(w.URL, "/ja/initiatives/QSCG-CYBER-CHALLENGE?as_of=qscg-2023-12&") || !strings.Contains(w.Title, "QSCG-CYBER-CHALLENGE") {
		t.Errorf("%+v; want the entry %s", w, entries[0][1])
	}
}

// TestCitationsKeepTheRulesOfTheirPage checks language, paging, media types, entity tags and where reading needs an account.
func TestCitationsKeepTheRulesOfTheirPage(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	first := s.do("GET", "/initiatives.json?limit=5")
	var list struct{ Next string }
	if err := json.Unmarshal([]byte(read(t, first)), &list); err != nil || list.Next == "" {
		t.Fatal(err, list)
	}
	whole, part := s.get("/initiatives.bib?limit=5"), s.get("/initiatives.bib?limit=5&after="+url.QueryEscape(list.Next))
	if whole != part {
		t.Errorf("a page of a list is cited as\n%s; want the whole list\n%s", part, whole)
	}
	if got := citations(t, s.get("/countries/JP.csl.json", "Accept-Language", "ja"))[0].Language; got != "en" {
		t.Errorf("an address without a language answers in %s; want English for everybody", got)
	}
	r := s.do("GET", "/api/v1/initiatives/QSCG-AI-ML", "Accept", "application/x-bibtex")
	if body := read(t, r); r.Header.Get("Content-Type") != "application/x-bibtex; charset=utf-8" || !strings.HasPrefix(body, "@online{") {
		t.Errorf("%s: %.60s", r.Header.Get("Content-Type"), body)
	}
	r = s.do("GET", "/en/initiatives/QSCG-AI-ML.ris")
	if again := s.do("GET", "/en/initiatives/QSCG-AI-ML.ris", "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same version again: %d; want 304", again.StatusCode)
	}
	if links := strings.Join(s.do("GET", "/en/initiatives/QSCG-AI-ML").Header.Values("Link"), "\n"); !strings.Contains(links, `</initiatives/QSCG-AI-ML.bib>; rel="describedby"; type="application/x-bibtex"`) {
		t.Errorf("links %s", links)
	}
	if r := s.do("GET", "/initiatives.bib?status=nonsense"); r.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown value: %d; want 400, as of data", r.StatusCode)
	}
}
