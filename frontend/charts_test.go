package frontend

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/charts"
	"github.com/followthrough/followthrough/models"
)

var update = flag.Bool("update", false, "write the golden files anew")

func drawn(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPicturesAreTheGoldenOnes compares one picture of each kind with the file that a person has looked at.
func TestPicturesAreTheGoldenOnes(t *testing.T) {
	t.Parallel()
	for file, of := range map[string]struct {
		lang models.Lang
		name string
	}{"bar.svg": {models.English, "bar"}, "bar-patterns.svg": {models.English, "bar, patterns"}, "thin.svg": {models.Japanese, "thin"}, "ribbon.svg": {models.Japanese, "ribbon"}, "dots.svg": {models.English, "dots"}} {
		got, path := drawn(t, pictures(t, of.lang)[of.name])+"\n", filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not what it was; look at it, then go test ./frontend -run Golden -update", path)
		}
	}
}

// TestNothingRunsOutOfAPicture places every shape of every sample, the longest texts among them, inside its picture.
func TestNothingRunsOutOfAPicture(t *testing.T) {
	t.Parallel()
	for _, l := range models.Langs {
		for name, c := range pictures(t, l) {
			decoder, width, height, texts := xml.NewDecoder(strings.NewReader(drawn(t, c))), 0.0, 0.0, 0
			var at map[string]float64
			var said map[string]string
			inside := func(what string, x0, y0, x1, y1 float64) {
				if x0 < 0 || y0 < 0 || x1 > width || y1 > height {
					t.Errorf("%s in %s: %s stands at %.1f,%.1f to %.1f,%.1f of %.0f by %.0f", name, l, what, x0, y0, x1, y1, width, height)
				}
			}
			depth := 0
			for {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s in %s is no XML: %v", name, l, err)
				}
				switch e := token.(type) {
				case xml.StartElement:
					if e.Name.Local == "defs" {
						depth++
					}
					at, said = map[string]float64{}, map[string]string{"": e.Name.Local}
					for _, a := range e.Attr {
						said[a.Name.Local] = a.Value
						at[a.Name.Local], _ = strconv.ParseFloat(a.Value, 64) // words are no places
					}
					switch {
					case e.Name.Local == "svg":
						width, height = at["width"], at["height"]
					case depth > 0:
					case e.Name.Local == "rect" || e.Name.Local == "use":
						inside(e.Name.Local, at["x"], at["y"], at["x"]+at["width"], at["y"]+at["height"])
					case e.Name.Local == "circle":
						inside("circle", at["cx"]-at["r"], at["cy"]-at["r"], at["cx"]+at["r"], at["cy"]+at["r"])
					case e.Name.Local == "line":
						inside("line", min(at["x1"], at["x2"]), min(at["y1"], at["y2"]), max(at["x1"], at["x2"]), max(at["y1"], at["y2"]))
					}
				case xml.CharData:
					if s := strings.TrimSpace(string(e)); s != "" && said[""] == "text" {
						texts++
						w := charts.Width(s, at["font-size"], said["font-weight"] == "700")
						x := at["x"] - map[string]float64{"middle": w / 2, "end": w}[said["text-anchor"]]
						inside("“"+s+"”", x, at["y"]-at["font-size"], x+w, at["y"]+at["font-size"]*0.3)
					}
				case xml.EndElement:
					if e.Name.Local == "defs" {
						depth--
					}
					said = nil
				}
			}
			if texts < 3 {
				t.Errorf("%s in %s: %d texts; want at least what it speaks of, what it shows and where it comes from", name, l, texts)
			}
		}
	}
}

// TestPatternsStandForEveryStatus finds the eight patterns in the defs of a page and of a picture, each with an inside of
// its own, and the rule of the style sheet that puts it in place of the colour on paper.
func TestPatternsStandForEveryStatus(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("static/css/32-charts.css")
	if err != nil {
		t.Fatal(err)
	}
	_, paper, ok := strings.Cut(string(css), "@media print, (forced-colors: active) {")
	if !ok {
		t.Fatal("no rules for paper")
	}
	pattern := regexp.MustCompile(`<pattern id="([^"]+)"([^>]*)>(.*?)</pattern>`)
	for where, body := range map[string]string{"page": drawn(t, sprite()), "picture": drawn(t, pictures(t, models.English)["bar, patterns"])} {
		insides := map[string]string{}
		for _, m := range pattern.FindAllStringSubmatch(body, -1) {
			for other, inside := range insides {
				if inside == m[2]+m[3] {
					t.Errorf("%s: the patterns %s and %s are the same", where, m[1], other)
				}
			}
			insides[m[1]] = m[2] + m[3]
		}
		for _, s := range models.Statuses {
			id := charts.Pattern(string(s))
			if _, ok := insides[id]; !ok {
				t.Errorf("%s: no pattern %s", where, id)
			}
			if rule := ".solid-" + string(s) + " { fill: url(#" + id + ")"; !strings.Contains(paper, rule) {
				t.Errorf("the style sheet lacks %s } on paper", rule)
			}
		}
		if len(insides) != len(models.Statuses) {
			t.Errorf("%s: %d patterns; want %d", where, len(insides), len(models.Statuses))
		}
	}
}

// TestPicturesHaveTheColoursOfThePages holds the themes of pictures to the tokens of the style sheet.
func TestPicturesHaveTheColoursOfThePages(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("static/css/10-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, _ := strings.Cut(string(css), "@media screen and (prefers-color-scheme: dark)")
	token := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6})`)
	tokens := map[string]string{}
	read := func(s string) {
		for _, m := range token.FindAllStringSubmatch(s, -1) {
			if len(m[2]) == 4 {
				m[2] = "#" + strings.Repeat(m[2][1:2], 2) + strings.Repeat(m[2][2:3], 2) + strings.Repeat(m[2][3:4], 2)
			}
			tokens[m[1]] = m[2]
		}
	}
	short := map[string]string{"partly_delivered": "partly", "under_way": "under"}
	for _, c := range []struct {
		css   string
		theme charts.Theme
	}{{light, charts.Light()}, {dark, charts.Dark()}} {
		read(c.css) // what the dark theme leaves out stays as it is
		same := func(name, got string) {
			if want := tokens[name]; got != want {
				t.Errorf("%s: --%s is %s in pictures; want %s", c.theme.Name, name, got, want)
			}
		}
		same("page", c.theme.Page)
		same("ink", c.theme.Ink)
		same("mute", c.theme.Mute)
		same("line", c.theme.Line)
		same("none-edge", c.theme.Edge)
		same("none-dash", c.theme.Dash)
		for code, fill := range c.theme.Solid {
			name := code
			if s, ok := short[code]; ok {
				name = s
			}
			same(name, fill)
			same("on-"+name, c.theme.On[code])
		}
		if len(c.theme.Solid) != 6 {
			t.Errorf("%s: %d solids; want 6", c.theme.Name, len(c.theme.Solid))
		}
	}
}

// TestNumbersOfABarKeepApart places the numbers of bars on narrow and wide screens: those inside fit, those above do
// not touch and stay over the bar.
func TestNumbersOfABarKeepApart(t *testing.T) {
	t.Parallel()
	for _, counts := range [][]int{{1}, {1, 1, 1, 1, 1, 1, 1, 993}, {993, 1, 1, 1, 1, 1, 1, 1}, {3, 0, 18, 8, 2}, {12, 90, 100, 1000, 7, 5, 3, 2}} {
		shares := charts.Shares(parts(chartTally(counts...)))
		end := 0.0
		for _, s := range shares {
			if s.X-end > 0.01 || end-s.X > 0.01 {
				t.Errorf("%v: a segment begins at %.2f; want %.2f", counts, s.X, end)
			}
			end = s.X + s.Width
		}
		for _, pixels := range []float64{300, 560} {
			right := 0.0
			for _, l := range charts.Labels(shares, pixels) {
				number := charts.Width(strconv.Itoa(l.Count), 15, true)
				if !l.Above {
					if room := l.Width / 100 * pixels; room < 28 || room < number {
						t.Errorf("%v at %.0f: %d stands inside of %.1f pixels", counts, pixels, l.Count, room)
					}
					continue
				}
				left := l.At/100*pixels - number/2
				if left < right-0.01 || left+number > pixels+0.01 {
					t.Errorf("%v at %.0f: %d stands from %.1f, the one before until %.1f", counts, pixels, l.Count, left, right)
				}
				right = left + number
			}
		}
	}
}

// TestFindings reads the sentence over a bar.
func TestFindings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		counts []int
		en, ja string
	}{
		{[]int{3, 2, 12, 8, 0, 1, 0, 3}, "12 of 29 initiatives are under way; 3 are delivered, 1 has stalled.", "取組29件のうち12件が進行中です。達成は3件、停滞は1件です。"},
		{[]int{0, 0, 1, 2}, "2 of 3 initiatives are announced; none is delivered.", "取組3件のうち2件が表明済みの段階です。達成された取組はまだありません。"},
		{[]int{2, 1}, "2 of 3 initiatives are delivered.", "取組3件のうち2件が達成されています。"},
		{[]int{0, 0, 1}, "The one initiative is under way.", "取組1件はすべて進行中です。"},
		{[]int{0, 0, 0, 0, 0, 0, 0, 4}, "None of the 4 initiatives has been assessed.", "取組4件はいずれも未評価です。"},
	} {
		for l, want := range map[models.Lang]string{models.English: c.en, models.Japanese: c.ja} {
			if got := sampleFrame(t, l, "/", nil).finding(chartTally(c.counts...)); got != want {
				t.Errorf("%v: %q; want %q", c.counts, got, want)
			}
		}
	}
}

// TestLines breaks texts as both languages do.
func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		most  float64
		lines int
		want  string
	}{
		{"Mutual recognition of labels", 140, 3, "Mutual|recognition of|labels"},
		{"安全な「ソフトウェア」、部品表。", 60, 9, "安全な|「ソフト|ウェ|ア」、部|品表。"},
		{"http://example.org/en/topics?as_of=2026-11-23", 220, 4, "http://example.org/en/|topics?as_of=2026-11-23"},
		{"Incomprehensibilities", 100, 2, "Incomprehen|sibilities"},
		{"one two three four five six", 80, 1, "one two…"},
		{"a\x00b\tc", 80, 1, "ab c"},
	} {
		if got := strings.Join(charts.Lines(c.text, c.most, 14, false, c.lines), "|"); got != c.want {
			t.Errorf("%q: %s; want %s", c.text, got, c.want)
		}
	}
}
