package frontend

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Delegates is the list of people who represented a country.
type Delegates struct {
	Frame
	List      *models.List[models.Delegate]
	Count     string
	Countries []Option
	Meetings  []Option
}

// NewDelegates prepares the list with its form.
func NewDelegates(f Frame, list *models.List[models.Delegate]) templ.Component {
	p := Delegates{Frame: f, List: list, Count: f.T("count.delegates", "n", list.Total)}
	p.Countries = facetOptions(f, "country", f.T("delegates.any_country"), list.Facets["country"])
	p.Meetings = []Option{{Label: f.T("delegates.any_meeting"), Selected: f.Query.Get("meeting") == ""}}
	for _, m := range f.At.Meetings {
		p.Meetings = append(p.Meetings, Option{Value: m.Ref, Label: f.Plain(m.Forum) + " · " + f.Place(m), Selected: f.Query.Get("meeting") == m.Ref})
	}
	return delegates(p)
}

// facetOptions lists the values of a facet as the choices of a select.
func facetOptions(f Frame, name, all string, values []models.Facet) []Option {
	options := []Option{{Label: all, Selected: f.Query.Get(name) == ""}}
	for _, v := range values {
		options = append(options, Option{Value: v.Value, Label: f.Plain(v.Label), Selected: f.Query.Get(name) == v.Value})
	}
	return options
}

// until says when an office ended: the day, that it had not in this view, or that no source says.
func until(f Frame, o models.Office) string {
	if o.UntilKnown && !o.Until.IsZero() {
		return f.Date(o.Until)
	}
	return f.T("office.until_unknown")
}

// from says when an office began, or that no source says.
func from(f Frame, o models.Office) string {
	if o.From.IsZero() {
		return f.T("office.from_unknown")
	}
	return f.Date(o.From)
}
