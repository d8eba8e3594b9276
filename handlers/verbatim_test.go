package handlers_test

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

var (
	tag    = regexp.MustCompile(`<[^>]+>`)
	number = regexp.MustCompile(`<sup>.*?</sup>`)
)

// shown is the text of a piece of a page as a reader copies it, without the numbers of marks.
func shown(piece string) string {
	return html.UnescapeString(tag.ReplaceAllString(number.ReplaceAllString(piece, ""), ""))
}

// TestWordsStandOnPagesAsStored compares every paragraph of the reader and every excerpt of a search, character by
// character, with the record.
func TestWordsStandOnPagesAsStored(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	var st struct {
		Item models.StatementRecord `json:"item"`
	}
	if err := json.Unmarshal([]byte(s.get("/statements/qscg-2023-12.json")), &st); err != nil {
		t.Fatal(err)
	}
	page, compared := s.get("/ja/statements/qscg-2023-12"), 0
	for _, p := range st.Item.Paragraphs {
		_, section, _ := strings.Cut(page, ` id="`+p.Ref+`"`)
		section, _, _ = strings.Cut(section, "</section>")
		for lang, want := range p.Texts {
			_, rest, _ := strings.Cut(section, `<p lang="`+string(lang)+`">`)
			rest, _, _ = strings.Cut(rest, "</p>")
			if got := shown(rest); got != want {
				t.Errorf("%s %s: got %q, want %q", p.Ref, lang, got, want)
			}
			compared++
		}
	}
	if compared != 16 {
		t.Errorf("%d wordings compared", compared)
	}
	for _, c := range st.Item.Commitments {
		page := s.get("/ja/initiatives/" + c.Initiatives[0])
		for lang, words := range c.Words {
			if want := words.Prefix + words.Exact + words.Suffix; !strings.Contains(shown(page), want) {
				t.Errorf("%s %s: %q is not on the page of its initiative", c.Code, lang, want)
			}
		}
	}
	var hits models.List[models.Hit]
	if err := json.Unmarshal([]byte(s.get("/search.json?q=%E5%BC%B7%E5%8C%96")), &hits); err != nil {
		t.Fatal(err)
	}
	found := shown(s.get("/ja/search?q=%E5%BC%B7%E5%8C%96"))
	for _, h := range hits.Items {
		for _, snippet := range h.Snippets {
			var want strings.Builder
			for _, p := range snippet.Pieces {
				want.WriteString(p.Text)
			}
			if !strings.Contains(found, want.String()) {
				t.Errorf("%s: %q is not on the page", h.Ref, want.String())
			}
		}
	}
	if len(hits.Items) < 5 {
		t.Errorf("%d hits", len(hits.Items))
	}
}
