package models

import "slices"

// Status is the delivery judgement on an initiative or on one country's part in it. It is set by a person, never
// computed or averaged. docs/status-scale.md defines each code.
type Status string

// The delivery scale, best first. The order is the same in charts, legends, filters and exports.
const (
	Delivered       Status = "delivered"
	PartlyDelivered Status = "partly_delivered"
	UnderWay        Status = "under_way"
	Announced       Status = "announced"
	NoPublicAction  Status = "no_public_action"
	Stalled         Status = "stalled"
	Dropped         Status = "dropped"
	NotAssessed     Status = "not_assessed"
)

// Statuses lists the delivery scale in its fixed order.
var Statuses = []Status{Delivered, PartlyDelivered, UnderWay, Announced, NoPublicAction, Stalled, Dropped, NotAssessed}

// rank orders statuses for "moved forward" and "slipped"; a status without a rank can only change sideways.
var rank = map[Status]int{Delivered: 5, PartlyDelivered: 4, UnderWay: 3, Announced: 2, NoPublicAction: 1, Stalled: 1, Dropped: 0}

// attention orders statuses by how much a reader should look at them: trouble first, what is done last.
var attention = []Status{Stalled, Dropped, NoPublicAction, NotAssessed, Announced, UnderWay, PartlyDelivered, Delivered}

// Valid reports whether s is on the scale.
func (s Status) Valid() bool { return slices.Contains(Statuses, s) }

// Attention returns the place of s in the order "needs attention first", counted from 0.
func (s Status) Attention() int { return slices.Index(attention, s) }

// Position returns the place of s on the scale, counted from 0.
func (s Status) Position() int { return slices.Index(Statuses, s) }

// Rank returns the place of s among what is better and worse, and whether it has one. Compare goes by it.
func (s Status) Rank() (int, bool) {
	r, ok := rank[s]
	return r, ok
}

// NeedsReason reports whether a written reason must go with the status.
func (s Status) NeedsReason() bool { return s == Stalled || s == Dropped }

// NeedsGrade returns the least evidence grade that the status asks for, and whether a search note will do instead.
func (s Status) NeedsGrade() (least Grade, orSearchNote bool) {
	switch s {
	case Delivered, PartlyDelivered:
		return OfficialRecord, false
	case UnderWay, Announced, Dropped:
		return MemberStatement, false
	case Stalled:
		return MemberStatement, true
	case NoPublicAction:
		return Searched, true
	}
	return Searched, false
}

// ShowsAction reports whether the status says that a country has at least announced something.
func (s Status) ShowsAction() bool {
	return s == Delivered || s == PartlyDelivered || s == UnderWay || s == Announced
}

// Grade is the strength of the best evidence under a status.
type Grade string

// The grades, weakest first.
const (
	Searched        Grade = "E0" // searched, none found
	MemberStatement Grade = "E1" // a member's own or a joint statement
	OfficialRecord  Grade = "E2" // an official record that is itself the output
	Independent     Grade = "E3" // independent confirmation
)

// Grades lists the grades, weakest first.
var Grades = []Grade{Searched, MemberStatement, OfficialRecord, Independent}

// Valid reports whether g is a grade.
func (g Grade) Valid() bool { return slices.Contains(Grades, g) }

// Mark is the review mark: how the status of an initiative at a meeting got there.
type Mark string

// The review marks. Carried means that nobody looked, and is never counted as reviewed.
const (
	Changed   Mark = "changed"
	Confirmed Mark = "confirmed"
	Carried   Mark = "carried"
	Imported  Mark = "imported"
)

// Marks lists the review marks in the order they are shown.
var Marks = []Mark{Changed, Confirmed, Carried, Imported}

// Valid reports whether m is a review mark.
func (m Mark) Valid() bool { return slices.Contains(Marks, m) }

// Reviewed reports whether a person looked: only changed and confirmed count.
func (m Mark) Reviewed() bool { return m == Changed || m == Confirmed }

// Change says how the status at one time compares with the status at an earlier time.
type Change string

// The changes. ChangeNew means that the initiative did not exist at the earlier time.
const (
	ChangeNew     Change = "new"
	ChangeForward Change = "forward"
	ChangeBack    Change = "back"
	ChangeOther   Change = "other"
	ChangeNone    Change = "none"
)

// Changes lists the kinds of change in the order they are shown.
var Changes = []Change{ChangeForward, ChangeBack, ChangeNew, ChangeOther, ChangeNone}

// Valid reports whether c is a kind of change.
func (c Change) Valid() bool { return slices.Contains(Changes, c) }

// Compare says how status now compares with status was; an empty was means that there was nothing yet.
func Compare(was, now Status) Change {
	a, aRanked := rank[was]
	b, bRanked := rank[now]
	switch {
	case was == "":
		return ChangeNew
	case was == now:
		return ChangeNone
	case !aRanked || !bRanked || a == b:
		return ChangeOther
	case b > a:
		return ChangeForward
	}
	return ChangeBack
}
