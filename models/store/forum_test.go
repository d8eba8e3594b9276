package store_test

import (
	"slices"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// loose lists the references of a forum that find no row in its lists.
func loose(r models.ForumRecord) []string {
	known := map[string]bool{"meeting ": true, "initiative ": true, "statement ": true, "topic ": true, "forum ": true, "country ": true}
	for _, f := range r.Forums {
		known["forum "+f.Slug] = true
	}
	for _, c := range r.Countries {
		known["country "+c.ISO2] = true
	}
	for _, t := range r.Topics {
		known["topic "+t.Slug] = true
	}
	for _, m := range r.Meetings {
		known["meeting "+m.Ref] = true
	}
	for _, s := range r.Statements {
		known["statement "+s.Slug] = true
	}
	for _, i := range r.Initiatives {
		known["initiative "+i.Ref] = true
	}
	for _, d := range r.Delegates {
		known["delegate "+d.Slug] = true
	}
	for _, e := range r.Evidence {
		known["evidence "+e.Ref] = true
	}
	var bad []string
	want := func(kind, ref string) {
		if !known[kind+" "+ref] {
			bad = append(bad, kind+" "+ref)
		}
	}
	for _, t := range r.Topics {
		want("topic", t.Parent)
	}
	for _, m := range r.Meetings {
		want("forum", m.Forum)
		for _, a := range m.Attendances {
			want("delegate", a.Delegate)
		}
		for _, p := range m.Publications {
			want("statement", p.Statement)
		}
	}
	for _, i := range r.Initiatives {
		want("topic", i.Topic)
		want("meeting", i.FirstMeeting)
		want("initiative", i.SupersededBy)
		for _, p := range i.Parts {
			want("country", p.Country)
		}
	}
	for _, c := range r.Commitments {
		want("statement", c.Statement)
		for _, ref := range c.Initiatives {
			want("initiative", ref)
		}
	}
	for _, u := range r.Updates {
		want("initiative", u.Initiative)
		want("meeting", u.Meeting)
		for _, c := range u.Evidence {
			want("evidence", c.Ref)
		}
		if u.Replaces != 0 && !slices.ContainsFunc(r.Updates, func(o models.Update) bool { return o.ID == u.Replaces }) {
			bad = append(bad, "the update replaced")
		}
	}
	return bad
}

// TestForumRefersToNothingElse adds what refers out of the forum and out of the view, such as a first promise in the
// middle of a meeting, and looks at many days.
func TestForumRefersToNothingElse(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		change := store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Needs: models.PermitAssess}
		err := s.Write(ctx, models.Actor{Name: "A. Rao", Role: models.Analyst}, change, func(tx *store.Tx) error {
			u := models.Update{Initiative: "QSCG-AI-ML", Status: models.Stalled, EffectiveOn: models.NewDate(2026, 3, 1), Mark: models.Changed, ReasonKind: "event", Note: models.Text{EN: "Nothing since."}}
			id, err := tx.AddUpdate(u)
			if err != nil {
				return err
			}
			u.EffectiveOn, u.ReasonKind, u.Replaces = models.NewDate(2026, 2, 1), "correction", id
			if _, err = tx.AddUpdate(u); err != nil {
				return err
			}
			u = models.Update{Initiative: refs(t, s, models.When{}, models.InitiativeFilter{Meetings: []string{"qscg-2023-12"}})[0], Status: models.UnderWay, EffectiveOn: models.NewDate(2023, 12, 5), Meeting: "qscg-2023-12", Mark: models.Confirmed, ReasonKind: "event"}
			if _, err = tx.AddUpdate(u); err != nil {
				return err
			}
			return tx.Relate("QSCG-AI-ML", "", outside(t, s), nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, forum := range []string{"qscg", "qls", "qfmm"} {
			for _, day := range []string{"", "2019-01-01", "2023-01-30", "2023-12-05", "2023-12-06", "2025-06-30", "2026-02-15"} {
				r, err := s.Forum(ctx, models.Public, models.When{AsOf: day, VS: "none"}, forum)
				if err != nil {
					t.Fatal(err)
				}
				if bad := loose(r.Item); len(bad) > 0 {
					t.Errorf("%s as of %q refers to %v", forum, day, bad)
				}
			}
		}
		r, err := s.Forum(ctx, models.Public, models.When{}, "qscg")
		if err != nil || len(r.Item.Initiatives) != 25 || len(r.Item.Forum.Members) != 4 {
			t.Errorf("%d initiatives, members %v, %v; want 24, the successor from outside and the four", len(r.Item.Initiatives), r.Item.Forum.Members, err)
		}
		if _, err := s.Forum(ctx, models.Public, models.When{}, "g20"); kindOf(err) != models.KindNotFound {
			t.Errorf("an unknown forum: %v", err)
		}
	})
}

// outside finds an initiative that the forum does not have.
func outside(t *testing.T, s *store.Store) string {
	t.Helper()
	own := refs(t, s, models.When{}, models.InitiativeFilter{Forums: []string{"qscg"}})
	for _, ref := range refs(t, s, models.When{}, models.InitiativeFilter{}) {
		if !slices.Contains(own, ref) {
			return ref
		}
	}
	t.Fatal("the forum has every initiative")
	return ""
}
