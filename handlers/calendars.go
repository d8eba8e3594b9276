package handlers

import (
	"cmp"
	"fmt"
	"time"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// calendarOf returns a reader of the calendar of a scope.
func (s *Server) calendarOf(c *Call, w models.When, m models.MeetingFilter, title models.Text) func() (*represent.Calendar, error) {
	return func() (*represent.Calendar, error) {
		r, err := s.Store.Calendar(c.Context(), c.Actor, w, m)
		if err != nil {
			return nil, err
		}
		identity, err := s.Store.Identity(c.Context())
		if err != nil {
			return nil, err
		}
		f := s.frame(c, &r.At)
		out := &represent.Calendar{Lang: string(c.Lang), Name: f.T("title", "title", f.Plain(title)), Product: "Followthrough", Version: s.Version, URL: f.Permanent()}
		for _, m := range r.Item.Meetings {
			e, err := event(f, m)
			if err != nil {
				return nil, err
			}
			e.UID += identity + ".followthrough"
			out.Events = append(out.Events, e)
		}
		for _, d := range r.Item.Due {
			e, err := todo(f, d)
			if err != nil {
				return nil, err
			}
			e.UID += identity + ".followthrough"
			out.Todos = append(out.Todos, e)
		}
		return out, nil
	}
}

// event is a meeting in a calendar. Nothing changes a meeting once it is recorded, so that it stays at revision 0.
func event(f frontend.Frame, m models.MeetingDays) (represent.CalendarEntry, error) {
	stamp, err := stamped(f, m.RecordedAt)
	e := represent.CalendarEntry{UID: "meeting-" + m.Ref + "@", Stamp: stamp, From: m.StartsOn.Last(), Until: m.EndsOn.AddDays(1).Last(), URL: f.Origin + f.To("/meetings/"+m.Ref)}
	e.Summary = f.T("meeting.virtual", "forum", f.Plain(m.Forum))
	if !m.Virtual {
		e.Summary = f.List([]string{f.Plain(m.Forum), f.Plain(m.City)})
		e.Location = f.List([]string{f.Plain(m.City), f.Plain(m.Country)})
	}
	e.Description = f.Place(m.MeetingBrief)
	return e, err
}

// todoStatuses says the status of an initiative in the words of iCalendar.
var todoStatuses = map[models.Status]string{
	models.Delivered: "COMPLETED", models.PartlyDelivered: "IN-PROCESS", models.UnderWay: "IN-PROCESS", models.Stalled: "IN-PROCESS",
	models.Announced: "NEEDS-ACTION", models.NoPublicAction: "NEEDS-ACTION", models.NotAssessed: "NEEDS-ACTION", models.Dropped: "CANCELLED",
}

// todo is an initiative that is due.
func todo(f frontend.Frame, d models.DueDate) (represent.CalendarEntry, error) {
	stamp, err := stamped(f, d.RecordedAt)
	return represent.CalendarEntry{UID: "initiative-" + d.Ref + "@", Stamp: stamp, Sequence: d.Revision, From: d.DueOn.Last(), Status: todoStatuses[d.Status], Summary: f.Plain(d.Title),
		Description: f.T("calendar.due_"+string(d.DueOn.Precision()), "day", f.Date(d.DueOn)) + " " + f.T("calendar.status", "status", f.T("status."+string(d.Status))),
		URL:         f.Origin + f.To("/initiatives/"+d.Ref)}, err
}

// stamped reads when something was recorded; in a view of the past that was later, and the day of the view stands in.
func stamped(f frontend.Frame, recordedAt string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, cmp.Or(recordedAt, dayInstant(f.At.AsOf)))
	if err != nil {
		return t, fmt.Errorf("read when it was recorded: %w", err)
	}
	return t, nil
}
