package frontend

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// marks makes commitments of the spans of one paragraph, numbered from 1 and coded A, B, C.
func marks(l models.Lang, paragraph string, spans ...string) []ReaderCommitment {
	var all []ReaderCommitment
	for i, exact := range spans {
		c := ReaderCommitment{Number: fmt.Sprint(i + 1)}
		c.Code = string(rune('A' + i))
		if exact != "" {
			c.Words = map[models.Lang]models.Marked{l: marked(paragraph, exact)}
		}
		all = append(all, c)
	}
	return all
}

// written writes runs so that they can be compared: text outside marks as it is, [A B:text] under marks, ^1 at an end.
func written(all []Run) string {
	var b strings.Builder
	for _, r := range all {
		if r.Codes == "" {
			b.WriteString(r.Text)
			continue
		}
		fmt.Fprintf(&b, "[%s:%s]", r.Codes, r.Text)
		for _, e := range r.Ends {
			b.WriteString("^" + e.Text)
		}
	}
	return b.String()
}

func TestRunsCutWhereMarksBeginAndEnd(t *testing.T) {
	t.Parallel()
	const en, ja = "We will share and act.", "知見を共有し、行動する。"
	for name, c := range map[string]struct {
		lang  models.Lang
		body  string
		spans []string
		want  string
	}{
		"no mark":                   {models.English, en, nil, en},
		"in the middle":             {models.English, en, []string{"share"}, "We will [A:share]^1 and act."},
		"at the beginning":          {models.English, en, []string{"We will"}, "[A:We will]^1 share and act."},
		"at the end":                {models.English, en, []string{"act."}, "We will share and [A:act.]^1"},
		"from end to end":           {models.English, en, []string{en}, "[A:" + en + "]^1"},
		"one inside the other":      {models.English, en, []string{"will share and act", "share"}, "We [A:will ][A B:share]^2[A: and act]^1."},
		"overlapping":               {models.English, en, []string{"will share and", "share and act"}, "We [A:will ][A B:share and]^1[B: act]^2."},
		"ending together":           {models.English, en, []string{"share and act.", "act."}, "We will [A:share and ][A B:act.]^1^2"},
		"the same span twice":       {models.English, en, []string{"share", "share"}, "We will [A B:share]^1^2 and act."},
		"side by side":              {models.English, en, []string{"We will", " share"}, "[A:We will]^1[B: share]^2 and act."},
		"Japanese":                  {models.Japanese, ja, []string{"共有"}, "知見を[A:共有]^1し、行動する。"},
		"Japanese, overlapping":     {models.Japanese, ja, []string{"知見を共有し", "共有し、行動する。"}, "[A:知見を][A B:共有し]^1[B:、行動する。]^2"},
		"no words in this language": {models.English, en, []string{""}, en},
		"no text":                   {models.English, "", []string{""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runs(c.body, c.lang, marks(c.lang, c.body, c.spans...))
			if s := written(got); s != c.want {
				t.Errorf("got %s; want %s", s, c.want)
			}
			var joined strings.Builder
			for _, r := range got {
				joined.WriteString(r.Text)
			}
			if joined.String() != c.body {
				t.Errorf("the runs join to %q; every byte of %q must stay", joined.String(), c.body)
			}
		})
	}
}

// prepared is the reader of the sample statement, asked for with a query.
func prepared(t *testing.T, q url.Values, only bool) string {
	t.Helper()
	return body(t, NewStatement(sampleFrame(t, models.English, "/statements/s", q), sampleStatement(), only))
}

func TestReaderShowsTheLanguagesAskedFor(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string][2]bool{"": {true, true}, "both": {true, true}, "en": {true, false}, "ja": {false, true}} {
		page := prepared(t, url.Values{"text": {asked}}, false)
		got := [2]bool{strings.Contains(page, "Preface."), strings.Contains(page, "前文。")}
		if got != want {
			t.Errorf("text=%s: English and Japanese %v; want %v", asked, got, want)
		}
	}
}

func TestReaderLeavesOutParagraphsWithoutACommitmentWhenAsked(t *testing.T) {
	t.Parallel()
	page := prepared(t, nil, true)
	for ref, want := range map[string]bool{"p0": false, "p4": true, "p5": true} {
		if got := strings.Contains(page, ` id="`+ref+`"`); got != want {
			t.Errorf("paragraph %s is shown: %v; want %v", ref, got, want)
		}
	}
}

func TestReaderPutsANoteWhereItBelongs(t *testing.T) {
	t.Parallel()
	page := prepared(t, nil, false)
	for id, want := range map[string]bool{"contradiction-xp4": true, "contradiction-xp5": true, "contradiction-x": true, "contradiction-xp0": false, "contradiction-y": true, "contradiction-yp4": false} {
		if got := strings.Contains(page, ` id="`+id+`"`); got != want {
			t.Errorf("%s stands on the page: %v; want %v", id, got, want)
		}
	}
}

func TestReaderSaysThatAParagraphHasNoTextInALanguage(t *testing.T) {
	t.Parallel()
	page := prepared(t, nil, false)
	if n := strings.Count(page, "No text in this language in this paragraph."); n != 1 {
		t.Errorf("said %d times; want once, for p5 in Japanese", n)
	}
	if n := strings.Count(page, "<dt>¶5"); n != 1 {
		t.Errorf("%d hashes for p5; want one, because it has one text", n)
	}
}

func TestClockKeepsThePublishersOffset(t *testing.T) {
	t.Parallel()
	for stamp, want := range map[string]string{"2023-12-15T18:21:25-05:00": "18:21 UTC−05:00", "2023-12-16T08:21:00+09:00": "08:21 UTC+09:00", "in the evening": "in the evening"} {
		if got := clock(stamp); got != want {
			t.Errorf("%s: %q, want %q", stamp, got, want)
		}
	}
}

// TestChipsOfACommitmentSayWhatTheyHave looks at what stands beside a commitment, with everything and with little.
func TestChipsOfACommitmentSayWhatTheyHave(t *testing.T) {
	t.Parallel()
	said := func(l models.Lang, c models.Commitment) string {
		var b strings.Builder
		if err := fullWords(sampleFrame(t, l, "/", nil), c).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	c := models.Commitment{Code: "C-P05-1", Statement: "s", Meeting: "qscg-2023-12", Paragraph: "p5", Strength: "discuss", Trackable: true, Due: "by the end of 2025",
		Later: []models.LaterCommitment{{Code: "D-P02-1", Statement: "d", Meeting: "qscg-2023-12", Strength: "will", Relation: "advanced"}}}
	page := said(models.English, c)
	for _, want := range []string{"D-P02-1", `<span class="was">Tokyo, 5–6 December 2023`, "discussed → will", "Read as discussed.", "By when", "by the end of 2025"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q: %s", want, page)
		}
	}
	for _, not := range []string{"Verb:", "Published:", "Towards whom"} {
		if strings.Contains(page, not) {
			t.Errorf("the page says %q of nothing", not)
		}
	}
	c.Verb, c.Due, c.Sources, c.Later[0].Strength = "discussed", "", samplePublications(), "discuss"
	page = said(models.Japanese, c)
	for _, want := range []string{"動詞：", "公表：", `<span class="was">東京`} {
		if !strings.Contains(page, want) {
			t.Errorf("the Japanese page lacks %q: %s", want, page)
		}
	}
	if strings.Contains(page, "議論 → ") || strings.Contains(page, "期限") {
		t.Errorf("the same strength is a turn, or nothing has a day: %s", page)
	}
}

// TestFlagsAndReasonsStandApart reads the flag of a commitment and the reason of an edition.
func TestFlagsAndReasonsStandApart(t *testing.T) {
	t.Parallel()
	for l, want := range map[models.Lang]string{models.English: "Not trackable: A position.", models.Japanese: "追跡対象外：立場。"} {
		var b strings.Builder
		if err := NewStatement(sampleFrame(t, l, "/statements/s", nil), comparedStatement(), false).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s: the flag and its reason run together; want %q", l, want)
		}
		if strings.Contains(b.String(), `</span><a href="/`+string(l)+`/compare?`) {
			t.Errorf("%s: the reason of an edition and its link run together", l)
		}
	}
}
