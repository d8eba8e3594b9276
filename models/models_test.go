package models

import (
	"encoding/json"
	"testing"
)

func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, last, out string }{
		{"2023-12-05", "2023-12-05", "2023-12-05"}, {"2024-02", "2024-02-29", "2024-02"}, {"2023-Q4", "2023-12-31", "2023-Q4"},
		{"2026", "2026-12-31", "2026"}, {"", "", ""},
	} {
		d, err := ParseDate(c.in)
		if err != nil || d.Last() != c.last || d.String() != c.out {
			t.Errorf("ParseDate(%q) = %q, last day %q, %v; want %q, %q", c.in, d, d.Last(), err, c.out, c.last)
		}
		back, err := DateFrom(d.Last(), d.Precision())
		if err != nil || back != d {
			t.Errorf("DateFrom of the stored columns of %q = %v, %v", c.in, back, err)
		}
		var viaJSON Date
		b, _ := json.Marshal(d)
		if err := json.Unmarshal(b, &viaJSON); err != nil || viaJSON != d {
			t.Errorf("%q through JSON %s = %v, %v", c.in, b, viaJSON, err)
		}
	}
	for _, bad := range []string{"2023-13-01", "2023-02-30", "2023-Q5", "23", "20233", "yesterday", "2023-1-1", "0000", "+123", "-123-Q1", "-123"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %v; want an error", bad, d)
		}
	}
}

func TestDateOfAMonthStandsForItsLastDay(t *testing.T) {
	t.Parallel()
	month, _ := ParseDate("2023-10")
	if !month.After(NewDate(2023, 10, 30)) || month.After(NewDate(2023, 10, 31)) {
		t.Error("2023-10 must come after 30 October and not after 31 October, or a view of the past would show it too early")
	}
}

func TestTextFallsBackToTheOtherLanguage(t *testing.T) {
	t.Parallel()
	if s, l := (Text{EN: "label"}).In(Japanese); s != "label" || l != English {
		t.Errorf("got %q in %s; want the English words, said to be English", s, l)
	}
	if s, l := (Text{EN: "label", JA: "ラベル"}).In(Japanese); s != "ラベル" || l != Japanese {
		t.Errorf("got %q in %s", s, l)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		was, now Status
		want     Change
	}{
		{"", Announced, ChangeNew}, {Announced, Announced, ChangeNone}, {Announced, UnderWay, ChangeForward}, {UnderWay, Delivered, ChangeForward},
		{Delivered, UnderWay, ChangeBack}, {UnderWay, Stalled, ChangeBack}, {Stalled, UnderWay, ChangeForward}, {NotAssessed, Announced, ChangeOther},
		{UnderWay, NotAssessed, ChangeOther}, {NoPublicAction, Stalled, ChangeOther}, {Stalled, Dropped, ChangeBack},
	} {
		if got := Compare(c.was, c.now); got != c.want {
			t.Errorf("Compare(%q, %q) = %q; want %q", c.was, c.now, got, c.want)
		}
	}
}

func TestScaleIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for i, s := range Statuses {
		if s.Position() != i || !s.Valid() || s.Attention() < 0 || seen[s.Attention()] {
			t.Errorf("%s: position %d, attention %d; every status has one place in each order", s, s.Position(), s.Attention())
		}
		seen[s.Attention()] = true
	}
	if Status("done").Valid() || Mark("seen").Valid() || Grade("E4").Valid() || Change("up").Valid() {
		t.Error("a code that is on no scale is valid")
	}
	if Carried.Reviewed() || Imported.Reviewed() || !Confirmed.Reviewed() || !Changed.Reviewed() {
		t.Error("only changed and confirmed count as reviewed")
	}
}

func TestUpdateValidate(t *testing.T) {
	t.Parallel()
	good := Update{Status: Stalled, EffectiveOn: NewDate(2024, 1, 1), Mark: Changed, ReasonKind: "event", Note: Text{EN: "no meeting took place"}}
	if err := good.Validate(); err != nil {
		t.Fatalf("a good update: %v", err)
	}
	for field, spoil := range map[string]func(*Update){
		"status": func(u *Update) { u.Status = "done" }, "effective_on": func(u *Update) { u.EffectiveOn = Date{} }, "review_mark": func(u *Update) { u.Mark = "" },
		"reason_kind": func(u *Update) { u.ReasonKind = "mood" }, "note": func(u *Update) { u.Note = Text{} },
	} {
		u := good
		spoil(&u)
		e, ok := u.Validate().(*Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("spoilt %s: got %v; want an error that names the field", field, u.Validate())
		}
	}
}

func TestShortOfEvidence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status Status
		grade  Grade
		short  bool
	}{{Delivered, MemberStatement, true}, {Delivered, OfficialRecord, false}, {UnderWay, MemberStatement, false}, {Announced, Searched, true}, {Stalled, Searched, false}, {NotAssessed, Searched, false}} {
		if got := (Update{Status: c.status, Grade: c.grade}).ShortOfEvidence(); got != c.short {
			t.Errorf("%s with %s: short = %v; want %v", c.status, c.grade, got, c.short)
		}
	}
	u := Update{Evidence: []Citation{{Stance: "contradicts", Grade: Independent}, {Stance: "supports", Grade: MemberStatement}}}
	if g := u.BestGrade(); g != MemberStatement {
		t.Errorf("best grade = %s; evidence that contradicts must not raise it", g)
	}
}

func TestScheduleOf(t *testing.T) {
	t.Parallel()
	due, today := NewDate(2024, 6, 30), NewDate(2024, 4, 15)
	for _, c := range []struct {
		name         string
		due          Date
		status       Status
		since, today Date
		want         Schedule
	}{
		{"no due date", Date{}, UnderWay, today, today, Undated}, {"far away", due, UnderWay, today, NewDate(2024, 1, 1), NotDue},
		{"within 90 days", due, UnderWay, today, today, DueSoon}, {"the day itself", due, UnderWay, today, due, DueSoon},
		{"a day late", due, UnderWay, today, NewDate(2024, 7, 1), Overdue}, {"delivered in time", due, Delivered, due, NewDate(2025, 1, 1), MetOnTime},
		{"delivered late", due, Delivered, NewDate(2024, 7, 1), NewDate(2025, 1, 1), MetLate},
	} {
		if got := ScheduleOf(c.due, c.status, c.since, c.today); got != c.want {
			t.Errorf("%s: got %s; want %s", c.name, got, c.want)
		}
	}
}

func TestMay(t *testing.T) {
	t.Parallel()
	for _, r := range Roles {
		if got := May(Actor{Role: r}, PermitRead); got != (r != Stranger) {
			t.Errorf("%s may read what is published: %v", r, got)
		}
		if got := May(Actor{Role: r}, PermitImport); got != (r == Administrator) {
			t.Errorf("%s may import: %v", r, got)
		}
	}
	if May(Actor{Role: "owner"}, PermitRead) || May(Actor{}, PermitRead) {
		t.Error("an unknown role holds a permission")
	}
}

func TestBeforeIsTheLastOtherStatus(t *testing.T) {
	t.Parallel()
	judged := func(id int64, country string, status Status, replaces int64) Update {
		return Update{ID: id, Country: country, Status: status, Replaces: replaces}
	}
	for name, c := range map[string]struct {
		updates []Update // newest first
		want    Status
	}{
		"none":                   {nil, ""},
		"first":                  {[]Update{judged(1, "", UnderWay, 0)}, ""},
		"said_again":             {[]Update{judged(3, "", UnderWay, 0), judged(2, "", UnderWay, 0), judged(1, "", Announced, 0)}, Announced},
		"of_a_part":              {[]Update{judged(3, "", UnderWay, 0), judged(2, "JP", Stalled, 0), judged(1, "", Announced, 0)}, Announced},
		"corrected_is_forgotten": {[]Update{judged(3, "", UnderWay, 2), judged(2, "", Stalled, 0), judged(1, "", Announced, 0)}, Announced},
	} {
		r := InitiativeRecord{Initiative: Initiative{Status: UnderWay}, Updates: c.updates}
		if got := r.Before(); got != c.want {
			t.Errorf("%s: before it was %q; want %q", name, got, c.want)
		}
	}
}
