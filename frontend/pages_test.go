package frontend

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/charts"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// catalogue is the messages of all languages.
func catalogue(t *testing.T) locale.Catalogue {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// sampled is the samples with addresses of files that are easy to read.
func sampled(t *testing.T) Samples {
	t.Helper()
	return Samples{Words: catalogue(t), Asset: func(s string) string { return "/static/x/" + s }}
}

// sampleFrame is the frame of a page without a database.
func sampleFrame(t *testing.T, l models.Lang, path string, q url.Values) Frame {
	t.Helper()
	return sampled(t).Frame(l, path, q)
}

// samples are the pages of the gallery.
func samples(t *testing.T, l models.Lang) map[string]templ.Component {
	t.Helper()
	return sampled(t).Pages(l)
}

var (
	heading1 = regexp.MustCompile(`<h1[ >]`)
	idOf     = regexp.MustCompile(` id="([^"]+)"`)
	forOf    = regexp.MustCompile(` for="([^"]+)"`)
	inputs   = regexp.MustCompile(`<(?:select|input(?: id="[^"]*")?(?: name="[^"]*")? type="(?:text|search)")[^>]*>`)
)

func TestEveryPageRendersFromSamples(t *testing.T) {
	t.Parallel()
	rendered(t, func(name, body string) { sound(t, name, body) })
}

// sound looks for one main heading, ids that stand once, labels of what can be filled in, and messages that are missing.
func sound(t *testing.T, name, body string) {
	t.Helper()
	if n := len(heading1.FindAllString(body, -1)); n != 1 {
		t.Errorf("%s: %d h1", name, n)
	}
	seen := map[string]bool{}
	for _, m := range idOf.FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("%s: the id %q stands twice", name, m[1])
		}
		seen[m[1]] = true
	}
	labels := forOf.FindAllStringSubmatch(body, -1)
	for _, m := range labels {
		if !seen[m[1]] {
			t.Errorf("%s: a label for %q, which is not there", name, m[1])
		}
	}
	for _, in := range inputs.FindAllString(body, -1) {
		id := idOf.FindStringSubmatch(in)
		inside := strings.Contains(in, `name="as_of"`) || strings.Contains(in, `name="vs"`) || strings.Contains(in, `name="forum"`) // those stand inside their labels
		if !inside && (id == nil || !slices.ContainsFunc(labels, func(m []string) bool { return m[1] == id[1] })) {
			t.Errorf("%s: %s has no label", name, in)
		}
	}
	if strings.Contains(body, "⟨") {
		t.Errorf("%s: a message is missing: %s", name, body[strings.Index(body, "⟨"):][:60])
	}
	wellFormed(t, name, body)
}

// wellFormed reads the page as XML that allows HTML's void elements.
func wellFormed(t *testing.T, name, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict = false
	d.AutoClose = xml.HTMLAutoClose
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: elements are not closed in order: %v", name, err)
			return
		}
	}
}

func TestMissingWordsAreLabelled(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := samples(t, models.Japanese)["initiatives, English alone"].Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`<span lang="en">English alone</span>\s*<small class="only">（英語のみ）</small>`).MatchString(b.String()) {
		t.Error("a title without Japanese words stands on a Japanese page without its language and a label")
	}
}

// TestEveryRowHasEveryCountry gives a topic two initiatives of different countries.
func TestEveryRowHasEveryCountry(t *testing.T) {
	t.Parallel()
	a, b := sampleInitiative(models.Text{EN: "A"}, models.Announced), sampleInitiative(models.Text{EN: "B"}, models.UnderWay)
	b.Parts = []models.Part{{Country: "FR", Role: "lead", Status: models.UnderWay}}
	r := models.TopicRecord{Topic: models.Topic{Slug: "t", Summary: models.Tally{Total: 2}}, Initiatives: []models.Initiative{a, b}}
	var out bytes.Buffer
	if err := Topic(sampleFrame(t, models.English, "/topics/t", nil), r).Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"JP", "US", "FR"} {
		if n := strings.Count(out.String(), `data-label="`+c+`"`); n != 2 {
			t.Errorf("%s stands in %d of 2 rows", c, n)
		}
	}
}

// TestParametersAreExplainedOnce gives two routes a parameter of one name: the same meaning has one anchor, another
// meaning its own.
func TestParametersAreExplainedOnce(t *testing.T) {
	t.Parallel()
	p := sampleReference(about(sampleFrame(t, models.English, "/api", nil)))
	var anchors []string
	for _, e := range p.Parameters {
		anchors = append(anchors, e.Anchor)
	}
	if got := strings.Join(anchors, " "); got != "parameter-ref parameter-status parameter-limit parameter-q parameter-status-others" {
		t.Errorf("anchors %s", got)
	}
	if got := p.Routes[1].Parameters; got[0].URL != "#parameter-status-others" || got[1].URL != "#parameter-limit" {
		t.Errorf("the second route links to %+v", got)
	}
}

// TestFooterIsTheSameOnEveryPage finds the links of help in one order on every page (WCAG 3.2.6), without a time.
func TestFooterIsTheSameOnEveryPage(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`<a href="([^"]*)"`)
	for _, l := range models.Langs {
		for name, page := range samples(t, l) {
			var b bytes.Buffer
			if err := page.Render(context.Background(), &b); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), `<body class="embedded">`) { // a part of a page, on another site
				continue
			}
			_, footer, _ := strings.Cut(b.String(), `<footer class="site">`)
			var got []string
			for _, m := range link.FindAllStringSubmatch(footer, -1) {
				path, _, _ := strings.Cut(m[1], "?") // the time of the view travels with links to the record
				got = append(got, strings.TrimPrefix(path, "/"+string(l)))
			}
			if want := "/activity /briefings /forums /statements /commitments /evidence /search-notes /method /accessibility /api /shortcuts"; strings.Join(got, " ") != want {
				t.Errorf("%s in %s: the footer links to %v; want %s", name, l, got, want)
			}
		}
	}
}

func TestEqualViewsHaveEqualAddresses(t *testing.T) {
	t.Parallel()
	f := sampleFrame(t, models.English, "/initiatives", url.Values{"country": {"US", "JP", "JP"}, "as_of": {"qscg-2023-12"}, "q": {""}, "after": {"x"}})
	for got, want := range map[string]string{
		f.In(models.Japanese):       "/ja/initiatives?after=x&as_of=qscg-2023-12&country=JP&country=US",
		f.Here("sort", "ref"):       "/en/initiatives?as_of=qscg-2023-12&country=JP&country=US&sort=ref",
		f.Without("country", "JP"):  "/en/initiatives?as_of=qscg-2023-12&country=US",
		f.To("/topics"):             "/en/topics?as_of=qscg-2023-12",
		f.As("csv", "excel", "1"):   "/initiatives.csv?after=x&as_of=qscg-2023-12&country=JP&country=US&excel=1",
		f.list("status", "stalled"): "/en/initiatives?as_of=qscg-2023-12&country=JP&country=US&status=stalled",
	} {
		if got != want {
			t.Errorf("got %s; want %s", got, want)
		}
	}
}

func TestStackFillsItsWidth(t *testing.T) {
	t.Parallel()
	for _, counts := range [][]int{{1}, {1, 1000}, {1, 1, 1, 997}, {3, 0, 18, 8, 2}, {0, 0}} {
		var parts []charts.Part
		for i, n := range counts {
			parts = append(parts, charts.Part{Code: fmt.Sprint(i), Count: n})
		}
		segments := charts.Stack(parts, 1000, 3, 22)
		end := 0.0
		for i, s := range segments {
			if s.Width < 21.9 {
				t.Errorf("%v: segment %d is %.1f wide; nobody would see it", counts, i, s.Width)
			}
			if i > 0 && math.Abs(s.X-end-3) > 0.01 {
				t.Errorf("%v: segment %d begins at %.2f after %.2f; want a gap of 3", counts, i, s.X, end)
			}
			end = s.X + s.Width
		}
		if len(segments) > 0 && math.Abs(end-1000) > 0.01 {
			t.Errorf("%v: the bar ends at %.2f; want 1000", counts, end)
		}
	}
	for _, c := range [][3]int{{0, 29, 0}, {1, 29, 1}, {28, 29, 9}, {29, 29, 10}, {3, 4, 3}} {
		filled := 0
		for _, d := range charts.Dots(c[0], c[1], 12) {
			if d.Filled {
				filled++
			}
		}
		if filled != c[2] {
			t.Errorf("%d of %d: %d dots filled; want %d", c[0], c[1], filled, c[2])
		}
	}
}

// TestPalette recomputes the contrasts of the status colours from the style sheet (WCAG 2.x).
func TestPalette(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("static/css/10-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "@media screen and (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "*, *::before")
	tokens := func(s string, base map[string]string) map[string]string {
		out := map[string]string{}
		for k, v := range base {
			out[k] = v
		}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6})`).FindAllStringSubmatch(s, -1) {
			out[m[1]] = m[2]
		}
		return out
	}
	themes := map[string]map[string]string{"light": tokens(light, nil)}
	themes["dark"] = tokens(dark, themes["light"])
	for name, c := range themes {
		for _, pair := range [][3]any{
			{"ink", "page", 7.0}, {"mute", "page", 4.5}, {"mute", "surface", 4.5}, {"link", "page", 4.5}, {"on-button", "button", 4.5}, {"edge", "page", 3.0}, {"error-ink", "error-tint", 4.5},
			{"ink", "mark", 4.5}, {"none-ink", "page", 4.5}, {"delivered-ink", "delivered-tint", 7.0}, {"partly-ink", "partly-tint", 7.0}, {"under-ink", "under-tint", 7.0},
			{"announced-ink", "announced-tint", 7.0}, {"stalled-ink", "stalled-tint", 7.0}, {"dropped-ink", "dropped-tint", 7.0},
			{"delivered", "page", 3.0}, {"partly", "page", 3.0}, {"under", "page", 3.0}, {"announced", "page", 3.0}, {"stalled", "page", 3.0}, {"dropped", "page", 3.0},
			{"on-delivered", "delivered", 4.5}, {"on-partly", "partly", 4.5}, {"on-under", "under", 4.5}, {"on-announced", "announced", 4.5}, {"on-stalled", "stalled", 4.5}, {"on-dropped", "dropped", 4.5},
		} {
			a, b := c[pair[0].(string)], c[pair[1].(string)]
			if got := contrast(t, a, b); got < pair[2].(float64) {
				t.Errorf("%s: %s %s on %s %s has contrast %.2f; want %.1f", name, pair[0], a, pair[1], b, got, pair[2])
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
	}
	var rgb [3]int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	l := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(rgb[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}
