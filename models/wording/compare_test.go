package wording

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

// text builds a statement of paragraphs in English, p1 and on.
func text(slug string, bodies ...string) models.ComparedText {
	t := models.ComparedText{ComparedStatement: models.ComparedStatement{Slug: slug, Edition: 1, Editions: 1}, Languages: []models.Lang{"en"}}
	for i, b := range bodies {
		t.Paragraphs = append(t.Paragraphs, models.Paragraph{Ref: fmt.Sprintf("p%d", i+1), Texts: map[models.Lang]string{"en": b}})
	}
	return t
}

// with adds a commitment to a paragraph.
func with(t models.ComparedText, code, paragraph, verb, strength string, initiatives ...string) models.ComparedText {
	t.Commitments = append(slices.Clone(t.Commitments), models.Commitment{Code: code, Paragraph: paragraph, Verb: verb, Strength: strength, Initiatives: initiatives})
	return t
}

func compared(t *testing.T, of models.Compared) models.Comparison {
	t.Helper()
	c, err := Compare(context.Background(), of)
	if err != nil {
		t.Fatal(err)
	}
	mustHold(t, c, of)
	return c
}

// outline writes the rows as "p1>p2 moved".
func outline(c models.Comparison) string {
	var all []string
	for _, r := range c.Rows {
		all = append(all, r.A+">"+r.B+" "+r.Relation)
	}
	return strings.Join(all, ", ")
}

// mustHold fails unless every paragraph of both stands in one row, B in its order and what A alone has after what came
// before it, and the pieces make the paragraphs.
func mustHold(t *testing.T, c models.Comparison, of models.Compared) {
	t.Helper()
	made := map[string][]map[models.Lang]string{}
	after := ""
	for _, side := range []string{models.OpAdded, models.OpRemoved} { // what is left out
		for _, r := range c.Rows {
			ref := r.A
			if side == models.OpRemoved {
				ref = r.B
			}
			texts := map[models.Lang]string{}
			for l, pieces := range r.Texts {
				if s := Made(pieces, side); s != "" {
					texts[l] = s
				}
			}
			if ref == "" {
				if len(texts) > 0 {
					t.Fatalf("row %s>%s has words of a paragraph that it does not have: %v", r.A, r.B, texts)
				}
				continue
			}
			made[side+ref] = append(made[side+ref], texts)
		}
	}
	for side, want := range map[string][]models.Paragraph{models.OpAdded: of.A.Paragraphs, models.OpRemoved: of.B.Paragraphs} {
		for _, p := range want {
			texts := map[models.Lang]string{}
			for _, l := range c.Languages {
				if p.Texts[l] != "" {
					texts[l] = p.Texts[l]
				}
			}
			if got := made[side+p.Ref]; len(got) != 1 || !reflect.DeepEqual(got[0], texts) {
				t.Fatalf("paragraph %s without %s pieces is %q; want once %q; rows %s", p.Ref, side, got, texts, outline(c))
			}
		}
	}
	var order []string
	at := places(of.A.Paragraphs)
	for i, r := range c.Rows {
		if r.B != "" {
			order = append(order, r.B)
			continue
		}
		if i > 0 {
			after = c.Rows[i-1].A
		}
		if at := at[r.A]; at > 0 && of.A.Paragraphs[at-1].Ref != after {
			t.Fatalf("%s stands after %q; rows %s", r.A, after, outline(c))
		}
	}
	if want := refs(of.B); !slices.Equal(order, want) {
		t.Fatalf("B stands in the order %v; want %v", order, want)
	}
}

func refs(t models.ComparedText) []string {
	var all []string
	for _, p := range t.Paragraphs {
		all = append(all, p.Ref)
	}
	return all
}

const (
	ports  = "We will work together to protect the ports and cables of the region."
	skills = "Training courses for young engineers begin next spring in every capital."
	trade  = "Open markets for trusted software remain our common goal."
	threat = "Threat reports are shared between our agencies within one day."
)

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		of   models.Compared
		want string
	}{
		{"the_same_text_is_the_same", models.Compared{A: text("a", ports, skills), B: text("b", ports, skills)}, "p1>p1 same, p2>p2 same"},
		{"likeness_pairs_in_order", models.Compared{A: text("a", ports, skills), B: text("b", "New words first.", strings.Replace(ports, "cables", "ships", 1), skills+" Really.")},
			">p1 added, p1>p2 changed, p2>p3 changed"},
		{"what_is_gone_stands_after_what_came_before", models.Compared{A: text("a", trade, ports, skills, threat), B: text("b", ports, threat)},
			"p1> removed, p2>p1 same, p3> removed, p4>p2 same"},
		{"the_same_words_elsewhere_have_moved", models.Compared{A: text("a", ports, skills, trade), B: text("b", trade, ports, skills)}, "p3>p1 moved, p1>p2 same, p2>p3 same"},
		{"an_initiative_finds_other_words_elsewhere", models.Compared{
			A: with(text("a", "Old promise.", ports, skills), "A-1", "p1", "will", "will", "I"),
			B: with(text("b", ports, skills, "Entirely new phrasing here."), "B-1", "p3", "will", "will", "I"),
		}, "p2>p1 same, p3>p2 same, p1>p3 moved"},
		{"lineage_comes_before_an_initiative", models.Compared{
			A:       with(with(text("a", ports, skills), "A-1", "p1", "will", "will", "I"), "A-2", "p2", "will", "will"),
			B:       with(text("b", strings.Replace(ports, "cables", "ships", 1)), "B-1", "p1", "will", "will", "I"),
			Lineage: map[string][]models.LineageLink{"B-1": {{Code: "A-2", Relation: "advanced"}}},
		}, "p1> removed, p2>p1 changed"},
		{"lineage_ties_in_either_direction", models.Compared{
			A: with(text("a", ports, skills), "A-2", "p2", "will", "will"), B: with(text("b", trade, threat), "B-1", "p1", "will", "will"),
			Lineage: map[string][]models.LineageLink{"A-2": {{Code: "B-1", Relation: "advanced"}}},
		}, "p1> removed, p2>p1 changed, >p2 added"},
		{"what_moves_alone_is_found_by_great_likeness", models.Compared{A: text("a", ports+" "+skills, trade, threat), B: text("b", trade, threat, ports+" "+strings.Replace(skills, "spring", "autumn", 1))},
			"p2>p1 same, p3>p2 same, p1>p3 moved"},
		{"the_less_alike_of_two_has_moved", models.Compared{A: text("a", strings.Replace(ports, "cables of the region", "ships at sea", 1), skills), B: text("b", skills, ports)}, "p2>p1 same, p1>p2 moved"},
		{"the_less_alike_has_moved_whichever_comes_first", models.Compared{A: text("a", skills, strings.Replace(ports, "cables of the region", "ships at sea", 1)), B: text("b", ports, skills)}, "p2>p1 moved, p1>p2 same"},
		{"editions_pair_by_their_paragraphs", models.Compared{A: text("a", ports, skills), B: text("a", skills, "x")}, "p1>p1 changed, p2>p2 changed"},
		{"nothing_becomes_something", models.Compared{A: text("a"), B: text("b", ports)}, ">p1 added"},
		{"without_a_language_in_common_only_ties_pair", models.Compared{A: with(text("a", ports), "A-1", "p1", "", "", "I"),
			B: with(models.ComparedText{ComparedStatement: models.ComparedStatement{Slug: "b"}, Languages: []models.Lang{"ja"}, Paragraphs: []models.Paragraph{{Ref: "p1", Texts: map[models.Lang]string{"ja": "我々"}}}}, "B-1", "p1", "", "", "I")},
			"p1>p1 changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outline(compared(t, c.of)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestStrengthsAreCompared(t *testing.T) {
	t.Parallel()
	a := with(with(text("a", ports, skills), "A-1", "p1", "commit", "commit", "I"), "A-2", "p2", "discuss", "discuss", "J", "K")
	b := with(with(text("b", ports, skills), "B-1", "p1", "intend", "intend", "I"), "B-2", "p2", "will", "will", "J", "K")
	for _, c := range []struct {
		name    string
		a, b    models.ComparedText
		lineage map[string][]models.LineageLink
		want    string
	}{
		{"by_an_initiative_of_both", a, b, nil, "p1 A-1 B-1 commit>intend weaker, p2 A-2 B-2 discuss>will stronger"},
		{"lineage_overrules_the_initiative", a, b, map[string][]models.LineageLink{"B-1": {{Code: "A-2"}}}, "p1 A-2 B-1 discuss>intend stronger"},
		{"two_on_one_initiative_say_nothing", with(a, "A-3", "p1", "will", "will", "I"), b, nil, "p2 A-2 B-2 discuss>will stronger"},
		{"an_unknown_strength_has_no_direction", with(text("a", ports), "A-1", "p1", "mull", "mulled", "I"), b, nil, "p1 A-1 B-1 mulled>intend other"},
		{"the_same_strength_is_none", a, with(text("b", ports), "B-1", "p1", "commit", "commit", "I"), nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range compared(t, models.Compared{A: c.a, B: c.b, Lineage: c.lineage}).Rows {
				for _, s := range r.Strengths {
					got = append(got, strings.Join([]string{r.B, s.From, s.To, s.Was + ">" + s.Is, s.Turn}, " "))
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestSummaryCounts(t *testing.T) {
	t.Parallel()
	a := with(with(with(text("a", "one two three", ports, skills), "A-1", "p1", "will", "will", "I"), "A-2", "p2", "will", "will", "J"), "A-3", "p3", "will", "will")
	b := with(with(with(text("b", "one two four", ports), "B-1", "p1", "will", "will", "I"), "B-2", "p2", "will", "will"), "B-3", "p2", "will", "will", "NEW")
	c := compared(t, models.Compared{A: a, B: b, Lineage: map[string][]models.LineageLink{"B-2": {{Code: "A-2"}}}})
	want := models.ComparisonSummary{Same: 1, Changed: 1, Removed: 1, Kept: 2, Fresh: 1, Left: 1}
	want.Shared = float64(2*(2+13)) / float64(3+13+11+3+13)
	if c.Summary != want {
		t.Errorf("got %+v, want %+v", c.Summary, want)
	}
}

// TestComparisonsHold takes random statements in two languages with commitments, initiatives and lineage at random.
func TestComparisonsHold(t *testing.T) {
	t.Parallel()
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 11))
		of := models.Compared{A: randomStatement(r, "a"), Lineage: map[string][]models.LineageLink{}}
		of.B = randomStatement(r, "b")
		if seed%5 == 0 {
			of.B.Slug = "a"
		}
		for i := range of.B.Paragraphs { // some of A, changed and at another place
			if len(of.A.Paragraphs) > 0 && r.IntN(2) == 0 {
				from := of.A.Paragraphs[r.IntN(len(of.A.Paragraphs))]
				for l, s := range from.Texts {
					of.B.Paragraphs[i].Texts[l] = changed(r, s)
				}
			}
		}
		for range r.IntN(4) {
			of.Lineage[fmt.Sprintf("b-%d", r.IntN(6))] = []models.LineageLink{{Code: fmt.Sprintf("a-%d", r.IntN(6))}}
		}
		compared(t, of)
	}
}

func randomStatement(r *rand.Rand, slug string) models.ComparedText {
	s := models.ComparedText{ComparedStatement: models.ComparedStatement{Slug: slug}, Languages: []models.Lang{"en", "ja"}}
	for i := range r.IntN(12) {
		p := models.Paragraph{Ref: fmt.Sprintf("p%d", i), Texts: map[models.Lang]string{}}
		for _, l := range s.Languages {
			if r.IntN(5) > 0 {
				p.Texts[l] = randomText(r, 1+r.IntN(20))
			}
		}
		s.Paragraphs = append(s.Paragraphs, p)
		if r.IntN(2) == 0 {
			s = with(s, fmt.Sprintf("%s-%d", slug, len(s.Commitments)), p.Ref, "will", models.Strengths[r.IntN(len(models.Strengths))], string(rune('I'+r.IntN(4))))
		}
	}
	return s
}

// TestWorstStatementsEndInTime compares statements of a mebibyte: many paragraphs, and no two alike or all of them.
func TestWorstStatementsEndInTime(t *testing.T) {
	split := func(slug, all string, size int) models.ComparedText {
		var bodies []string
		for part := range slices.Chunk([]rune(all), size) {
			bodies = append(bodies, string(part))
		}
		return text(slug, bodies...)
	}
	for _, c := range worstCases() {
		for _, size := range map[string][]int{"all different": {20}, "shuffled": {20}, "half the words replaced": {20}, "few characters at random": {20, 4000}}[c.name] {
			t.Run(fmt.Sprintf("%s/%d", c.name, size), func(t *testing.T) {
				of := models.Compared{A: split("a", c.a, size), B: split("b", c.b, size)}
				ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
				defer cancel()
				var got models.Comparison
				peak := peakHeap(func() {
					var err error
					if got, err = Compare(ctx, of); err != nil {
						t.Fatal(err)
					}
				})
				mustHold(t, got, of)
				if t.Logf("%d MiB at its peak, %d rows", peak/mebibyte, len(got.Rows)); peak > 200*mebibyte {
					t.Error("more than 200 MiB")
				}
			})
		}
	}
}
