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
var editable = map[string]string{"forum": "qscg", "country": "JP", "topic": "supply-chain", "delegate": "keiichi-ichikawa", "meeting": inTokyo, "initiative": "QSCG-CYBER-CHALLENGE",
	"statement": "qscg-2023-12", "commitment": "QSCG-2023-12-P04-1"}

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
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
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

// TestEditsAreRefusedThatLeaveOthersWithoutGround tries what the record does not allow.
func TestEditsAreRefusedThatLeaveOthersWithoutGround(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
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
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
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
