package store_test

import (
	"cmp"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func activity(t *testing.T, s *store.Store, w models.When, f models.ActivityFilter) *models.List[models.Event] {
	t.Helper()
	list, err := s.Activity(ctx, models.Public, w, f, models.Page{Limit: models.MaxLimit})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	if len(list.Items) != list.Total && list.Next == nil {
		t.Errorf("%+v: %d entries, total %d", f, len(list.Items), list.Total)
	}
	return list
}

func TestActivityHoldsEveryEntryOnce(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		list := activity(t, s, models.When{}, models.ActivityFilter{})
		want := map[models.EventKind]int{
			models.EventStatus: s.Int(t, "SELECT COUNT(*) FROM updates WHERE country = ''"), models.EventPart: s.Int(t, "SELECT COUNT(*) FROM updates WHERE country <> ''"),
			models.EventSearchNote: s.Int(t, "SELECT COUNT(*) FROM search_notes"), models.EventContext: s.Int(t, "SELECT COUNT(*) FROM contexts"), models.EventStatement: 1,
		}
		got, seen := map[models.EventKind]int{}, map[string]bool{}
		for _, e := range list.Items {
			got[e.Kind]++
			if seen[e.ID] || e.Path == "" || e.Title.IsZero() || e.RecordedAt == "" || e.On.IsZero() {
				t.Errorf("not whole or there twice: %+v", e)
			}
			seen[e.ID] = true
			if e.SetsStatus() != (e.Mark != "") || e.SetsStatus() && (e.Author == "" || e.Provenance == "" || !e.Status.Valid()) {
				t.Errorf("%s: mark %q, author %q, status %q", e.ID, e.Mark, e.Author, e.Status)
			}
		}
		for _, v := range list.Facets["kind"] {
			if k := models.EventKind(v.Value); got[k] != want[k] || v.Count != want[k] {
				t.Errorf("%s: %d entries, facet %d; want %d", k, got[k], v.Count, want[k])
			}
		}
		at := slices.IndexFunc(list.Items, func(e models.Event) bool { return e.Kind == models.EventStatement })
		if e := list.Items[at]; e.Commitments != tokyo || e.Initiatives == 0 || e.Path != "/statements/qscg-2023-12" {
			t.Errorf("the statement: %+v; want its %d commitments", e, tokyo)
		}
	})
}

// TestActivityOrderAndWas records a judgement on an earlier day and a correction of it, later than the rest.
func TestActivityOrderAndWas(t *testing.T) {
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			now := storetest.Now()
			o := store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: func() time.Time { return now }}
			if engine == store.Postgres {
				o.DatabaseURL = storetest.Database(t)
			}
			s := storetest.Open(t, o)
			storetest.Seed(t, s)
			const ref = "QSCG-SUPPLY-CHAIN-FRAMEWORK"
			before := activity(t, s, models.When{}, models.ActivityFilter{Initiative: ref, Kinds: []models.EventKind{models.EventStatus}})
			add := func(u models.Update) (id int64) {
				now = now.Add(time.Hour)
				err := s.Write(ctx, analyst, assess, func(tx *store.Tx) (err error) { id, err = tx.AddUpdate(u); return err })
				if err != nil {
					t.Fatal(err)
				}
				return id
			}
			first := update(ref)
			first.EffectiveOn = before.Items[len(before.Items)-1].On.AddDays(1)
			wrong := add(first)
			mend := first
			mend.Status, mend.Replaces, mend.ReasonKind = models.Delivered, wrong, "correction"
			add(mend)

			list := activity(t, s, models.When{}, models.ActivityFilter{})
			top, below := list.Items[0], list.Items[1]
			if top.Kind != models.EventCorrection || top.Was != models.UnderWay || top.Status != models.Delivered || top.Author != analyst.Name {
				t.Errorf("the correction: %+v; want it first, with the status it corrects", top)
			}
			if oldest := before.Items[len(before.Items)-1]; below.Kind != models.EventStatus || below.Was != oldest.Status || oldest.Was != "" {
				t.Errorf("the judgement: %+v after %+v; want the status before it in the order of effect, not of recording", below, oldest)
			}
			sorted := slices.IsSortedFunc(list.Items, func(a, b models.Event) int {
				return cmp.Or(cmp.Compare(b.RecordedAt, a.RecordedAt), cmp.Compare(b.On.Last(), a.On.Last()))
			})
			if !sorted {
				t.Error("not newest first")
			}
			if known := activity(t, s, models.When{KnownAt: storetest.Now().Format(time.RFC3339)}, models.ActivityFilter{}); known.Total != list.Total-2 {
				t.Errorf("known before both: %d entries of %d", known.Total, list.Total)
			}
			past := activity(t, s, models.When{AsOf: "2024-06-30"}, models.ActivityFilter{})
			for i, e := range past.Items {
				if e.RecordedAt != "" || e.Author != "" || e.On.Last() > "2024-06-30" || i > 0 && e.On.After(past.Items[i-1].On) {
					t.Errorf("in a view of the past: %+v", e)
				}
			}
			if past.Total < 20 {
				t.Errorf("the past has %d entries only", past.Total)
			}
		})
	}
}

func TestActivityPagesHoldEveryEntryOnce(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		ids := func(items []models.Event) (all []string) {
			for _, e := range items {
				all = append(all, e.ID)
			}
			return all
		}
		var token string
		for _, w := range []models.When{{}, {AsOf: "2024-06-30"}} {
			whole := activity(t, s, w, models.ActivityFilter{})
			var got []string
			p := models.Page{Limit: 7}
			for range 100 {
				list, err := s.Activity(ctx, models.Public, w, models.ActivityFilter{}, p)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, ids(list.Items)...)
				if list.Next == nil {
					break
				}
				p.After = *list.Next
				token = cmp.Or(token, p.After)
			}
			if want := ids(whole.Items); !slices.Equal(got, want) {
				t.Errorf("%+v: by pages %v; at once %v", w, got, want)
			}
		}
		for _, bad := range []string{"nonsense", token} { // the token is of the present
			if _, err := s.Activity(ctx, models.Public, models.When{AsOf: "2024-06-30"}, models.ActivityFilter{}, models.Page{Limit: 7, After: bad}); kindOf(err) != models.KindInvalid {
				t.Errorf("token %q: %v; want invalid", bad, err)
			}
		}
	})
}

func TestActivityFilterIsTheInitiativesThatMatch(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for name, f := range map[string]models.InitiativeFilter{
			"topic": {Topics: []string{"critical-infrastructure"}}, "country": {Countries: []string{"IN"}}, "delegate": {Delegates: []string{"keiichi-ichikawa"}},
			"forum": {Forums: []string{"qls"}}, "status": {Statuses: []models.Status{models.UnderWay}}, "meeting": {Meetings: []string{"qscg-2023-12"}},
			"mark": {Marks: []models.Mark{models.Imported}}, "grade": {Grades: []models.Grade{models.MemberStatement}}, "change": {Changes: []models.Change{models.ChangeForward}}, "words": {Words: "cyber challenge"},
		} {
			match := map[string]bool{}
			for _, ref := range refs(t, s, models.When{}, f) {
				match[ref] = true
			}
			want := map[string]bool{}
			for _, e := range activity(t, s, models.When{}, models.ActivityFilter{}).Items {
				if match[e.Initiative] && (name != "country" || e.Country == "" || e.Country == "IN") {
					want[e.ID] = true
				}
			}
			list := activity(t, s, models.When{}, models.ActivityFilter{InitiativeFilter: f})
			got := 0
			for _, e := range list.Items {
				if e.Kind == models.EventStatement {
					continue
				}
				got++
				if !want[e.ID] {
					t.Errorf("%s: %s of %s does not belong there", name, e.ID, e.Initiative)
				}
			}
			if got != len(want) || got == 0 {
				t.Errorf("%s: %d entries; want %d", name, got, len(want))
			}
			for _, facet := range []string{"kind", "topic", "country", "forum"} {
				if name != "topic" && name != "country" { // two are enough to find a field that counts itself
					continue
				}
				for _, v := range list.Facets[facet] {
					narrowed := models.ActivityFilter{InitiativeFilter: f}
					if facet == "kind" {
						narrowed.Kinds = []models.EventKind{models.EventKind(v.Value)}
					} else {
						narrowed.InitiativeFilter = with(f, facet, v.Value)
					}
					if n := activity(t, s, models.When{}, narrowed).Total; n != v.Count {
						t.Errorf("%s: %s=%s says %d, has %d entries", name, facet, v.Value, v.Count, n)
					}
				}
			}
		}
		_, err := s.Activity(ctx, models.Public, models.When{}, models.ActivityFilter{Kinds: []models.EventKind{"nope"}, InitiativeFilter: models.InitiativeFilter{Topics: []string{"nope"}}}, models.Page{Limit: 1})
		if e, ok := err.(*models.Error); !ok || len(e.Fields) != 2 {
			t.Errorf("unknown values: %v; want both named", err)
		}
	})
}

func TestActivityTakesAFixedNumberOfStatements(t *testing.T) {
	statements := 0
	s := storetest.Open(t, store.Options{Path: filepath.Join(t.TempDir(), "followthrough.db"), Now: storetest.Now, Trace: func(string) { statements++ }})
	storetest.Seed(t, s)
	activity(t, s, models.When{}, models.ActivityFilter{}) // reads the vocabulary
	statements = 0
	if activity(t, s, models.When{}, models.ActivityFilter{}); statements > 10 {
		t.Errorf("%d statements for the whole feed; want at most two for each of the four kinds of row (which come next, and what they say), the statements and the version", statements)
	}
}
