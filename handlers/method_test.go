package handlers_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer/suggest"
)

func methodOf(t *testing.T, s site) models.Method {
	t.Helper()
	var r models.Record[models.Method]
	if err := json.Unmarshal([]byte(s.get("/method.json")), &r); err != nil {
		t.Fatal(err)
	}
	if r.DataVersion == 0 {
		t.Error("the envelope has no data version")
	}
	return r.Item
}

// TestMethodShipsEveryCodeWithItsDefinition holds the data against the vocabulary of the program.
func TestMethodShipsEveryCodeWithItsDefinition(t *testing.T) {
	t.Parallel()
	m := methodOf(t, quadSite(t))
	if len(m.Chapters) != len(models.MethodOutline()) || len(m.Crosswalk) != len(models.Crosswalk()) {
		t.Fatalf("%d chapters and %d published scales", len(m.Chapters), len(m.Crosswalk))
	}
	for _, chapter := range models.MethodOutline() {
		for _, codes := range chapter.Scales {
			var got []string
			for _, term := range m.Scale(codes.Scale).Terms {
				got = append(got, term.Code)
				if (term.Status != nil) != (codes.Scale == "status") || (term.Reviewed != nil) != (codes.Scale == "mark") {
					t.Errorf("%s: status rule %v, reviewed %v", term.Anchor, term.Status, term.Reviewed)
				}
			}
			if len(got) == 0 || !slices.Equal(got, codes.Codes) {
				t.Errorf("%s has the codes %v; want %v", codes.Scale, got, codes.Codes)
			}
		}
	}
}

// TestMethodSaysWhatTheProgramDoes compares the rules in the data, and the words that repeat them, with the code.
func TestMethodSaysWhatTheProgramDoes(t *testing.T) {
	t.Parallel()
	m := methodOf(t, quadSite(t))
	terms := m.Scale("status").Terms
	action := term(t, m, "number", "action").Definition
	for _, was := range terms {
		a := models.Status(was.Code)
		least, note := a.NeedsGrade()
		if r := was.Status; r.NeedsGrade != least || r.OrSearchNote != note || r.NeedsReason != a.NeedsReason() || r.Action != a.ShowsAction() {
			t.Errorf("%s: %+v", a, r)
		}
		if says := strings.Contains(action.EN, strings.ToLower(was.Label.EN)); says != a.ShowsAction() {
			t.Errorf("the count by country names %s: %v; want %v", a, says, a.ShowsAction())
		}
		if says := strings.Contains(action.JA, was.Label.JA); says != a.ShowsAction() {
			t.Errorf("the count by country in Japanese names %s: %v; want %v", a, says, a.ShowsAction())
		}
		for _, now := range terms {
			if got, want := byRank(was, now), models.Compare(a, models.Status(now.Code)); got != want {
				t.Errorf("%s to %s is %s by the published ranks and %s in the program", a, now.Code, got, want)
			}
		}
	}
	for _, mark := range m.Scale("mark").Terms {
		if *mark.Reviewed != models.Mark(mark.Code).Reviewed() {
			t.Errorf("%s counts as reviewed: %v", mark.Code, *mark.Reviewed)
		}
	}
}

// byRank compares two statuses as a reader of the method would.
func byRank(was, now models.Term) models.Change {
	a, b := was.Status.Rank, now.Status.Rank
	switch {
	case was.Code == now.Code:
		return models.ChangeNone
	case a == nil || b == nil || *a == *b:
		return models.ChangeOther
	case *b > *a:
		return models.ChangeForward
	}
	return models.ChangeBack
}

func term(t *testing.T, m models.Method, scale, code string) models.Term {
	t.Helper()
	for _, term := range m.Scale(scale).Terms {
		if term.Code == code {
			return term
		}
	}
	t.Fatalf("no %s %s", scale, code)
	return models.Term{}
}

// runOfWords is the mark of words in the other language inside a sentence.
var runOfWords = regexp.MustCompile(`<span lang="[a-z]+">|</span>`)

// TestEveryDefinitionHasItsAnchor finds each term and rule of the data on the page, and each status with its chip.
func TestEveryDefinitionHasItsAnchor(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	m := methodOf(t, s)
	for _, l := range models.Langs {
		body := s.get("/"+string(l)+"/method", "Accept", "text/html")
		has := func(anchor string, words ...models.Text) {
			body := runOfWords.ReplaceAllString(body, "")
			_, after, ok := strings.Cut(body, ` id="`+anchor+`"`)
			if !ok {
				t.Errorf("%s: no anchor %s", l, anchor)
			}
			for _, w := range words {
				if !strings.Contains(after, html.EscapeString(w.Only(l))) {
					t.Errorf("%s: %s lacks %q", l, anchor, w.Only(l))
				}
			}
		}
		for _, c := range m.Chapters {
			has("chapter-"+c.Code, c.Title)
			for _, r := range c.Rules {
				has(r.Anchor, append(r.Paragraphs, r.Title)...)
			}
			for _, scale := range c.Scales {
				has(scale.Code, scale.Title)
				for _, term := range scale.Terms {
					has(term.Anchor, term.Label, term.Definition)
				}
			}
		}
		for _, st := range models.Statuses {
			if !regexp.MustCompile(`id="status-` + string(st) + `"><dt><span class="chip chip-` + string(st) + `"[^>]*><svg class="glyph"`).MatchString(body) {
				t.Errorf("%s: the definition of %s has no chip", l, st)
			}
		}
		for _, set := range m.Suggestions {
			for _, r := range slices.Concat(set.Verbs, set.Others) {
				has(r.Anchor, r.Explain)
			}
			for _, x := range set.Measured {
				has("rule-suggested_right", models.Text{EN: fmt.Sprintf("%.2f", x.Recall), JA: fmt.Sprintf("%.2f", x.Recall)})
			}
		}
		for _, p := range m.Crosswalk {
			has("crosswalk-"+p.Code, p.Note)
			for _, step := range p.Steps {
				has("crosswalk", models.Text{EN: step.Name, JA: step.Name})
			}
		}
	}
}

// TestMethodShipsTheRulesOfSuggestion holds the data against the rules and what is measured of them.
func TestMethodShipsTheRulesOfSuggestion(t *testing.T) {
	t.Parallel()
	m := methodOf(t, quadSite(t))
	set, err := suggest.MarkedSet()
	if err != nil {
		t.Fatal(err)
	}
	totals := suggest.Measure(set).Totals
	if len(m.Suggestions) != len(suggest.Languages()) {
		t.Fatalf("rules of %d languages", len(m.Suggestions))
	}
	shown := 0
	for i, lang := range suggest.Languages() {
		got, rules := m.Suggestions[i], suggest.Rules(lang)
		if got.Lang != lang || len(got.Verbs) != len(rules.Rules) {
			t.Errorf("%s: %d verbs of %s; want %d", lang, len(got.Verbs), got.Lang, len(rules.Rules))
		}
		for _, x := range got.Measured {
			shown++
			if !slices.ContainsFunc(totals, func(r suggest.Row) bool {
				return r.Lang == lang && r.HeldOut == x.HeldOut && r.Marks == x.Marks && r.Matched == x.Matched && r.Precision() == x.Precision && r.Recall() == x.Recall
			}) {
				t.Errorf("%s: %+v was not measured", lang, x)
			}
		}
	}
	if shown != len(totals) {
		t.Errorf("%d measurements are shown; want %d", shown, len(totals))
	}
}

// TestLinksToTheMethodLand follows every link from the pages into the method to its anchor, and finds one on each.
func TestLinksToTheMethodLand(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	link := regexp.MustCompile(`href="/en/method#([^"]*)"`)
	method := s.get("/en/method", "Accept", "text/html")
	for _, path := range []string{"/", "/topics", "/topics/critical-infrastructure", "/initiatives/QSCG-CYBER-CHALLENGE", "/api", "/?as_of=2023-06-30"} {
		found := link.FindAllStringSubmatch(s.get("/en"+path, "Accept", "text/html"), -1)
		if len(found) == 0 {
			t.Errorf("%s leads to no definition", path)
		}
		for _, m := range found {
			if !strings.Contains(method, ` id="`+m[1]+`"`) {
				t.Errorf("%s links to the definition %s, which is not there", path, m[1])
			}
		}
	}
}
