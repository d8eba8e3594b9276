package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// options are those of a briefing of everything, complete.
func options(change func(o *models.BriefingOptions)) models.BriefingOptions {
	o := models.BriefingOptions{}
	if change != nil {
		change(&o)
	}
	o.Complete(models.English)
	return o
}

func briefing(t *testing.T, s *store.Store, o models.BriefingOptions) *models.Record[models.Briefing] {
	t.Helper()
	r, err := s.Briefing(t.Context(), models.Public, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// freeze keeps two small forms.
func freeze(t *testing.T, s *store.Store, actor models.Actor, receipt *models.Receipt) error {
	t.Helper()
	b := models.FrozenBriefing{Heading: models.Text{EN: "Forum", JA: "会議体"}, Options: options(nil), AsOf: models.NewDate(2023, 12, 6), DataVersion: 7, Chain: models.AuditHead{Seq: 3, Hash: "ab"}}
	return s.Freeze(t.Context(), actor, b, receipt, func(b models.FrozenBriefing) ([]models.BriefingFile, error) {
		return []models.BriefingFile{{Format: "html", Body: fmt.Sprintf("<p>第%d号 “été”\r\n</p>", b.ID)}, {Format: "json", Body: `{"a": 1}`}}, nil
	})
}

// TestBriefingsAreKeptByteForByte freezes two and reads them back, on both engines.
func TestBriefingsAreKeptByteForByte(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		before, _ := s.DataVersion(t.Context())
		receipt := models.Receipt{Key: "k", Fingerprint: "f"}
		for range 2 { // the same change, sent twice
			again := receipt
			if err := freeze(t, s, models.Program, &again); err != nil || again.Result != "1" {
				t.Fatalf("frozen as %q, %v", again.Result, err)
			}
		}
		if err := freeze(t, s, models.Program, &models.Receipt{}); err != nil {
			t.Fatal(err)
		}
		b, err := s.FrozenBriefing(t.Context(), models.Public, "1")
		if err != nil {
			t.Fatal(err)
		}
		file, _ := b.File("html")
		if file.Body != "<p>第1号 “été”\r\n</p>" || file.Size != len(file.Body) || string(b.Content) != `{"a": 1}` {
			t.Errorf("kept %q of %d bytes and %s", file.Body, file.Size, b.Content)
		}
		if b.AsOf.String() != "2023-12-06" || b.DataVersion != 7 || b.Chain.Seq != 3 || b.Chain.Hash != "ab" || b.Heading.JA != "会議体" || b.FrozenAt != "2026-11-23T09:30:00.000000Z" || b.Author != models.Program.Name || b.Options.Paper != models.PaperA4 {
			t.Errorf("kept %+v", b)
		}
		list, err := s.Briefings(t.Context(), models.Public, models.Page{Limit: 1})
		if err != nil || list.Total != 2 || list.Next == nil || list.Items[0].ID != 2 || len(list.Items[0].Files) != 2 {
			t.Fatalf("list %+v, %v; want the latest of two", list, err)
		}
		if list, err = s.Briefings(t.Context(), models.Public, models.Page{Limit: 1, After: *list.Next}); err != nil || list.Next != nil || list.Items[0].ID != 1 {
			t.Errorf("second page %+v, %v", list, err)
		}
		after, _ := s.DataVersion(t.Context())
		if after != before+2 {
			t.Errorf("the data version went from %d to %d; want one for each briefing", before, after)
		}
		if err := freeze(t, s, models.Actor{Name: "A reader", Role: models.Reader}, nil); err == nil {
			t.Error("a reader froze a briefing")
		}
		all, err := s.AuditLog(t.Context(), 0, 100)
		if err != nil || all[len(all)-1].Action != "briefing.freeze" || all[len(all)-1].Object != "briefing:2" || !strings.Contains(all[len(all)-1].Detail, file.SHA256[:8]) && !strings.Contains(all[len(all)-1].Detail, "html") {
			t.Errorf("audit %+v, %v", all[len(all)-1], err)
		}
	})
}

// TestFrozenBriefingsAreAppendOnly tries to change them behind the program's back, first with the guards of the schema
// and then without.
func TestFrozenBriefingsAreAppendOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		if err := freeze(t, s, models.Program, nil); err != nil {
			t.Fatal(err)
		}
		changes := map[string]string{
			"UPDATE briefing_files SET body = 'x' WHERE format = 'html'":                                                           "briefing:1.html text",
			"UPDATE briefing_files SET sha256 = 'x' WHERE format = 'json'":                                                         "briefing:1.json text",
			"DELETE FROM briefing_files WHERE format = 'json'":                                                                     "briefing:1 missing",
			"INSERT INTO briefing_files VALUES (1, 'md', 'x', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881')": "briefing:1.md text",
		}
		for sql := range changes {
			if strings.HasPrefix(sql, "INSERT") {
				continue
			}
			if err := s.Exec(sql); err == nil {
				t.Errorf("%s was not refused", sql)
			}
		}
		for _, sql := range []string{"UPDATE briefings SET data_version = 8", "DELETE FROM briefings"} {
			if err := s.Exec(sql); err == nil {
				t.Errorf("%s was not refused", sql)
			}
		}
		if got := findings(t, s); got != nil {
			t.Fatalf("untouched: %v", got)
		}
		if engine, _ := s.Engine(); engine == store.Postgres {
			alter(t, s, "ALTER TABLE briefing_files DISABLE TRIGGER USER")
		} else {
			alter(t, s, "DROP TRIGGER briefing_files_no_update")
			alter(t, s, "DROP TRIGGER briefing_files_no_delete")
		}
		alter(t, s, "CREATE TABLE safe AS SELECT * FROM briefing_files")
		for sql, want := range changes {
			alter(t, s, sql)
			if got := findings(t, s); !slices.Contains(got, want) {
				t.Errorf("%s: %v; want %s", sql, got, want)
			}
			alter(t, s, "DELETE FROM briefing_files")
			alter(t, s, "INSERT INTO briefing_files SELECT * FROM safe")
		}
		if got := findings(t, s); got != nil {
			t.Errorf("put back: %v", got)
		}
	})
}

// TestBriefingSaysWhatTheRecordSays compares a briefing with the list and the overview of the same time.
func TestBriefingSaysWhatTheRecordSays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		for _, asOf := range []string{"", "2024-10-15", "qscg-2023-12"} {
			o := options(func(o *models.BriefingOptions) { o.AsOf, o.ByCountry = asOf, []string{"JP"} })
			r := briefing(t, s, o)
			b := r.Item
			list, err := s.Initiatives(t.Context(), models.Public, o.When(), models.InitiativeFilter{Sort: models.SortTopic, Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Initiatives) != list.Total || len(b.Initiatives) == 0 {
				t.Fatalf("%s: %d initiatives; the list has %d", asOf, len(b.Initiatives), list.Total)
			}
			moved := slices.Concat(b.Changes.Forward, b.Changes.Back, b.Changes.New, b.Changes.Other)
			inTopics := 0
			for _, topic := range b.Topics {
				inTopics += len(topic.Initiatives)
			}
			for n, i := range list.Items {
				item := b.Initiatives[n]
				if item.Ref != i.Ref || item.Status != i.Status || item.Mark != i.Mark {
					t.Errorf("%s: %s is %s, %s in the briefing; the list has %s, %s, %s", asOf, item.Ref, item.Status, item.Mark, i.Ref, i.Status, i.Mark)
				}
				if is := i.Change != models.ChangeNone && i.Change != ""; slices.Contains(moved, i.Ref) != is {
					t.Errorf("%s: %s among what moved: %v; its change is %s", asOf, i.Ref, !is, i.Change)
				}
				if slices.Contains(b.Attention.Stalled, i.Ref) != (i.Status == models.Stalled) || slices.Contains(b.Attention.Carried, i.Ref) != (i.Mark == models.Carried) {
					t.Errorf("%s: %s stands in the wrong trouble", asOf, i.Ref)
				}
				for _, cited := range item.AllSources() {
					if e := b.Evidence[cited-1]; e.Number != cited || asOf != "" && e.PublishedOn.Last() > r.AsOf.Last() {
						t.Errorf("%s: %s rests on %d, %s of %s", asOf, i.Ref, cited, e.Ref, e.PublishedOn)
					}
				}
			}
			for _, ref := range b.Changes.Closed {
				if !slices.Contains(moved, ref) {
					t.Errorf("%s: %s is closed and has not moved", asOf, ref)
				}
			}
			if len(moved) != len(slices.Compact(slices.Sorted(slices.Values(moved)))) || inTopics != list.Total {
				t.Errorf("%s: %d under topics of %d; what moved stands twice: %v", asOf, inTopics, list.Total, moved)
			}
			if c := b.Countries[0]; c.Applicable != len(c.Initiatives) || c.Action > c.Applicable || c.Applicable == 0 {
				t.Errorf("%s: Japan %+v", asOf, c)
			}
		}
		for field, change := range map[string]func(o *models.BriefingOptions){
			"for": func(o *models.BriefingOptions) { o.For = "nowhere" }, "by_country": func(o *models.BriefingOptions) { o.ByCountry = []string{"XX"} },
			"topic": func(o *models.BriefingOptions) { o.Topic = []string{"none"} }, "lang": func(o *models.BriefingOptions) { o.Lang = "fr" }, "as_of": func(o *models.BriefingOptions) { o.AsOf = "soon" },
		} {
			_, err := s.Briefing(t.Context(), models.Public, options(change))
			if bad := models.InvalidFields(err); len(bad) != 1 || bad[0].Field != field {
				t.Errorf("a wrong %s: %v", field, err)
			}
		}
	})
}

// TestPlannedMeetingsAreNotHeld speaks of a time after a meeting that is still to come.
func TestPlannedMeetingsAreNotHeld(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		planned(t, s)
		for _, asOf := range []string{"2027-03-01", "qscg-2027-03", "2028-01-01"} {
			r := briefing(t, s, options(func(o *models.BriefingOptions) { o.AsOf = asOf }))
			if b := r.Item; b.Last == nil || b.Last.Ref != "qfmm-2026-05" || b.Compared == nil || b.Compared.Ref != "qscg-2023-12" {
				t.Errorf("%s: the last meeting is %+v, compared with %+v; want what was held", asOf, b.Last, b.Compared)
			}
			for _, m := range r.At.Meetings {
				if m.Ref == "qscg-2027-03" {
					t.Errorf("%s: a meeting that is still to come was held", asOf)
				}
			}
			o, err := s.Overview(t.Context(), models.Public, models.When{AsOf: asOf}, models.InitiativeFilter{})
			if err != nil || o.Item.Anchor.Ref != "qfmm-2026-05" || o.AsOf.String() != map[bool]string{true: "2028-01-01", false: "2027-03-01"}[asOf == "2028-01-01"] {
				t.Errorf("%s: the overview says %+v as of %s, %v", asOf, o.Item.Anchor, o.AsOf, err)
			}
		}
	})
}

// planned adds a meeting that is still to come.
func planned(t *testing.T, s *store.Store) {
	t.Helper()
	day := models.NewDate(2027, 3, 1)
	m := models.Meeting{Ref: "qscg-2027-03", Forum: "qscg", Format: "virtual", StartsOn: day, EndsOn: day, Confidence: models.Verified}
	change := store.Change{Action: "import", Object: "meeting:qscg-2027-03", Needs: models.PermitImport}
	if err := s.Write(t.Context(), models.Program, change, func(tx *store.Tx) error { return tx.AddMeeting(m) }); err != nil {
		t.Fatal(err)
	}
}

// TestPlannedMeetingsAreOfferedInThePresentAlone looks at what a briefing can prepare for now and in the past.
func TestPlannedMeetingsAreOfferedInThePresentAlone(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		planned(t, s)
		for asOf, want := range map[string]string{"": "qscg-2027-03 qscg", "2024-01-01": "qscg"} {
			r := briefing(t, s, options(func(o *models.BriefingOptions) { o.AsOf = asOf }))
			var got []string
			for _, c := range r.Item.Choices.For {
				if strings.HasPrefix(c.Value, "qscg") {
					got = append(got, c.Value)
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("as of %q: %v; want %s", asOf, got, want)
			}
		}
		_, err := s.Briefing(t.Context(), models.Public, options(func(o *models.BriefingOptions) { o.AsOf, o.For = "2024-01-01", "qscg-2027-03" }))
		if bad := models.InvalidFields(err); len(bad) != 1 || bad[0].Field != "for" {
			t.Errorf("in the past: %v; want for refused", err)
		}
	})
}

// TestActionOfACountryIsCounted compares the count of a briefing with the parts of its initiatives.
func TestActionOfACountryIsCounted(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	r := briefing(t, s, options(func(o *models.BriefingOptions) { o.ByCountry = []string{"AU", "IN", "JP", "US"} }))
	idle := 0
	for _, c := range r.Item.Countries {
		applicable, action := 0, 0
		for _, i := range r.Item.Initiatives {
			for _, p := range i.Parts {
				if p.Country == c.Country.Ref && p.Applicable() {
					applicable++
					switch p.Status {
					case models.Delivered, models.PartlyDelivered, models.UnderWay, models.Announced:
						action++
					}
				}
			}
		}
		if c.Applicable != applicable || c.Action != action {
			t.Errorf("%s: %d of %d; want %d of %d", c.Country.Ref, c.Action, c.Applicable, action, applicable)
		}
		idle += applicable - action
	}
	if len(r.Item.Countries) != 4 || idle == 0 {
		t.Errorf("%d countries with %d parts without action; want four, and some", len(r.Item.Countries), idle)
	}
}

// TestEveryFaultOfABriefingIsNamed is wrong in everything at once.
func TestEveryFaultOfABriefingIsNamed(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	_, err := s.Briefing(t.Context(), models.Public, options(func(o *models.BriefingOptions) {
		o.AsOf, o.VS, o.KnownAt, o.For, o.Title, o.Lang = "nope", "never", "once", "nowhere", strings.Repeat("x", models.MaxTitle+1), "fr"
		o.ByCountry, o.Topic, o.Delegate, o.Country, o.Status = []string{"XX"}, []string{"none"}, []string{"nobody"}, []string{"YY"}, []models.Status{"fine"}
	}))
	var got []string
	for _, f := range models.InvalidFields(err) {
		got = append(got, f.Field)
	}
	slices.Sort(got)
	want := []string{"as_of", "by_country", "country", "delegate", "for", "known_at", "lang", "status", "title", "topic", "vs"}
	if !slices.Equal(got, want) {
		t.Errorf("named %v; want %v", got, want)
	}
}
