package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func sum(s string) string {
	b := sha256.Sum256([]byte(s))
	return hex.EncodeToString(b[:])
}

// civil is a day.
func civil(s string) models.Date { d, _ := models.ParseDate(s); return d }

// nextStatement is a short statement of an invented next meeting, in English and Japanese, whose words the tests know.
func nextStatement() models.Draft {
	en := "We met in Canberra.\n\nWe commit to mutual recognition of labels by 2026. We will open a register.\n\nShare this page"
	ja := "我々はキャンベラで会した。\n\n我々は2026年までにラベルの相互承認を行うことにコミットする。我々は登録簿を公開する。"
	span := func(text, words string) models.Span {
		at := strings.Index(text, words)
		return models.Span{From: at, To: at + len(words)}
	}
	p := func(i int, text string) models.Span { return span(text, strings.Split(text, "\n\n")[i]) }
	return models.Draft{
		Facts: models.DraftFacts{Forum: "qscg", Meeting: "qscg-2024-06", Title: models.Text{EN: "Next joint statement", JA: "次の共同声明"}, IssuedOn: civil("2024-06-12"),
			NewMeeting: &models.MeetingEdit{MeetingRef: "qscg-2024-06", Forum: "qscg", Format: "in_person", City: models.Text{EN: "Canberra", JA: "キャンベラ"}, Country: "AU",
				StartsOn: civil("2024-06-11"), EndsOn: civil("2024-06-12"), Sources: []string{}, Attendances: []models.AttendanceEdit{}},
			Publications: []models.DraftPublication{{Lang: "en", Publisher: "Somebody", Title: "Next joint statement", PublishedOn: civil("2024-06-13"), URL: "https://example.org/next", Standing: "statement"}}},
		Sources: []models.DraftSource{{Lang: "en", Name: "next.txt", Format: "text", Body: en, SHA256: sum(en)}, {Lang: "ja", Format: "text", Body: ja, SHA256: sum(ja)}},
		Work: models.DraftWork{Rows: []models.DraftRow{
			{Cells: map[models.Lang]models.Span{"en": p(0, en), "ja": p(0, ja)}}, {Cells: map[models.Lang]models.Span{"en": p(1, en), "ja": p(1, ja)}},
			{Cells: map[models.Lang]models.Span{"en": p(2, en)}, Out: true}},
			Marks: []models.DraftMark{
				{ID: 1, State: models.MarkAccepted, Words: map[models.Lang]models.Span{"en": span(en, "commit to mutual recognition of labels by 2026"), "ja": span(ja, "ラベルの相互承認を行うことにコミットする")},
					Suggestion: models.Suggestion{Type: "action", Strength: "commit", Verb: "commit to", Trackable: true, Actor: "We", Addressee: "each\nother", Due: "by 2026", Measure: "labels"}, Kind: "commitment"},
				{ID: 2, State: models.MarkAccepted, Words: map[models.Lang]models.Span{"en": span(en, "will open a register")},
					Suggestion: models.Suggestion{Type: "action", Strength: "will", Verb: "will open", Trackable: true}, Kind: "commitment"},
				{ID: 3, State: models.MarkSuggested, Words: map[models.Lang]models.Span{"en": span(en, "We met")}, Suggestion: models.Suggestion{Type: "position", Strength: "welcome"}}},
		},
	}
}

// matched decides on both commitments of the next statement.
func matched(t *testing.T, s *store.Store, who models.Actor, ref string) {
	t.Helper()
	for _, m := range []models.MatchStep{
		{ID: 1, Track: models.TrackContinue, Initiatives: []string{"QSCG-IOT-MUTUAL-RECOGNITION"}, Earlier: []models.LineageLink{{Code: "QSCG-2023-12-P05-2", Relation: "advanced"}, {Code: "QSCG-2023-12-P05-1", Relation: "merged"}}},
		{ID: 2, Track: models.TrackNew, Initiative: &models.NewInitiative{Ref: "QSCG-REGISTER", Title: models.Text{EN: "Register", JA: "登録簿"}, Topic: "iot-labels", DueOn: civil("2026")}},
	} {
		if err := s.StepImport(t.Context(), who, ref, version(t, s, who, ref), "match", func(d *models.Draft) error { return d.Match(m) }, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// version is that of a draft as it stands.
func version(t *testing.T, s *store.Store, who models.Actor, ref string) int64 {
	t.Helper()
	d, err := s.Import(ctx, who, ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Version
}

// twoAnalysts makes two accounts.
func twoAnalysts(t *testing.T, s *store.Store) (mine, other models.Actor) {
	t.Helper()
	actor := func(name string) models.Actor {
		id, err := s.AddUser(ctx, models.Program, models.NewUser{Email: name + "@example.org", Name: name, Role: models.Analyst}, "hash")
		if err != nil {
			t.Fatal(err)
		}
		return models.Actor{ID: id, Name: name, Role: models.Analyst}
	}
	return actor("Mine"), actor("Other")
}

// TestDraftIsNobodyElsesUntilPublished looks for a draft everywhere before and after its publication.
func TestDraftIsNobodyElsesUntilPublished(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, other := twoAnalysts(t, s)
		before := everything(t, s, models.When{})
		earlier := everything(t, s, models.When{AsOf: "2024-01-01"})
		ref, err := s.StartImport(ctx, mine, nextStatement(), nil)
		if err != nil {
			t.Fatal(err)
		}
		matched(t, s, mine, ref)
		if diff := cmp.Diff(before, everything(t, s, models.When{})); diff != "" {
			t.Errorf("the draft shows:\n%s", diff)
		}
		for _, who := range []models.Actor{other, models.Public, {Name: "Reader", Role: models.Reader}} {
			if d, err := s.Import(ctx, who, ref); err == nil {
				t.Errorf("%s reads the draft: %+v", who.Name, d)
			}
			if all, _ := s.Imports(ctx, who); len(all) > 0 {
				t.Errorf("%s has the draft in a list", who.Name)
			}
			if err := s.DiscardImport(ctx, who, ref, 1); err == nil {
				t.Errorf("%s discards the draft", who.Name)
			}
		}
		if _, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: version(t, s, mine, ref), Undecided: 0}, nil); models.InvalidFields(err) == nil {
			t.Errorf("published without a word on the open suggestion: %v", err)
		}
		slug, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: version(t, s, mine, ref), Undecided: 1}, nil)
		if err != nil || slug != "qscg-2024-06" {
			t.Fatalf("publish: %q, %v", slug, err)
		}
		if err := s.DiscardImport(ctx, mine, ref, version(t, s, mine, ref)); err == nil {
			t.Error("a published draft is discarded")
		}
		r, err := s.Statement(ctx, models.Public, models.When{}, slug)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(r.Item.Paragraphs), 2; got != want {
			t.Errorf("%d paragraphs, want %d", got, want)
		}
		if got := r.Item.Paragraphs[1].Texts["en"]; got != "We commit to mutual recognition of labels by 2026. We will open a register." {
			t.Errorf("the words are %q", got)
		}
		if len(r.Item.Commitments) != 2 || r.Item.Commitments[0].Code != "QSCG-2024-06-P02-1" || r.Item.Commitments[1].Initiatives[0] != "QSCG-REGISTER" {
			t.Errorf("commitments %+v", r.Item.Commitments)
		}
		c := r.Item.Commitments[0]
		if got := [4]string{c.Actor, c.Addressee, c.Due, c.Measure}; got != [4]string{"We", "each other", "by 2026", "labels"} {
			t.Errorf("the words of who, to whom, by when and how much are %q", got)
		}
		if i, err := s.Initiative(ctx, models.Public, models.When{}, "QSCG-REGISTER"); err != nil || i.Item.DueOn != civil("2026") {
			t.Errorf("the new initiative is due %v, %v", i.Item.DueOn, err)
		}
		lines := s.Lines(t, "SELECT relation || ' ' || COUNT(*) FROM lineage GROUP BY relation ORDER BY 1")
		if diff := cmp.Diff([]string{"advanced 1", "merged 1", "new 1", "not_mentioned 19"}, lines); diff != "" {
			t.Errorf("lineage: want (-) got (+):\n%s", diff)
		}
		if v, err := s.Verify(ctx, models.Program); err != nil || len(v.Findings) > 0 {
			t.Errorf("verify: %v, %v", v, err)
		}
		if err := s.Exec("UPDATE statement_sources SET body = body || '.' WHERE lang = 'ja'"); err != nil {
			t.Fatal(err)
		}
		if v, err := s.Verify(ctx, models.Program); err != nil || len(v.Findings) != 1 || v.Findings[0].Record != "statement:qscg-2024-06/ja" {
			t.Errorf("verify of a bent source: %v, %v", v, err)
		}
		past := everything(t, s, models.When{AsOf: "2024-01-01"})
		if diff := cmp.Diff(withoutVersion(earlier), withoutVersion(past)); diff != "" {
			t.Errorf("a view of an earlier day speaks of the new statement:\n%s", diff)
		}
	})
}

// TestPublicationIsAllOrNothing takes the name of the new initiative away before the draft is published.
func TestPublicationIsAllOrNothing(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		ref, err := s.StartImport(ctx, mine, nextStatement(), nil)
		must(t, err)
		matched(t, s, mine, ref)
		taken := models.NewInitiative{Ref: "QSCG-REGISTER", Title: models.Text{EN: "Taken"}, Topic: "iot-labels"}.Edit("qscg-2023-12", civil("2023-12-06"), true)
		must(t, s.Create(ctx, mine, "initiative", &taken, nil))
		before := everything(t, s, models.When{})
		if _, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: version(t, s, mine, ref), Undecided: 1}, nil); models.InvalidFields(err) == nil {
			t.Fatalf("published over a taken name: %v", err)
		}
		if diff := cmp.Diff(before, everything(t, s, models.When{})); diff != "" {
			t.Errorf("a refused publication left:\n%s", diff)
		}
		if d, err := s.Import(ctx, mine, ref); err != nil || d.Published != "" || len(d.Accepted()) != 2 {
			t.Errorf("the draft is not as it was: %v, %+v", err, d)
		}
	})
}

// TestStepsOfADraftCanBeUndone undoes every step, the last one first, and refuses changes of an old version.
func TestStepsOfADraftCanBeUndone(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		ref, err := s.StartImport(ctx, mine, nextStatement(), nil)
		must(t, err)
		var states []models.DraftWork
		for _, step := range []models.AlignStep{{Do: "split", Row: 0, Lang: "en", At: 3}, {Do: "leave_out", Row: 0}, {Do: "lower", Row: 2, Lang: "ja"}} {
			d, err := s.Import(ctx, mine, ref)
			must(t, err)
			states = append(states, d.Work)
			must(t, s.StepImport(ctx, mine, ref, d.Version, step.Do, func(d *models.Draft) error { return d.Align(step) }, nil))
			if err := s.StepImport(ctx, mine, ref, d.Version, step.Do, func(d *models.Draft) error { return d.Align(step) }, nil); kindOf(err) != models.KindStale {
				t.Errorf("the second of two steps on one version: %v", err)
			}
		}
		for i := len(states) - 1; i >= 0; i-- {
			must(t, s.UndoImport(ctx, mine, ref, version(t, s, mine, ref)))
			d, err := s.Import(ctx, mine, ref)
			must(t, err)
			if diff := cmp.Diff(states[i], d.Work); diff != "" {
				t.Errorf("after undoing step %d: want (-) got (+):\n%s", i+1, diff)
			}
		}
		if err := s.UndoImport(ctx, mine, ref, version(t, s, mine, ref)); kindOf(err) != models.KindConflict {
			t.Errorf("undo of nothing: %v", err)
		}
		must(t, s.DiscardImport(ctx, mine, ref, version(t, s, mine, ref)))
		for _, table := range []string{"imports", "import_sources", "import_steps"} {
			if left := s.Lines(t, "SELECT CAST(COUNT(*) AS TEXT) FROM "+table); left[0] != "0" {
				t.Errorf("%s: %s rows are left", table, left[0])
			}
		}
	})
}

// TestSameTextIsFound brings the words of a statement in the record in again.
func TestSameTextIsFound(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		r, err := s.Statement(ctx, models.Public, models.When{}, "qscg-2023-12")
		must(t, err)
		d := models.Draft{Facts: models.DraftFacts{Forum: "qscg"}}
		body := ""
		for _, p := range r.Item.Paragraphs {
			d.Work.Rows = append(d.Work.Rows, models.DraftRow{Cells: map[models.Lang]models.Span{"en": {From: len(body), To: len(body) + len(p.Texts["en"])}}})
			body += p.Texts["en"] + "\n\n"
		}
		d.Sources = []models.DraftSource{{Lang: "en", Format: "text", Body: body}}
		ref, err := s.StartImport(ctx, mine, d, nil)
		must(t, err)
		got, err := s.Import(ctx, mine, ref)
		must(t, err)
		if len(got.Same) != 1 || got.Same[0].Slug != "qscg-2023-12" || got.Same[0].Same != 8 || got.Same[0].Of != 8 {
			t.Errorf("same texts %+v", got.Same)
		}
		must(t, s.StepImport(ctx, mine, ref, got.Version, "split", func(d *models.Draft) error {
			for i := range 5 {
				if err := d.Align(models.AlignStep{Do: "split", Row: 2 * i, Lang: "en", At: 20}); err != nil {
					return err
				}
			}
			return nil
		}, nil))
		if got, err = s.Import(ctx, mine, ref); err != nil || len(got.Same) != 0 {
			t.Errorf("other paragraphs: %v, %+v", err, got.Same)
		}
	})
}

// TestSameTextIsPublishedAgainOnlyWhenItIsConfirmed brings the words of a published statement in once more.
func TestSameTextIsPublishedAgainOnlyWhenItIsConfirmed(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		publish := func(again bool) (string, error) {
			d := nextStatement()
			if len(s.Lines(t, "SELECT slug FROM statements WHERE slug = 'qscg-2024-06'")) > 0 {
				d.Facts.NewMeeting = nil
			}
			d.Work.Marks = []models.DraftMark{}
			ref, err := s.StartImport(ctx, mine, d, nil)
			must(t, err)
			return s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: version(t, s, mine, ref), Again: again}, nil)
		}
		if slug, err := publish(false); err != nil || slug != "qscg-2024-06" {
			t.Fatalf("a text that is new: %q, %v", slug, err)
		}
		_, err := publish(false)
		bad := models.InvalidFields(err)
		if len(bad) != 1 || bad[0].Field != "again" || bad[0].Args["slug"] != "qscg-2024-06" || bad[0].Args["same"] != 2 || bad[0].Args["of"] != 2 {
			t.Errorf("the same text without a word on it: %+v, %v", bad, err)
		}
		if slug, err := publish(true); err != nil || slug != "qscg-2024-06-2" {
			t.Errorf("the same text, confirmed: %q, %v", slug, err)
		}
	})
}

// TestWhatWasComparedIsNamed publishes another statement, and moves the meeting, between matching and publishing: what
// was compared with another statement than the previous one by now is open again.
func TestWhatWasComparedIsNamed(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, other := twoAnalysts(t, s)
		ref, err := s.StartImport(ctx, mine, nextStatement(), nil)
		must(t, err)
		matched(t, s, mine, ref)
		between := nextStatement()
		between.Facts.Meeting, between.Facts.NewMeeting.MeetingRef = "qscg-2024-03", "qscg-2024-03"
		between.Facts.NewMeeting.StartsOn, between.Facts.NewMeeting.EndsOn = civil("2024-03-01"), civil("2024-03-02")
		for i := range between.Work.Marks {
			between.Work.Marks[i].State = models.MarkRejected
		}
		second, err := s.StartImport(ctx, other, between, nil)
		must(t, err)
		_, err = s.PublishImport(ctx, other, second, models.ImportPublication{Version: version(t, s, other, second), Undecided: 0}, nil)
		must(t, err)
		d, err := s.Import(ctx, mine, ref)
		must(t, err)
		if d.EarlierFrom != "qscg-2024-03" || len(d.Gaps()) != 2 || d.Gaps()[0].Name != "earlier" {
			t.Errorf("compared with %s, gaps %+v; want both marks open again", d.EarlierFrom, d.Gaps())
		}
		if _, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: d.Version, Undecided: 1, Again: true}, nil); models.InvalidFields(err) == nil {
			t.Errorf("published what was not compared: %v", err)
		}
	})
}

// TestNothingFollowsALaterCommitment lets a statement of an earlier meeting follow one of a later meeting.
func TestNothingFollowsALaterCommitment(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		d := nextStatement()
		d.Facts.Meeting, d.Facts.NewMeeting = "qscg-2023-01", nil
		d.Facts.IssuedOn, d.Facts.Publications = models.Date{}, nil
		ref, err := s.StartImport(ctx, mine, d, nil)
		must(t, err)
		step := models.MatchStep{ID: 1, Track: models.TrackNone, Earlier: []models.LineageLink{{Code: "QSCG-2023-12-P05-2", Relation: "reaffirmed"}}}
		err = s.StepImport(ctx, mine, ref, version(t, s, mine, ref), "match", func(d *models.Draft) error { return d.Match(step) }, nil)
		if bad := models.InvalidFields(err); len(bad) != 1 || bad[0].Field != "earlier.0.code" {
			t.Errorf("got %v, want the field earlier.0.code", err)
		}
	})
}

// TestFactsAreCheckedAgainAtPublication moves the meeting of a draft into the future, and looks at meetings that are still to be held.
func TestFactsAreCheckedAgainAtPublication(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		meeting := nextStatement().Facts.NewMeeting
		must(t, s.Create(ctx, mine, "meeting", meeting, nil))
		d := nextStatement()
		d.Facts.NewMeeting = nil
		ref, err := s.StartImport(ctx, mine, d, nil)
		must(t, err)
		for id := 1; id <= 2; id++ {
			must(t, s.StepImport(ctx, mine, ref, int64(id), "match", func(d *models.Draft) error {
				return d.Match(models.MatchStep{ID: id, Track: models.TrackNone})
			}, nil))
		}
		moved := *meeting
		moved.StartsOn, moved.EndsOn = civil("2027-06-01"), civil("2027-06-02")
		must(t, s.Edit(ctx, mine, "meeting", meeting.MeetingRef, 1, &moved, nil))
		if _, err := s.PublishImport(ctx, mine, ref, models.ImportPublication{Version: version(t, s, mine, ref), Undecided: 1}, nil); err == nil {
			t.Error("published under a meeting that is still to be held")
		}
		planned := nextStatement()
		planned.Facts.NewMeeting.StartsOn, planned.Facts.NewMeeting.EndsOn = civil("2027-03-01"), civil("2027-03-02")
		if _, err := s.StartImport(ctx, mine, planned, nil); models.InvalidFields(err) == nil {
			t.Errorf("a new meeting of next year is taken: %v", err)
		}
		planned.Facts.NewMeeting.MeetingRef = "qscg-2027-03"
		must(t, s.Create(ctx, mine, "meeting", planned.Facts.NewMeeting, nil))
		planned.Facts.Meeting, planned.Facts.NewMeeting = "qscg-2027-03", nil
		if _, err := s.StartImport(ctx, mine, planned, nil); models.InvalidFields(err) == nil {
			t.Errorf("a meeting of the record that is still to be held is taken: %v", err)
		}
	})
}

// TestNewTextsForgetTheSteps gives other texts after a step: undoing it would lay places in the former text over the new one.
func TestNewTextsForgetTheSteps(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		mine, _ := twoAnalysts(t, s)
		ref, err := s.StartImport(ctx, mine, nextStatement(), nil)
		must(t, err)
		must(t, s.StepImport(ctx, mine, ref, 1, "leave_out", func(d *models.Draft) error { return d.Align(models.AlignStep{Do: "leave_out"}) }, nil))
		other := nextStatement()
		other.Sources = []models.DraftSource{{Lang: "en", Format: "text", Body: "Short.", SHA256: sum("Short.")}}
		other.Work = models.DraftWork{Rows: []models.DraftRow{{Cells: map[models.Lang]models.Span{"en": {From: 0, To: 6}}}}}
		must(t, s.DescribeImport(ctx, mine, ref, 2, other, nil))
		if err := s.UndoImport(ctx, mine, ref, 3); kindOf(err) != models.KindConflict {
			t.Errorf("a step on the former text is undone: %v", err)
		}
		d, err := s.Import(ctx, mine, ref)
		must(t, err)
		if len(d.Sources) != 1 || len(d.Work.Rows) != 1 || d.Steps != 0 {
			t.Errorf("the draft is %+v", d)
		}
	})
}
