package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestMatrixCellsAreTheRecordAsOfTheMeeting compares each column with the list as of that meeting.
func TestMatrixCellsAreTheRecordAsOfTheMeeting(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		m, err := s.Matrix(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 200}, "meetings")
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Items) != 29 || len(m.Columns) < 10 {
			t.Fatalf("%d rows, %d columns", len(m.Items), len(m.Columns))
		}
		for n, c := range m.Columns {
			w := models.When{AsOf: c.Key}
			if c.Key == models.ColumnNow {
				w.AsOf = ""
			}
			list, err := s.Initiatives(ctx, models.Public, w, models.InitiativeFilter{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			want, got := map[string]models.Status{}, map[string]models.Status{}
			for _, i := range list.Items {
				want[i.Ref] = i.Status
			}
			reviewed := 0
			for _, row := range m.Items {
				if cell := row.Cells[n]; cell.Status != "" {
					got[row.Ref] = cell.Status
					if cell.Mark.Reviewed() {
						reviewed++
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: as of it (-) and in the column (+):\n%s", c.Key, diff)
			}
			if c.Summary.Total != len(got) || c.Summary.Reviewed != reviewed {
				t.Errorf("%s: the foot says %d, %d reviewed; the cells %d, %d", c.Key, c.Summary.Total, c.Summary.Reviewed, len(got), reviewed)
			}
		}
	})
}

func TestMatrixOfOneForumHasItsMeetingsAlone(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		m, err := s.Matrix(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 200, Forums: []string{"qscg"}}, "meetings")
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, c := range m.Columns {
			keys = append(keys, c.Key)
		}
		if want := []string{"qscg-2022-03", "qscg-2023-01", "qscg-2023-12", "now"}; !slices.Equal(keys, want) {
			t.Errorf("columns %v, want %v", keys, want)
		}
		past, err := s.Matrix(ctx, models.Public, models.When{AsOf: "qscg-2023-12"}, models.InitiativeFilter{Limit: 200, Forums: []string{"qscg"}}, "meetings")
		if err != nil {
			t.Fatal(err)
		}
		if last := past.Columns[len(past.Columns)-1].Key; last != "qscg-2023-12" {
			t.Errorf("as of the meeting the last column is %s", last)
		}
	})
}

// TestMatrixOverCountriesIsTheParts compares the cells with the parts of the list.
func TestMatrixOverCountriesIsTheParts(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		f := models.InitiativeFilter{Limit: 200, Sort: models.SortTopic}
		list, err := s.Initiatives(ctx, models.Public, models.When{}, f)
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.Matrix(ctx, models.Public, models.When{}, f, "countries")
		if err != nil {
			t.Fatal(err)
		}
		for n, i := range list.Items {
			row := m.Items[n]
			if row.Ref != i.Ref || row.Cells[0].Status != i.Status {
				t.Fatalf("row %d: %s %s, want %s %s", n, row.Ref, row.Cells[0].Status, i.Ref, i.Status)
			}
			for k, p := range i.Parts {
				cell := row.Cells[k+1]
				if cell.Column != p.Country || cell.Role != p.Role || p.Applicable() && (cell.Status != p.Status || cell.Evidence != p.EvidenceCount) {
					t.Errorf("%s: cell %+v of the part %+v", i.Ref, cell, p)
				}
			}
		}
	})
}

func TestMeetingSaysWhatItChanged(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r, err := s.Meeting(ctx, models.Public, models.When{}, "qscg-2023-12")
		if err != nil {
			t.Fatal(err)
		}
		m := r.Item
		if m.Previous == nil || m.Previous.Ref != "qscg-2023-01" || m.Next != nil {
			t.Errorf("between %+v and %+v", m.Previous, m.Next)
		}
		if len(m.TakenUp) != tokyo || len(m.Commitments) != tokyo || len(m.Statements) != 1 || len(m.Attendances) != 4 {
			t.Errorf("%d taken up, %d commitments, %d statements, %d delegations", len(m.TakenUp), len(m.Commitments), len(m.Statements), len(m.Attendances))
		}
		then, err := s.Overview(ctx, models.Public, models.When{AsOf: "qscg-2023-12", VS: "qscg-2023-01"}, models.InitiativeFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(then.Item.Summary, m.Summary); diff != "" {
			t.Errorf("the overview as of the meeting (-) and the meeting (+):\n%s", diff)
		}
		first, err := s.Meeting(ctx, models.Public, models.When{}, "qscg-2022-03")
		if err != nil || first.Item.Previous != nil || first.Item.Next == nil || len(first.Item.Summary.Changes) != 0 {
			t.Errorf("the first meeting: %v, %+v", err, first.Item)
		}
		past, err := s.Meeting(ctx, models.Public, models.When{AsOf: "2023-06-30"}, "qscg-2023-01")
		if err != nil || past.Item.Next != nil {
			t.Errorf("in the past the next meeting is not known: %v, %+v", err, past.Item.Next)
		}
	})
}

// TestMeetingsThatEndOnOneDay adds a second meeting of the forum on the day of the first.
func TestMeetingsThatEndOnOneDay(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		day := models.NewDate(2023, 12, 6)
		m := models.Meeting{Ref: "qscg-same", Forum: "qscg", Format: "virtual", StartsOn: day, EndsOn: day, Confidence: models.Verified}
		change := store.Change{Action: "import", Object: "meeting:qscg-same", Needs: models.PermitImport}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.AddMeeting(m) }); err != nil {
			t.Fatal(err)
		}
		r, err := s.Meeting(ctx, models.Public, models.When{}, "qscg-same")
		if err != nil || r.Item.Previous == nil || r.Item.Previous.Ref != "qscg-2023-01" {
			t.Errorf("%v, previous %+v", err, r)
		}
	})
}

// TestJudgedOnTheFirstDayOfAMeetingIsReviewedThere judges on 5 December at the meeting of 5 and 6 December.
func TestJudgedOnTheFirstDayOfAMeetingIsReviewedThere(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		u := models.Update{Initiative: "QSCG-WORKFORCE", Status: models.UnderWay, EffectiveOn: models.NewDate(2023, 12, 5), Meeting: "qscg-2023-12", Mark: models.Confirmed,
			ReasonKind: "event", Note: models.Text{EN: "Looked at.", JA: "確認。"}, Confidence: models.Verified}
		change := store.Change{Action: "assess", Object: "initiative:QSCG-WORKFORCE", Needs: models.PermitImport}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err }); err != nil {
			t.Fatal(err)
		}
		list, err := s.Initiatives(ctx, models.Public, models.When{AsOf: "qscg-2023-12"}, models.InitiativeFilter{Words: "QSCG-WORKFORCE", Limit: 1})
		if err != nil || len(list.Items) != 1 || list.Items[0].Mark != models.Confirmed {
			t.Errorf("%v, %+v; want it reviewed at the meeting", err, list.Items)
		}
	})
}

func TestPlannedMeetingsAreNoColumnsYet(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		day := models.NewDate(2027, 3, 1)
		m := models.Meeting{Ref: "qscg-2027-03", Forum: "qscg", Format: "virtual", StartsOn: day, EndsOn: day, Confidence: models.Verified}
		change := store.Change{Action: "import", Object: "meeting:qscg-2027-03", Needs: models.PermitImport}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.AddMeeting(m) }); err != nil {
			t.Fatal(err)
		}
		matrix, err := s.Matrix(ctx, models.Public, models.When{}, models.InitiativeFilter{Limit: 1}, "meetings")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range matrix.Columns {
			if c.Key == m.Ref {
				t.Error("a meeting that is still to come has a column")
			}
		}
		last, err := s.Meeting(ctx, models.Public, models.When{}, "qscg-2023-12")
		if err != nil || last.Item.Next != nil {
			t.Errorf("the next meeting: %v, %+v", err, last.Item.Next)
		}
	})
}

func TestSeatsNameWhoCameBeforeAndAfter(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r, err := s.Delegate(ctx, models.Public, models.When{}, "keiichi-ichikawa")
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Item.Seats) != 1 || r.Item.Seats[0].Before == nil || r.Item.Seats[0].Before.Delegate != "masataka-okano" || r.Item.Seats[0].After != nil {
			t.Errorf("the seat of Keiichi Ichikawa: %+v", r.Item.Seats)
		}
		before, err := s.Delegate(ctx, models.Public, models.When{AsOf: "2023-06-30"}, "masataka-okano")
		if err != nil || before.Item.Seats[0].After != nil {
			t.Errorf("before Tokyo nobody came after Masataka Okano: %v, %+v", err, before.Item.Seats)
		}
		if r.Item.Offices[0].UntilKnown {
			t.Errorf("an end that no source gives: %+v", r.Item.Offices[0])
		}
		for _, i := range r.Item.Initiatives {
			list, err := s.Initiatives(ctx, models.Public, models.When{AsOf: "qscg-2023-12"}, models.InitiativeFilter{Words: i.Ref, Limit: 50})
			if err != nil || len(list.Items) == 0 || list.Items[0].Ref == i.Ref && list.Items[0].Status != i.Was {
				t.Errorf("%s: was %s; as of the meeting %+v (%v)", i.Ref, i.Was, list.Items, err)
			}
		}
		nair, err := s.Delegates(ctx, models.Public, models.When{}, models.DelegateFilter{Words: "Lt. General NAIR", Countries: []string{"IN"}, Meetings: []string{"qscg-2023-12"}}, models.Page{Limit: 5})
		if err != nil || nair.Total != 1 || nair.Items[0].Slug != "mu-nair" {
			t.Errorf("another form of the name: %v, %+v", err, nair)
		}
	})
}

func TestCountryComparesItsPartsWithTheOthers(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		for _, iso := range []string{"AU", "IN", "JP", "US"} {
			r, err := s.Country(ctx, models.Public, models.When{}, iso, models.InitiativeFilter{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var action, was int
			var alone, lacking []string
			for _, i := range r.Item.Initiatives {
				own, acting := models.Part{}, 0
				for _, p := range i.Parts {
					if p.Country == iso {
						own = p
					} else if p.Status.ShowsAction() {
						acting++
					}
				}
				if own.Status.ShowsAction() {
					action++
					if acting == 0 {
						alone = append(alone, i.Ref)
					}
				} else if acting == 3 {
					lacking = append(lacking, i.Ref)
				}
				if own.Was.ShowsAction() {
					was++
				}
			}
			if r.Item.Action != action || r.Item.ActionWas != was || !slices.Equal(append([]string{}, alone...), r.Item.Alone) || !slices.Equal(append([]string{}, lacking...), r.Item.OnlyLacking) {
				t.Errorf("%s: %d (was %d), alone %v, lacking %v; counted %d (%d), %v, %v", iso, r.Item.Action, r.Item.ActionWas, r.Item.Alone, r.Item.OnlyLacking, action, was, alone, lacking)
			}
		}
		some, err := s.Country(ctx, models.Public, models.When{}, "jp", models.InitiativeFilter{}, []models.Status{models.Delivered})
		if err != nil || len(some.Item.Initiatives) == 0 || len(some.Item.Initiatives) > 10 {
			t.Errorf("delivered parts: %v, %d", err, len(some.Item.Initiatives))
		}
	})
}

func TestEvidenceSaysWhatItBearsOn(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r, err := s.Evidence(ctx, models.Public, models.When{}, "wh-2023-12-15")
		if err != nil {
			t.Fatal(err)
		}
		refs := map[string]bool{}
		for _, b := range r.Item.Bears {
			refs[b.Initiative] = true
		}
		if len(refs) != len(r.Item.Initiatives) || len(r.Item.Cited) == 0 {
			t.Errorf("bears on %d initiatives, named on %d; cited %v", len(refs), len(r.Item.Initiatives), r.Item.Cited)
		}
		past, err := s.Evidence(ctx, models.Public, models.When{AsOf: "2023-12-20"}, "wh-2023-12-15")
		if err != nil || len(past.Item.Cited) != 0 {
			t.Errorf("lists of sources in the past: %v, %+v", err, past.Item.Cited)
		}
	})
}

// TestRemovedRecordsAreGone buries a record that was never there, as an editor's removal will.
func TestRemovedRecordsAreGone(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		change := store.Change{Action: "remove", Object: "evidence:old", Needs: models.PermitImport}
		buried := models.RecordRef{Kind: "evidence", Ref: "old", Title: models.Text{EN: "Old page"}}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.Bury(buried, models.Text{}) }); kindOf(err) != models.KindInvalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := s.Write(ctx, models.Program, change, func(tx *store.Tx) error { return tx.Bury(buried, models.Text{EN: "Twice in the record."}) }); err != nil {
			t.Fatal(err)
		}
		_, err := s.Evidence(ctx, models.Public, models.When{}, "old")
		var gone *models.Error
		if !errors.As(err, &gone) || gone.Kind != models.KindGone || gone.Args["reason"] != (models.Text{EN: "Twice in the record."}) {
			t.Errorf("a removed record: %v", err)
		}
		if _, err := s.Evidence(ctx, models.Public, models.When{}, "never"); kindOf(err) != models.KindNotFound {
			t.Errorf("one that never was: %v", err)
		}
	})
}
