package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestRemovedAndRestoredIsAsBefore takes away one record of each kind that can go, looks for it, and brings it back.
func TestRemovedAndRestoredIsAsBefore(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		rao, _ := people(t, s)
		must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "orbital", Name: models.Text{EN: "Space"}}, nil))
		must(t, s.Create(t.Context(), rao, "forum", &models.ForumEdit{Slug: "space-forum", Name: models.Text{EN: "Space forum"}, Members: []string{"JP"}, Position: 9}, nil))
		must(t, s.Create(t.Context(), rao, "country", &models.CountryEdit{ISO2: "NZ", ISO3: "NZL", Name: models.Text{EN: "New Zealand"}, Position: 9}, nil))
		must(t, s.Create(t.Context(), rao, "meeting", &models.MeetingEdit{MeetingRef: "space-2026", Forum: "qscg", Format: "virtual", StartsOn: models.NewDate(2026, 10, 1), EndsOn: models.NewDate(2026, 10, 1)}, nil))
		before, reason := readings(t, s, models.When{}), models.Text{EN: "By mistake."}
		for kind, ref := range map[string]string{"topic": "orbital", "forum": "space-forum", "country": "NZ", "meeting": "space-2026", "delegate": "keiichi-ichikawa", "initiative": "QSCG-CYBER-CHALLENGE",
			"statement": "qscg-2023-12", "commitment": "QSCG-2023-12-P04-1"} {
			if err := s.Remove(t.Context(), rao, kind, ref, 1, models.Text{}, nil); complaints(err) != "reason.en error.either" {
				t.Errorf("%s without a reason: %v", kind, err)
			}
			must(t, s.Remove(t.Context(), rao, kind, ref, 1, reason, nil))
			for list, body := range everything(t, s, models.When{}) {
				if kind != "statement" && strings.Contains(body, `"`+ref+`"`) { // that has the name of its meeting
					t.Errorf("%s shows the removed %s %s", list, kind, ref)
				}
			}
			if _, _, err := s.Editable(t.Context(), rao, kind, ref); kindOf(err) != models.KindGone {
				t.Errorf("editing a removed %s: %v", kind, err)
			}
			if err := s.Remove(t.Context(), rao, kind, ref, 2, reason, nil); kindOf(err) != models.KindGone {
				t.Errorf("removing a %s twice: %v", kind, err)
			}
			gone, err := s.Removed(t.Context(), rao, models.Page{Limit: 50})
			must(t, err)
			if len(gone.Items) != 1 || gone.Items[0].Ref != ref || gone.Items[0].Reason != reason {
				t.Errorf("removed: %+v", gone.Items)
			}
			if got := findings(t, s); got != nil {
				t.Errorf("verify finds %v while the %s is removed", got, kind)
			}
			must(t, s.Restore(t.Context(), rao, kind, ref, nil))
			if err := s.Restore(t.Context(), rao, kind, ref, nil); kindOf(err) != models.KindConflict {
				t.Errorf("restoring a %s twice: %v", kind, err)
			}
			if diff := differing(before, readings(t, s, models.When{})); diff != "" {
				t.Errorf("%s: before (-) and after removal and restoring (+):\n%s", kind, diff)
			}
		}
	})
}

// TestRemovalIsHiddenAsOfItsInstant reads what was known before and after a removal.
func TestRemovalIsHiddenAsOfItsInstant(t *testing.T) {
	onClock(t, func(t *testing.T, s *store.Store, pass func()) {
		rao, _ := people(t, s)
		before := readings(t, s, models.When{})
		pass()
		must(t, s.Remove(t.Context(), rao, "initiative", "QSCG-CYBER-CHALLENGE", 1, models.Text{EN: "Twice in the record."}, nil))
		if diff := differing(before, readings(t, s, models.When{KnownAt: atStart})); diff != "" {
			t.Errorf("before the removal (-), and what was known before it (+):\n%s", diff)
		}
		pass()
		if _, err := s.Initiative(t.Context(), models.Public, models.When{KnownAt: "2026-11-23T11:00:00Z"}, "QSCG-CYBER-CHALLENGE"); kindOf(err) != models.KindGone {
			t.Errorf("what was known after the removal: %v", err)
		}
	})
}

// TestMeetingWithARoundKeepsItsForumAndDays tries to give the judgements of a round another day, and their publication to
// another forum.
func TestMeetingWithARoundKeepsItsForumAndDays(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	err := edit(t, s, rao, "meeting", inTokyo, func(e *models.MeetingEdit) {
		e.Forum, e.StartsOn, e.EndsOn = "qls", models.NewDate(2030, 1, 1), models.NewDate(2030, 1, 1)
	})
	if got, want := complaints(err), "ends_on error.has_round; forum error.has_round; starts_on error.has_round"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
	must(t, edit(t, s, rao, "meeting", inTokyo, func(e *models.MeetingEdit) { e.Note.EN = "Held twice a year." }))
	must(t, s.Create(t.Context(), rao, "meeting", &models.MeetingEdit{MeetingRef: "lone", Forum: "qls", Format: "virtual", StartsOn: models.NewDate(2026, 1, 1), EndsOn: models.NewDate(2026, 1, 1)}, nil))
	must(t, s.StartRound(t.Context(), rao, "lone"))
	var known *models.Error
	if err := s.Remove(t.Context(), rao, "meeting", "lone", 1, models.Text{EN: "No."}, nil); !errors.As(err, &known) || known.Key != "error.used_by_rounds" {
		t.Errorf("removing a meeting with a round alone: %v", err)
	}
}

// TestRestoredWhileARoundWasPublishedIsNotReviewed removes a confirmed item, publishes, and brings it back.
func TestRestoredWhileARoundWasPublishedIsNotReviewed(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	rao, sato := people(t, s)
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	must(t, s.SaveItem(t.Context(), rao, inTokyo, "QSCG-AI-ML", 0, models.RoundWork{Decision: models.DecideConfirm}, "", nil))
	_, version := asIs[models.InitiativeEdit](t, s, "initiative", "QSCG-AI-ML")
	must(t, s.Remove(t.Context(), rao, "initiative", "QSCG-AI-ML", version, models.Text{EN: "By mistake."}, nil))
	must(t, s.Publish(t.Context(), sato, inTokyo, roundOf(t, s, sato).Total, 0))
	must(t, s.Restore(t.Context(), rao, "initiative", "QSCG-AI-ML", nil))
	for _, i := range roundOf(t, s, sato).Items {
		if i.Initiative == "QSCG-AI-ML" && i.State.Reviewed() {
			t.Errorf("the round says %s of what it did not publish", i.State)
		}
	}
}

// TestKnownBeforeAMoveReadsAsBefore moves a meeting to a new forum, a topic below a new one and an initiative into it: what
// was known before has all of them, in their present place.
func TestKnownBeforeAMoveReadsAsBefore(t *testing.T) {
	onClock(t, func(t *testing.T, s *store.Store, pass func()) {
		rao, _ := people(t, s)
		count := func(w models.When) [3]int {
			i, err := s.Initiatives(t.Context(), models.Public, w, models.InitiativeFilter{Limit: models.MaxLimit})
			must(t, err)
			m, err := s.Meetings(t.Context(), models.Public, w, models.MeetingFilter{}, models.Page{Limit: models.MaxLimit})
			must(t, err)
			everything(t, s, w)
			return [3]int{i.Total, m.Total, len(i.Facets["topic"])}
		}
		before := count(models.When{})
		pass()
		must(t, s.Create(t.Context(), rao, "forum", &models.ForumEdit{Slug: "pif", Name: models.Text{EN: "Pacific"}}, nil))
		must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "late", Name: models.Text{EN: "Late"}}, nil))
		must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "unused", Name: models.Text{EN: "Unused"}}, nil))
		must(t, edit(t, s, rao, "meeting", "qfmm-2023-03", func(e *models.MeetingEdit) { e.Forum = "pif" }))
		must(t, edit(t, s, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Parent = "late" }))
		must(t, edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) { e.Topic = "late" }))
		if after := count(models.When{KnownAt: atStart}); after[0] != before[0] || after[1] != before[1] {
			t.Errorf("initiatives, meetings and topics before %v; known before %v", before, after)
		}
		topics, err := s.Topics(t.Context(), models.Public, models.When{KnownAt: atStart}, models.InitiativeFilter{})
		must(t, err)
		if slices.ContainsFunc(topics.Items, func(t models.Topic) bool { return t.Slug == "unused" }) {
			t.Error("a topic that nothing older is placed under was not known")
		}
	})
}

// TestRemovalLeavesOthersToBeEdited edits and removes what names removed records, and brings all of it back.
func TestRemovalLeavesOthersToBeEdited(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	remove := func(kind, ref string) error {
		_, version, err := s.Editable(t.Context(), rao, kind, ref)
		must(t, err)
		return s.Remove(t.Context(), rao, kind, ref, version, models.Text{EN: "For the test."}, nil)
	}
	// Saving a meeting and an initiative keeps those beside them that are removed.
	must(t, edit(t, s, rao, "initiative", "QSCG-AI-ML", func(e *models.InitiativeEdit) {
		e.Related, e.Parent = []string{"QSCG-CYBER-CHALLENGE"}, "QSCG-CYBER-CHALLENGE"
	}))
	must(t, remove("initiative", "QSCG-CYBER-CHALLENGE"))
	must(t, remove("delegate", "keiichi-ichikawa"))
	must(t, edit(t, s, rao, "initiative", "QSCG-AI-ML", func(e *models.InitiativeEdit) { e.Note.EN = "Edited meanwhile." }))
	must(t, edit(t, s, rao, "meeting", inTokyo, func(e *models.MeetingEdit) { e.Note.EN = "Edited meanwhile." }))
	if err := edit(t, s, rao, "initiative", "QSCG-INTL-LAW", func(e *models.InitiativeEdit) { e.Parent = "QSCG-CYBER-CHALLENGE" }); complaints(err) != "parent error.unknown_value" {
		t.Errorf("placed below a removed initiative: %v", err)
	}
	must(t, s.Restore(t.Context(), rao, "initiative", "QSCG-CYBER-CHALLENGE", nil))
	must(t, s.Restore(t.Context(), rao, "delegate", "keiichi-ichikawa", nil))
	if r := initiativeOf(t, s, "QSCG-AI-ML", models.When{}); len(r.Related) != 1 || r.Parent == nil {
		t.Errorf("related %v, parent %v", r.Related, r.Parent)
	}
	if m, _ := asIs[models.MeetingEdit](t, s, "meeting", inTokyo); len(m.Attendances) != 4 {
		t.Errorf("%d attended; want four again", len(m.Attendances))
	}
	// A country whose only delegate is removed can go, and neither comes back before what it rests on.
	must(t, s.Create(t.Context(), rao, "country", &models.CountryEdit{ISO2: "NZ", ISO3: "NZL", Name: models.Text{EN: "New Zealand"}}, nil))
	must(t, s.Create(t.Context(), rao, "delegate", &models.DelegateEdit{Slug: "jane-roe", Name: models.Text{EN: "Jane Roe"}, Country: "NZ", Offices: []models.OfficeEdit{{Title: models.Text{EN: "Adviser"}}}}, nil))
	if err := remove("country", "NZ"); kindOf(err) != models.KindConflict {
		t.Errorf("a country with a delegate: %v", err)
	}
	must(t, remove("delegate", "jane-roe"))
	must(t, remove("country", "NZ"))
	if err := s.Restore(t.Context(), rao, "delegate", "jane-roe", nil); complaints(err) != "country error.unknown_value" {
		t.Errorf("a delegate of a removed country: %v", err)
	}
	if err := edit(t, s, rao, "forum", "qscg", func(e *models.ForumEdit) { e.Members = append(e.Members, "NZ") }); complaints(err) != "members error.unknown_value" {
		t.Errorf("a removed member: %v", err)
	}
	must(t, s.Restore(t.Context(), rao, "country", "NZ", nil))
	must(t, s.Restore(t.Context(), rao, "delegate", "jane-roe", nil))
	must(t, edit(t, s, rao, "delegate", "jane-roe", func(e *models.DelegateEdit) { e.Country = "AU" }))
	must(t, remove("country", "NZ")) // the office went with the delegate
	must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "above", Name: models.Text{EN: "Above"}}, nil))
	must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "below", Name: models.Text{EN: "Below"}, Parent: "above"}, nil))
	var known *models.Error
	if err := remove("topic", "above"); !errors.As(err, &known) || known.Key != "error.used_by_topics" {
		t.Errorf("a topic with one below: %v", err)
	}
	must(t, remove("topic", "below"))
	must(t, remove("topic", "above"))
	if err := s.Restore(t.Context(), rao, "topic", "below", nil); complaints(err) != "parent error.unknown_value" {
		t.Errorf("a topic below a removed one: %v", err)
	}
	// A contradiction stays on the record that it concerns under its new name, and a former name of a removed one is gone.
	was, err := s.Delegate(t.Context(), models.Public, models.When{}, "hamish-hansford")
	must(t, err)
	must(t, edit(t, s, rao, "delegate", "hamish-hansford", func(e *models.DelegateEdit) { e.Slug = "h-hansford" }))
	now, err := s.Delegate(t.Context(), models.Public, models.When{}, "h-hansford")
	must(t, err)
	if n := len(was.Item.Contradictions); n == 0 || len(now.Item.Contradictions) != n {
		t.Errorf("%d contradictions under the old name, %d under the new", n, len(now.Item.Contradictions))
	}
	must(t, remove("delegate", "h-hansford"))
	if now, err := s.Renamed(t.Context(), "delegate", "hamish-hansford"); err != nil || now != "h-hansford" {
		t.Errorf("the former name of a removed delegate leads to %q, %v", now, err)
	}
	if got := findings(t, s); got != nil {
		t.Errorf("verify finds %v", got)
	}
}
