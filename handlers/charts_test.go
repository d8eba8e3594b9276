package handlers_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// chartRoutes are the lines of the route table that answer with a picture.
func chartRoutes() []handlers.Route {
	return slices.DeleteFunc(publicRoutes(), func(r handlers.Route) bool { return !r.Offers(represent.SVG) })
}

// drawing is what a test reads of a picture.
type drawing struct {
	names, texts []string
	attributes   map[string][]string
}

// draw parses a picture as XML, which is stricter than any browser.
func draw(t *testing.T, address, body string) drawing {
	t.Helper()
	d := drawing{attributes: map[string][]string{}}
	decoder, in := xml.NewDecoder(strings.NewReader(body)), ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("%s is no XML: %v", address, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local
			d.names = append(d.names, in)
			for _, a := range e.Attr {
				d.attributes[a.Name.Local] = append(d.attributes[a.Name.Local], a.Value)
			}
		case xml.CharData:
			if s := strings.TrimSpace(string(e)); s != "" && (in == "text" || in == "title" || in == "desc") {
				d.texts = append(d.texts, s)
			}
		}
	}
}

// TestPicturesStandAlone asks for the picture of every kind in both languages: a file that asks nobody for anything, may
// be shown anywhere, and says itself what it shows, of which day and from where.
func TestPicturesStandAlone(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	days := map[models.Lang]string{models.English: "23 November 2026", models.Japanese: "2026年11月23日"}
	for _, r := range chartRoutes() {
		for _, l := range models.Langs {
			address := "/" + string(l) + sample(r) + ".svg"
			answer := s.do("GET", address, "Accept", "image/avif,image/*,*/*;q=0.8")
			body := read(t, answer)
			if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != "image/svg+xml; charset=utf-8" {
				t.Fatalf("%s: %d %s %.200s", address, answer.StatusCode, got, body)
			}
			for name, want := range map[string]string{"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"} {
				if got := answer.Header.Get(name); got != want {
					t.Errorf("%s: %s = %q; want %q", address, name, got, want)
				}
			}
			d := draw(t, address, body)
			for _, refused := range []string{"script", "style", "image", "foreignObject", "a"} {
				if slices.Contains(d.names, refused) {
					t.Errorf("%s has the element %s", address, refused)
				}
			}
			for _, refused := range []string{"style", "class", "src", "onload"} {
				if refused != "class" && len(d.attributes[refused]) > 0 {
					t.Errorf("%s has the attribute %s", address, refused)
				}
			}
			for _, to := range d.attributes["href"] {
				if !strings.HasPrefix(to, "#") {
					t.Errorf("%s leads out of the file to %s", address, to)
				}
			}
			said := strings.Join(d.texts[2:], " ")
			if d.attributes["lang"][0] != string(l) || d.attributes["role"][0] != "img" {
				t.Errorf("%s does not say that it is a picture in %s", address, l)
			}
			title := strings.Join(strings.Fields(d.texts[0]), "")
			if !strings.Contains(strings.ReplaceAll(said, " ", ""), strings.ReplaceAll(title, " ", "")) {
				t.Errorf("%s: the title %q is not in sight: %s", address, d.texts[0], said)
			}
			if r.Name != "meeting-chart" && !strings.Contains(strings.ReplaceAll(said, " ", ""), strings.ReplaceAll(days[l], " ", "")) {
				t.Errorf("%s does not name its day: %s", address, said)
			}
			page := strings.TrimSuffix("http://example.com/"+string(l)+strings.Replace(sample(r), "/overview", "/", 1), "/chart")
			if whole := strings.ReplaceAll(said, " ", ""); !strings.Contains(whole, page) || !strings.Contains(whole, "as_of=2026-11-23") {
				t.Errorf("%s does not name %s as of the day: %s", address, page, said)
			}
			if strings.Contains(body, "⟨") {
				t.Errorf("%s lacks a message", address)
			}
			if again := s.do("GET", address, "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != http.StatusNotModified || again.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
				t.Errorf("%s again: %d %s; want 304 with the same headers", address, again.StatusCode, again.Header.Get("Cross-Origin-Resource-Policy"))
			}
		}
	}
}

// TestPicturesTakeTheParametersOfTheirPages holds pictures to the day, the forum and the look that are asked for.
func TestPicturesTakeTheParametersOfTheirPages(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	then := s.get("/en/overview/chart.svg?as_of=qscg-2023-12&vs=none")
	if !strings.Contains(then, "as of 6 December 2023") || !strings.Contains(then, "as_of=qscg-2023-12") || strings.Contains(then, "2026") {
		t.Errorf("the picture of then: %s", then)
	}
	forum := s.get("/en/overview/chart.svg?forum=qscg")
	if !strings.Contains(forum, ">Overview · Quad Senior Cyber Group<") || !strings.Contains(forum, "forum=qscg") {
		t.Errorf("the picture of a forum does not name it: %s", forum)
	}
	meeting := s.get("/en/meetings/qscg-2023-12/chart.svg")
	if !strings.Contains(meeting, "as of 6 December 2023") {
		t.Errorf("the picture of a meeting speaks of another day: %s", meeting)
	}
	for query, want := range map[string]string{"": `fill="#1f61b7"`, "theme=dark": `fill="#4f78e0"`, "grey=1": `fill="url(#p-under_way)"`} {
		if body := s.get("/en/overview/chart.svg?" + query); !strings.Contains(body, want) {
			t.Errorf("%q lacks %s", query, want)
		}
	}
	for _, bad := range []string{"theme=pink", "as_of=soon"} {
		if answer := s.do("GET", "/en/overview/chart.svg?"+bad); answer.StatusCode != http.StatusBadRequest || !strings.HasPrefix(answer.Header.Get("Content-Type"), represent.Problem) {
			t.Errorf("%s: %d %s; want a 400 problem", bad, answer.StatusCode, answer.Header.Get("Content-Type"))
		}
	}
	if answer := s.do("GET", "/en/topics/nothing/chart.svg"); answer.StatusCode != http.StatusNotFound || answer.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("no such topic: %d %v", answer.StatusCode, answer.Header)
	}
}

// TestOnlyEmbedsCanBeFramed asks for every page of the route table: other sites may frame those that were made for it,
// and no other; a stored answer that is still good says the same.
func TestOnlyEmbedsCanBeFramed(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	open := 0
	for _, r := range publicRoutes() {
		if !r.Offers(represent.HTML) {
			continue
		}
		address := "/en" + sample(r)
		answer := s.do("GET", address, "Accept", "text/html")
		again := s.do("GET", address, "Accept", "text/html", "If-None-Match", answer.Header.Get("ETag"))
		for _, a := range []*http.Response{answer, again} {
			policy := a.Header.Get("Content-Security-Policy")
			if framed := strings.Contains(policy, "frame-ancestors *;"); framed != strings.HasSuffix(r.Pattern, "/embed") || !framed && !strings.Contains(policy, "frame-ancestors 'none'") {
				t.Errorf("%s: %d %s", address, a.StatusCode, policy)
			}
		}
		if !strings.HasSuffix(r.Pattern, "/embed") {
			continue
		}
		open++
		body := read(t, answer)
		if len(answer.Cookies()) > 0 {
			t.Errorf("%s sets a cookie: %v", address, answer.Cookies())
		}
		for _, refused := range []string{"<form", "<script", "<header", "<nav", "<input", "<button"} {
			if strings.Contains(body, refused) {
				t.Errorf("%s has %s", address, refused)
			}
		}
		for _, want := range []string{`<base target="_blank"`, "As of 23 November 2026.", `href="` + strings.TrimSuffix(address, "/embed") + `"`, "data version 1"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", address, want)
			}
		}
	}
	if open != 2 {
		t.Errorf("%d pages can be framed; want 2", open)
	}
	if answer := s.do("GET", "/en/topics/nothing/embed", "Accept", "text/html"); answer.StatusCode != http.StatusNotFound || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Errorf("no such topic: %d %s", answer.StatusCode, answer.Header.Get("Content-Security-Policy"))
	}
}

// TestEmbeddedMatrixHasTheRowsOfThePage compares the matrix that is framed with the page, under a filter.
func TestEmbeddedMatrixHasTheRowsOfThePage(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, q := range []url.Values{{}, {"topic": {"capacity-building"}, "status": {"under_way"}}, {"by": {"countries"}, "as_of": {"qscg-2023-12"}}} {
		page, part := s.get("/en/matrix?"+q.Encode(), "Accept", "text/html"), s.get("/en/matrix/embed?"+q.Encode(), "Accept", "text/html")
		if got, want := rows(part), rows(page); !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%v: %v; want %v", q, got, want)
		}
		snippet := `&lt;iframe src=&#34;http://example.com/en/matrix/embed`
		if !strings.Contains(page, snippet) {
			t.Errorf("%v: the page does not show how to frame it", q)
		}
	}
}
