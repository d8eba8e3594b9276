package align

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// fault says what is wrong with the rows of some texts: every paragraph must stand in exactly one row, a cell must be
// whole paragraphs, and the first text must keep its order.
func fault(texts []Text, rows []models.DraftRow) string {
	last := -1
	for _, r := range rows {
		if len(r.Cells) == 0 {
			return "a row has no cell"
		}
		if paired := len(r.Cells) > 1 || len(texts) == 1; paired != (r.Confidence > 0) || r.Confidence > 1 {
			return "a confidence does not fit the cells"
		}
		if c, ok := r.Cells[texts[0].Lang]; ok {
			if c.From <= last {
				return "the first text lost its order"
			}
			last = c.From
		}
	}
	for _, t := range texts {
		seen := make([]int, len(t.Paragraphs))
		for _, r := range rows {
			c, ok := r.Cells[t.Lang]
			if !ok {
				continue
			}
			in := inside(t, r)
			if len(in) == 0 || t.Paragraphs[in[0]].From != c.From || t.Paragraphs[in[len(in)-1]].To != c.To {
				return "a cell is not whole paragraphs"
			}
			for _, i := range in {
				seen[i]++
			}
		}
		if slices.ContainsFunc(seen, func(n int) bool { return n != 1 }) {
			return "a paragraph does not stand in exactly one row"
		}
	}
	return ""
}

// cut makes paragraphs of a body at random places.
func cut(r *rand.Rand, lang models.Lang, body string, pieces int) Text {
	t := Text{Lang: lang, Body: body}
	var at []int
	for range 2 * pieces {
		at = append(at, r.IntN(len(body)+1))
	}
	slices.Sort(at)
	for i := 0; i+1 < len(at); i += 2 {
		if at[i] < at[i+1] {
			t.Paragraphs = append(t.Paragraphs, models.Span{From: at[i], To: at[i+1]})
		}
	}
	return t
}

func TestEveryParagraphStandsInOneRow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	bodies := map[models.Lang]string{}
	for _, s := range stages(t, written...) {
		bodies[s.a.lang] += s.a.text().Body
		bodies[s.b.lang] += s.b.text().Body
	}
	for range 150 {
		langs := []models.Lang{"en", "ja", "fr"}
		r.Shuffle(len(langs), func(i, j int) { langs[i], langs[j] = langs[j], langs[i] })
		var texts []Text
		for _, l := range langs[:1+r.IntN(3)] {
			texts = append(texts, cut(r, l, bodies[l], r.IntN(200)))
		}
		rows, err := Rows(t.Context(), texts)
		if err != nil {
			t.Fatal(err)
		}
		if bad := fault(texts, rows); bad != "" {
			t.Fatalf("%s: %v of %v", bad, rows, texts)
		}
	}
}

func TestThreeTextsShareRows(t *testing.T) {
	t.Parallel()
	all := stages(t, "harbours")
	texts := []Text{all[0].a.text(), all[0].b.text(), all[1].b.text()}
	rows, err := Rows(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if bad := fault(texts, rows); bad != "" {
		t.Fatal(bad)
	}
	whole := 0
	for _, r := range rows {
		if len(r.Cells) == 3 {
			whole++
		}
	}
	// The English paragraphs 5 and 6 are one in Japanese, 12 and 13 one in French, and French has no 3.
	if got, want := whole, 10; got != want {
		t.Errorf("%d rows hold all three languages, want %d", got, want)
	}
	last := rows[len(rows)-1]
	if got, want := len(inside(texts[0], last)), 2; got != want {
		t.Errorf("the last row holds %d English paragraphs, want %d", got, want)
	}
}

func TestOneTextIsSure(t *testing.T) {
	t.Parallel()
	text := tokyo(t).a.text()
	rows, err := Rows(t.Context(), []Text{text})
	if err != nil || len(rows) != len(text.Paragraphs) {
		t.Fatalf("%d rows, %v, want %d", len(rows), err, len(text.Paragraphs))
	}
	for _, r := range rows {
		if r.Confidence != 1 {
			t.Errorf("confidence %v, want 1", r.Confidence)
		}
	}
}

func TestGlossaryCanBeExtended(t *testing.T) {
	t.Parallel()
	lines := [][2]string{
		{"Falconry stays with the clans.", "鷹匠の技は氏族のもとに残る。"},
		{"Weavers keep their looms at home.", "織工は織機を家に置く。"},
		{"Potters dig clay by the river.", "陶工は川辺で粘土を掘る。"},
		{"Smiths burn oak and nothing else.", "鍛冶は樫のほか何も焚かない。"},
	}
	order := []int{3, 0, 1, 2} // the other language has them in this order
	s := stage{name: "crafts", a: version{lang: models.English}, b: version{lang: models.Japanese}}
	for i := range lines {
		s.a.paragraphs = append(s.a.paragraphs, lines[i][0])
		s.b.paragraphs = append(s.b.paragraphs, lines[order[i]][1])
		s.pairs = append(s.pairs, pairing{[]int{i}, []int{slices.Index(order, i)}})
	}
	own := `{"terms": [{"en": ["falcon*"], "ja": ["鷹"]}, {"en": ["clan"], "ja": ["氏族"]}, {"en": ["weaver"], "ja": ["織工"]}, {"en": ["loom"], "ja": ["織機"]},
		{"en": ["clay"], "ja": ["粘土"]}, {"en": ["potter"], "ja": ["陶工"]}, {"en": ["smith"], "ja": ["鍛冶"]}, {"en": ["oak"], "ja": ["樫"]}]}`
	without, all, _ := s.run(t)
	with, _, rows := s.run(t, WithGlossary(strings.NewReader(own)))
	if without == all {
		t.Errorf("right %d of %d without the words, so that the test shows nothing", without, all)
	}
	if with != all {
		t.Errorf("right %d of %d with the words: %v", with, all, wrong(rows))
	}
}

func TestBadGlossaryIsRefused(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no JSON": `{"terms": [`, "another shape": `{"terms": {"en": "x"}}`, "an unknown field": `{"words": []}`, "too large": `{"terms": [` + strings.Repeat(" ", maxGlossary) + `]}`,
	} {
		_, err := Rows(t.Context(), nil, WithGlossary(strings.NewReader(body)))
		if fields := models.InvalidFields(err); len(fields) != 1 || fields[0].Field != "glossary" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBadTextsAreRefused(t *testing.T) {
	t.Parallel()
	good := Text{Lang: "en", Body: "abc", Paragraphs: []models.Span{{From: 0, To: 3}}}
	for name, texts := range map[string][]Text{
		"outside": {{Lang: "en", Body: "abc", Paragraphs: []models.Span{{From: 0, To: 4}}}}, "before": {{Lang: "en", Body: "abc", Paragraphs: []models.Span{{From: -1, To: 2}}}},
		"empty": {{Lang: "en", Body: "abc", Paragraphs: []models.Span{{From: 1, To: 1}}}}, "out of order": {{Lang: "en", Body: "abc", Paragraphs: []models.Span{{From: 2, To: 3}, {From: 0, To: 1}}}},
		"one language twice": {good, good},
	} {
		if _, err := Rows(t.Context(), texts); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestEndOfContextEndsTheWork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Rows(ctx, []Text{tokyo(t).a.text(), tokyo(t).b.text()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// FuzzRows cuts two arbitrary bodies at the lines they have.
func FuzzRows(f *testing.F) {
	f.Add("One.\nTwo 12 and 3.\nMay 2024", "一つ。\n12月3日、十二。\n2024年5月")
	f.Add("", "x")
	f.Add("Odhiambo\n"+strings.Repeat("x\n", 90), strings.Repeat("x\n", 90)+"Odhiambo\n")
	f.Add("1,000 1 000,5 5 million\n5G G7 3rd", "500万 1兆2億\n令和5年\nサイバー・サイバー")
	f.Add("\xff\xfe\n\u0301\u0301\nÀ", "・・・・\nー\n第")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 1<<14 {
			return
		}
		texts := []Text{lines("en", a), lines("ja", b), reversed([]Text{{}, lines("fr", a+"\n"+b)})[1]}
		rows, err := Rows(t.Context(), texts)
		if err != nil {
			t.Fatal(err)
		}
		if bad := fault(texts, rows); bad != "" {
			t.Fatalf("%s: %v", bad, rows)
		}
	})
}

func lines(lang models.Lang, body string) Text {
	t := Text{Lang: lang, Body: body}
	at := 0
	for line := range strings.Lines(body) {
		if line != "\n" {
			t.Paragraphs = append(t.Paragraphs, models.Span{From: at, To: at + len(line)})
		}
		at += len(line)
	}
	return t
}

// TestGlossaryOfTheDocsIsTaken reads the example of docs/statements.md.
func TestGlossaryOfTheDocsIsTaken(t *testing.T) {
	t.Parallel()
	_, after, _ := strings.Cut(file(t, "..", "..", "..", "docs", "statements.md"), "```json\n")
	example, _, ok := strings.Cut(after, "```")
	if !ok {
		t.Fatal("docs/statements.md has no example of a glossary")
	}
	e, err := readGlossary(strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	base, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	v := compile(base.joined(e)).of("de-AT")
	if got, want := v.months["Mai"], 5; got != want {
		t.Errorf("Mai is month %d, want %d", got, want)
	}
	if got, want := len(v.beginning("meeresboden")), 1; got != want {
		t.Errorf("%d terms begin with Meeresboden, want %d", got, want)
	}
}
