package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const fromTokyo = "qscg-2023-12" // a statement

func statement(t *testing.T, s *store.Store, w models.When) models.StatementRecord {
	t.Helper()
	r, err := s.Statement(t.Context(), models.Public, w, fromTokyo)
	must(t, err)
	return r.Item
}

func wordingOf(st models.StatementRecord, paragraph string, l models.Lang) string {
	for _, p := range st.Paragraphs {
		if p.Ref == paragraph {
			return p.Texts[l]
		}
	}
	return ""
}

func commitmentOf(t *testing.T, s *store.Store, w models.When, code string) models.Commitment {
	t.Helper()
	r, err := s.Commitment(t.Context(), models.Public, w, code)
	must(t, err)
	return r.Item
}

var why = models.Text{EN: "A slip of the copy.", JA: "写し間違い。"}

// TestCorrectedTextKeepsItsMarks corrects a paragraph with marks and looks at the words of each.
func TestCorrectedTextKeepsItsMarks(t *testing.T) {
	onClock(t, func(t *testing.T, s *store.Store, pass func()) {
		rao, _ := people(t, s)
		before := statement(t, s, models.When{})
		first := before.Commitments[0]
		was := wordingOf(before, first.Paragraph, models.English)
		correct := func(version int64, text string) error {
			return s.Correct(t.Context(), rao, fromTokyo, first.Paragraph, version, models.Correction{Lang: models.English, Text: text, Reason: why}, nil)
		}
		pass()

		t.Run("a_sentence_before_moves_every_mark", func(t *testing.T) {
			must(t, correct(before.Version, "One sentence more. "+was))
			st := statement(t, s, models.When{})
			for _, c := range st.Commitments {
				if w := c.Words[models.English]; c.Paragraph == first.Paragraph && (w.NeedsReanchoring || w.Prefix+w.Exact+w.Suffix != "One sentence more. "+was || w.Exact != words(before, c.Code)) {
					t.Errorf("%s: %+v", c.Code, w)
				}
			}
			if st.Edition != 2 || st.Version != before.Version+1 || len(st.Editions) != 1 || st.Editions[0].Reason != why || st.Editions[0].RecordedAt == "" {
				t.Errorf("edition %d, version %d, editions %+v", st.Edition, st.Version, st.Editions)
			}
			last := lastEntry(t, s)
			if last.Action != "statement.correct" || last.Object != "statement:"+fromTokyo || !strings.Contains(last.Detail, "One sentence more.") || !strings.Contains(last.Detail, `"needs_reanchoring":[]`) {
				t.Errorf("the audit says %s %s %.300s", last.Action, last.Object, last.Detail)
			}
			if got := s.Lines(t, "SELECT lang || edition || until_edition || (body = '"+strings.ReplaceAll(was, "'", "''")+"') FROM former_texts"); len(got) != 1 {
				t.Errorf("former texts %q", got)
			}
		})
		t.Run("words_that_are_gone_say_so", func(t *testing.T) {
			pass()
			other := strings.ReplaceAll("One sentence more. "+was, first.Words[models.English].Exact, "Nothing is promised here")
			must(t, correct(before.Version+1, other))
			w := commitmentOf(t, s, models.When{}, first.Code).Words[models.English]
			if !w.NeedsReanchoring || w.Exact != "" || w.Prefix != other || w.Sought != first.Words[models.English].Exact {
				t.Errorf("%+v", w)
			}
			if w := commitmentOf(t, s, models.When{}, first.Code).Words[models.Japanese]; w.NeedsReanchoring || w.Exact == "" {
				t.Errorf("the Japanese mark: %+v", w)
			}
			if !strings.Contains(lastEntry(t, s).Detail, `"needs_reanchoring":["`+first.Code+`"`) {
				t.Errorf("the audit says %s", lastEntry(t, s).Detail)
			}
			must(t, edit(t, s, rao, "commitment", first.Code, func(e *models.CommitmentEdit) { e.Note.EN = "A note." })) // the lost mark stays
			if again := commitmentOf(t, s, models.When{}, first.Code).Words[models.English]; again != w {
				t.Errorf("after an edit of something else: %+v", again)
			}
		})
		t.Run("words_that_come_back_are_marked_again", func(t *testing.T) {
			pass()
			must(t, correct(before.Version+2, was))
			if got := commitmentOf(t, s, models.When{}, first.Code).Words[models.English]; got != first.Words[models.English] {
				t.Errorf("%+v, want %+v", got, first.Words[models.English])
			}
			if got := findings(t, s); got != nil {
				t.Errorf("verify finds %v", got)
			}
		})
		t.Run("what_was_known_before_is_the_former_wording", func(t *testing.T) {
			for at, want := range map[string]string{atStart: was, "2026-11-23T10:45:00Z": "One sentence more. " + was} {
				st := statement(t, s, models.When{KnownAt: at})
				if got := wordingOf(st, first.Paragraph, models.English); got != want {
					t.Errorf("known at %s: %.60q, want %.60q", at, got, want)
				}
				if n := len(st.Editions); n+1 != st.Edition || at == atStart && n != 0 || len(st.Paragraphs) != len(before.Paragraphs) {
					t.Errorf("known at %s: edition %d of %d, %d paragraphs", at, st.Edition, n, len(st.Paragraphs))
				}
			}
		})
		t.Run("search_finds_the_words_that_stand", func(t *testing.T) {
			must(t, correct(before.Version+3, was+" Zanzibar."))
			for word, want := range map[string]int{"Zanzibar": 1, "Nothing is promised here": 0} {
				l, err := s.Search(t.Context(), models.Public, models.When{}, models.SearchFilter{Words: word}, models.Page{Limit: 5})
				must(t, err)
				if l.Total != want {
					t.Errorf("%q is found %d times, want %d", word, l.Total, want)
				}
			}
			if l, err := s.Search(t.Context(), models.Public, models.When{KnownAt: atStart}, models.SearchFilter{Words: "Zanzibar"}, models.Page{Limit: 5}); err != nil || l.Total != 0 {
				t.Errorf("found before it was written: %+v %v", l, err)
			}
		})
	})
}

func words(st models.StatementRecord, code string) string {
	at := slices.IndexFunc(st.Commitments, func(c models.Commitment) bool { return c.Code == code })
	return st.Commitments[at].Words[models.English].Exact
}

func TestCorrectionsAreRefused(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		was := wordingOf(statement(t, s, models.When{}), "p4", models.English)
		for name, c := range map[string]struct {
			paragraph string
			version   int64
			models.Correction
			kind models.Kind
			want string
		}{
			"without_a_reason":          {"p4", 1, models.Correction{Lang: "en", Text: "x"}, models.KindInvalid, "reason.en error.either"},
			"without_a_text":            {"p4", 1, models.Correction{Lang: "en", Text: " ", Reason: why}, models.KindInvalid, "text error.required"},
			"in_another_language":       {"p4", 1, models.Correction{Lang: "fr", Text: "x", Reason: why}, models.KindInvalid, "lang error.unknown_value"},
			"same_text":                 {"p4", 1, models.Correction{Lang: "en", Text: was, Reason: why}, models.KindInvalid, "text error.same_text"},
			"of_no_paragraph":           {"p99", 1, models.Correction{Lang: "en", Text: "x", Reason: why}, models.KindNotFound, ""},
			"without_a_version":         {"p4", 0, models.Correction{Lang: "en", Text: "x", Reason: why}, models.KindUnversioned, ""},
			"of_an_old_version":         {"p4", 7, models.Correction{Lang: "en", Text: "x", Reason: why}, models.KindStale, ""},
			"of_more_than_there_can_be": {"p4", 1, models.Correction{Lang: "en", Text: strings.Repeat("x", models.MaxParagraph+1), Reason: why}, models.KindInvalid, "text error.too_long"},
		} {
			err := s.Correct(t.Context(), rao, fromTokyo, c.paragraph, c.version, c.Correction, nil)
			if kindOf(err) != c.kind || complaints(err) != c.want {
				t.Errorf("%s: %v %q, want %v %q", name, kindOf(err), complaints(err), c.kind, c.want)
			}
		}
		if err := s.Correct(t.Context(), models.Public, fromTokyo, "p4", 1, models.Correction{Lang: "en", Text: "x", Reason: why}, nil); kindOf(err) != models.KindForbidden {
			t.Errorf("by the public: %v", err)
		}
	})
}

// TestMarkedCommitmentGetsTheNextCode marks, removes and marks again.
func TestMarkedCommitmentGetsTheNextCode(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		mark := func(change func(e *models.CommitmentEdit)) (string, error) {
			e := &models.CommitmentEdit{Statement: fromTokyo, Paragraph: "p1", Kind: "commitment", Strength: "commit", Trackable: true, Initiatives: []string{"QSCG-CYBER-CHALLENGE"},
				Marks: []models.MarkEdit{{Lang: "en", Exact: firstWords(wordingOf(statement(t, s, models.When{}), "p1", "en"))}}}
			change(e)
			err := s.Mark(t.Context(), rao, e, nil)
			return e.Code, err
		}
		as := func(*models.CommitmentEdit) {}
		one, err := mark(as)
		must(t, err)
		if !strings.HasPrefix(one, "QSCG-2023-12-P01-") {
			t.Errorf("code %s", one)
		}
		if last := lastEntry(t, s); last.Action != "commitment.create" || last.Object != "commitment:"+one {
			t.Errorf("the audit says %s %s", last.Action, last.Object)
		}
		if c := commitmentOf(t, s, models.When{}, one); c.Words["en"].Exact == "" || !slices.Equal(c.Initiatives, []string{"QSCG-CYBER-CHALLENGE"}) {
			t.Errorf("%+v", c)
		}
		must(t, s.Remove(t.Context(), rao, "commitment", one, 1, why, nil))
		if _, err := s.Commitment(t.Context(), models.Public, models.When{}, one); kindOf(err) != models.KindGone {
			t.Errorf("removed: %v", err)
		}
		two, err := mark(as)
		must(t, err)
		if two == one {
			t.Errorf("the code %s was given twice", one)
		}
		for name, c := range map[string]struct {
			change func(e *models.CommitmentEdit)
			want   string
		}{
			"words_that_are_not_there":    {func(e *models.CommitmentEdit) { e.Marks[0].Exact = "Nobody wrote this" }, "marks.0.exact error.not_in_paragraph"},
			"words_in_several_places":     {func(e *models.CommitmentEdit) { e.Marks[0].Exact = "e" }, "marks.0.place error.which_place"},
			"a_place_that_is_not_there":   {func(e *models.CommitmentEdit) { e.Marks[0].Place = 9 }, "marks.0.place error.no_such_place"},
			"a_language_it_does_not_have": {func(e *models.CommitmentEdit) { e.Marks[0].Lang = "fr" }, "marks.0.lang error.unknown_value"},
			"no_mark":                     {func(e *models.CommitmentEdit) { e.Marks = nil }, "marks error.no_mark"},
			"a_language_twice":            {func(e *models.CommitmentEdit) { e.Marks = append(e.Marks, e.Marks[0]) }, "marks error.twice"},
			"no_such_paragraph":           {func(e *models.CommitmentEdit) { e.Paragraph = "p77" }, "paragraph error.unknown_value"},
			"no_such_statement":           {func(e *models.CommitmentEdit) { e.Statement = "nowhere" }, "paragraph error.unknown_value; statement error.unknown_value"},
			"no_such_initiative":          {func(e *models.CommitmentEdit) { e.Initiatives = []string{"NOWHERE"} }, "initiatives error.unknown_value"},
			"not_trackable_without_why":   {func(e *models.CommitmentEdit) { e.Trackable = false }, "not_trackable_reason.en error.either"},
			"an_unknown_strength":         {func(e *models.CommitmentEdit) { e.Strength = "swear" }, "strength error.unknown_value"},
		} {
			if _, err := mark(c.change); complaints(err) != c.want {
				t.Errorf("%s: %s, want %s", name, complaints(err), c.want)
			}
		}
		if err := edit(t, s, rao, "commitment", two, func(e *models.CommitmentEdit) { e.Paragraph = "p2" }); complaints(err) != "paragraph error.fixed" {
			t.Errorf("moved to another paragraph: %v", complaints(err))
		}
		if err := edit(t, s, rao, "commitment", two, func(e *models.CommitmentEdit) { e.Code = "X" }); complaints(err) != "code error.fixed" {
			t.Errorf("with another code: %v", complaints(err))
		}
	})
}

func firstWords(text string) string {
	return strings.Join(strings.Fields(text)[:4], " ")
}

// TestRemovedStatementTakesItsCommitments removes a statement and looks for what hung on it.
func TestRemovedStatementTakesItsCommitments(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		before := readings(t, s, models.When{})
		must(t, s.Remove(t.Context(), rao, "statement", fromTokyo, 1, why, nil))
		for list, body := range everything(t, s, models.When{}) {
			if strings.Contains(body, "QSCG-2023-12-P0") {
				t.Errorf("%s shows a commitment of the removed statement", list)
			}
		}
		for _, word := range []string{"QSCG-2023-12-P04-1", "reaffirm"} {
			l, err := s.Search(t.Context(), models.Public, models.When{}, models.SearchFilter{Words: word, Kinds: []string{"commitment", "statement"}}, models.Page{Limit: 5})
			must(t, err)
			if l.Total != 0 {
				t.Errorf("%q is found %d times", word, l.Total)
			}
		}
		if _, err := s.Commitment(t.Context(), models.Public, models.When{}, "QSCG-2023-12-P04-1"); kindOf(err) != models.KindGone {
			t.Errorf("a commitment of it: %v", err)
		}
		must(t, s.Restore(t.Context(), rao, "statement", fromTokyo, nil))
		if diff := differing(before, readings(t, s, models.When{})); diff != "" {
			t.Errorf("before (-) and after removal and restoring (+):\n%s", diff)
		}
	})
}

func TestRenamedStatementIsFoundUnderBothNames(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		noted := len(statement(t, s, models.When{}).Contradictions)
		must(t, edit(t, s, rao, "statement", fromTokyo, func(e *models.StatementEdit) {
			e.Slug = "tokyo-statement"
			e.Publications = append(e.Publications, models.PublicationEdit{Publisher: "Cabinet Office", Lang: "fr", Title: "Déclaration", Standing: "statement", URL: "https://example.org/fr"})
		}))
		if _, err := s.Statement(t.Context(), models.Public, models.When{}, fromTokyo); kindOf(err) != models.KindMoved {
			t.Errorf("under the former name: %v", err)
		}
		r, err := s.Statement(t.Context(), models.Public, models.When{}, "tokyo-statement")
		must(t, err)
		if len(r.Item.Contradictions) != noted || noted == 0 || len(r.Item.Commitments) != 21 {
			t.Errorf("%d contradictions of %d, %d commitments", len(r.Item.Contradictions), noted, len(r.Item.Commitments))
		}
		if !slices.ContainsFunc(r.Item.Publications, func(p models.Publication) bool { return p.Title == "Déclaration" && p.Meeting == inTokyo }) {
			t.Errorf("publications %+v", r.Item.Publications)
		}
		if err := edit(t, s, rao, "statement", "tokyo-statement", func(e *models.StatementEdit) { e.Meeting = "qfmm-2021-02" }); complaints(err) != "meeting error.fixed" {
			t.Errorf("of another meeting: %v", complaints(err))
		}
	})
}

// TestLineageIsReadFromBothEnds follows commitments from one statement to the next.
func TestLineageIsReadFromBothEnds(t *testing.T) {
	onClock(t, func(t *testing.T, s *store.Store, pass func()) {
		rao, _ := people(t, s)
		old := statement(t, s, models.When{}).Commitments
		pass()
		later := models.Statement{Slug: "qfmm-later", Meeting: "qfmm-2024-07", Title: models.Text{EN: "Later"}, IssuedOn: models.NewDate(2024, 7, 29),
			Paragraphs: []models.Paragraph{{Ref: "p1", Texts: map[models.Lang]string{"en": "We will go on. We will do more.", "fr": "Nous continuerons."}}}}
		add := func(tx *store.Tx, code, exact string) error {
			return tx.AddCommitment(models.Commitment{Code: code, Statement: later.Slug, Paragraph: "p1", Kind: "commitment", Strength: "will", Trackable: true,
				Initiatives: []string{"QSCG-CYBER-CHALLENGE"}, Words: map[models.Lang]models.Marked{"en": {Exact: exact}}})
		}
		must(t, s.Write(t.Context(), rao, store.Change{Action: "import", Object: "statement:" + later.Slug, Needs: models.PermitEdit}, func(tx *store.Tx) error {
			for _, step := range []func() error{
				func() error { return tx.AddStatement(later) },
				func() error { return add(tx, "LATER-P01-1", "We will go on.") },
				func() error { return add(tx, "LATER-P01-2", "We will do more.") },
				func() error { return tx.AddLineage(later.Slug, "LATER-P01-1", old[0].Code, "merged") },
				func() error { return tx.AddLineage(later.Slug, "LATER-P01-1", old[1].Code, "merged") },
				func() error { return tx.AddLineage(later.Slug, "LATER-P01-2", "", "new") },
				func() error { return tx.AddLineage(later.Slug, "", old[2].Code, "not_mentioned") },
			} {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		}))
		one, two := commitmentOf(t, s, models.When{}, "LATER-P01-1"), commitmentOf(t, s, models.When{}, "LATER-P01-2")
		if want := []models.EarlierCommitment{{Code: old[0].Code, Statement: fromTokyo, Relation: "merged"}, {Code: old[1].Code, Statement: fromTokyo, Relation: "merged"}}; !cmp.Equal(one.Earlier, want) || one.OfficialLine != "merged" {
			t.Errorf("earlier %+v, official line %s", one.Earlier, one.OfficialLine)
		}
		if two.OfficialLine != "new" || len(two.Earlier)+len(two.Later) != 0 {
			t.Errorf("%s %+v %+v", two.OfficialLine, two.Earlier, two.Later)
		}
		if got, want := commitmentOf(t, s, models.When{}, old[0].Code), []models.LaterCommitment{{Code: "LATER-P01-1", Statement: later.Slug, Meeting: later.Meeting, Strength: "will", Relation: "merged"}}; !slices.Equal(got.Later, want) || len(got.Initiatives) != len(old[0].Initiatives) {
			t.Errorf("later %+v", got.Later)
		}
		if got, want := commitmentOf(t, s, models.When{}, old[2].Code).Later, []models.LaterCommitment{{Statement: later.Slug, Meeting: later.Meeting, Relation: "not_mentioned"}}; !slices.Equal(got, want) {
			t.Errorf("not mentioned: %+v", got)
		}
		o, err := s.Overview(t.Context(), models.Public, models.When{}, models.InitiativeFilter{})
		must(t, err)
		if want := (&models.Silence{Statement: later.Slug, Meeting: later.Meeting, NotMentioned: 1, Compared: 3}); !cmp.Equal(o.Item.Silence, want) {
			t.Errorf("the overview says of what is not mentioned: %+v; want %+v", o.Item.Silence, want)
		}
		before, err := s.Overview(t.Context(), models.Public, models.When{AsOf: "qscg-2023-12"}, models.InitiativeFilter{})
		must(t, err)
		if before.Item.Silence != nil {
			t.Errorf("before that meeting the overview knows of it: %+v", before.Item.Silence)
		}
		all, err := s.Commitments(t.Context(), models.Public, models.When{}, models.Page{Limit: 200})
		must(t, err)
		if len(all.Items) != all.Total {
			t.Errorf("%d rows of %d commitments", len(all.Items), all.Total)
		}
		r, err := s.Statement(t.Context(), models.Public, models.When{}, later.Slug)
		must(t, err)
		if len(r.Item.NotMentioned) != 1 || r.Item.NotMentioned[0].Code != old[2].Code {
			t.Errorf("not mentioned %+v", r.Item.NotMentioned)
		}
		for name, w := range map[string]models.When{"as of before the later meeting": {AsOf: "2024-06-30"}, "known before it was recorded": {KnownAt: atStart}} {
			if got := commitmentOf(t, s, w, old[0].Code).Later; len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
		must(t, s.Remove(t.Context(), rao, "commitment", "LATER-P01-1", 1, why, nil))
		if got := commitmentOf(t, s, models.When{}, old[0].Code).Later; len(got) != 0 {
			t.Errorf("after the later one was removed: %+v", got)
		}
		for name, c := range map[string][4]string{
			"new_with_an_earlier_one":      {later.Slug, "LATER-P01-2", old[3].Code, "new"},
			"reworded_without_one":         {later.Slug, "LATER-P01-2", "", "reworded"},
			"not_mentioned_but_mentioned":  {later.Slug, "LATER-P01-2", old[3].Code, "not_mentioned"},
			"another_relation":             {later.Slug, "LATER-P01-2", old[3].Code, "kept"},
			"a_commitment_of_another_text": {later.Slug, old[3].Code, old[4].Code, "reworded"},
			"one_of_the_same_text":         {fromTokyo, old[3].Code, old[4].Code, "reworded"},
		} {
			err := s.Write(t.Context(), rao, store.Change{Action: "import", Object: "x:y", Needs: models.PermitEdit}, func(tx *store.Tx) error { return tx.AddLineage(c[0], c[1], c[2], c[3]) })
			if kindOf(err) != models.KindInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestLineageIsAddedAndCorrected marks a commitment after the publication of its statement and says what it follows.
func TestLineageIsAddedAndCorrected(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		storetest.Earlier(t, s)
		rao, _ := people(t, s)
		const labels, cables, calendar = "QSCG-2023-01-P01-1", "QSCG-2023-01-P02-1", "QSCG-2023-01-P04-1"
		lines := func() []string {
			return s.Lines(t, `SELECT l.relation || ' ' || COALESCE(c.code, '-') || ' ' || COALESCE(e.code, '-') FROM lineage l LEFT JOIN commitments c ON c.id = l.commitment_id
				LEFT JOIN commitments e ON e.id = l.earlier_id ORDER BY 1`)
		}
		is := func(when string, want ...string) {
			t.Helper()
			if got := lines(); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
		}
		must(t, s.Write(t.Context(), rao, store.Change{Action: "import", Object: "statement:" + fromTokyo, Needs: models.PermitEdit}, func(tx *store.Tx) error {
			return tx.AddLineage(fromTokyo, "", cables, "not_mentioned")
		}))
		e := &models.CommitmentEdit{Statement: fromTokyo, Paragraph: "p1", Kind: "commitment", Strength: "commit", Trackable: true, Compared: true,
			Marks: []models.MarkEdit{{Lang: "en", Exact: firstWords(wordingOf(statement(t, s, models.When{}), "p1", "en"))}}}
		must(t, s.Mark(t.Context(), rao, e, nil))
		code := e.Code
		is("marked as new", "new "+code+" -", "not_mentioned - "+cables)
		change := func(earlier ...models.LineageLink) error {
			return edit(t, s, rao, "commitment", code, func(e *models.CommitmentEdit) { e.Earlier = earlier })
		}
		must(t, change(models.LineageLink{Code: cables, Relation: "advanced"}, models.LineageLink{Code: labels, Relation: "merged"}))
		is("it follows two", "advanced "+code+" "+cables, "merged "+code+" "+labels)
		if c := commitmentOf(t, s, models.When{}, code); c.OfficialLine != "merged" || len(c.Earlier) != 2 {
			t.Errorf("%s %+v", c.OfficialLine, c.Earlier)
		}
		if got := statement(t, s, models.When{}).NotMentioned; len(got) != 0 {
			t.Errorf("what is followed is not mentioned: %+v", got)
		}
		if last := lastEntry(t, s); last.Action != "commitment.edit" || !strings.Contains(string(last.Detail), cables) {
			t.Errorf("the audit says %s %s", last.Action, last.Detail)
		}
		other := *e
		other.Code, other.Compared, other.Earlier = "", false, []models.LineageLink{{Code: labels, Relation: "reaffirmed"}}
		must(t, s.Mark(t.Context(), rao, &other, nil))
		if got, _ := asIs[models.CommitmentEdit](t, s, "commitment", other.Code); !got.Compared || !slices.Equal(got.Earlier, other.Earlier) {
			t.Errorf("what the edit says of it: %v %+v", got.Compared, got.Earlier)
		}
		must(t, change())
		is("it follows none, and one of the two is followed by another", "new "+code+" -", "not_mentioned - "+cables, "reaffirmed "+other.Code+" "+labels)
		must(t, change(models.LineageLink{Code: calendar, Relation: "reworded"}))
		must(t, change(models.LineageLink{Code: calendar, Relation: "reaffirmed"}))
		is("another relation", "not_mentioned - "+cables, "reaffirmed "+code+" "+calendar, "reaffirmed "+other.Code+" "+labels)
		must(t, s.Remove(t.Context(), rao, "commitment", calendar, 1, why, nil))
		must(t, edit(t, s, rao, "commitment", code, func(e *models.CommitmentEdit) { e.Verb = "commit" }))
		must(t, s.Restore(t.Context(), rao, "commitment", calendar, nil))
		is("an edit while the earlier one was removed", "not_mentioned - "+cables, "reaffirmed "+code+" "+calendar, "reaffirmed "+other.Code+" "+labels)
		must(t, edit(t, s, rao, "commitment", code, func(e *models.CommitmentEdit) { e.Compared, e.Earlier = false, nil }))
		is("no longer compared", "not_mentioned - "+cables, "not_mentioned - "+calendar, "reaffirmed "+other.Code+" "+labels)
		for name, c := range map[string]struct {
			link models.LineageLink
			want string
		}{
			"one_of_the_same_text":   {models.LineageLink{Code: other.Code, Relation: "reworded"}, "earlier.0.code error.not_earlier"},
			"one_that_is_not_there":  {models.LineageLink{Code: "NOWHERE", Relation: "reworded"}, "earlier.0.code error.unknown_value"},
			"new_with_an_earlier":    {models.LineageLink{Code: labels, Relation: "new"}, "earlier.0.relation error.unknown_value"},
			"not_mentioned_but_here": {models.LineageLink{Code: labels, Relation: "not_mentioned"}, "earlier.0.relation error.unknown_value"},
		} {
			if err := change(c.link); complaints(err) != c.want {
				t.Errorf("%s: %s, want %s", name, complaints(err), c.want)
			}
		}
		if err := change(models.LineageLink{Code: labels, Relation: "merged"}, models.LineageLink{Code: labels, Relation: "merged"}); complaints(err) != "earlier.1.code error.given_twice" {
			t.Errorf("one twice: %s", complaints(err))
		}
		if err := edit(t, s, rao, "commitment", labels, func(e *models.CommitmentEdit) { e.Earlier = []models.LineageLink{{Code: code, Relation: "reworded"}} }); complaints(err) != "earlier.0.code error.not_earlier" {
			t.Errorf("a later one: %s", complaints(err))
		}
		if err := edit(t, s, rao, "commitment", labels, func(e *models.CommitmentEdit) { e.Compared = true }); complaints(err) != "compared error.nothing_earlier" {
			t.Errorf("new in the first statement: %s", complaints(err))
		}
		if v, err := s.Verify(t.Context(), models.Program); err != nil || len(v.Findings) > 0 {
			t.Errorf("verify: %v, %v", v, err)
		}
	})
}
