package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// judge records a judgement on QSCG-AI-ML in its present version.
func judge(t *testing.T, s *store.Store, a models.Actor, status models.Status, day int, replaces int64) (*models.Update, error) {
	t.Helper()
	version := initiativeOf(t, s, "QSCG-AI-ML", models.When{}).Version
	return s.Assess(t.Context(), a, "QSCG-AI-ML", version, models.Assessment{Status: status, EffectiveOn: models.NewDate(2026, 11, day), Reason: "evidence", Replaces: replaces, Evidence: cited}, nil)
}

// TestUndoBringsBackWhatStoodBefore takes back a judgement, a correction, and what was taken back.
func TestUndoBringsBackWhatStoodBefore(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		was := initiativeOf(t, s, "QSCG-AI-ML", models.When{})
		first, err := judge(t, s, rao, models.UnderWay, 1, 0)
		must(t, err)
		second, err := judge(t, s, rao, models.Delivered, 2, first.ID)
		must(t, err)
		undone, err := s.Undo(t.Context(), rao, second.ID, nil)
		must(t, err)
		if undone.Status != models.UnderWay || undone.EffectiveOn != first.EffectiveOn {
			t.Errorf("undoing a correction: %s on %s; want what was corrected", undone.Status, undone.EffectiveOn)
		}
		again, err := s.Undo(t.Context(), rao, undone.ID, nil)
		must(t, err)
		if again.Status != models.Delivered {
			t.Errorf("undoing the undo: %s; want %s", again.Status, models.Delivered)
		}
		third, err := judge(t, s, rao, models.Dropped, 3, 0)
		if err == nil {
			t.Errorf("dropped without a reason: %+v", third)
		}
		if _, err := s.Undo(t.Context(), rao, again.ID, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Undo(t.Context(), rao, first.ID, nil); kindOf(err) != models.KindConflict {
			t.Errorf("undoing what does not stand: %v", err)
		}
		if now := initiativeOf(t, s, "QSCG-AI-ML", models.When{}); now.Status != models.UnderWay || len(now.Updates) != len(was.Updates)+5 {
			t.Errorf("after all: %s with %d more entries; want every step in the history", now.Status, len(now.Updates)-len(was.Updates))
		}
		if got := findings(t, s); got != nil {
			t.Errorf("verify finds %v", got)
		}
	})
}

// TestPublishedRoundIsChangedThroughTheRoundAlone tries the ways around it.
func TestPublishedRoundIsChangedThroughTheRoundAlone(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, sato := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideSave, Status: models.Delivered, Evidence: cited}, "", nil))
	must(t, s.Publish(t.Context(), sato, inTokyo, roundOf(t, s, sato).Total-1, roundOf(t, s, sato).Version))
	made := cell(t, s, "QSCG-AI-ML").Update
	if _, err := judge(t, s, sato, models.UnderWay, 1, made); kindOf(err) != models.KindConflict {
		t.Errorf("replaced by an update: %v", err)
	}
	if _, err := s.Undo(t.Context(), sato, made, nil); kindOf(err) != models.KindConflict {
		t.Errorf("undone: %v", err)
	}
	if u, err := s.Update(t.Context(), models.Public, models.When{}, "137"); err != nil || u.Item.Author != "rao" {
		t.Errorf("the judgement is by %s, %v; want who decided it", u.Item.Author, err)
	}
	unguard(t, s)
	alter(t, s, "UPDATE citations SET grade = 'E1' WHERE update_id = 137")
	if got := findings(t, s); len(got) != 1 || got[0] != "update:137 content" {
		t.Errorf("altered evidence under a published judgement: %v", got)
	}
	old := models.RoundWork{Decision: models.DecideSave, Status: models.UnderWay, Evidence: cited, Correction: models.Text{EN: "Wrong."}}
	if err := s.CorrectItem(t.Context(), sato, inTokyo, "QSCG-AI-ML", 1, old, "status=x", nil); kindOf(err) != models.KindStale {
		t.Errorf("a correction of an old version: %v", err)
	}
}

// TestRoundTakesWhatWasLookedAt refuses what changed under a confirmation, parts of nobody and initiatives of no round.
func TestRoundTakesWhatWasLookedAt(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, sato := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
	r := roundOf(t, s, sato)
	must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-INTL-LAW", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
	if err := s.Publish(t.Context(), sato, inTokyo, r.Total-2, r.Version); kindOf(err) != models.KindStale {
		t.Errorf("a round that moved since it was looked at: %v", err)
	}
	version := initiativeOf(t, s, "QSCG-AI-ML", models.When{}).Version
	_, err := s.Assess(t.Context(), rao, "QSCG-AI-ML", version, models.Assessment{Status: models.Delivered, EffectiveOn: models.NewDate(2023, 12, 6), Reason: "evidence", Evidence: cited}, nil)
	must(t, err)
	if err := s.Publish(t.Context(), sato, inTokyo, r.Total-2, 0); kindOf(err) != models.KindStale || !strings.Contains(err.Error(), "item_moved") {
		t.Errorf("a confirmation of what no longer stands: %v", err)
	}
	for want, parts := range map[string][]models.PartWork{
		"parts.0.country": {{Status: models.UnderWay}}, "parts.1.country": {{Country: "JP", Status: models.UnderWay}, {Country: "JP", Status: models.Delivered}},
	} {
		err := s.SaveItem(t.Context(), rao, inTokyo, "QSCG-CYBER-CHALLENGE", 0, models.RoundWork{Decision: models.DecideSave, Evidence: cited, Parts: parts}, "", nil)
		if got := fieldsOf(err); len(got) != 1 || got[0] != want {
			t.Errorf("%+v: %v; want %s refused", parts, err, want)
		}
	}
	must(t, s.StartRound(t.Context(), rao, "qfmm-2019-09"))
	if err := s.SaveItem(t.Context(), rao, "qfmm-2019-09", "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil); kindOf(err) != models.KindNotFound {
		t.Errorf("an initiative that did not exist at the meeting: %v", err)
	}
	if _, err := s.SaveDraft(t.Context(), rao, inTokyo, "QSCG-CYBER-CHALLENGE", 9, "a=1"); kindOf(err) != models.KindStale {
		t.Errorf("a draft on a version that never was: %v", err)
	}
}

// TestNoJudgementIsEarlierThanItsInitiative refuses what would move the beginning in every view of the past.
func TestNoJudgementIsEarlierThanItsInitiative(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	a := models.Assessment{Status: models.UnderWay, EffectiveOn: models.NewDate(1980, 11, 1), Reason: "evidence", Evidence: cited}
	if _, err := s.Assess(t.Context(), rao, "QSCG-AI-ML", 1, a, nil); kindOf(err) != models.KindInvalid || fieldsOf(err)[0] != "effective_on" {
		t.Errorf("in 1980: %v", err)
	}
}

// TestStruckOutEvidenceCarriesNoNewJudgement retracts the evidence under a judgement and confirms it.
func TestStruckOutEvidenceCarriesNoNewJudgement(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	_, err := s.Assess(t.Context(), rao, "QSCG-AI-ML", 1, models.Assessment{Status: models.Delivered, EffectiveOn: models.NewDate(2023, 12, 6), Reason: "evidence", Evidence: cited}, nil)
	must(t, err)
	must(t, s.Retract(t.Context(), rao, "wh-2023-12-15", models.Text{EN: "Forged."}, nil))
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	if err := s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil); kindOf(err) != models.KindInvalid {
		t.Errorf("confirmed on struck-out evidence: %v", err)
	}
}

// TestCutLineInTheHeadsIsPassedOver cuts the last line, as a crash can, and writes on.
func TestCutLineInTheHeadsIsPassedOver(t *testing.T) {
	t.Parallel()
	heads := filepath.Join(t.TempDir(), "heads")
	s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: storetest.Now, Head: heads})
	u := judged(t, s)
	b, err := os.ReadFile(heads)
	must(t, err)
	for _, cut := range []int{1, 10, 40, 95} {
		must(t, os.WriteFile(heads, b[:len(b)-cut], 0o600))
		if err := s.CheckHead(t.Context()); err != nil {
			t.Errorf("%d bytes cut: %v", cut, err)
		}
	}
	if _, err := s.Undo(t.Context(), models.Actor{Name: "A. Rao", Role: models.Analyst}, u.ID, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckHead(t.Context()); err != nil {
		t.Errorf("after one more write: %v", err)
	}
	if got := findings(t, s); got != nil {
		t.Errorf("verify finds %v", got)
	}
}

// TestWhatNobodyAssessedHasNoGrade takes a judgement back to nothing: no search was made, so that E0 would be untrue.
func TestWhatNobodyAssessedHasNoGrade(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		a := models.Assessment{Status: models.NotAssessed, EffectiveOn: models.NewDate(2026, 11, 1), Reason: "method"}
		u, err := s.Assess(t.Context(), rao, "QSCG-AI-ML", 1, a, nil)
		must(t, err)
		r := initiativeOf(t, s, "QSCG-AI-ML", models.When{})
		if u.Grade != "" || r.Grade != "" || u.ShortOfEvidence() {
			t.Errorf("grades %q of the update, %q of the initiative, short of evidence %v", u.Grade, r.Grade, u.ShortOfEvidence())
		}
		for _, p := range r.Parts {
			if p.Status == models.NotAssessed && p.EvidenceCount == 0 && p.Grade != "" {
				t.Errorf("the part of %s: grade %s", p.Country, p.Grade)
			}
		}
		list, err := s.Initiatives(t.Context(), models.Public, models.When{}, models.InitiativeFilter{Grades: []models.Grade{models.Searched}, Limit: 50})
		must(t, err)
		for _, i := range list.Items {
			if i.Status == models.NotAssessed {
				t.Errorf("%s is listed as searched", i.Ref)
			}
		}
	})
}

// TestAddedEvidenceDoesNotSayHowMuchWasSeen adds evidence by an address: nobody said whether the whole was read.
func TestAddedEvidenceDoesNotSayHowMuchWasSeen(t *testing.T) {
	t.Parallel()
	s := storetest.New(t, store.SQLite)
	e, err := s.Evidence(t.Context(), models.Public, models.When{}, judged(t, s).Evidence[0].Ref)
	if err != nil || e.Item.Extent != "" {
		t.Errorf("extent %q, %v; want none", e.Item.Extent, err)
	}
}
