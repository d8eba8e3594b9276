package frontend

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Activity is what was recorded, newest first.
type Activity struct {
	Filters
	List  *models.List[models.Event]
	Intro string
	Count string
	Days  []ActivityDay
	Empty string // why there is no entry
}

// ActivityDay holds the entries of one day: of recording or, in a view of the past, from which they are true.
type ActivityDay struct {
	Title  string
	Events []ActivityEvent
}

// ActivityEvent is one entry as the page shows it.
type ActivityEvent struct {
	models.Event
	Clock    string // time of recording, UTC; empty in a view of the past
	Meta     string // kind, day, sources and author
	URL      string
	Was      models.Status // empty when it did not change
	Says     Wording
	Holds    string // what a statement brought
	Suggests string // the status that a search proposes
}

// activityFacets are the fields of the filter, in their order.
var activityFacets = []facetField{{"kind", true}, {"topic", false}, {"country", true}, {"forum", false}}

// NewActivity prepares the page.
func NewActivity(f Frame, list *models.List[models.Event]) templ.Component {
	p := Activity{Filters: newFilters(f, list.Facets, activityFacets), List: list, Intro: ActivityIntro(f), Count: f.T("count.updates", "n", list.Total)}
	for _, name := range facetNames() { // what an address can ask for beyond the form
		for _, value := range f.Query[name] {
			if !slices.Contains(p.Own, name) && value != "" {
				p.Active = append(p.Active, LeadPart{Text: f.T("facet."+name) + ": " + f.nameOf(name, value, nil), URL: f.Without(name, value)})
			}
		}
	}
	p.Own = append(p.Own, facetNames()...) // cleared with the rest
	for _, e := range list.Items {
		title, clock := f.Date(e.On), ""
		if e.RecordedAt != "" {
			title, clock = f.T("activity.recorded", "day", f.Date(recordingDay(e))), e.RecordedAt[len("2006-01-02T"):len("2006-01-02T15:04")]
		}
		if n := len(p.Days); n == 0 || p.Days[n-1].Title != title {
			p.Days = append(p.Days, ActivityDay{Title: title})
		}
		last := &p.Days[len(p.Days)-1]
		last.Events = append(last.Events, f.event(e, clock))
	}
	switch {
	case len(p.Days) == 0 && len(p.Active) > 0:
		p.Empty = f.T("empty.no_entry")
	case len(p.Days) == 0:
		p.Empty = f.T("empty.nothing_yet")
	}
	return activity(p)
}

// event prepares one entry.
func (f Frame) event(e models.Event, clock string) ActivityEvent {
	line := ActivityEvent{Event: e, Clock: clock, URL: f.Standing(e.Path), Says: f.Say(e.Note)}
	on := f.Date(e.On)
	if e.SetsStatus() {
		on = f.T("since", "day", on)
		if e.Was != e.Status {
			line.Was = e.Was
		}
	}
	meta := []string{f.T("event." + string(e.Kind)), on}
	if e.Sources > 0 {
		meta = append(meta, f.T("count.evidence", "n", e.Sources))
	}
	if e.Author != "" {
		meta = append(meta, f.T("activity.author", "name", e.Author))
	}
	line.Meta = strings.Join(meta, " · ")
	if e.Kind == models.EventStatement {
		line.Holds = holds(f, e)
	}
	if e.Kind == models.EventSearchNote && e.Status != "" {
		line.Suggests = f.T("search_note.suggested", "status", f.T("status."+string(e.Status)))
	}
	return line
}

// ActivityIntro says what the entries are and how they are ordered.
func ActivityIntro(f Frame) string {
	if f.At.Past() {
		return f.T("activity.intro_past")
	}
	return f.T("activity.intro")
}

// recordingDay is the civil day, in UTC, on which an entry was recorded.
func recordingDay(e models.Event) models.Date {
	d, _ := models.ParseDate(e.RecordedAt[:len("2006-01-02")]) // the record has one form of instants
	return d
}

// ActivityTitle names a list of entries by the values that narrow it.
func ActivityTitle(f Frame, facets map[string][]models.Facet) string {
	var only []string
	for _, name := range append([]string{"kind"}, facetNames()...) {
		for _, value := range f.Query[name] {
			if value != "" {
				only = append(only, f.nameOf(name, value, facets[name]))
			}
		}
	}
	if q := f.Query.Get("q"); q != "" {
		only = append(only, f.T("filter.words_are", "words", q))
	}
	if len(only) == 0 {
		return f.T("nav.activity")
	}
	return f.T("activity.of", "names", f.List(only))
}

// nameOf names one value of a filter as well as the page can.
func (f Frame) nameOf(name, value string, known []models.Facet) string {
	at := slices.IndexFunc(known, func(v models.Facet) bool { return v.Value == value })
	switch {
	case at >= 0:
		return f.Plain(known[at].Label)
	case name == "meeting":
		return f.PlaceOf(value)
	case name == "delegate":
		return value
	}
	return f.T(name + "." + value)
}

// EventTitle says in one line what an entry is.
func EventTitle(f Frame, e models.Event) string {
	title := f.Plain(e.Title)
	if e.Country != "" {
		title = f.T("event.title_part", "title", title, "country", e.Country)
	}
	switch e.Kind {
	case models.EventSearchNote, models.EventContext, models.EventStatement:
		return f.T("event.title_other", "title", title, "kind", f.T("event."+string(e.Kind)))
	}
	line := f.T("event.title_status", "title", title, "status", f.T("status."+string(e.Status)))
	if e.Was != "" && e.Was != e.Status {
		line = f.T("event.title_was", "line", line, "was", f.T("status."+string(e.Was)))
	}
	if e.Kind == models.EventCorrection {
		line = f.T("event.title_correction", "line", line)
	}
	return line
}

// EventTexts are the words of an entry in every language that it has, the page's own first.
func EventTexts(f Frame, e models.Event) []Wording {
	if e.Kind == models.EventStatement {
		return []Wording{{Text: holds(f, e), Lang: string(f.Lang)}}
	}
	var all []Wording
	for _, l := range []models.Lang{f.Lang, f.Lang.Other()} {
		if s := e.Note.Only(l); s != "" {
			all = append(all, Wording{Text: s, Lang: string(l)})
		}
	}
	return all
}

// holds says what a statement brought.
func holds(f Frame, e models.Event) string {
	return f.T("event.holds", "n", e.Commitments, "first", e.Initiatives)
}
