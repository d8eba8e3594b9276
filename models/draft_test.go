package models_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
)

// draft is a draft of three paragraphs in two languages.
func draft() models.Draft {
	en, ja := "One. Two.\n\nThree.\n\nFour.", "一。\n\n二。三。\n\n四。"
	span := func(text, words string) models.Span {
		at := strings.Index(text, words)
		return models.Span{From: at, To: at + len(words)}
	}
	row := func(e, j string) models.DraftRow {
		return models.DraftRow{Cells: map[models.Lang]models.Span{"en": span(en, e), "ja": span(ja, j)}, Confidence: 0.5}
	}
	return models.Draft{Sources: []models.DraftSource{{Lang: "ja", Body: ja}, {Lang: "en", Body: en}},
		Work: models.DraftWork{Rows: []models.DraftRow{row("One. Two.", "一。"), row("Three.", "二。三。"), row("Four.", "四。")}}}
}

// shown is the paragraphs of a draft as people read them.
func shown(d models.Draft) []string {
	var all []string
	for i, r := range d.Work.Rows {
		line := d.Words(i, "en") + " | " + d.Words(i, "ja")
		if r.Out {
			line = "(" + line + ")"
		}
		all = append(all, line)
	}
	return all
}

func TestAlignStepsMoveWordsAsTheySay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		steps []models.AlignStep
		want  []string
	}{
		{"split", []models.AlignStep{{Do: "split", Row: 0, Lang: "en", At: 4}}, []string{"One. | 一。", "Two. | ", "Three. | 二。三。", "Four. | 四。"}},
		{"split and lower", []models.AlignStep{{Do: "split", Row: 0, Lang: "en", At: 5}, {Do: "split", Row: 2, Lang: "ja", At: 6}, {Do: "up", Row: 2, Lang: "ja"}}, []string{"One. | 一。", "Two. | 二。", "Three. | ", " | 三。", "Four. | 四。"}},
		{"split both sides", []models.AlignStep{{Do: "split", Row: 0, Lang: "en", At: 5}, {Do: "split", Row: 0, Lang: "ja", At: 3}}, []string{"One. | 一", "Two. | 。", "Three. | 二。三。", "Four. | 四。"}},
		{"split beside a gap of another paragraph", []models.AlignStep{{Do: "lower", Row: 1, Lang: "ja"}, {Do: "confirm", Row: 1}, {Do: "split", Row: 0, Lang: "ja", At: 3}}, []string{"One. Two. | 一", " | 。", "Three. | ", "Four. | 二。三。", " | 四。"}},
		{"split what is left out", []models.AlignStep{{Do: "split", Row: 0, Lang: "en", At: 5}, {Do: "leave_out", Row: 1}, {Do: "split", Row: 0, Lang: "ja", At: 3}}, []string{"One. | 一", " | 。", "(Two. | )", "Three. | 二。三。", "Four. | 四。"}},
		{"split before words", []models.AlignStep{{Do: "split", Row: 1, Lang: "ja", Before: "三"}}, []string{"One. Two. | 一。", "Three. | 二。", " | 三。", "Four. | 四。"}},
		{"join", []models.AlignStep{{Do: "join", Row: 1, Lang: "ja"}}, []string{"One. Two. | 一。\n\n二。三。", "Three. | ", "Four. | 四。"}},
		{"merge", []models.AlignStep{{Do: "merge", Row: 1}}, []string{"One. Two. | 一。", "Three.\n\nFour. | 二。三。\n\n四。"}},
		{"lower", []models.AlignStep{{Do: "lower", Row: 0, Lang: "ja"}}, []string{"One. Two. | ", "Three. | 一。", "Four. | 二。三。", " | 四。"}},
		{"lower and raise", []models.AlignStep{{Do: "lower", Row: 1, Lang: "en"}, {Do: "raise", Row: 2, Lang: "en"}}, shown(draft())},
		{"down", []models.AlignStep{{Do: "down", Row: 1, Lang: "en"}}, []string{"One. Two. | 一。", "Four. | 二。三。", "Three. | 四。"}},
		{"down at the end", []models.AlignStep{{Do: "down", Row: 2, Lang: "ja"}}, []string{"One. Two. | 一。", "Three. | 二。三。", "Four. | ", " | 四。"}},
		{"leave out", []models.AlignStep{{Do: "begin_here", Row: 1}, {Do: "end_here", Row: 1}}, []string{"(One. Two. | 一。)", "Three. | 二。三。", "(Four. | 四。)"}},
		{"bring back", []models.AlignStep{{Do: "leave_out", Row: 1}, {Do: "bring_back", Row: 1}}, shown(draft())},
	} {
		d := draft()
		for _, s := range c.steps {
			if err := d.Align(s); err != nil {
				t.Fatalf("%s: %+v: %v", c.name, s, err)
			}
		}
		if diff := cmp.Diff(c.want, shown(d)); diff != "" {
			t.Errorf("%s: want (-) got (+):\n%s", c.name, diff)
		}
	}
}

func TestAlignStepsRefuseWhatIsNotOneText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		before []models.AlignStep
		bad    models.AlignStep
		field  string
	}{
		{"no such row", nil, models.AlignStep{Do: "merge", Row: 9}, "row"},
		{"no row above", nil, models.AlignStep{Do: "join", Row: 0, Lang: "en"}, "row"},
		{"no such language", nil, models.AlignStep{Do: "up", Row: 1, Lang: "fr"}, "lang"},
		{"inside a character", nil, models.AlignStep{Do: "split", Row: 1, Lang: "ja", At: 1}, "at"},
		{"at the end", nil, models.AlignStep{Do: "split", Row: 1, Lang: "ja", At: 12}, "at"},
		{"before words that are not there", nil, models.AlignStep{Do: "split", Row: 1, Lang: "ja", Before: "四"}, "before"},
		{"before words that stand twice", nil, models.AlignStep{Do: "split", Row: 1, Lang: "ja", Before: "。"}, "before"},
		{"before the first words", nil, models.AlignStep{Do: "split", Row: 1, Lang: "ja", Before: "二"}, "before"},
		{"over another paragraph", []models.AlignStep{{Do: "down", Row: 1, Lang: "en"}, {Do: "down", Row: 1, Lang: "en"}}, models.AlignStep{Do: "join", Row: 1, Lang: "en"}, ""},
		{"with what is left out", []models.AlignStep{{Do: "end_here", Row: 1}}, models.AlignStep{Do: "merge", Row: 1}, "row"},
		{"preface in the middle", nil, models.AlignStep{Do: "preface", Row: 1}, "row"},
		{"raise onto words", nil, models.AlignStep{Do: "raise", Row: 1, Lang: "en"}, "row"},
		{"unknown step", nil, models.AlignStep{Do: "dance"}, "do"},
	} {
		d := draft()
		for _, s := range c.before {
			if err := d.Align(s); err != nil {
				t.Fatal(c.name, err)
			}
		}
		was := shown(d)
		err := d.Align(c.bad)
		if c.field == "" {
			continue // the words are neighbours again
		}
		if bad := models.InvalidFields(err); len(bad) != 1 || bad[0].Field != c.field {
			t.Errorf("%s: got %v, want the field %s", c.name, err, c.field)
		}
		if diff := cmp.Diff(was, shown(d)); diff != "" {
			t.Errorf("%s: the refused step changed the draft:\n%s", c.name, diff)
		}
	}
}

// TestAlignStepsLoseNoWord makes random steps: every byte of both texts but white space stands in exactly one row, whatever is done.
func TestAlignStepsLoseNoWord(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 12))
	done := 0
	for range 300 {
		d := draft()
		for range 40 {
			s := models.AlignStep{Do: models.AlignSteps[random.IntN(len(models.AlignSteps))], Row: random.IntN(len(d.Work.Rows) + 1), Lang: []models.Lang{"en", "ja"}[random.IntN(2)], At: random.IntN(14)}
			if d.Align(s) == nil {
				done++
			}
			for _, source := range d.Sources {
				held := make([]int, len(source.Body))
				for _, r := range d.Work.Rows {
					for at := r.Cells[source.Lang].From; at < r.Cells[source.Lang].To; at++ {
						held[at]++
					}
				}
				for at, n := range held {
					if n > 1 || n == 0 && source.Body[at] > ' ' {
						t.Fatalf("after %+v: byte %d of %q stands in %d rows: %q", s, at, source.Lang, n, shown(d))
					}
				}
			}
		}
	}
	if done < 3000 {
		t.Errorf("only %d steps were taken", done)
	}
}

func TestMarksBecomeCommitments(t *testing.T) {
	t.Parallel()
	d := draft()
	d.Facts = models.DraftFacts{Meeting: "abc-2026-05", Title: models.Text{EN: "A"}}
	add := models.MarkStep{Do: "add", Row: 1, Type: "action", Strength: "commit", Trackable: true, Words: []models.MarkEdit{{Lang: "ja", Exact: "三"}, {Lang: "en", Exact: "Three"}}}
	first := models.MarkStep{Do: "add", Row: 1, Type: "position", Strength: "welcome", Reason: models.Text{EN: "A view."}, Words: []models.MarkEdit{{Lang: "en", Exact: "T"}}}
	for _, s := range []models.MarkStep{add, first} {
		if err := d.Mark(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Align(models.AlignStep{Do: "preface", Row: 0}); err != nil {
		t.Fatal(err)
	}
	s, all := d.Statement("abc-2026-05")
	if got := []string{s.Paragraphs[0].Ref, s.Paragraphs[1].Ref, s.Paragraphs[2].Texts["ja"]}; !cmp.Equal(got, []string{"p0", "p1", "四。"}) {
		t.Errorf("paragraphs %q", got)
	}
	if len(all) != 2 || all[0].Code != "ABC-2026-05-P01-1" || all[0].Words["ja"] != (models.Marked{Prefix: "二。", Exact: "三", Suffix: "。"}) || all[1].Kind != "position" {
		t.Errorf("commitments %+v", all)
	}
	if err := d.Align(models.AlignStep{Do: "split", Row: 1, Lang: "ja", At: 6}); err != nil { // takes the words of one mark apart
		t.Fatal(err)
	}
	gaps := d.Gaps()
	if len(gaps) == 0 || gaps[0].Step != "mark" || gaps[0].Name != "marks" {
		t.Errorf("gaps %+v, want the torn mark first", gaps)
	}
	for _, c := range []struct {
		step  models.MarkStep
		field string
	}{
		{models.MarkStep{Do: "accept", ID: 9}, "id"},
		{models.MarkStep{Do: "add", Row: 7}, "row"},
		{models.MarkStep{Do: "add", Row: 0, Type: "action", Strength: "will", Trackable: true, Words: []models.MarkEdit{{Lang: "en", Exact: "Six"}}}, "words.0.exact"},
		{models.MarkStep{Do: "add", Row: 0, Type: "action", Strength: "will", Trackable: true, Words: []models.MarkEdit{{Lang: "en", Exact: "."}}}, "words.0.place"},
		{models.MarkStep{Do: "add", Row: 0, Type: "action", Strength: "will", Trackable: true}, "words"},
		{models.MarkStep{Do: "add", Row: 0, Type: "action", Strength: "will", Words: []models.MarkEdit{{Lang: "en", Exact: ".", Place: 2}}}, "not_trackable_reason"},
		{models.MarkStep{Do: "add", Row: 0, Type: "vow", Strength: "will", Trackable: true, Words: []models.MarkEdit{{Lang: "en", Exact: "One"}}}, "type"},
	} {
		if bad := models.InvalidFields(d.Mark(c.step)); len(bad) == 0 || bad[0].Field != c.field {
			t.Errorf("%+v: got %v, want the field %s", c.step, bad, c.field)
		}
	}
}

// TestDraftHasOnePrefaceAndItIsFirst leaves the preface out, makes the next paragraph one and brings the first back.
func TestDraftHasOnePrefaceAndItIsFirst(t *testing.T) {
	t.Parallel()
	d := draft()
	for _, s := range []models.AlignStep{{Do: "preface", Row: 0}, {Do: "leave_out", Row: 0}, {Do: "preface", Row: 1}, {Do: "bring_back", Row: 0}} {
		if err := d.Align(s); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"p1", "p2", "p3"}, d.Work.Refs()); diff != "" {
		t.Errorf("want (-) got (+):\n%s", diff)
	}
}

func TestMarkStepsHoldTheLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 20_000)
	mark := func(change func(*models.MarkStep)) models.MarkStep {
		s := models.MarkStep{Do: "add", Type: "action", Strength: "will", Trackable: true, Words: []models.MarkEdit{{Lang: "en", Exact: "One"}}}
		change(&s)
		return s
	}
	for field, step := range map[string]models.MarkStep{
		"verb":                    mark(func(s *models.MarkStep) { s.Verb = "we\u202e will" }),
		"not_trackable_reason.en": mark(func(s *models.MarkStep) { s.Trackable, s.Reason.EN = false, long }),
		"words":                   mark(func(s *models.MarkStep) { s.Words[0].Exact = " " }),
	} {
		d := draft()
		if bad := models.InvalidFields(d.Mark(step)); len(bad) != 1 || bad[0].Field != field {
			t.Errorf("got %v, want the field %s", bad, field)
		}
	}
	d := draft()
	for range models.MaxMarks {
		d.Work.Marks = append(d.Work.Marks, models.DraftMark{ID: 1, State: models.MarkAccepted})
	}
	if bad := models.InvalidFields(d.Mark(mark(func(*models.MarkStep) {}))); len(bad) != 1 {
		t.Errorf("mark %d is taken", models.MaxMarks+1)
	}
	if bad := models.InvalidFields(d.Match(models.MatchStep{ID: 1, Track: models.TrackContinue, Initiatives: []string{"A", "A"}})); len(bad) != 1 || bad[0].Field != "initiatives" {
		t.Errorf("an initiative given twice: %v", bad)
	}
}

func TestLanguagesAreTags(t *testing.T) {
	t.Parallel()
	for tag, want := range map[models.Lang]bool{"en": true, "ja": true, "zh-Hant-TW": true, "pt-BR": true, "es-419": true, "EN": false, "en_US": false, "und": false, "mul": false, "<b>": false, "en\n": false, "": false, "english": false} {
		if tag.Valid() != want {
			t.Errorf("%q is a language: %v", tag, tag.Valid())
		}
	}
}
