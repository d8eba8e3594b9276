package frontend

import (
	"bytes"
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestReviewMarksDiffer holds the four review marks of a briefing apart in word and in class.
func TestReviewMarksDiffer(t *testing.T) {
	t.Parallel()
	for _, lang := range models.BriefingLangs {
		s := NewSheet(catalogue(t), sampleBriefing(lang, false), func(path string) string { return path })
		file, err := BriefingFile(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		styles, body, _ := strings.Cut(file, "</style>")
		words, markdown := map[string]string{}, s.Markdown()
		for _, m := range regexp.MustCompile(`(?s)data-mark="([a-z]+)">(.*?)</span>\s*(?:</td>|<span|</th>)`).FindAllStringSubmatch(body, -1) {
			words[m[1]] = strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], " ")), " ")
		}
		seen := map[string]bool{}
		for _, m := range models.Marks {
			w := words[string(m)]
			if w == "" || seen[w] {
				t.Errorf("%s: %s is told by %q; want words of its own", lang, m, w)
			}
			seen[w] = true
			if !strings.Contains(styles, ".b-mark-"+string(m)) {
				t.Errorf("%s: %s has no look of its own", lang, m)
			}
			for _, p := range s.Langs {
				if !strings.Contains(markdown, escapeMarkdown(p.T("mark."+string(m)))) {
					t.Errorf("%s: the Markdown does not say %s", lang, m)
				}
			}
		}
	}
}

// TestKeptArticleIsWhole cuts the document out of a file and writes it anew.
func TestKeptArticleIsWhole(t *testing.T) {
	t.Parallel()
	s := NewSheet(catalogue(t), sampleBriefing("both", false), func(path string) string { return path })
	var want bytes.Buffer
	if err := briefing(s).Render(context.Background(), &want); err != nil {
		t.Fatal(err)
	}
	file, err := BriefingFile(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := article(file)
	if !ok || got != strings.TrimSpace(want.String()) {
		t.Errorf("got %d bytes, %v; want the %d of the document", len(got), ok, want.Len())
	}
	if got := runningOf(file); got != s.running() || !strings.Contains(got, "An-initiative") {
		t.Errorf("running head %q; want %q", got, s.running())
	}
	if _, ok := article("<p>nothing</p>"); ok {
		t.Error("a file without a document has one")
	}
}

// TestAlteredBriefingIsNotShown gives the page a file that does not have the hash it was kept with.
func TestAlteredBriefingIsNotShown(t *testing.T) {
	t.Parallel()
	f := func(path string, q url.Values) Frame { return sampleFrame(t, models.English, path, q) }
	for name, shown := range map[string]bool{"frozen briefing, English": true, "frozen briefing, altered": false} {
		var out bytes.Buffer
		if err := briefingSamples(f)[name].Render(context.Background(), &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "<article ") != shown || strings.Contains(out.String(), `role="alert"`) == shown {
			t.Errorf("%s: shown %v; want %v, and a warning otherwise", name, !shown, shown)
		}
	}
}

// TestAnAlteredBriefingProvesNothing reads the page of one whose file is not what was frozen.
func TestAnAlteredBriefingProvesNothing(t *testing.T) {
	t.Parallel()
	pages := samples(t, models.English)
	for name, proves := range map[string]bool{"frozen briefing, English": true, "frozen briefing, altered": false} {
		var b bytes.Buffer
		if err := pages[name].Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "exactly this hash"); got != proves {
			t.Errorf("%s: says that the file has exactly this hash: %t; want %t", name, got, proves)
		}
		if got := strings.Contains(b.String(), `href="#h-seal"`); got != proves {
			t.Errorf("%s: offers the files above the document: %t; want %t", name, got, proves)
		}
	}
}
