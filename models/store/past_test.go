package store_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// everything reads every view at one time and returns it as JSON by name.
func everything(t *testing.T, s *store.Store, w models.When) map[string]string {
	t.Helper()
	out := map[string]string{}
	keep := func(name string, v any, err error) {
		t.Helper()
		if err != nil {
			if kindOf(err) == models.KindNotFound || kindOf(err) == models.KindGone {
				return
			}
			t.Fatalf("%s at %+v: %v", name, w, err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(b)
	}
	p := models.Page{Limit: 200}
	list, err := s.Initiatives(ctx, models.Public, w, models.InitiativeFilter{Limit: 200})
	keep("initiatives", list, err)
	for _, i := range list.Items {
		r, err := s.Initiative(ctx, models.Public, w, i.Ref)
		keep("initiative "+i.Ref, r, err)
	}
	topics, err := s.Topics(ctx, models.Public, w, models.InitiativeFilter{})
	keep("topics", topics, err)
	for _, topic := range topics.Items {
		r, err := s.Topic(ctx, models.Public, w, topic.Slug, models.InitiativeFilter{})
		keep("topic "+topic.Slug, r, err)
	}
	o, err := s.Overview(ctx, models.Public, w, models.InitiativeFilter{})
	keep("overview", o, err)
	meetings, err := s.Meetings(ctx, models.Public, w, models.MeetingFilter{}, p)
	keep("meetings", meetings, err)
	delegates, err := s.Delegates(ctx, models.Public, w, models.DelegateFilter{}, p)
	keep("delegates", delegates, err)
	countries, err := s.Countries(ctx, models.Public, w)
	keep("countries", countries, err)
	statements, err := s.Statements(ctx, models.Public, w, p)
	keep("statements", statements, err)
	st, err := s.Statement(ctx, models.Public, w, "qscg-2023-12")
	keep("statement", st, err)
	compared, err := s.Compared(ctx, models.Public, w, models.Edition{}, models.Edition{})
	keep("compared", compared, err)
	commitments, err := s.Commitments(ctx, models.Public, w, p)
	keep("commitments", commitments, err)
	evidence, err := s.EvidenceList(ctx, models.Public, w, p)
	keep("evidence", evidence, err)
	activity, err := s.Activity(ctx, models.Public, w, models.ActivityFilter{}, p)
	keep("activity", activity, err)
	calendar, err := s.Calendar(ctx, models.Public, w, models.MeetingFilter{})
	keep("calendar", calendar, err)
	for _, q := range []string{"cyber", "サイバー", "20"} {
		hits, err := s.Search(ctx, models.Public, w, models.SearchFilter{Words: q}, p)
		keep("search "+q, hits, err)
	}
	for _, by := range []string{"meetings", "countries"} {
		m, err := s.Matrix(ctx, models.Public, w, models.InitiativeFilter{Limit: 200}, by)
		keep("matrix of "+by, m, err)
	}
	for _, ref := range []string{"qscg-2023-01", "qscg-2023-12", "qfmm-2025-07"} {
		r, err := s.Meeting(ctx, models.Public, w, ref)
		keep("meeting "+ref, r, err)
	}
	country, err := s.Country(ctx, models.Public, w, "JP", models.InitiativeFilter{}, nil)
	keep("country", country, err)
	delegate, err := s.Delegate(ctx, models.Public, w, "anne-neuberger")
	keep("delegate", delegate, err)
	source, err := s.Evidence(ctx, models.Public, w, "wh-2023-12-15")
	keep("source", source, err)
	notes, err := s.SearchNotes(ctx, models.Public, w, p)
	keep("search notes", notes, err)
	for _, f := range []string{"qscg", "qls", "qfmm"} {
		r, err := s.Forum(ctx, models.Public, w, f)
		keep("forum "+f, r, err)
	}
	return out
}

var (
	versions = regexp.MustCompile(`"data_version":\d+|"known_at":"[^"]*"`)
	anyDate  = regexp.MustCompile(`(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?`)
	slugs    = regexp.MustCompile(`"(?:ref|code|slug|url|meeting|statement|first_meeting|on|source_ref)":"[^"]*"|"(?:sources|initiatives)":\[[^\]]*\]|wh-[0-9a-z-]+|"value":"[^"]*"|QSCG-20[0-9A-Z-]+|"title":"[^"]*"|2023-2030(?: Australian|年)|[0-9a-f]{64}|by (?:end |[0-9]+ \p{L}+ |early |March )?20[0-9]{2}|20[0-9]{2}年(?:末|[0-9]+月(?:[0-9]+日)?)?まで`)
)

// TestPastShowsNothingLater reads every view at random days and looks for any later date or year in it. References
// and addresses are looked at apart, because they name their date in their own form; titles and goals
// ("by end 2025") may name a later year.
func TestPastShowsNothingLater(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r := rand.New(rand.NewPCG(3, 5))
		days := []string{"2023-06-30", "2023-12-06", "2021-01-01", "2024-10-15"}
		for range 16 {
			days = append(days, models.NewDate(2021+r.IntN(6), 1+r.IntN(12), 1+r.IntN(28)).String())
		}
		dates := 0
		for _, day := range days {
			for name, body := range everything(t, s, models.When{AsOf: day}) {
				for _, found := range anyDate.FindAllString(slugs.ReplaceAllString(body, ""), -1) {
					dates++
					if found[:min(len(found), len(day))] > day[:min(len(found), len(day))] {
						at := strings.Index(body, found)
						t.Fatalf("as of %s, %s speaks of %s: …%s…", day, name, found, body[max(0, at-120):min(len(body), at+60)])
					}
				}
				for _, found := range regexp.MustCompile(`q(?:scg|ls|fmm)-20\d\d-\d\d`).FindAllString(body, -1) {
					if month := found[len(found)-7:]; month > day[:7] {
						t.Errorf("as of %s, %s names the meeting %s", day, name, found)
					}
				}
			}
		}
		if dates < 1000 {
			t.Errorf("looked at %d dates only", dates)
		}
	})
}

func TestPresentShowsWhatThePastHides(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	r, err := s.Initiative(ctx, models.Public, models.When{}, "QSCG-IOT-MUTUAL-RECOGNITION")
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]models.Status{}
	for _, p := range r.Item.Parts {
		status[p.Country] = p.Status
	}
	want := map[string]models.Status{"AU": models.Delivered, "IN": models.UnderWay, "JP": models.Delivered, "US": models.UnderWay}
	if !reflect.DeepEqual(status, want) || r.Item.Status != models.Announced {
		t.Errorf("got %s and parts %v; want announced and %v", r.Item.Status, status, want)
	}
	past, err := s.Initiative(ctx, models.Public, models.When{AsOf: "qscg-2023-12"}, "QSCG-IOT-MUTUAL-RECOGNITION")
	if err != nil || past.Item.Parts[2].Status != models.NotAssessed {
		t.Errorf("Japan's part at Tokyo 2023: %+v, %v; want not assessed", past.Item.Parts[2], err)
	}
}

// TestEnginesGiveTheSameBytes compares every view on both engines.
func TestEnginesGiveTheSameBytes(t *testing.T) {
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	lite, pg := storetest.Quad(t, store.SQLite), storetest.Quad(t, store.Postgres)
	for _, w := range []models.When{{}, {VS: "none"}, {AsOf: "qscg-2023-12"}, {AsOf: "2024-12-31", VS: "qls-2022-05"}} {
		a, b := everything(t, lite, w), everything(t, pg, w)
		if len(a) < 20 || len(a) != len(b) {
			t.Fatalf("%+v: %d and %d views", w, len(a), len(b))
		}
		for name := range a {
			if a[name] != b[name] {
				t.Errorf("%+v: %s differs: %s", w, name, cmp.Diff(a[name], b[name]))
			}
		}
	}
}

// TestUndatedTextsAreOfTheDayTheyWereRead looks for evidence and publications without a date, or with a later one, in
// views of the past, and finds the undated ones in the present and from the day on which somebody read them.
func TestUndatedTextsAreOfTheDayTheyWereRead(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		check := func(w models.When, day models.Date) (undated int) {
			look := func(where string, on models.Date) {
				if on.IsZero() {
					undated++
				}
				if !day.IsZero() && (on.IsZero() || on.After(day)) {
					t.Errorf("as of %s, %s is dated %q", day, where, on)
				}
			}
			list, err := s.EvidenceList(ctx, models.Public, w, models.Page{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list.Items {
				look(e.Ref, e.PublishedOn)
			}
			r, err := s.Initiative(ctx, models.Public, w, "QSCG-JOINT-PRINCIPLES")
			if err != nil {
				t.Fatal(err)
			}
			cited := map[string]bool{}
			for _, u := range r.Item.Updates {
				for _, e := range u.Evidence {
					look(e.Ref+" under "+u.SourceRef, e.PublishedOn)
					cited[e.Ref] = true
				}
			}
			if len(cited) != r.Item.EvidenceCount {
				t.Errorf("%+v: %d sources are counted, %d shown", w, r.Item.EvidenceCount, len(cited))
			}
			meetings, err := s.Meetings(ctx, models.Public, w, models.MeetingFilter{}, models.Page{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range meetings.Items {
				for _, p := range m.Publications {
					look(p.Title, p.PublishedOn)
				}
			}
			return undated
		}
		for _, day := range []string{"2022-06-30", "2023-12-31", "2026-06-30", "2026-11-22"} {
			d, err := models.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			check(models.When{AsOf: day}, d)
		}
		if n := check(models.When{}, models.Date{}); n < 30 {
			t.Errorf("%d undated texts in the present; want the more than 30 of the data set", n)
		}
		if n := check(models.When{AsOf: "2026-11-23"}, models.Date{}); n < 30 {
			t.Errorf("%d undated texts as of the day on which they were read; want the more than 30 of the data set", n)
		}
	})
}
