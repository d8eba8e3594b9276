package models

import (
	"fmt"
	"slices"
	"testing"
)

// sorted is a briefing of one initiative.
func sorted(i Initiative) Briefing {
	i.Ref = "R"
	b := Briefing{Initiatives: []BriefingItem{{Initiative: i}}}
	b.Sort()
	return b
}

// TestClosedIsDeliveredOrDroppedSince puts every status with every change under what moved: under its way, and what was
// delivered or dropped under closed as well.
func TestClosedIsDeliveredOrDroppedSince(t *testing.T) {
	t.Parallel()
	for _, st := range Statuses {
		for _, change := range append([]Change{""}, Changes...) {
			b := sorted(Initiative{Status: st, Change: change})
			var want, got []string
			if way := map[Change]string{ChangeForward: "forward", ChangeBack: "back", ChangeNew: "new", ChangeOther: "other"}[change]; way != "" {
				want = append(want, way)
				if st == Delivered || st == Dropped {
					want = append(want, "closed")
				}
			}
			for name, list := range map[string][]string{"forward": b.Changes.Forward, "back": b.Changes.Back, "new": b.Changes.New, "closed": b.Changes.Closed, "other": b.Changes.Other} {
				if slices.Contains(list, "R") {
					got = append(got, name)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %q: under %v; want %v", st, change, got, want)
			}
		}
	}
}

// TestInitiativeInTroubleCountsOnce has an initiative that is stalled and overdue, one that is overdue, one without
// public action, and one that nobody looked at.
func TestInitiativeInTroubleCountsOnce(t *testing.T) {
	t.Parallel()
	b := Briefing{}
	for n, i := range []Initiative{{Status: Stalled, Schedule: Overdue}, {Status: UnderWay, Schedule: Overdue}, {Status: NoPublicAction}, {Status: UnderWay, Mark: Carried}} {
		i.Ref = fmt.Sprint(n)
		b.Initiatives = append(b.Initiatives, BriefingItem{Initiative: i})
	}
	b.Sort()
	if got := b.Attention.Pressing(); !slices.Equal(got, []string{"0", "1", "2"}) {
		t.Errorf("%v need attention; want each of 0, 1 and 2 once", got)
	}
}

// TestEvidenceIsCitedOnce has one source under a judgement twice and under another one again.
func TestEvidenceIsCitedOnce(t *testing.T) {
	t.Parallel()
	of := func(refs ...string) (u Update) {
		for _, ref := range refs {
			u.Evidence = append(u.Evidence, Citation{Evidence: Evidence{Ref: ref}})
		}
		return u
	}
	var b Briefing
	first, second := b.cite(of("a", "b", "a")), b.cite(of("c", "b"))
	if !slices.Equal(first, []int{1, 2}) || !slices.Equal(second, []int{2, 3}) || len(b.Evidence) != 3 {
		t.Errorf("cited %v and %v of %d; want 1, 2 and 2, 3 of three", first, second, len(b.Evidence))
	}
}

// TestListsOfABriefingAreTidied leaves out what says nothing and what is said twice, in every list.
func TestListsOfABriefingAreTidied(t *testing.T) {
	t.Parallel()
	given := func() []string { return []string{"", "b", "a", "b", "", "a"} }
	o := BriefingOptions{Include: given(), ByCountry: given(), Topic: given(), Country: given(), Delegate: given(), Status: []Status{"", Stalled, Dropped, Stalled}}
	o.Complete(English)
	for name, got := range map[string][]string{"include": o.Include, "by_country": o.ByCountry, "topic": o.Topic, "country": o.Country, "delegate": o.Delegate} {
		if !slices.Equal(got, []string{"b", "a"}) {
			t.Errorf("%s: %q; want b and a once each", name, got)
		}
	}
	if !slices.Equal(o.Status, []Status{Stalled, Dropped}) {
		t.Errorf("status: %q", o.Status)
	}
	none := BriefingOptions{Include: []string{""}, Topic: []string{""}}
	none.Complete(English)
	if !slices.Equal(none.Include, BriefingDefault) || none.Topic == nil || len(none.Topic) != 0 || none.Status == nil {
		t.Errorf("of nothing: %+v; want the defaults, and lists that are empty", none)
	}
}
