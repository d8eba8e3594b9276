package store_test

import (
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func meetingRefs(t *testing.T, s *store.Store, w models.When, f models.MeetingFilter) []string {
	t.Helper()
	list, err := s.Meetings(ctx, models.Public, w, f, models.Page{Limit: models.MaxLimit})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	var all []string
	for _, m := range list.Items {
		all = append(all, m.Ref)
	}
	if len(all) != list.Total {
		t.Errorf("%+v: %d meetings, total %d", f, len(all), list.Total)
	}
	c, err := s.Calendar(ctx, models.Public, w, f)
	if err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, m := range c.Item.Meetings {
		days = append(days, m.Ref)
		if (m.RecordedAt == "") != (w.AsOf != "") {
			t.Errorf("%+v: %s was recorded at %q", w, m.Ref, m.RecordedAt)
		}
	}
	if slices.Sort(days); !slices.Equal(days, all) {
		t.Errorf("%+v: the list has %v, the calendar %v", f, all, days)
	}
	return all
}

func TestMeetingFilter(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		every := meetingRefs(t, s, models.When{}, models.MeetingFilter{})
		if len(every) != 20 {
			t.Fatalf("%d meetings; want the 20 of the data set", len(every))
		}
		for _, forum := range []string{"qls", "qscg"} {
			got := meetingRefs(t, s, models.When{}, models.MeetingFilter{Forums: []string{forum}})
			want := s.Lines(t, "SELECT m.ref FROM meetings m JOIN forums f ON f.id = m.forum_id WHERE f.slug = '"+forum+"' ORDER BY m.ref")
			if len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("forum %s: %v; want %v", forum, got, want)
			}
		}
		// Every country of the Quad is a member of every forum; take India out of one, and one delegate remains.
		attended := s.Lines(t, "SELECT DISTINCT m.ref FROM meetings m JOIN forums f ON f.id = m.forum_id JOIN attendances a ON a.meeting_id = m.id JOIN delegates d ON d.id = a.delegate_id WHERE d.country = 'IN' AND f.slug = 'qscg' ORDER BY m.ref")
		if err := s.Exec("DELETE FROM forum_members WHERE country = 'IN' AND forum_id = (SELECT id FROM forums WHERE slug = 'qscg')"); err != nil {
			t.Fatal(err)
		}
		if got := meetingRefs(t, s, models.When{}, models.MeetingFilter{Forums: []string{"qscg"}, Countries: []string{"IN"}}); len(attended) == 0 || !slices.Equal(got, attended) {
			t.Errorf("meetings of a forum that India is no member of: %v; want those it attended, %v", got, attended)
		}
		// A meeting that nobody is known to have attended, at which something is said to have been taken up, but later.
		u := update("QSCG-CRITICAL-INFRASTRUCTURE")
		u.Meeting = "quiet"
		err := s.Write(ctx, analyst, assess, func(tx *store.Tx) error {
			if err := tx.AddMeeting(models.Meeting{Ref: "quiet", Forum: "qscg", Format: "virtual", StartsOn: models.NewDate(2023, 2, 1), EndsOn: models.NewDate(2023, 2, 1), Confidence: models.Verified}); err != nil {
				return err
			}
			_, err := tx.AddUpdate(u)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			when models.When
			f    models.MeetingFilter
			want bool
		}{
			{models.When{}, models.MeetingFilter{Countries: []string{"JP"}}, true}, {models.When{}, models.MeetingFilter{Countries: []string{"IN"}}, false},
			{models.When{}, models.MeetingFilter{Topics: []string{"critical-infrastructure"}}, true}, {models.When{AsOf: "2023-06-30"}, models.MeetingFilter{Topics: []string{"critical-infrastructure"}}, false},
		} {
			if got := meetingRefs(t, s, c.when, c.f); slices.Contains(got, "quiet") != c.want {
				t.Errorf("%+v: %v; want the meeting of a member that did not attend: %v", c, got, c.want)
			}
		}
		some := meetingRefs(t, s, models.When{}, models.MeetingFilter{Topics: []string{"critical-infrastructure"}})
		if !slices.Contains(some, "qscg-2023-12") || len(some) == len(every) {
			t.Errorf("a topic: %v of %v", some, every)
		}
		if then := meetingRefs(t, s, models.When{AsOf: "2023-06-30"}, models.MeetingFilter{Topics: []string{"critical-infrastructure"}}); slices.Contains(then, "qscg-2023-12") || len(then) == 0 {
			t.Errorf("a topic before the meeting in Tokyo: %v", then)
		}
		for _, f := range []models.MeetingFilter{{Refs: []string{"nope"}}, {Forums: []string{"nope"}}, {Countries: []string{"nope"}}, {Topics: []string{"nope"}}} {
			if _, err := s.Meetings(ctx, models.Public, models.When{}, f, models.Page{Limit: 1}); kindOf(err) != models.KindInvalid {
				t.Errorf("%+v: %v; want invalid", f, err)
			}
		}
	})
}

func TestCalendarHasTheDueDatesInScope(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		due, err := models.ParseDate("2027-Q1")
		if err != nil {
			t.Fatal(err)
		}
		i := models.InitiativeRecord{Initiative: models.Initiative{Ref: "QSCG-DUE", Title: models.Text{EN: "Due", JA: "期限"}, Topic: "critical-infrastructure", Kind: "commitment", FirstMeeting: "qscg-2023-12",
			BeginsOn: models.NewDate(2023, 12, 6), Trackable: true, DueOn: due, Confidence: models.Verified, Parts: []models.Part{{Country: "JP", Role: "lead"}}}}
		u := update("QSCG-DUE")
		err = s.Write(ctx, analyst, assess, func(tx *store.Tx) error {
			if err := tx.AddInitiative(i); err != nil {
				return err
			}
			_, err := tx.AddUpdate(u)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			when models.When
			f    models.MeetingFilter
			want int
		}{
			{models.When{}, models.MeetingFilter{}, 1}, {models.When{}, models.MeetingFilter{Topics: []string{"critical-infrastructure"}, Countries: []string{"JP"}}, 1},
			{models.When{}, models.MeetingFilter{Countries: []string{"AU"}}, 0}, {models.When{}, models.MeetingFilter{Refs: []string{"qscg-2023-12"}}, 1},
			{models.When{}, models.MeetingFilter{Refs: []string{"qls-2022-05"}}, 0}, {models.When{AsOf: "2023-06-30"}, models.MeetingFilter{}, 0},
		} {
			r, err := s.Calendar(ctx, models.Public, c.when, c.f)
			if err != nil || len(r.Item.Due) != c.want {
				t.Fatalf("%+v: %+v, %v; want %d due dates", c, r, err, c.want)
			}
			if c.want == 1 && (r.Item.Due[0].DueOn.String() != "2027-Q1" || r.Item.Due[0].DueOn.Last() != "2027-03-31" || r.Item.Due[0].Status != models.UnderWay || r.Item.Due[0].Revision != 1 || r.Item.Due[0].RecordedAt == "") {
				t.Errorf("%+v", r.Item.Due[0])
			}
		}
	})
}
