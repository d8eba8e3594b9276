package handlers_test

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
	"github.com/followthrough/followthrough/models/wording"
)

// twoStatements is a server on the Quad record with an earlier statement.
func twoStatements(t testing.TB) site {
	t.Helper()
	st := storetest.Quad(t, store.SQLite)
	storetest.Earlier(t, st)
	return newSite(t, st)
}

func comparison(t testing.TB, s site, query string) models.Comparison {
	t.Helper()
	var r models.Record[models.Comparison]
	if err := json.Unmarshal([]byte(s.get("/compare.json"+query)), &r); err != nil {
		t.Fatal(err)
	}
	return r.Item
}

// TestComparisonAsDataMakesBothTexts puts the pieces together, in every language and in both directions.
func TestComparisonAsDataMakesBothTexts(t *testing.T) {
	t.Parallel()
	s := twoStatements(t)
	texts := map[string]map[string]map[models.Lang]string{}
	for _, slug := range []string{storetest.EarlierSlug, "qscg-2023-12"} {
		var st models.Record[models.Statement]
		if err := json.Unmarshal([]byte(s.get("/statements/"+slug+".json")), &st); err != nil {
			t.Fatal(err)
		}
		texts[slug] = map[string]map[models.Lang]string{}
		for _, p := range st.Item.Paragraphs {
			texts[slug][p.Ref] = p.Texts
		}
	}
	for _, query := range []string{"", "?a=qscg-2023-12", "?b=" + storetest.EarlierSlug} {
		c := comparison(t, s, query)
		if !slices.Equal(c.Languages, []models.Lang{"en", "ja"}) || c.Summary.Shared <= 0 || c.Summary.Shared >= 1 {
			t.Errorf("%s: languages %v, %+v", query, c.Languages, c.Summary)
		}
		seen := map[string]int{}
		for _, r := range c.Rows {
			for _, side := range []struct{ slug, ref, without string }{{c.A.Slug, r.A, models.OpAdded}, {c.B.Slug, r.B, models.OpRemoved}} {
				if side.ref != "" {
					seen[side.slug+side.ref]++
				}
				for _, l := range c.Languages {
					if got, want := wording.Made(r.Texts[l], side.without), texts[side.slug][side.ref][l]; got != want {
						t.Errorf("%s: %s %s in %s is made %q; want %q", query, side.slug, side.ref, l, got, want)
					}
				}
			}
		}
		for slug, paragraphs := range texts {
			for ref := range paragraphs {
				if seen[slug+ref] != 1 {
					t.Errorf("%s: %s of %s stands in %d rows", query, ref, slug, seen[slug+ref])
				}
			}
		}
	}
}

func TestCompareFindsWhatTiesTheTexts(t *testing.T) {
	t.Parallel()
	s := twoStatements(t)
	c := comparison(t, s, "")
	if c.A.Slug != storetest.EarlierSlug || c.B.Slug != "qscg-2023-12" {
		t.Fatalf("%s is compared with %s", c.A.Slug, c.B.Slug)
	}
	var got []string
	for _, r := range c.Rows {
		line := r.A + ">" + r.B + " " + r.Relation
		for _, turn := range r.Strengths {
			line += " " + turn.Was + ">" + turn.Is + " " + turn.Turn
		}
		got = append(got, line)
	}
	want := []string{">p0 added", ">p1 added", "p1>p2 changed commit>reaffirm weaker", "p3>p3 changed", "p4> removed", ">p4 added", ">p5 added", "p2>p6 moved will>discuss weaker", ">p7 added"}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, r := range c.Rows {
		if r.B == "p6" && (len(r.Initiatives) == 0 || r.Initiatives[0].Title.JA == "") {
			t.Errorf("p6 is tied to %+v", r.Initiatives)
		}
	}
	if s := c.Summary; s.Kept != 3 || s.Left != 1 || s.Fresh != 18 {
		t.Errorf("commitments: %d follow, %d new, %d left; want 3, 18 and 1", s.Kept, s.Fresh, s.Left)
	}
}

var changeMark = regexp.MustCompile(`<(del|ins)><span class="hidden" lang="[a-z]+">([^<]*)</span>`)

func TestComparePage(t *testing.T) {
	t.Parallel()
	s := twoStatements(t)
	for lang, said := range map[string][2]string{"en": {"[removed: ", "[added: "}, "ja": {"［削除：", "［追加："}} {
		page := s.get("/" + lang + "/compare?text=both")
		counts := map[string]int{}
		for _, m := range changeMark.FindAllStringSubmatch(page, -1) {
			counts[m[1]+m[2]]++
		}
		if marks := strings.Count(page, "<del>") + strings.Count(page, "<ins>"); counts["del"+said[0]]+counts["ins"+said[1]] != marks || marks < 20 {
			t.Errorf("%s: %d of %d pieces are said aloud: %v", lang, len(counts), marks, counts)
		}
		for _, want := range []string{
			`href="/` + lang + `/statements/qscg-2023-12?text=both#p6"`, `href="/` + lang + `/statements/qscg-2023-01?text=both#p2"`, `/initiatives/QSCG-UNDERSEA-CABLES`, `#strength-discuss"`,
			`<select id="compare-a" name="a">`, `a=qscg-2023-12&amp;b=qscg-2023-01`,
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %s", lang, want)
			}
		}
	}
	whole, few := s.get("/en/compare?b=qscg-2023-12"), s.get("/en/compare?a=qscg-2023-12&b=qscg-2023-12&only=changes")
	if strings.Contains(whole, `lang="ja" dir`) || !strings.Contains(whole, `lang="en" dir`) {
		t.Error("an English page shows the English words alone unless it is asked for others")
	}
	if strings.Contains(few, "<tbody") || !strings.Contains(few, "The words are the same.") {
		t.Error("a text compared with itself has changes")
	}
	if unified := s.get("/en/compare?view=unified"); strings.Contains(unified, `class="side"`) || !strings.Contains(unified, "<del>") {
		t.Error("one column has two")
	}
	for _, from := range []string{"/en/statements", "/en/statements/qscg-2023-12"} {
		if !strings.Contains(s.get(from), `href="/en/compare`) {
			t.Errorf("%s does not lead to the comparison", from)
		}
	}
}

func TestCompareRefusesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := twoStatements(t)
	for query, said := range map[string]string{
		"?a=nowhere": "“nowhere” is not known", "?b=qscg-2023-12@0": "“qscg-2023-12@0” is not known", "?a=qscg-2023-12@02": "“qscg-2023-12@02” is not known",
		"?a=qscg-2023-12@2": "there are 1 editions", "?b=qscg-2023-12&as_of=2023-06-30": "“qscg-2023-12” is not known",
	} {
		r := s.do("GET", "/compare.json"+query)
		if body := read(t, r); r.StatusCode != http.StatusBadRequest || !strings.Contains(body, said) {
			t.Errorf("%s: %d %s", query, r.StatusCode, body)
		}
		if page := s.get("/en/compare" + query); !strings.Contains(page, said) {
			t.Errorf("%s: the page does not say %q", query, said)
		}
	}
}

func TestCompareWithoutTwoWordingsSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	if c := comparison(t, s, ""); c.A.Slug != "" || len(c.Rows) != 0 {
		t.Errorf("%s and %s, %d rows", c.A.Slug, c.B.Slug, len(c.Rows))
	}
	for query, said := range map[string]string{"": "one statement with one edition", "?as_of=2022-01-01": "no statement in the record yet"} {
		if page := s.get("/en/compare" + query); !strings.Contains(page, said) {
			t.Errorf("%q: the page does not say %q", query, said)
		}
	}
	if strings.Contains(s.get("/en/statements"), `href="/en/compare`) {
		t.Error("the list of one statement leads to a comparison")
	}
}

// TestCompareEditions corrects a paragraph behind the store's back: white space that nobody sees, and a turned order.
func TestCompareEditions(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "followthrough.db")
	st := storetest.Open(t, store.Options{Path: path, Now: storetest.Now})
	storetest.Seed(t, st)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const p2 = "paragraph_id = (SELECT p.id FROM paragraphs p JOIN statements s ON s.id = p.statement_id WHERE s.slug = 'qscg-2023-12' AND p.ref = 'p2') AND lang = 'en'"
	for _, change := range []string{
		"INSERT INTO former_texts SELECT paragraph_id, lang, 1, 2, body, sha256 FROM paragraph_texts WHERE " + p2,
		"UPDATE paragraph_texts SET edition = 2, body = replace(replace(body, 'Together, we', 'Together,' || char(160) || 'we'), 'Quad countries', 'Quad ' || char(8238) || 'countries') WHERE " + p2,
		"INSERT INTO editions SELECT id, 2, '2026-11-23T09:00:00.000000Z', 'r', 'r', 'a' FROM statements",
		"UPDATE statements SET edition = 2", "UPDATE versions SET version = version + 1 WHERE name = 'data'",
	} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	s := newSite(t, st)
	c := comparison(t, s, "")
	if c.A.Edition != 1 || c.B.Edition != 2 || c.Summary.Changed != 1 || c.Summary.Same != len(c.Rows)-1 {
		t.Errorf("editions %d and %d, %+v", c.A.Edition, c.B.Edition, c.Summary)
	}
	page := s.get("/en/compare")
	for _, want := range []string{
		`<del><span class="hidden" lang="en">[removed: </span><span class="unseen">␣</span>`, `<ins><span class="hidden" lang="en">[added: </span><span class="unseen">U+00A0</span>`, `<span class="unseen">U+202E</span>`,
		`<option value="qscg-2023-12@1" selected>`, `edition 1 of 2`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "\u202e") {
		t.Error("a character that turns the order of others is on the page")
	}
}
