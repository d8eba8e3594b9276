package handlers_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestSameRowsInEveryFormat reads random states of the filter as page, JSON and CSV.
func TestSameRowsInEveryFormat(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, st *store.Store) {
		s := newSite(t, st)
		var facets struct {
			Facets map[string][]models.Facet `json:"facets"`
		}
		if err := json.Unmarshal([]byte(s.get("/initiatives.json?limit=1")), &facets); err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(4, 2))
		some := 0
		for range 50 {
			q := url.Values{"limit": {"200"}}
			for range r.IntN(3) {
				for name, values := range facets.Facets {
					q.Add(name, values[r.IntN(len(values))].Value)
					break
				}
			}
			if r.IntN(2) == 0 {
				q.Set("as_of", []string{"qscg-2023-12", "2024-10-15", "2023-06-30"}[r.IntN(3)])
			}
			q.Set("sort", string(models.Sorts[r.IntN(len(models.Sorts))]))
			query := "?" + q.Encode()
			page, data, table := rows(s.get("/en/initiatives"+query)), items(t, s.get("/initiatives.json"+query), "ref"), column(t, s.get("/initiatives.csv"+query), "ref")
			if !slices.Equal(page, data) || !slices.Equal(data, table) {
				t.Errorf("%s: page %v, JSON %v, CSV %v", query, page, data, table)
			}
			some += len(page)
		}
		if some == 0 {
			t.Error("no state had a row; the test compared nothing")
		}
	})
}

func TestCountryFilterInEveryFormat(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	body := s.get("/initiatives.json?country=JP&limit=200")
	page, table := rows(s.get("/ja/initiatives?country=JP&limit=200")), column(t, s.get("/initiatives.csv?country=JP&limit=200"), "ref")
	if data := items(t, body, "ref"); len(data) != 29 || !slices.Equal(data, page) || !slices.Equal(data, table) {
		t.Errorf("JSON %d rows, page %d, CSV %d; want the same 29", len(data), len(page), len(table))
	}
	if !strings.Contains(s.get("/en/initiatives?country=JP"), ">JP part</th>") {
		t.Error("the part of the country is not shown beside the whole")
	}
}

// TestPagesOfThePast looks at the pages themselves, with their selects and links, for any later day.
func TestPagesOfThePast(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	later := regexp.MustCompile(`\b20(?:2[4-9]|23-(?:0[7-9]|1[0-2]))(?:-\d\d)*\b|(?:July|August|September|October|November|December) 2023|202[4-9]年|q(?:scg|ls|fmm)-(?:2023-(?:09|12)|202[4-9])`)
	for _, path := range []string{"/", "/topics", "/topics/critical-infrastructure", "/initiatives", "/initiatives/QSCG-CYBER-CHALLENGE", "/initiatives/QSCG-JOINT-PRINCIPLES", "/activity"} {
		for _, l := range []string{"/en", "/ja"} {
			body := s.get(l + path + "?as_of=2023-06-30")
			main := body[:strings.Index(body, `<footer class="site">`)]
			main = regexp.MustCompile(`(?s)<details class="cite[^>]*>.*?</details>`).ReplaceAllString(main, "") // the day of the citation is today
			main = laterPins.ReplaceAllString(main, "")
			if found := later.FindAllString(main, 3); found != nil {
				t.Errorf("%s%s as of 2023-06-30 speaks of %v", l, path, found)
			}
			if !strings.Contains(body, `class="banner" role="status"`) {
				t.Errorf("%s%s: no banner says that the past is shown", l, path)
			}
		}
	}
	if n := len(items(t, s.get("/initiatives.json?as_of=2023-06-30&limit=200"), "ref")); n == 0 || n >= 29 {
		t.Errorf("%d initiatives as of 2023-06-30; want some and not all", n)
	}
	if r := s.do("GET", "/en/initiatives/QSCG-CABLE-ACTION-PLAN?as_of=2023-06-30"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an initiative of 2024 in a view of 2023: %d; want 404", r.StatusCode)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	spec := compiled(t, s)
	for query, field := range map[string]string{
		"status=dleayed": "status", "topic=nope": "topic", "country=XX": "country", "as_of=soon": "as_of", "as_of=2023-02-30": "as_of", "vs=later": "vs",
		"as_of=2023-06-30&vs=2024-01-01": "vs", "sort=price": "sort", "limit=0": "limit", "limit=201": "limit", "limit=ten": "limit", "limit=5&limit=6": "limit",
		"country=JP;status=stalled": "query", "status=%zz": "query", "q=a%00b": "q",
		"after=nonsense": "after", "staus=stalled": "staus", "q=" + strings.Repeat("a", 501): "q", "as_of=2023-06-30&as_of=2023-07-01": "as_of",
		"mark=seen": "mark", "grade=E9": "grade", "change=up": "change", "delegate=nobody": "delegate", "forum=g20": "forum", "meeting=g20": "meeting", "q=%FF": "q", "text=fr": "text",
	} {
		for _, format := range []string{"json", "csv"} {
			r := s.do("GET", "/initiatives."+format+"?"+query)
			body := read(t, r)
			var p handlers.Problem
			if err := json.Unmarshal([]byte(body), &p); err != nil || r.StatusCode != http.StatusBadRequest || r.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s as %s: %d %s %s", query, format, r.StatusCode, r.Header.Get("Content-Type"), body)
				continue
			}
			if len(p.Errors) != 1 || p.Errors[0].Field != field || p.Errors[0].Message == "" || p.Status != 400 {
				t.Errorf("%s: %+v; want the one field %s named", query, p, field)
			}
			spec.validate(t, "/initiatives", http.StatusBadRequest, body)
		}
		page := s.do("GET", "/en/initiatives?"+query)
		body := read(t, page)
		if page.StatusCode != http.StatusOK || field != "staus" && !strings.Contains(body, "banner-error") {
			t.Errorf("page with %.60s: %d; want 200 with a message", query, page.StatusCode)
		}
		if n := len(rows(body)); n == 0 {
			t.Errorf("page with %.60s shows no row; the faulty value should be left out", query)
		}
	}
}

// TestFaultsInEveryLayerLeaveAPage gives a page faults that are found one after the other.
func TestFaultsInEveryLayerLeaveAPage(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	body := s.get("/en/initiatives?as_of=bogus&status=bogus&limit=0&after=bogus")
	if n := strings.Count(body, "banner-error"); n != 4 || len(rows(body)) != 29 {
		t.Errorf("%d messages and %d rows; want 4 and 29", n, len(rows(body)))
	}
}

// TestOddBytesAreTheSameOnBothEngines sends bytes that PostgreSQL would refuse to look for.
func TestOddBytesAreTheSameOnBothEngines(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, st *store.Store) {
		s := newSite(t, st)
		nul := base64.RawURLEncoding.EncodeToString([]byte(`{"l":"meetings","r":"\u0000"}`))
		other := regexp.MustCompile(`"next":"([^"]+)"`).FindStringSubmatch(s.get("/evidence.json?limit=1"))[1]
		for address, status := range map[string]int{
			"/initiatives/%00.json": 404, "/meetings/%ff.json": 404, "/topics/a%00.json": 404, "/meetings.json?after=AA": 400, "/meetings.json?after=" + nul: 400,
			"/meetings.json?after=" + other: 400, "/initiatives.json?q=%00": 400, "/initiatives.json?topic=%ff": 400,
		} {
			if r := s.do("GET", address); r.StatusCode != status {
				t.Errorf("%s: %d %s; want %d", address, r.StatusCode, read(t, r), status)
			}
		}
	})
}

func TestErrorsHaveOneShape(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, c := range []struct {
		method, address string
		status          int
	}{
		{"GET", "/api/v1/nope", 404}, {"GET", "/initiatives/QSCG-NOPE.json", 404}, {"GET", "/topics/nope.csv", 404}, {"GET", "/meetings/nope.json", 404},
		{"GET", "/overview.csv", 406}, {"POST", "/api/v1/matrix", 405}, {"DELETE", "/api/v1/initiatives/QSCG-AI-ML", 405}, {"GET", "/api/v1/..%2f..%2fetc/passwd", 404},
	} {
		r := s.do(c.method, c.address)
		body := read(t, r)
		var p map[string]any
		if err := json.Unmarshal([]byte(body), &p); err != nil || r.StatusCode != c.status || r.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s %s", c.method, c.address, r.StatusCode, r.Header.Get("Content-Type"), body)
			continue
		}
		for _, key := range []string{"type", "title", "status", "detail", "instance", "errors"} {
			if _, ok := p[key]; !ok {
				t.Errorf("%s %s: the problem lacks %s: %s", c.method, c.address, key, body)
			}
		}
	}
	for address, words := range map[string]string{"/en/nope": "Nothing was changed", "/ja/nope": "何も変更されていません", "/en/initiatives/QSCG-NOPE": "Nothing was changed", "/ja/initiatives/QSCG-NOPE": `<ul class="near"><li><a href="/ja/initiatives">`, "/en/statements/nope": `<form method="get" action="/en/search"`} {
		r := s.do("GET", address, "Accept", "text/html")
		if body := read(t, r); r.StatusCode != 404 || !strings.Contains(body, words) || len(h1.FindAllString(body, -1)) != 1 {
			t.Errorf("%s: %d; want a page that says what happened, what is safe and what next", address, r.StatusCode)
		}
	}
}

// TestBrokenRecord closes the record under the server: the reader gets a reference and nothing technical.
func TestBrokenRecord(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), store.Options{Path: t.TempDir() + "/followthrough.db", Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for address, status := range map[string]int{"/en/": 500, "/initiatives.json": 500, "/readyz": 503, "/healthz": 200} {
		r := s.do("GET", address)
		if body := read(t, r); r.StatusCode != status || strings.Contains(body, "sql") {
			t.Errorf("%s: %d %s; want %d and nothing technical", address, r.StatusCode, body, status)
		}
	}
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, c := range []struct{ address, accept, language, want string }{
		{"/", "text/html", "ja,en;q=0.5", "302 /ja/"}, {"/", "text/html", "de", "302 /en/"}, {"/", "", "", "302 /en/"},
		{"/initiatives?country=JP", "text/html", "ja", "302 /ja/initiatives?country=JP"}, {"/initiatives", "application/json", "", "200 application/json"},
		{"/en/initiatives", "text/csv", "", "200 text/csv"}, {"/en/initiatives", "*/*", "", "200 text/html"}, {"/api/v1/initiatives", "", "", "200 application/json"},
		{"/api/v1/initiatives", "text/csv", "", "200 text/csv"}, {"/en/initiatives", represent.XLSX.Media, "", "200 " + represent.XLSX.Media}, {"/api/v1/forums/qscg/datapackage", "application/zip", "", "200 application/zip"}, {"/en/initiatives", "application/zip", "", "406 application/problem+json"}, {"/en", "text/html", "", "200 text/html"}, {"/en/initiatives/", "", "", "301 /en/initiatives"},
		{"/r/QSCG-AI-ML", "text/html", "ja", "302 /ja/r/QSCG-AI-ML"}, {"/ja/r/QSCG-AI-ML", "text/html", "", "302 /ja/initiatives/QSCG-AI-ML"},
		{"/overview.json", "", "", "200 application/json"}, {"/.json", "", "", "200 application/json"}, {"/english/initiatives", "text/html", "", "302 /en/english/initiatives"},
		{"//evil.example/", "text/html", "", "301 /evil.example"}, {"//", "text/html", "", "301 /"}, {"/en/ja/initiatives", "text/html", "", "404 text/html"}, {"/en//evil.example", "text/html", "", "404 text/html"},
	} {
		r := s.do("GET", c.address, "Accept", c.accept, "Accept-Language", c.language)
		got := fmt.Sprintf("%d %s%s", r.StatusCode, r.Header.Get("Location"), strings.TrimSuffix(r.Header.Get("Content-Type"), "; charset=utf-8"))
		if got != c.want {
			t.Errorf("%s (%s, %s): %s; want %s", c.address, c.accept, c.language, got, c.want)
		}
	}
	if r := s.do("GET", "/"); !slices.Contains(r.Header.Values("Vary"), "Accept-Language") {
		t.Errorf("the redirect by language varies by %v", r.Header.Values("Vary"))
	}
	page := s.get("/en/initiatives?country=JP&as_of=qscg-2023-12")
	if !strings.Contains(page, `hreflang="ja" href="/ja/initiatives?as_of=qscg-2023-12&amp;country=JP"`) {
		t.Error("the link to the other language loses the path or the query")
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, address := range []string{"/en/", "/initiatives.json", "/initiatives.csv", "/en/nope", "/", "/healthz", "/static/nope", "/api/v1/nope"} {
		r := s.do("GET", address)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := r.Header.Get(name); !strings.HasPrefix(got, want) || strings.Contains(got, "unsafe") {
				t.Errorf("%s: %s = %q", address, name, got)
			}
		}
	}
	asset := regexp.MustCompile(`href="(/static/[^"]+\.css)"`).FindStringSubmatch(s.get("/en/"))[1]
	if r := s.do("GET", asset); r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/css") {
		t.Errorf("%s: %d %v", asset, r.StatusCode, r.Header)
	}
	r := s.do("HEAD", "/en/initiatives")
	if r.StatusCode != http.StatusOK {
		t.Errorf("HEAD: %d; want 200 as GET", r.StatusCode)
	}
	links := s.do("GET", "/en/initiatives").Header.Values("Link")
	all := strings.Join(links, "\n")
	if strings.Count(all, `rel="alternate"`) != 4 || !strings.Contains(all, `</initiatives.json>; rel="alternate"`) || !strings.Contains(all, `</initiatives.atom>; rel="alternate"`) {
		t.Errorf("Link = %v; want the same address as data", links)
	}
	if strings.Count(all, `rel="describedby"`) != 3 || !strings.Contains(all, `</initiatives.ris>; rel="describedby"`) {
		t.Errorf("Link = %v; want the citations of the page", links)
	}
	next := regexp.MustCompile(`^<(/evidence\.csv\?[^>]+)>; rel="next"$`)
	seen, pages := map[string]bool{}, 0
	for address := "/evidence.csv?limit=50"; address != ""; pages++ {
		r := s.do("GET", address)
		for _, ref := range column(t, read(t, r), "ref") {
			seen[ref] = true
		}
		address = ""
		for _, l := range r.Header.Values("Link") {
			if m := next.FindStringSubmatch(l); m != nil {
				address = m[1]
			}
		}
	}
	if len(seen) != 144 || pages != 3 {
		t.Errorf("following rel=next: %d sources on %d pages; want 144 on 3", len(seen), pages)
	}
	var codes []string
	for after := ""; len(codes) < 21; {
		body := s.get("/commitments.json?limit=4&after=" + after)
		got := items(t, body, "code")
		codes = append(codes, got...)
		token := regexp.MustCompile(`"next":"([^"]+)"`).FindStringSubmatch(body)
		if len(got) == 0 || len(got) > 4 || (token == nil) != (len(codes) == 21) {
			t.Fatalf("%d commitments on a page of 4, %d so far, next %v", len(got), len(codes), token)
		}
		if token != nil {
			after = token[1]
		}
	}
	cross := s.do("POST", "/en/initiatives", "Sec-Fetch-Site", "cross-site")
	if cross.StatusCode != http.StatusForbidden || cross.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a write from a foreign page: %d %s", cross.StatusCode, cross.Header.Get("Content-Type"))
	}
}

func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	first := s.do("GET", "/en/initiatives")
	tag := first.Header.Get("ETag")
	if r := s.do("GET", "/en/initiatives", "If-None-Match", tag); tag == "" || r.StatusCode != http.StatusNotModified || read(t, r) != "" {
		t.Errorf("with the tag %q: %d; want 304 without a body", tag, r.StatusCode)
	}
	if r := s.do("GET", "/en/initiatives", "If-None-Match", `"other", `+tag); r.StatusCode != http.StatusNotModified {
		t.Errorf("with a list of tags: %d; want 304", r.StatusCode)
	}
	if r := s.do("GET", "/en/initiatives/QSCG-NOPE", "If-None-Match", "*"); r.StatusCode != http.StatusNotFound {
		t.Errorf("what does not exist, unless it exists: %d; want 404", r.StatusCode)
	}
	for _, other := range []string{"/ja/initiatives", "/initiatives.json", "/en/initiatives?country=JP", "/en/topics"} {
		if got := s.do("GET", other).Header.Get("ETag"); got == tag {
			t.Errorf("%s has the tag of another answer", other)
		}
	}
	change := store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Needs: models.PermitAssess}
	u := models.Update{Initiative: "QSCG-AI-ML", Status: models.Stalled, EffectiveOn: models.NewDate(2026, 11, 1), Mark: models.Changed, ReasonKind: "event", Note: models.Text{EN: "Nothing since."}}
	err := st.Write(t.Context(), models.Actor{Name: "A. Rao", Role: models.Analyst}, change, func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
	if err != nil {
		t.Fatal(err)
	}
	r := s.do("GET", "/en/initiatives", "If-None-Match", tag)
	if body := read(t, r); r.StatusCode != 200 || !strings.Contains(body, "reviewed") && !strings.Contains(body, "Changed") {
		t.Errorf("after a write: %d; want the new page", r.StatusCode)
	}
	if !strings.Contains(s.get("/en/"), "reviewed 1 of 29") {
		t.Error("the overview does not say that one initiative is reviewed")
	}
}

func TestTextNeverBecomesMarkup(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	evil := `<script>alert(1)</script>"'><img src=x onerror=alert(1)>=1+1`
	change := store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Needs: models.PermitAssess}
	u := models.Update{Initiative: "QSCG-AI-ML", Country: "JP", Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Mark: models.Changed, ReasonKind: "event",
		Note: models.Text{EN: evil, JA: evil}, Occasion: models.Text{EN: evil, JA: evil}}
	err := st.Write(t.Context(), models.Actor{Name: "A. Rao", Role: models.Analyst}, change, func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/en/", "/ja/", "/en/initiatives/QSCG-AI-ML", "/en/topics/ai-emerging", "/en/initiatives?q=" + url.QueryEscape(evil)} {
		if body := s.get(address); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") {
			t.Errorf("%s: a text of the record or the query became markup", address)
		}
	}
}

// TestSchemasCanFail shows that the contract test would notice a missing field.
func TestSchemasCanFail(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	spec := compiled(t, s)
	probe := &testing.T{}
	spec.validate(probe, "/initiatives", http.StatusOK, strings.Replace(s.get("/initiatives.json"), `"ref":`, `"reference":`, 1))
	if !probe.Failed() {
		t.Error("an item without ref passed the schema")
	}
}
