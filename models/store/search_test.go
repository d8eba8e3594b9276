package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/grams"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// found returns kind and ref of everything a query finds.
func found(t *testing.T, s *store.Store, w models.When, f models.SearchFilter) []string {
	t.Helper()
	var refs []string
	p := models.Page{Limit: 200}
	for {
		list, err := s.Search(ctx, models.Public, w, f, p)
		if err != nil {
			t.Fatalf("%q: %v", f.Words, err)
		}
		for _, h := range list.Items {
			if len(h.Snippets) == 0 || h.Title.IsZero() {
				t.Errorf("%q finds %s without a title or the place where the words stand: %+v", f.Words, h.Ref, h)
			}
			refs = append(refs, h.Kind+":"+h.Ref)
		}
		if list.Next == nil {
			if len(refs) != list.Total {
				t.Errorf("%q: %d on all pages, total %d", f.Words, len(refs), list.Total)
			}
			return refs
		}
		p.After = *list.Next
	}
}

func TestSearchFindsWordsInAnyWriting(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for _, same := range [][]string{
			{"サイバー", "ｻｲﾊﾞｰ"}, {"CYBER", "cyber", "ｃｙｂｅｒ"}, {"cyber-security", "cybersecurity", "Cyber‑Security", "CYBER–SECURITY"},
			{"Anne Neuberger", "neuberger ANNE"}, {"能力 構築", "構築\u3000能力"},
		} {
			want := found(t, s, models.When{}, models.SearchFilter{Words: same[0]})
			if len(want) == 0 {
				t.Errorf("%q finds nothing", same[0])
			}
			for _, q := range same[1:] {
				if diff := cmp.Diff(want, found(t, s, models.When{}, models.SearchFilter{Words: q})); diff != "" {
					t.Errorf("%q and %q find different things:\n%s", same[0], q, diff)
				}
			}
		}
		for q, want := range map[string]string{
			"防衛": "", "強化": "statement:qscg-2023-12#p5", "核": "", "声明": "", "市川": "delegate:keiichi-ichikawa", "Ichikawa": "delegate:keiichi-ichikawa",
			"Lt Gen MU Nair": "delegate:mu-nair", "岸田文雄": "delegate:kishida-fumio", "シドニー": "meeting:qscg-2022-03", "QSCG-CYBER-CHALLENGE": "initiative:QSCG-CYBER-CHALLENGE",
			"steadfast commitment": "commitment:QSCG-2023-12-P02-1", "White House fact sheet": "",
		} {
			got := found(t, s, models.When{}, models.SearchFilter{Words: q})
			if want != "" && !slices.Contains(got, want) {
				t.Errorf("%q finds %v; want %s among them", q, got, want)
			}
			t.Logf("%q finds %d", q, len(got))
		}
	})
}

// corpus reads every text that a search may find, by kind and ref.
func corpus(t *testing.T, s *store.Store) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	for _, line := range s.Lines(t, "SELECT kind || ':' || ref || '|' || body FROM search_texts ORDER BY id") {
		key, body, _ := strings.Cut(line, "|")
		texts[key] = append(texts[key], body)
	}
	return texts
}

// queries are 300 words and pairs of words of the record, cut anywhere, in both scripts, and hostile ones.
func queries(texts map[string][]string) []string {
	r := rand.New(rand.NewPCG(7, 11))
	var keys []string
	for k := range texts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	all := []string{`"`, "'; DROP TABLE search_texts; --", "NEAR(cyber security)", "cyber AND -security", "*", "( )", "👩‍👩‍👧 cyber", "zx zy", "a:b^c", "cyber*", "\\", "%_"}
	for len(all) < 300 {
		bodies := texts[keys[r.IntN(len(keys))]]
		runes := []rune(bodies[r.IntN(len(bodies))])
		from := r.IntN(len(runes))
		q := string(runes[from:min(len(runes), from+1+r.IntN(12))])
		if r.IntN(3) == 0 {
			other := texts[keys[r.IntN(len(keys))]][0]
			q += " " + string([]rune(other)[:1+r.IntN(min(4, len([]rune(other))))])
		}
		if r.IntN(4) == 0 {
			q = strings.ToUpper(q)
		}
		all = append(all, q)
	}
	return all
}

// TestSearchFindsWhatStandsInTheTexts compares 300 queries with a reading of every text, on both engines.
func TestSearchFindsWhatStandsInTheTexts(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		texts := corpus(t, s)
		hits := 0
		for _, q := range queries(texts) {
			words := grams.Parse(q)
			var want []string
			for key, bodies := range texts {
				all := len(words) > 0
				for _, w := range words {
					all = all && slices.ContainsFunc(bodies, func(b string) bool { return len(grams.Spans(b, []grams.Word{w})) > 0 })
				}
				if all {
					want = append(want, key)
				}
			}
			got := found(t, s, models.When{}, models.SearchFilter{Words: q})
			slices.Sort(got)
			slices.Sort(want)
			hits += len(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: in the texts (-) and found (+):\n%s", q, diff)
			}
		}
		t.Logf("300 queries found %d records", hits)
		if hits < 1000 {
			t.Errorf("300 queries found only %d", hits)
		}
	})
}

func TestEnginesFindTheSame(t *testing.T) {
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	lite, pg := storetest.Quad(t, store.SQLite), storetest.Quad(t, store.Postgres)
	answer := func(s *store.Store, w models.When, q string) string {
		list, err := s.Search(ctx, models.Public, w, models.SearchFilter{Words: q}, models.Page{Limit: 20})
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		b, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for i, q := range queries(corpus(t, lite)) {
		w := models.When{}
		if i%3 == 0 {
			w.AsOf = fmt.Sprintf("20%d-06-30", 21+i%5)
		}
		if diff := cmp.Diff(answer(lite, w, q), answer(pg, w, q)); diff != "" {
			t.Errorf("%q: SQLite (-) and PostgreSQL (+) differ:\n%s", q, diff)
		}
	}
}

func TestSearchKeepsToItsTimeKindAndLanguage(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		if got := found(t, s, models.When{AsOf: "2023-12-05"}, models.SearchFilter{Words: "steadfast"}); len(got) != 0 {
			t.Errorf("before the statement: %v", got)
		}
		if got := found(t, s, models.When{AsOf: "2023-12-06"}, models.SearchFilter{Words: "steadfast"}); len(got) == 0 {
			t.Error("nothing at the day of the statement")
		}
		for _, ref := range found(t, s, models.When{}, models.SearchFilter{Words: "cyber", Kinds: []string{"delegate", "meeting"}}) {
			if !strings.HasPrefix(ref, "delegate:") && !strings.HasPrefix(ref, "meeting:") {
				t.Errorf("found %s among delegates and meetings", ref)
			}
		}
		if got := found(t, s, models.When{}, models.SearchFilter{Words: "steadfast", Lang: models.Japanese}); len(got) != 0 {
			t.Errorf("an English word in Japanese texts: %v", got)
		}
		_, err := s.Search(ctx, models.Public, models.When{}, models.SearchFilter{Words: "a", Kinds: []string{"person"}}, models.Page{Limit: 5})
		if kindOf(err) != models.KindInvalid {
			t.Errorf("an unknown kind: %v", err)
		}
	})
}

// TestWritesKeepTheSearchInStep adds an update and looks for its words at once.
func TestWritesKeepTheSearchInStep(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		on, err := models.ParseDate("2026-10-01")
		if err != nil {
			t.Fatal(err)
		}
		u := models.Update{Initiative: "QSCG-CYBER-CHALLENGE", Status: models.UnderWay, EffectiveOn: on, Mark: models.Changed, ReasonKind: "event",
			Note: models.Text{EN: "Quokka exercise held.", JA: "駝鳥演習を実施。"}, Confidence: models.Verified}
		for _, q := range []string{"quokka", "駝鳥"} {
			if got := found(t, s, models.When{}, models.SearchFilter{Words: q}); len(got) != 0 {
				t.Errorf("%q before the update: %v", q, got)
			}
		}
		err = s.Write(ctx, models.Program, store.Change{Action: "assess", Object: "initiative:QSCG-CYBER-CHALLENGE", Needs: models.PermitImport},
			func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"quokka", "駝鳥"} {
			if got, want := found(t, s, models.When{}, models.SearchFilter{Words: q}), []string{"initiative:QSCG-CYBER-CHALLENGE"}; !slices.Equal(got, want) {
				t.Errorf("%q after the update: %v, want %v", q, got, want)
			}
		}
		if got := found(t, s, models.When{AsOf: "2026-09-30"}, models.SearchFilter{Words: "quokka"}); len(got) != 0 {
			t.Errorf("the day before the update: %v", got)
		}
	})
}

// TestExcerptsAreCutBetweenCharacters searches texts of two scripts with wide spaces and looks at every piece.
func TestExcerptsAreCutBetweenCharacters(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		long := strings.Repeat("長い文章\u3000の中の\u00a0言葉 AI技術を、か\u3099き ", 40)
		change := store.Change{Action: "import", Object: "evidence:long", Needs: models.PermitImport}
		e := models.Evidence{Ref: "long", Title: long, Publisher: "A", Kind: "other", Langs: []models.Lang{models.Japanese}, Extent: "full", Confidence: models.Verified}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.AddEvidence(e) }); err != nil {
			t.Fatal(err)
		}
		bodies := corpus(t, s)
		pieces := 0
		for _, q := range []string{"言葉", "章", "ai", "インド", "技術を", "がき", "サイバー", "の"} {
			list, err := s.Search(ctx, models.Public, models.When{}, models.SearchFilter{Words: q}, models.Page{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range list.Items {
				for _, snippet := range h.Snippets {
					var joined strings.Builder
					marked := false
					for _, p := range snippet.Pieces {
						if !utf8.ValidString(p.Text) {
							t.Errorf("%q: a piece of %s is cut inside a character: %q", q, h.Ref, p.Text)
						}
						joined.WriteString(p.Text)
						marked = marked || p.Found
						pieces++
					}
					if !marked || !slices.ContainsFunc(bodies[h.Kind+":"+h.Ref], func(b string) bool { return strings.Contains(b, joined.String()) }) {
						t.Errorf("%q: %q does not stand in %s, or nothing is marked", q, joined.String(), h.Ref)
					}
				}
			}
		}
		if pieces < 100 {
			t.Errorf("%d pieces", pieces)
		}
	})
}

// TestLongWordsAndTextsAreFound stores a word beyond what PostgreSQL takes and a text of many pieces.
func TestLongWordsAndTextsAreFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		long, word := strings.Repeat("首脳会合の取組を記す。", 9000), strings.Repeat("ж", 300)
		change := store.Change{Action: "import", Object: "evidence:long", Needs: models.PermitImport}
		err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error {
			for ref, title := range map[string]string{"long": long + "終わりの麒麟。", "word": word + " end"} {
				e := models.Evidence{Ref: ref, Title: title, Publisher: "A", Kind: "other", Langs: []models.Lang{models.English}, Extent: "full", Confidence: models.Verified}
				if err := tx.AddEvidence(e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for q, want := range map[string]string{"麒麟": "evidence:long", "終わりの麒麟": "evidence:long", word: "evidence:word", word[:400]: "evidence:word", word + " end": "evidence:word"} {
			if got := found(t, s, models.When{}, models.SearchFilter{Words: q}); !slices.Equal(got, []string{want}) {
				t.Errorf("%.30q finds %v, want %s", q, got, want)
			}
		}
		if n := s.Int(t, "SELECT COUNT(*) FROM search_texts WHERE ref = 'long' AND part = 'title'"); n != 1 {
			t.Errorf("the long text is stored %d times", n)
		}
	})
}

// TestSearchFindsNothingBeforeItsRecord ties an older event to an initiative.
func TestSearchFindsNothingBeforeItsRecord(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		c := models.Context{Initiative: "QSCG-CYBER-CHALLENGE", OccurredOn: models.NewDate(2015, 1, 1), Note: models.Text{EN: "Quokka year.", JA: "駝鳥の年。"}, Confidence: models.Verified}
		change := store.Change{Action: "import", Object: "context", Needs: models.PermitImport}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.AddContext(c) }); err != nil {
			t.Fatal(err)
		}
		if got := found(t, s, models.When{AsOf: "2016-01-01"}, models.SearchFilter{Words: "quokka"}); len(got) != 0 {
			t.Errorf("before the initiative began: %v", got)
		}
		if got := found(t, s, models.When{}, models.SearchFilter{Words: "quokka"}); len(got) != 1 {
			t.Errorf("now: %v", got)
		}
	})
}

func TestSearchDatesAreAsExactAsTheRecord(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		list, err := s.Search(ctx, models.Public, models.When{}, models.SearchFilter{Words: "testilabs-nccs"}, models.Page{Limit: 5})
		if err != nil || len(list.Items) != 1 || list.Items[0].On.String() != "2026" {
			t.Errorf("a source dated to the year: %v, %+v", err, list.Items)
		}
	})
}
