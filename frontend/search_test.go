package frontend

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

func TestHitsLeadToThePlaceOfTheWords(t *testing.T) {
	t.Parallel()
	f := sampleFrame(t, models.English, "/search", url.Values{"q": {"cyber"}, "as_of": {"2023-12-06"}})
	at := func(anchor string) []models.Snippet { return []models.Snippet{{Anchor: anchor}, {Anchor: "later"}} }
	for _, c := range []struct {
		hit  models.Hit
		want string
	}{
		{models.Hit{Kind: "initiative", Path: "/initiatives/X"}, "/en/initiatives/X?as_of=2023-12-06"},
		{models.Hit{Kind: "initiative", Path: "/initiatives/X", Snippets: at("update-7")}, "/en/initiatives/X?as_of=2023-12-06#update-7"},
		{models.Hit{Kind: "initiative", Path: "/initiatives/X", Snippets: at("")}, "/en/initiatives/X?as_of=2023-12-06"},
		{models.Hit{Kind: "statement", Path: "/statements/s#p4", Snippets: at("")}, "/en/statements/s?as_of=2023-12-06#p4"},
		{models.Hit{Kind: "statement", Path: "/statements/s#p4", Snippets: at("p9")}, "/en/statements/s?as_of=2023-12-06#p4"},
		{models.Hit{Kind: "commitment", Path: "/commitments/C-1", Snippets: at("words")}, "/en/commitments/C-1?as_of=2023-12-06"},
		{models.Hit{Kind: "evidence", Path: "/evidence/e"}, "/en/evidence/e?as_of=2023-12-06"},
	} {
		if got := hitURL(f, c.hit); got != c.want {
			t.Errorf("%s %s: got %s; want %s", c.hit.Kind, c.hit.Path, got, c.want)
		}
	}
}

func TestHitsAreNamedInTheLanguageOfTheirTitle(t *testing.T) {
	t.Parallel()
	statement := models.Text{EN: "Joint statement", JA: "共同声明"}
	for _, c := range []struct {
		lang models.Lang
		hit  models.Hit
		want Wording
	}{
		{models.English, models.Hit{Kind: "meeting", Ref: "qscg-2023-12", Title: sampleForum}, Wording{Text: "Forum · Tokyo, 5–6 December 2023", Lang: "en"}},
		{models.Japanese, models.Hit{Kind: "meeting", Ref: "qscg-2023-12", Title: sampleForum}, Wording{Text: "会議体 · 東京、2023年12月5日～6日", Lang: "ja"}},
		{models.English, models.Hit{Kind: "statement", Ref: "s#p4", Title: statement}, Wording{Text: "Joint statement, paragraph 4", Lang: "en"}},
		{models.Japanese, models.Hit{Kind: "statement", Ref: "s#p4", Title: statement}, Wording{Text: "共同声明 第4段落", Lang: "ja"}},
		{models.English, models.Hit{Kind: "statement", Ref: "s", Title: statement}, Wording{Text: "Joint statement", Lang: "en"}},
		{models.English, models.Hit{Kind: "evidence", Title: models.Text{EN: "報道発表"}}, Wording{Text: "報道発表", Lang: "ja"}},
		{models.English, models.Hit{Kind: "delegate", Title: models.Text{JA: "市川恵一"}}, Wording{Text: "市川恵一", Lang: "ja", Only: "(Japanese only)"}},
	} {
		got := hitTitle(sampleFrame(t, c.lang, "/search", nil), c.hit)
		if got != c.want {
			t.Errorf("%s %s in %s: got %+v; want %+v", c.hit.Kind, c.hit.Ref, c.lang, got, c.want)
		}
	}
}

func TestSnippetsHaveTheLanguageOfTheirText(t *testing.T) {
	t.Parallel()
	for want, all := range map[string][]models.Snippet{
		"en": {foundIn("title", models.English, "", "cyber", ""), foundIn("publisher", "", "The ", "Cabinet", "")},
		"ja": {foundIn("title", models.Japanese, "", "AI", ""), foundIn("variants", "", "ICHIKAWA ", "Keiichi", " 市川"), foundIn("city", "", "", "カタカナ", "")},
	} {
		for _, s := range all {
			if got := snippetLang(s); got != want {
				t.Errorf("%s %+v: %s; want %s", s.Part, s.Pieces, got, want)
			}
		}
	}
}

func TestSearchGroupsWhatItFoundByKind(t *testing.T) {
	t.Parallel()
	f := sampleFrame(t, models.English, "/search", url.Values{"q": {"cyber"}, "kind": {"statement"}})
	page := body(t, NewSearch(f, sampleHits()))
	var got []string
	for _, m := range regexp.MustCompile(`<h2>([^<]*)</h2>`).FindAllStringSubmatch(page, -1) {
		got = append(got, m[1])
	}
	if want := "Initiatives Commitments Statements Meetings Delegates Evidence"; strings.Join(got, " ") != want {
		t.Errorf("groups %v; want %s, each once", got, want)
	}
	if n := strings.Count(page, `aria-current="true"`); n != 1 || !regexp.MustCompile(`aria-current="true">statements \(1\)`).MatchString(page) {
		t.Errorf("%d kinds are marked as chosen; want one, the statements", n)
	}
	if !strings.Contains(page, "all (6)") {
		t.Error("the choice of all kinds does not give their sum")
	}
}

func TestWordsLookedForAreNeverMarkup(t *testing.T) {
	t.Parallel()
	page := body(t, searchSamples(func(path string, q url.Values) Frame { return sampleFrame(t, models.English, path, q) })["search, nothing found"])
	if strings.Contains(page, "<b>") {
		t.Error("the words of the search reached the page as elements")
	}
	if !strings.Contains(page, "Nothing holds all of “&lt;b&gt;nothing&lt;/b&gt;”") {
		t.Error("the page does not say what it looked for")
	}
}
