package frontend

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Overview is the page that answers what moved since last time and where the trouble is.
type Overview struct {
	Frame
	models.Overview
	Lead     []LeadPart
	Bar      StatusBar
	Changed  int    // initiatives that changed
	Since    string // name of the time compared with, empty when there is none
	NextText string
}

// LeadPart is a piece of the opening sentence; one with an address is a link to the rows behind its number.
type LeadPart struct{ Text, URL, After string }

// NewOverview prepares the overview.
func NewOverview(f Frame, o models.Overview) templ.Component {
	p := Overview{Frame: f, Overview: o}
	s := o.Summary
	p.Bar = overviewBar(f, s)
	if !f.At.VS.IsZero() {
		p.Since = f.Date(f.At.VS)
		if f.At.VSMeeting != "" {
			p.Since = f.PlaceOf(f.At.VSMeeting)
		}
		p.Lead = append(p.Lead, LeadPart{Text: f.T("lead.since", "meeting", p.Since)})
		for _, c := range []models.Change{models.ChangeForward, models.ChangeBack, models.ChangeNew, models.ChangeOther} {
			p.Changed += s.Changes[c]
			if n := s.Changes[c]; n > 0 {
				p.Lead = append(p.Lead, LeadPart{Text: f.T("lead."+string(c), "n", n), URL: f.list("change", string(c))})
			}
		}
		if len(p.Lead) == 1 {
			p.Lead = append(p.Lead, LeadPart{Text: f.T("lead.nothing"), URL: f.list("change", string(models.ChangeNone))})
		}
	}
	for i := range p.Lead {
		p.Lead[i].After = f.T("lead.and")
		if i == len(p.Lead)-1 {
			p.Lead[i].After = f.T("lead.end")
		}
	}
	if n := s.Total - s.Reviewed; n > 0 {
		p.Lead = append(p.Lead, LeadPart{f.T("lead.not_reviewed", "n", n), f.list("mark", string(models.Carried), "mark", string(models.Imported)), f.T("lead.end")})
	}
	return overview(p)
}

// list is the address of the list of initiatives, narrowed like this page and further by pairs.
func (f Frame) list(pairs ...string) string {
	asked := f.query()
	for _, name := range []string{"country", "delegate", "forum", "topic"} {
		for _, v := range asked[name] {
			pairs = append(pairs, name, v)
		}
	}
	return f.To("/initiatives", pairs...)
}

// action reports whether a part shows that its country has at least announced something.
func action(p models.Part) bool { return p.Applicable() && p.Status.ShowsAction() }

// actionLabel says in words what the mark of a country says by its look.
func actionLabel(f Frame, p models.Part) string {
	if !p.Applicable() {
		return f.T("part.not_applicable", "country", p.Country)
	}
	return f.T("part.label", "country", p.Country, "status", f.T("status."+string(p.Status)))
}
