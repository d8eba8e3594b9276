package store_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

func refs(t *testing.T, s *store.Store, w models.When, f models.InitiativeFilter) []string {
	t.Helper()
	f.Limit = 200
	list, err := s.Initiatives(ctx, models.Public, w, f)
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	if len(list.Items) != list.Total {
		t.Errorf("%+v: %d rows, total %d", f, len(list.Items), list.Total)
	}
	out := make([]string, len(list.Items))
	for i, item := range list.Items {
		out[i] = item.Ref
	}
	return out
}

// tokyo is the 21 initiatives that the Tokyo statement of 2023 names.
const tokyo = 21

func TestDelegateFilterIsTheStatementsOfTheMeetingsAttended(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		got := refs(t, s, models.When{}, models.InitiativeFilter{Delegates: []string{"keiichi-ichikawa"}})
		st, err := s.Statement(ctx, models.Public, models.When{}, "qscg-2023-12")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, c := range st.Item.Commitments {
			want = append(want, c.Initiatives...)
		}
		slices.Sort(got)
		slices.Sort(want)
		if len(want) != tokyo || !slices.Equal(got, want) {
			t.Errorf("got %d initiatives %v; want the %d of the statement %v", len(got), got, tokyo, want)
		}
		if got := refs(t, s, models.When{AsOf: "2023-06-30"}, models.InitiativeFilter{Delegates: []string{"keiichi-ichikawa"}}); len(got) != 0 {
			t.Errorf("before the meeting: %v; want none", got)
		}
	})
}

var filters = []string{"topic", "country", "delegate", "forum", "status", "meeting", "mark", "grade", "change"}

// with returns a filter with one field set to values.
func with(f models.InitiativeFilter, field string, values ...string) models.InitiativeFilter {
	switch field {
	case "topic":
		f.Topics = values
	case "country":
		f.Countries = values
	case "delegate":
		f.Delegates = values
	case "forum":
		f.Forums = values
	case "status":
		f.Statuses = nil
		for _, v := range values {
			f.Statuses = append(f.Statuses, models.Status(v))
		}
	case "meeting":
		f.Meetings = values
	case "mark":
		f.Marks = nil
		for _, v := range values {
			f.Marks = append(f.Marks, models.Mark(v))
		}
	case "grade":
		f.Grades = nil
		for _, v := range values {
			f.Grades = append(f.Grades, models.Grade(v))
		}
	case "change":
		f.Changes = nil
		for _, v := range values {
			f.Changes = append(f.Changes, models.Change(v))
		}
	}
	return f
}

// TestFacetCountsAreTheRowsBehindThem follows values of facets in random states of filter and time.
func TestFacetCountsAreTheRowsBehindThem(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r := rand.New(rand.NewPCG(1, 2))
		followed, behind := 0, 0
		for range 60 {
			w := models.When{AsOf: []string{"", "", "qscg-2023-12", "2024-10-15", "2023-06-30"}[r.IntN(5)]}
			all, err := s.Initiatives(ctx, models.Public, w, models.InitiativeFilter{Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			var f models.InitiativeFilter
			for range r.IntN(3) {
				field := filters[r.IntN(len(filters))]
				if values := all.Facets[field]; len(values) > 0 {
					f = with(f, field, values[r.IntN(len(values))].Value, values[r.IntN(len(values))].Value)
				}
			}
			f.Limit = 1
			list, err := s.Initiatives(ctx, models.Public, w, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, field := range filters {
				for _, v := range list.Facets[field] {
					if r.IntN(4) > 0 {
						continue
					}
					followed++
					got := refs(t, s, w, with(f, field, v.Value))
					behind += len(got)
					if len(got) != v.Count {
						t.Errorf("as of %q, %+v: %s=%s says %d, has %d rows", w.AsOf, f, field, v.Value, v.Count, len(got))
					}
				}
			}
		}
		if followed < 200 || behind == 0 {
			t.Errorf("followed %d values with %d rows behind them; the test must follow at least 200", followed, behind)
		}
	})
}

func TestPagesByKeysetHoldEveryRowOnce(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for _, sort := range models.Sorts {
			f := models.InitiativeFilter{Sort: sort, Limit: 4}
			var got []string
			for pages := 0; ; pages++ {
				list, err := s.Initiatives(ctx, models.Public, models.When{}, f)
				if err != nil || pages > 20 {
					t.Fatalf("%s, page %d: %v", sort, pages, err)
				}
				for _, i := range list.Items {
					got = append(got, i.Ref)
				}
				if list.Next == nil {
					break
				}
				f.After = *list.Next
			}
			if want := refs(t, s, models.When{}, models.InitiativeFilter{Sort: sort}); !slices.Equal(got, want) {
				t.Errorf("%s: by pages %v; at once %v", sort, got, want)
			}
		}
		list, err := s.Initiatives(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 4})
		if err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{"nonsense", *list.Next} {
			_, err := s.Initiatives(ctx, models.Public, models.When{}, models.InitiativeFilter{Sort: models.SortRef, Limit: 4, After: token})
			if kindOf(err) != models.KindInvalid {
				t.Errorf("token %q of another order: %v; want invalid", token, err)
			}
		}
	})
}

// TestChangeInSQLIsCompare gives one initiative every pair of statuses and reads the change back.
func TestChangeInSQLIsCompare(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for n, was := range models.Statuses {
			for m, now := range models.Statuses {
				first, second := update("QSCG-CLOUD-SERVICES"), update("QSCG-CLOUD-SERVICES")
				first.Status, first.EffectiveOn = was, models.NewDate(2030+n, m+1, 1)
				second.Status, second.EffectiveOn = now, models.NewDate(2030+n, m+1, 2)
				err := s.Write(ctx, analyst, assess, func(tx *store.Tx) error {
					if _, err := tx.AddUpdate(first); err != nil {
						return err
					}
					_, err := tx.AddUpdate(second)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				r, err := s.Initiative(ctx, models.Public, models.When{AsOf: second.EffectiveOn.String(), VS: first.EffectiveOn.String()}, "QSCG-CLOUD-SERVICES")
				if err != nil || r.Item.Change != models.Compare(was, now) || r.Item.Was != was || r.Item.Status != now {
					t.Fatalf("%s then %s: got %s, was %s, %s, %v; want %s", was, now, r.Item.Status, r.Item.Was, r.Item.Change, err, models.Compare(was, now))
				}
			}
		}
	})
}

func TestUnknownValuesAreNamed(t *testing.T) {
	s := storetest.Quad(t, store.SQLite)
	for field, f := range map[string]models.InitiativeFilter{
		"topic": {Topics: []string{"nope"}}, "country": {Countries: []string{"XX"}}, "delegate": {Delegates: []string{"nope"}}, "forum": {Forums: []string{"nope"}},
		"status": {Statuses: []models.Status{"nope"}}, "meeting": {Meetings: []string{"nope"}}, "mark": {Marks: []models.Mark{"nope"}},
		"grade": {Grades: []models.Grade{"nope"}}, "change": {Changes: []models.Change{"nope"}},
	} {
		_, err := s.Initiatives(ctx, models.Public, models.When{}, f)
		e, ok := err.(*models.Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: got %v; want an error that names the field", field, err)
		}
	}
	for _, w := range []models.When{{AsOf: "nope"}, {VS: "nope"}, {AsOf: "2023-06-30", VS: "2023-06-30"}, {AsOf: "2023-06-30", VS: "qscg-2023-12"}} {
		if _, err := s.Overview(ctx, models.Public, w, models.InitiativeFilter{}); kindOf(err) != models.KindInvalid {
			t.Errorf("%+v: %v; want invalid", w, err)
		}
	}
}

func TestFreeTextIsLiteralAndFolded(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for words, want := range map[string]int{"CHALLENGE": 2, "ｻｲﾊﾞｰ チャレンジ": 2, "iot-label": 1, "海底": 3, "%": 0, "_": 0, "' OR 1=1 --": 0, `\`: 0, `"`: 0, "qscg": 29} {
			if got := refs(t, s, models.When{}, models.InitiativeFilter{Words: words}); len(got) != want {
				t.Errorf("%q: %d initiatives %v; want %d", words, len(got), got, want)
			}
		}
	})
}

// TestStatementsPerViewAreConstant counts the SQL of each view with few and with many rows.
func TestStatementsPerViewAreConstant(t *testing.T) {
	n := 0
	s := storetest.Open(t, store.Options{Path: path(t), Now: storetest.Now, Trace: func(string) { n++ }})
	storetest.Seed(t, s)
	counted := func(f func() error) int {
		n = 0
		if err := f(); err != nil {
			t.Fatal(err)
		}
		return n
	}
	initiatives := func(f models.InitiativeFilter) func() error {
		return func() error { _, err := s.Initiatives(ctx, models.Public, models.When{}, f); return err }
	}
	one := func(ref string) func() error {
		return func() error { _, err := s.Initiative(ctx, models.Public, models.When{}, ref); return err }
	}
	topic := func(slug string) func() error {
		return func() error {
			_, err := s.Topic(ctx, models.Public, models.When{}, slug, models.InitiativeFilter{})
			return err
		}
	}
	overview := func(f models.InitiativeFilter) func() error {
		return func() error { _, err := s.Overview(ctx, models.Public, models.When{}, f); return err }
	}
	matrix := func(f models.InitiativeFilter) func() error {
		return func() error { _, err := s.Matrix(ctx, models.Public, models.When{}, f, "meetings"); return err }
	}
	meeting := func(ref string) func() error {
		return func() error { _, err := s.Meeting(ctx, models.Public, models.When{}, ref); return err }
	}
	country := func(iso string) func() error {
		return func() error {
			_, err := s.Country(ctx, models.Public, models.When{}, iso, models.InitiativeFilter{}, nil)
			return err
		}
	}
	delegate := func(slug string) func() error {
		return func() error { _, err := s.Delegate(ctx, models.Public, models.When{}, slug); return err }
	}
	evidence := func(ref string) func() error {
		return func() error { _, err := s.Evidence(ctx, models.Public, models.When{}, ref); return err }
	}
	statements := func(limit int) func() error {
		return func() error {
			_, err := s.Statements(ctx, models.Public, models.When{}, models.Page{Limit: limit})
			return err
		}
	}
	search := func(words string) func() error {
		return func() error {
			_, err := s.Search(ctx, models.Public, models.When{}, models.SearchFilter{Words: words}, models.Page{Limit: 200})
			return err
		}
	}
	rao, _ := people(t, s)
	must(t, s.StartRound(t.Context(), rao, "qfmm-2021-02"))
	must(t, s.StartRound(t.Context(), rao, inTokyo))
	for _, i := range roundOf(t, s, rao).Items {
		must(t, s.SaveItem(t.Context(), rao, inTokyo, i.Initiative, 0, models.RoundWork{Decision: models.DecideSave, Status: models.Delivered, Evidence: cited}, "status=delivered", nil))
	}
	round := func(meeting string) func() error {
		return func() error { _, err := s.Round(ctx, rao, meeting); return err }
	}
	for name, c := range map[string][2]func() error{
		"initiatives": {initiatives(models.InitiativeFilter{Limit: 1}), initiatives(models.InitiativeFilter{Limit: 200, Topics: []string{"supply-chain", "capacity-building"}})},
		"initiative":  {one("QSCG-DEFENSIVE-CAPACITY"), one("QSCG-IOT-MUTUAL-RECOGNITION")},
		"topic":       {topic("ai-emerging"), topic("digital-infrastructure")},
		"matrix":      {matrix(models.InitiativeFilter{Limit: 1}), matrix(models.InitiativeFilter{Limit: 200})},
		"meeting":     {meeting("qfmm-2021-02"), meeting("qscg-2023-12")},
		"country":     {country("IN"), country("JP")},
		"delegate":    {delegate("scott-morrison"), delegate("anne-neuberger")},
		"evidence":    {evidence("newton-2024"), evidence("wh-2023-12-15")},
		"statements":  {statements(1), statements(200)},
		"round":       {round("qfmm-2021-02"), round(inTokyo)},
		"search":      {search("Kosrae"), search("cyber")},
		"overview":    {overview(models.InitiativeFilter{}), overview(models.InitiativeFilter{Countries: []string{"JP"}})},
	} {
		for _, view := range c {
			must(t, view()) // reads once what is kept of the record
		}
		few, many := counted(c[0]), counted(c[1])
		t.Logf("%s: %d statements", name, few)
		if few > 20 || many > few+5 || few > many+5 { // an answer without rows leaves out what would hang on them: three of commitments, two of initiatives
			t.Errorf("%s: %d statements for few rows, %d for many", name, few, many)
		}
	}
}

func TestSinceIsTheFirstOfTheJudgementsThatSayTheSame(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		// Under way by an event of September 2024 and by another of January 2025.
		if got := initiativeOf(t, s, "QSCG-SUPPLY-CHAIN-NEED", models.When{}); got.Status != models.UnderWay || got.Since.String() != "2024-09-21" {
			t.Errorf("%s since %s; want under_way since 2024-09-21", got.Status, got.Since)
		}
	})
}
