package represent

import (
	"io"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Calendar is an iCalendar object (RFC 5545) in one language. Its days are civil days without a time zone.
type Calendar struct {
	Lang    string
	Name    string
	Product string // who made it
	Version string // of the product
	URL     string // whole address of the page
	Events  []CalendarEntry
	Todos   []CalendarEntry
}

// CalendarEntry is something that takes days, or something due on a day.
type CalendarEntry struct {
	UID         string // stable for ever
	Stamp       time.Time
	Sequence    int
	From        string // first day as 2006-01-02; of a todo, the day it is due
	Until       string // first day after; empty for a todo
	Status      string // of a todo
	Summary     string
	Location    string
	Description string
	URL         string // whole address
}

// WriteICS writes a calendar.
func WriteICS(w io.Writer, c *Calendar) error {
	out := ics.NewCalendar() // without METHOD, so that DTSTAMP is the time of the last revision
	out.SetProductId("-//" + c.Product + "//" + c.Version + "//" + strings.ToUpper(c.Lang))
	out.SetCalscale("GREGORIAN")
	out.SetName(line(c.Name))
	out.SetXWRCalName(line(c.Name)) // what programs understood before NAME
	out.SetUrl(c.URL)
	for _, e := range c.Events {
		event := out.AddEvent(e.UID)
		e.fill(&event.ComponentBase, c.Lang)
		event.SetProperty(ics.ComponentPropertyDtStart, basic(e.From), ics.WithValue(string(ics.ValueDataTypeDate)))
		event.SetProperty(ics.ComponentPropertyDtEnd, basic(e.Until), ics.WithValue(string(ics.ValueDataTypeDate)))
		event.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy because governments meet
	}
	for _, e := range c.Todos {
		todo := out.AddTodo(e.UID)
		e.fill(&todo.ComponentBase, c.Lang)
		todo.SetProperty(ics.ComponentPropertyDue, basic(e.From), ics.WithValue(string(ics.ValueDataTypeDate)))
		todo.SetStatus(ics.ObjectStatus(e.Status))
	}
	return out.SerializeTo(w, ics.WithNewLineWindows) // RFC 5545 asks for CR LF everywhere
}

func (e CalendarEntry) fill(c *ics.ComponentBase, lang string) {
	in := &ics.KeyValues{Key: string(ics.ParameterLanguage), Value: []string{lang}}
	c.SetDtStampTime(e.Stamp.UTC())
	c.SetSequence(e.Sequence)
	c.SetSummary(line(e.Summary), in)
	if e.Location != "" {
		c.SetLocation(line(e.Location), in)
	}
	c.SetDescription(line(e.Description), in)
	c.SetURL(e.URL)
}

// line puts a text on one line and drops control characters, which no line of a calendar may hold.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// basic writes a civil day in the basic form of ISO 8601.
func basic(day string) string { return strings.ReplaceAll(day, "-", "") }
