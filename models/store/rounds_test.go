package store_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const inTokyo = "qscg-2023-12"

// people makes an analyst and a publisher.
func people(t *testing.T, s *store.Store) (analyst, publisher models.Actor) {
	t.Helper()
	make := func(name string, role models.Role) models.Actor {
		id, err := s.AddUser(t.Context(), models.Program, models.NewUser{Email: name + "@example.org", Name: name, Role: role}, "hash")
		if err != nil {
			t.Fatal(err)
		}
		return models.Actor{ID: id, Name: name, Role: role}
	}
	return make("rao", models.Analyst), make("sato", models.Publisher)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func roundOf(t *testing.T, s *store.Store, a models.Actor) *models.Round {
	t.Helper()
	r, err := s.Round(t.Context(), a, inTokyo)
	must(t, err)
	return r
}

func initiativeOf(t *testing.T, s *store.Store, ref string, w models.When) models.InitiativeRecord {
	t.Helper()
	r, err := s.Initiative(t.Context(), models.Public, w, ref)
	must(t, err)
	return r.Item
}

// cell is how an initiative stands at Tokyo.
func cell(t *testing.T, s *store.Store, ref string) models.Cell {
	t.Helper()
	for _, c := range initiativeOf(t, s, ref, models.When{}).Ribbon {
		if c.Meeting == inTokyo {
			return c
		}
	}
	t.Fatalf("%s has no cell at %s", ref, inTokyo)
	return models.Cell{}
}

var cited = []models.CitedEvidence{{Ref: "wh-2023-12-15", Grade: models.OfficialRecord, Stance: "supports"}}

// TestPublishingARound walks a round: one change with a part, one confirmation, one draft, the rest untouched.
func TestPublishingARound(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, sato := people(t, s)
		must(t, s.StartRound(t.Context(), rao, inTokyo))
		if err := s.StartRound(t.Context(), rao, inTokyo); kindOf(err) != models.KindConflict {
			t.Errorf("a second round: %v", err)
		}
		r := roundOf(t, s, rao)
		if r.Total < 20 || r.Reviewed != 0 || r.State != models.RoundDraft {
			t.Fatalf("a new round: %d of %d, %s", r.Reviewed, r.Total, r.State)
		}
		changed, confirmed, drafted, carried := "QSCG-AI-ML", "QSCG-INTL-LAW", "QSCG-CYBER-CHALLENGE", "QSCG-IOT-MUTUAL-RECOGNITION"
		since := initiativeOf(t, s, confirmed, models.When{AsOf: inTokyo}).Since
		before, stood := map[string]models.InitiativeRecord{}, cell(t, s, confirmed)
		for _, ref := range []string{drafted, carried} {
			before[ref] = initiativeOf(t, s, ref, models.When{})
		}
		work := models.RoundWork{Decision: models.DecideSave, Status: models.Delivered, Note: models.Text{EN: "Done.", JA: "達成。"}, Evidence: cited,
			Parts: []models.PartWork{{Country: "JP", Status: models.UnderWay, Note: models.Text{EN: "A draft."}}, {Country: "US"}}}
		must(t, s.SaveItem(t.Context(), rao, inTokyo, changed, 0, work, "status=delivered", nil))
		must(t, s.SaveItem(t.Context(), rao, inTokyo, confirmed, 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
		if _, err := s.SaveDraft(t.Context(), rao, inTokyo, drafted, 0, "status=stalled"); err != nil {
			t.Fatal(err)
		}
		version, _ := s.DataVersion(t.Context())
		if version != 1 || initiativeOf(t, s, changed, models.When{}).Status == models.Delivered {
			t.Errorf("an unpublished round is seen: data version %d", version)
		}
		r = roundOf(t, s, rao)
		if r.Reviewed != 2 || len(r.Unreviewed()) != r.Total-2 {
			t.Errorf("reviewed %d; want 2, a draft does not count", r.Reviewed)
		}
		if err := s.Publish(t.Context(), rao, inTokyo, r.Total-2, 0); kindOf(err) != models.KindForbidden {
			t.Errorf("an analyst publishes: %v", err)
		}
		if err := s.Publish(t.Context(), sato, inTokyo, r.Total-3, 0); kindOf(err) != models.KindStale {
			t.Errorf("with another number of unreviewed items: %v", err)
		}
		must(t, s.Publish(t.Context(), sato, inTokyo, r.Total-2, 0))
		if c := cell(t, s, changed); c.Status != models.Delivered || c.Mark != models.Changed || c.Grade != models.OfficialRecord {
			t.Errorf("the changed one: %+v", c)
		}
		if c := cell(t, s, confirmed); c.Mark != models.Confirmed || c.Status != stood.Status || c.Grade != stood.Grade {
			t.Errorf("the confirmed one: %+v; want it as it stood: %+v", c, stood)
		}
		if now := initiativeOf(t, s, confirmed, models.When{AsOf: inTokyo}); now.Since != since || now.Mark != models.Confirmed {
			t.Errorf("the confirmed status is said to be true since %s; want %s as before", now.Since, since)
		}
		for _, p := range initiativeOf(t, s, changed, models.When{AsOf: inTokyo}).Parts {
			if p.Country == "JP" && p.Status != models.UnderWay {
				t.Errorf("Japan's part is %s", p.Status)
			}
		}
		for ref, was := range before {
			if diff := cmp.Diff(was, initiativeOf(t, s, ref, models.When{}), cmp.Comparer(func(a, b models.Date) bool { return a == b })); diff != "" {
				t.Errorf("%s was carried, and something of it changed:\n%s", ref, diff)
			}
		}
		if got := findings(t, s); got != nil {
			t.Errorf("verify finds %v", got)
		}
		if err := s.SaveItem(t.Context(), rao, inTokyo, carried, 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil); kindOf(err) != models.KindConflict {
			t.Errorf("a published round takes work: %v", err)
		}
		if err := s.Publish(t.Context(), sato, inTokyo, r.Total-2, 0); kindOf(err) != models.KindConflict {
			t.Errorf("published twice: %v", err)
		}
	})
}

// TestPublishedRoundIsCorrectedWithAReason replaces one judgement of a published round.
func TestPublishedRoundIsCorrectedWithAReason(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, sato := people(t, s)
		must(t, s.StartRound(t.Context(), rao, inTokyo))
		work := models.RoundWork{Decision: models.DecideSave, Status: models.Delivered, Evidence: cited}
		must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, work, "", nil))
		if err := s.CorrectItem(t.Context(), sato, inTokyo, "QSCG-AI-ML", -1, work, "status=x", nil); kindOf(err) != models.KindConflict {
			t.Errorf("an open round is corrected: %v", err)
		}
		must(t, s.Publish(t.Context(), sato, inTokyo, roundOf(t, s, sato).Total-1, 0))
		work.Status = models.PartlyDelivered
		if err := s.CorrectItem(t.Context(), sato, inTokyo, "QSCG-AI-ML", -1, work, "status=x", nil); kindOf(err) != models.KindInvalid {
			t.Errorf("without a reason: %v", err)
		}
		work.Correction = models.Text{EN: "One member is missing."}
		if err := s.CorrectItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", -1, work, "status=x", nil); kindOf(err) != models.KindForbidden {
			t.Errorf("by an analyst: %v", err)
		}
		must(t, s.CorrectItem(t.Context(), sato, inTokyo, "QSCG-AI-ML", -1, work, "status=x", nil))
		c := cell(t, s, "QSCG-AI-ML")
		u, err := s.Update(t.Context(), models.Public, models.When{}, fmt.Sprint(c.Update))
		must(t, err)
		if u.Item.Status != models.PartlyDelivered || u.Item.Replaces == 0 || u.Item.ReasonKind != "correction" || u.Item.Remark.EN == "" {
			t.Errorf("after the correction: %+v", u.Item)
		}
		now := roundOf(t, s, sato)
		if now.State != models.RoundCorrected {
			t.Errorf("the round is %s", now.State)
		}
		for _, i := range now.Items { // whoever corrects it again begins with what stands
			if i.Initiative == "QSCG-AI-ML" && (i.Becomes != models.PartlyDelivered || i.Author != sato.Name) {
				t.Errorf("the corrected item becomes %s by %s", i.Becomes, i.Author)
			}
		}
		if typed, _, err := s.Typed(t.Context(), sato, inTokyo, "QSCG-AI-ML"); err != nil || typed != "status=x" {
			t.Errorf("typed %q, %v; want the correction", typed, err)
		}
	})
}

// TestSecondPersonPublishes asks for somebody else than who handed the round in, where the forum wants it.
func TestSecondPersonPublishes(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	_, sato := people(t, s)
	must(t, s.SetSecondPerson(t.Context(), models.Program, []string{"qscg"}))
	must(t, s.StartRound(t.Context(), sato, inTokyo))
	total := roundOf(t, s, sato).Total
	if err := s.Publish(t.Context(), sato, inTokyo, total, 0); kindOf(err) != models.KindConflict {
		t.Errorf("not handed in: %v", err)
	}
	must(t, s.HandIn(t.Context(), sato, inTokyo, false))
	if err := s.SaveItem(t.Context(), sato, inTokyo, "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil); kindOf(err) != models.KindConflict {
		t.Errorf("worked on while in review: %v", err)
	}
	if err := s.Publish(t.Context(), sato, inTokyo, total, 0); kindOf(err) != models.KindForbidden {
		t.Errorf("published by who handed it in: %v", err)
	}
	id, err := s.AddUser(t.Context(), models.Program, models.NewUser{Email: "second@example.org", Name: "Second", Role: models.Publisher}, "hash")
	must(t, err)
	must(t, s.Publish(t.Context(), models.Actor{ID: id, Name: "Second", Role: models.Publisher}, inTokyo, total, 0))
	if err := s.SetSecondPerson(t.Context(), models.Program, []string{"nobody"}); kindOf(err) != models.KindInvalid {
		t.Errorf("an unknown forum: %v", err)
	}
}

// TestTwoAnalystsDoNotOverwriteAnItem saves the same item twice on one version, and a draft on an old one.
func TestTwoAnalystsDoNotOverwriteAnItem(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, sato := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	confirm := models.RoundWork{Decision: models.DecideConfirm}
	must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-INTL-LAW", 0, confirm, "a=1", nil))
	if err := s.SaveItem(t.Context(), sato, inTokyo, "QSCG-INTL-LAW", 0, confirm, "a=2", nil); kindOf(err) != models.KindStale {
		t.Errorf("the second save: %v", err)
	}
	if _, err := s.SaveDraft(t.Context(), sato, inTokyo, "QSCG-INTL-LAW", 0, "a=3"); kindOf(err) != models.KindStale {
		t.Errorf("a draft on an old version: %v", err)
	}
	next, err := s.SaveDraft(t.Context(), sato, inTokyo, "QSCG-INTL-LAW", 1, "a=4")
	item, _ := roundOf(t, s, rao).Item("QSCG-INTL-LAW")
	form, before, typed := s.Typed(t.Context(), rao, inTokyo, "QSCG-INTL-LAW")
	if err != nil || typed != nil || next != 2 || item.Version != 2 || item.State != models.ItemConfirmed || form != "a=4" || item.Form != "" {
		t.Errorf("a draft over what was decided: %+v, typed %q, before %q, %v, %v; want the decision to stay", item, form, before, err, typed)
	}
}

// TestItemsKeepTheRulesOfTheScale refuses what an update would refuse, at the field of the form.
func TestItemsKeepTheRulesOfTheScale(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	for want, w := range map[string]models.RoundWork{
		"status":          {Decision: models.DecideSave},
		"evidence":        {Decision: models.DecideSave, Status: models.Delivered},
		"note.en":         {Decision: models.DecideSave, Status: models.Stalled, Evidence: cited},
		"search_note":     {Decision: models.DecideSave, Status: models.NoPublicAction},
		"search_note.ref": {Decision: models.DecideSave, Status: models.NoPublicAction, SearchNote: &models.NewSearchNote{Ref: "nothing"}},
		"evidence.0.ref":  {Decision: models.DecideSave, Status: models.UnderWay, Evidence: []models.CitedEvidence{{Ref: "nothing", Grade: models.OfficialRecord, Stance: "supports"}}},
		"parts.1.country": {Decision: models.DecideSave, Evidence: cited, Parts: []models.PartWork{{Country: "JP"}, {Country: "FR", Status: models.UnderWay}}},
		"parts.0.note.en": {Decision: models.DecideSave, Evidence: cited, Parts: []models.PartWork{{Country: "JP", Status: models.Dropped}}},
	} {
		err := s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, w, "", nil)
		if got := fmt.Sprint(fieldsOf(err)); kindOf(err) != models.KindInvalid || got != "["+want+"]" {
			t.Errorf("fields %s; want %s (%v)", got, want, err)
		}
	}
	if err := s.StartRound(t.Context(), rao, "no-such-meeting"); kindOf(err) != models.KindNotFound {
		t.Errorf("a round of no meeting: %v", err)
	}
}

func fieldsOf(err error) []string {
	var names []string
	for _, f := range badFields(err) {
		names = append(names, f.Field)
	}
	return names
}

func badFields(err error) []models.FieldError {
	var known *models.Error
	if errors.As(err, &known) {
		return known.Fields
	}
	return nil
}

// TestRoundSaysWhatIsNewOnTheSameStatus tells a new note from a new status, and names evidence from after the meeting.
func TestRoundSaysWhatIsNewOnTheSameStatus(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		must(t, s.StartRound(t.Context(), rao, inTokyo))
		stood := roundOf(t, s, rao)
		same, changed, part := "QSCG-AI-ML", "QSCG-INTL-LAW", "QSCG-CYBER-CHALLENGE"
		was, _ := stood.Item(same)
		wasPart, _ := stood.Item(part)
		save := func(ref string, w models.RoundWork) {
			w.Decision, w.Evidence, w.Note = models.DecideSave, append(w.Evidence, cited...), models.Text{EN: "New words."}
			must(t, s.SaveItem(t.Context(), rao, inTokyo, ref, 0, w, "", nil))
		}
		save(same, models.RoundWork{Status: was.Status, Evidence: []models.CitedEvidence{
			{URL: "https://example.org/later", Title: "Later", Publisher: "Ministry", PublishedOn: models.NewDate(2024, 2, 1), Grade: models.OfficialRecord, Stance: "supports"}}})
		save(changed, models.RoundWork{Status: models.Delivered})
		save(part, models.RoundWork{Status: wasPart.Status, Parts: []models.PartWork{{Country: "JP", Status: models.Delivered}}})
		r := roundOf(t, s, rao)
		for ref, want := range map[string]bool{same: true, changed: false, part: false} {
			if i, _ := r.Item(ref); i.SameStatus != want {
				t.Errorf("%s: %s → %s, same status %v; want %v", ref, i.Status, i.Becomes, i.SameStatus, want)
			}
		}
		stands, err := s.Assess(t.Context(), rao, "QSCG-IOT-MUTUAL-RECOGNITION", 1, models.Assessment{Status: models.Announced, EffectiveOn: models.NewDate(2023, 12, 6), Reason: "evidence", Evidence: cited}, nil)
		must(t, err)
		must(t, s.SaveItem(t.Context(), rao, inTokyo, stands.Initiative, 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
		if i, _ := roundOf(t, s, rao).Item(stands.Initiative); fmt.Sprint(i.Later) != "[wh-2023-12-15]" {
			t.Errorf("a confirmation of what rests on later evidence: %v", i.Later)
		}
		if i, _ := r.Item(same); fmt.Sprint(i.Later) != "[https://example.org/later wh-2023-12-15]" {
			t.Errorf("later than the meeting of 6 December: %v", i.Later)
		}
	})
}

// TestDraftOfARoundCanBeDiscarded removes an open round with what was typed, by a publisher alone.
func TestDraftOfARoundCanBeDiscarded(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, sato := people(t, s)
		must(t, s.StartRound(t.Context(), rao, inTokyo))
		must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-INTL-LAW", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
		if err := s.DiscardRound(t.Context(), rao, inTokyo, 0); kindOf(err) != models.KindForbidden {
			t.Errorf("by an analyst: %v", err)
		}
		if err := s.DiscardRound(t.Context(), sato, inTokyo, roundOf(t, s, sato).Version-1); kindOf(err) != models.KindStale {
			t.Errorf("on an older version: %v", err)
		}
		must(t, s.DiscardRound(t.Context(), sato, inTokyo, roundOf(t, s, sato).Version))
		if _, err := s.Round(t.Context(), sato, inTokyo); kindOf(err) != models.KindNotFound {
			t.Errorf("it is still there: %v", err)
		}
		audit, err := s.Audit(t.Context(), auditor, models.AuditFilter{Action: "round.discard"}, models.Page{Limit: 10})
		if err != nil || len(audit.Items) != 1 || audit.Items[0].Object != "round:"+inTokyo {
			t.Errorf("the audit has %+v, %v", audit, err)
		}
		must(t, s.StartRound(t.Context(), rao, inTokyo))
		must(t, s.Publish(t.Context(), sato, inTokyo, roundOf(t, s, sato).Total, 0))
		if err := s.DiscardRound(t.Context(), sato, inTokyo, 0); kindOf(err) != models.KindConflict {
			t.Errorf("a published round: %v", err)
		}
	})
}
