package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// editable names one record of each kind that nothing forbids to edit.
var editable = map[string]string{"forum": "qscg", "country": "JP", "topic": "supply-chain", "delegate": "keiichi-ichikawa", "meeting": inTokyo, "initiative": "QSCG-CYBER-CHALLENGE"}

// asIs reads what can be said of a record.
func asIs[E any](t *testing.T, s *store.Store, kind, ref string) (*E, int64) {
	t.Helper()
	e, version, err := s.Editable(t.Context(), models.Actor{ID: 1, Role: models.Analyst}, kind, ref)
	must(t, err)
	return any(e).(*E), version
}

func edit[E any](t *testing.T, s *store.Store, a models.Actor, kind, ref string, change func(e *E)) error {
	t.Helper()
	e, version := asIs[E](t, s, kind, ref)
	change(e)
	return s.Edit(t.Context(), a, kind, ref, version, any(e).(models.Edit), nil)
}

// complaints are the fields that an error names.
func complaints(err error) string {
	var known *models.Error
	if !errors.As(err, &known) {
		return fmt.Sprint(err)
	}
	var all []string
	for _, f := range known.Fields {
		all = append(all, f.Field+" "+f.Key)
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// TestSavingWhatStandsChangesNothing writes every kind of record back as it was read: nothing that anybody reads differs,
// and the audit says that no field changed.
func TestSavingWhatStandsChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		rao, _ := people(t, s)
		before := readings(t, s, models.When{})
		for _, kind := range models.EditKinds {
			e, version, err := s.Editable(t.Context(), rao, kind, editable[kind])
			must(t, err)
			must(t, s.Edit(t.Context(), rao, kind, editable[kind], version, e, nil))
			again, next, err := s.Editable(t.Context(), rao, kind, editable[kind])
			must(t, err)
			if diff := cmp.Diff(e, again, cmp.AllowUnexported(models.Date{})); diff != "" || next != version+1 {
				t.Errorf("%s: version %d after %d:\n%s", kind, next, version, diff)
			}
			last := lastEntry(t, s)
			if want := `"change":{"changes":[]}`; last.Action != kind+".edit" || last.Object != kind+":"+editable[kind] || !strings.Contains(last.Detail, `"changes":[]`) {
				t.Errorf("%s: the audit says %s %s %s; want %s", kind, last.Action, last.Object, last.Detail, want)
			}
		}
		if diff := differing(before, readings(t, s, models.When{})); diff != "" {
			t.Errorf("what is read was (-) and is (+):\n%s", diff)
		}
	})
}

func lastEntry(t *testing.T, s *store.Store) models.AuditEntry {
	t.Helper()
	all, err := s.AuditLog(t.Context(), 0, 100_000)
	must(t, err)
	return all[len(all)-1]
}

// versionOf matches the version of a record, which every change raises.
var versionOf = regexp.MustCompile(`"version":\d+`)

// readings is every view as JSON, without the versions.
func readings(t *testing.T, s *store.Store, w models.When) map[string]string {
	t.Helper()
	all := withoutVersion(everything(t, s, w))
	for name, body := range all {
		all[name] = versionOf.ReplaceAllString(body, "")
	}
	return all
}

// differing names the views that are not alike and shows where each parts.
func differing(before, after map[string]string) string {
	var all []string
	for name, was := range before {
		now := after[name]
		at := 0
		for at < min(len(was), len(now)) && was[at] == now[at] {
			at++
		}
		if was != now {
			all = append(all, fmt.Sprintf("%s: …%.120s… and …%.120s…", name, was[max(0, at-40):], now[min(len(now), max(0, at-40)):]))
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// onClock runs a test on each engine with a clock that the test moves on.
func onClock(t *testing.T, test func(t *testing.T, s *store.Store, pass func())) {
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			now := storetest.Now()
			o := store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: func() time.Time { return now }}
			if engine == store.Postgres {
				o.DatabaseURL = storetest.Database(t)
			}
			s := storetest.Open(t, o)
			storetest.Seed(t, s)
			test(t, s, func() { now = now.Add(time.Hour) })
		})
	}
}

const atStart = "2026-11-23T09:30:00Z" // of the clock of the tests

// TestRemovedAndRestoredIsAsBefore takes away one record of each kind that can go, looks for it, and brings it back.
func TestRemovedAndRestoredIsAsBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		rao, _ := people(t, s)
		must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "orbital", Name: models.Text{EN: "Space"}}, nil))
		must(t, s.Create(t.Context(), rao, "forum", &models.ForumEdit{Slug: "space-forum", Name: models.Text{EN: "Space forum"}, Members: []string{"JP"}, Position: 9}, nil))
		must(t, s.Create(t.Context(), rao, "country", &models.CountryEdit{ISO2: "NZ", ISO3: "NZL", Name: models.Text{EN: "New Zealand"}, Position: 9}, nil))
		must(t, s.Create(t.Context(), rao, "meeting", &models.MeetingEdit{MeetingRef: "space-2026", Forum: "qscg", Format: "virtual", StartsOn: models.NewDate(2026, 10, 1), EndsOn: models.NewDate(2026, 10, 1)}, nil))
		before, reason := readings(t, s, models.When{}), models.Text{EN: "By mistake."}
		for kind, ref := range map[string]string{"topic": "orbital", "forum": "space-forum", "country": "NZ", "meeting": "space-2026", "delegate": "keiichi-ichikawa", "initiative": "QSCG-CYBER-CHALLENGE"} {
			if err := s.Remove(t.Context(), rao, kind, ref, 1, models.Text{}, nil); complaints(err) != "reason.en error.either" {
				t.Errorf("%s without a reason: %v", kind, err)
			}
			must(t, s.Remove(t.Context(), rao, kind, ref, 1, reason, nil))
			for list, body := range everything(t, s, models.When{}) {
				if strings.Contains(body, `"`+ref+`"`) {
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

// TestEditsAreRefusedThatLeaveOthersWithoutGround tries what the record does not allow.
func TestEditsAreRefusedThatLeaveOthersWithoutGround(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		rao, _ := people(t, s)
		must(t, s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: "orbital", Name: models.Text{EN: "Space"}, Parent: "supply-chain"}, nil))
		before := readings(t, s, models.When{})
		for name, c := range map[string]struct {
			err  error
			want string
		}{
			"a topic below itself": {edit(t, s, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Parent = "orbital" }), "parent error.itself"},
			"an unknown topic":     {edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) { e.Topic = "nope" }), "topic error.unknown_value"},
			"a slug of another":    {edit(t, s, rao, "topic", "orbital", func(e *models.TopicEdit) { e.Slug = "supply-chain" }), "slug error.taken"},
			"another reference":    {edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) { e.InitiativeRef = "QSCG-OTHER" }), "ref error.fixed"},
			"a later beginning":    {edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) { e.BeginsOn = models.NewDate(2026, 1, 1) }), "begins_on error.begins_after"},
			"a judged part away": {edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) {
				e.Parts = slices.DeleteFunc(e.Parts, func(p models.PartEdit) bool { return p.Country == "IN" })
			}), "parts error.part_judged"},
			"a country nobody has": {edit(t, s, rao, "forum", "qscg", func(e *models.ForumEdit) { e.Members = append(e.Members, "XX") }), "members error.unknown_value"},
			"evidence nobody has":  {edit(t, s, rao, "country", "JP", func(e *models.CountryEdit) { e.Sources = []string{"nope"} }), "sources error.unknown_value"},
			"an office in use":     {edit(t, s, rao, "delegate", "keiichi-ichikawa", func(e *models.DelegateEdit) { e.Offices = nil }), "offices error.office_used"},
			"an office of another": {edit(t, s, rao, "delegate", "keiichi-ichikawa", func(e *models.DelegateEdit) {
				e.Offices = append(e.Offices, models.OfficeEdit{ID: 99_999, Title: models.Text{EN: "X"}})
			}), "offices.1.id error.unknown_value"},
			"somebody twice": {edit(t, s, rao, "meeting", inTokyo, func(e *models.MeetingEdit) { e.Attendances = append(e.Attendances, e.Attendances[0]) }), "attendances.4.office error.attends_twice"},
			"a fault of each kind": {edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) {
				e.Title, e.Parent, e.Topic = models.Text{}, "QSCG-CYBER-CHALLENGE", "nope"
			}), "parent error.itself; title.en error.either; topic error.unknown_value"},
			"two faults": {edit(t, s, rao, "meeting", inTokyo, func(e *models.MeetingEdit) { e.Host, e.Forum = "XX", "nope" }), "forum error.unknown_value; host error.unknown_value"},
		} {
			if got := complaints(c.err); got != c.want {
				t.Errorf("%s: %s; want %s", name, got, c.want)
			}
		}
		for kind, uses := range map[string]string{"forum": "error.used_by_meetings", "country": "error.used_by_forums", "topic": "error.used_by_initiatives", "meeting": "error.used_by_statements"} {
			err := s.Remove(t.Context(), rao, kind, editable[kind], 1, models.Text{EN: "No."}, nil)
			var known *models.Error
			if !errors.As(err, &known) || known.Key != uses {
				t.Errorf("removing a %s that is in use: %v; want %s", kind, err, uses)
			}
		}
		if diff := differing(before, readings(t, s, models.When{})); diff != "" {
			t.Errorf("a refused edit changed (-) to (+):\n%s", diff)
		}
	})
}

// TestFormerNamesLeadToTheRecord renames a topic twice and back.
func TestFormerNamesLeadToTheRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		rao, _ := people(t, s)
		to := func(from, slug string) {
			t.Helper()
			must(t, edit(t, s, rao, "topic", from, func(e *models.TopicEdit) { e.Slug = slug }))
		}
		to("supply-chain", "supply")
		to("supply", "chains")
		for _, former := range []string{"supply-chain", "supply"} {
			if now, err := s.Renamed(t.Context(), "topic", former); err != nil || now != "chains" {
				t.Errorf("%s is %q, %v; want chains", former, now, err)
			}
			_, err := s.Topic(t.Context(), models.Public, models.When{}, former, models.InitiativeFilter{})
			if kindOf(err) != models.KindMoved {
				t.Errorf("topic %s: %v; want moved", former, err)
			}
			if err := s.Create(t.Context(), rao, "topic", &models.TopicEdit{Slug: former, Name: models.Text{EN: "X"}}, nil); complaints(err) != "slug error.taken" {
				t.Errorf("another topic called %s: %v", former, err)
			}
		}
		to("chains", "supply-chain")
		if now, err := s.Renamed(t.Context(), "topic", "chains"); err != nil || now != "supply-chain" {
			t.Errorf("chains is %q, %v", now, err)
		}
		if _, err := s.Topic(t.Context(), models.Public, models.When{}, "supply-chain", models.InitiativeFilter{}); err != nil {
			t.Errorf("under its first name again: %v", err)
		}
	})
}

// TestListsKeepTheDayOfTheirRows changes one part of an initiative and looks at what was known before.
func TestListsKeepTheDayOfTheirRows(t *testing.T) {
	onClock(t, func(t *testing.T, s *store.Store, pass func()) {
		rao, _ := people(t, s)
		pass()
		must(t, s.Create(t.Context(), rao, "country", &models.CountryEdit{ISO2: "NZ", ISO3: "NZL", Name: models.Text{EN: "New Zealand"}, Position: 9}, nil))
		must(t, edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) {
			e.Parts = append(e.Parts, models.PartEdit{Country: "NZ", Role: "lead"})
			e.Title.EN = "The challenge of all"
			e.DueOn, e.DueByMeeting = models.NewDate(2027, 6, 30), true
		}))
		now := initiativeOf(t, s, "QSCG-CYBER-CHALLENGE", models.When{})
		if len(now.Parts) != 5 || now.Parts[4].Country != "NZ" || now.DueOn.Precision() != models.PrecisionMeeting {
			t.Errorf("parts %+v, due %v %s", now.Parts, now.DueOn, now.DueOn.Precision())
		}
		if was := initiativeOf(t, s, "QSCG-CYBER-CHALLENGE", models.When{KnownAt: atStart}); len(was.Parts) != 4 {
			t.Errorf("known before: %d parts; want the four of then", len(was.Parts))
		}
		found, err := s.Search(t.Context(), models.Public, models.When{}, models.SearchFilter{Words: "challenge of all"}, models.Page{Limit: 50})
		must(t, err)
		if !slices.ContainsFunc(found.Items, func(h models.Hit) bool { return h.Ref == "QSCG-CYBER-CHALLENGE" }) {
			t.Error("the search does not know the new title")
		}
		want := []models.FieldChange{{Field: "due_by_meeting", From: "false", To: "true"}, {Field: "due_on", To: "2027-06-30"}, {Field: "parts.4.country", To: "NZ"}, {Field: "parts.4.role", To: "lead"}, {Field: "title.en", From: "Quad Cyber Challenge", To: "The challenge of all"}}
		var got struct {
			Changes []models.FieldChange `json:"changes"`
		}
		if err := json.Unmarshal([]byte(lastEntry(t, s).Detail), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Changes); diff != "" {
			t.Errorf("audit:\n%s", diff)
		}
	})
}

// TestOneOfTwoEditorsWins lets eight people edit one record a hundred times each from the version they saw.
func TestOneOfTwoEditorsWins(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	rao, _ := people(t, s)
	_, first := asIs[models.TopicEdit](t, s, "topic", "supply-chain")
	var mu sync.Mutex
	made, stale := 0, 0
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 25 {
				e, version, err := s.Editable(t.Context(), rao, "topic", "supply-chain")
				if err != nil {
					t.Error(err)
					return
				}
				e.(*models.TopicEdit).Note.EN = fmt.Sprintf("%d/%d", n, i)
				err = s.Edit(t.Context(), rao, "topic", "supply-chain", version, e, nil)
				mu.Lock()
				switch {
				case err == nil:
					made++
				case kindOf(err) == models.KindStale:
					stale++
				default:
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	_, last := asIs[models.TopicEdit](t, s, "topic", "supply-chain")
	if made+stale != 200 || last-first != int64(made) {
		t.Errorf("%d made, %d stale; the version rose by %d", made, stale, last-first)
	}
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
