package models

// Schedule is computed from a due date and the delivery status; it is never stored.
type Schedule string

// The schedules.
const (
	Undated   Schedule = "undated"
	NotDue    Schedule = "not_due"
	DueSoon   Schedule = "due_soon"
	Overdue   Schedule = "overdue"
	MetOnTime Schedule = "met_on_time"
	MetLate   Schedule = "met_late"
)

// Schedules lists the schedules in the order they are explained.
var Schedules = []Schedule{Undated, NotDue, DueSoon, Overdue, MetOnTime, MetLate}

// SoonDays is how many days before its due date an initiative is due soon.
const SoonDays = 90

// ScheduleOf computes the schedule of an initiative with the due date, whose status is true since the date, on the
// day today. An initiative due before a meeting that has no date yet is undated.
func ScheduleOf(due Date, status Status, since, today Date) Schedule {
	switch {
	case due.IsZero():
		return Undated
	case status == Delivered && since.After(due):
		return MetLate
	case status == Delivered:
		return MetOnTime
	case today.After(due):
		return Overdue
	case today.AddDays(SoonDays).After(due):
		return DueSoon
	}
	return NotDue
}
