package models

// Calendar holds the meetings and the due dates of a scope.
type Calendar struct {
	Meetings []MeetingDays
	Due      []DueDate
}

// MeetingDays is a meeting as a calendar shows it.
type MeetingDays struct {
	MeetingBrief
	Country    Text // of the place; empty for a virtual meeting
	Virtual    bool
	RecordedAt string // UTC instant; empty in a view of the past
}

// DueDate is an initiative with the day it is due.
type DueDate struct {
	Ref        string
	Title      Text
	Status     Status
	DueOn      Date
	Revision   int    // judgements on the initiative so far
	RecordedAt string // UTC instant of the latest judgement, or of the initiative; empty in a view of the past
}
