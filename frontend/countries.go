package frontend

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Country is the page of one country.
type Country struct {
	Frame
	models.CountryRecord
	Finding      string
	TopicChoices []Option
	Statuses     []Option // of the own part
	Lacking      []models.Initiative
	Only         []models.Initiative
	SourceCount  string
}

// NewCountry prepares the page. facets are those of the country's initiatives.
func NewCountry(f Frame, r models.CountryRecord) templ.Component {
	p := Country{Frame: f, CountryRecord: r, Finding: f.T("country.finding", "k", r.Action, "n", r.Applicable)}
	if !f.At.VS.IsZero() {
		p.Finding = f.T("country.finding_since", "k", r.Action, "n", r.Applicable, "was", r.ActionWas, "meeting", sinceWhen(f))
	}
	named := func(refs []string) []models.Initiative {
		var all []models.Initiative
		for _, i := range r.Initiatives {
			if slices.Contains(refs, i.Ref) {
				all = append(all, i)
			}
		}
		return all
	}
	p.Lacking, p.Only = named(r.OnlyLacking), named(r.Alone)
	p.Statuses = []Option{{Label: f.T("country.any_status"), Selected: f.Query.Get("part") == ""}}
	for _, s := range models.Statuses {
		p.Statuses = append(p.Statuses, Option{Value: string(s), Label: f.T("status." + string(s)), Selected: f.Query.Get("part") == string(s)})
	}
	p.TopicChoices = []Option{{Label: f.T("country.any_topic"), Selected: f.Query.Get("topic") == ""}}
	for _, t := range r.Topics {
		p.TopicChoices = append(p.TopicChoices, Option{Value: t.Ref, Label: f.Plain(t.Title), Selected: f.Query.Get("topic") == t.Ref})
	}
	p.SourceCount = f.T("country.sources", "en", r.SourceLangs[models.English], "ja", r.SourceLangs[models.Japanese])
	return country(p)
}

// sinceWhen names the time compared with.
func sinceWhen(f Frame) string {
	if f.At.VSMeeting != "" {
		return f.PlaceOf(f.At.VSMeeting)
	}
	return f.Date(f.At.VS)
}
