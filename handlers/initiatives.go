package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// initiativeColumns are the columns of every table of initiatives.
var initiativeColumns = []represent.Column[models.Initiative]{
	{Name: "ref", Value: func(i models.Initiative) string { return i.Ref }},
	{Name: "title_en", Value: func(i models.Initiative) string { return i.Title.EN }},
	{Name: "title_ja", Value: func(i models.Initiative) string { return i.Title.JA }},
	{Name: "kind", Value: func(i models.Initiative) string { return i.Kind }},
	{Name: "topic", Value: func(i models.Initiative) string { return i.Topic }},
	{Name: "status", Value: func(i models.Initiative) string { return string(i.Status) }},
	{Name: "since", Type: represent.Date, Value: func(i models.Initiative) string { return i.Since.String() }},
	{Name: "review_mark", Value: func(i models.Initiative) string { return string(i.Mark) }},
	{Name: "grade", Value: func(i models.Initiative) string { return string(i.Grade) }},
	{Name: "evidence_count", Type: represent.Integer, Value: func(i models.Initiative) string { return strconv.Itoa(i.EvidenceCount) }},
	{Name: "was", Value: func(i models.Initiative) string { return string(i.Was) }},
	{Name: "change", Value: func(i models.Initiative) string { return string(i.Change) }},
	{Name: "first_meeting", Value: func(i models.Initiative) string { return i.FirstMeeting }},
	{Name: "lead_country", Value: func(i models.Initiative) string { return i.LeadCountry }},
	{Name: "trackable", Type: represent.Boolean, Value: func(i models.Initiative) string { return strconv.FormatBool(i.Trackable) }},
	{Name: "superseded_by", Value: func(i models.Initiative) string { return i.SupersededBy }},
	{Name: "due_on", Type: represent.Date, Value: func(i models.Initiative) string { return i.DueOn.String() }},
	{Name: "schedule", Value: func(i models.Initiative) string { return string(i.Schedule) }},
	{Name: "confidence", Value: func(i models.Initiative) string { return string(i.Confidence) }},
	{Name: "provenance", Value: func(i models.Initiative) string { return i.Provenance }},
	{Name: "parts", Value: partsInWords},
}

// partsInWords writes the parts of an initiative in one cell: AU:under_way;IN:announced.
func partsInWords(i models.Initiative) string {
	all := make([]string, len(i.Parts))
	for n, p := range i.Parts {
		all[n] = p.Country + ":" + string(p.Status)
		if !p.Applicable() {
			all[n] = p.Country + ":" + p.Role
		}
	}
	return strings.Join(all, ";")
}

func (s *Server) initiatives(c *Call, in initiativesInput) (*Reply, error) {
	if c.Format == represent.Atom { // its pages are those of the feed, not of this list
		return s.feedReply(c, in.when(), models.ActivityFilter{InitiativeFilter: in.narrow()}, in.pageQuery)
	}
	f, err := in.filter(in.pageQuery)
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Initiatives(c.Context(), c.Actor, in.when(), f)
	if err != nil {
		return nil, err
	}
	s.label(list.Facets, list.At)
	return &Reply{Data: list, Table: represent.Tabulate(initiativeColumns, list.Items), At: &list.At, Next: list.Next,
		Page: func(f frontend.Frame) templ.Component { return frontend.NewInitiatives(f, list) }}, nil
}

// label gives the codes and meetings among facet values their names in both languages.
func (s *Server) label(facets map[string][]models.Facet, at models.At) {
	for name, values := range facets {
		for i := range values {
			v := &values[i]
			switch {
			case !v.Label.IsZero():
			case name != "meeting":
				v.Label = s.words.Label(name, v.Value)
			default:
				v.Label = models.Text{EN: v.Value, JA: v.Value} // one that is still to come
				if m, held := at.Meeting(v.Value); held {
					v.Label = models.Text{EN: s.words[models.English].Place(m), JA: s.words[models.Japanese].Place(m)}
				}
			}
		}
	}
}

func (s *Server) initiative(c *Call, in recordInput) (*Reply, error) {
	r, err := s.Store.Initiative(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	form := s.form(c, nil)
	return &Reply{Data: r, At: &r.At, Version: r.Item.Version, Page: func(f frontend.Frame) templ.Component { return frontend.Initiative(f, r.Item, form) },
		Chart: func(f frontend.Frame) templ.Component { return frontend.InitiativeChart(f, r.Item) },
		Feed:  s.feedOf(c, in.when(), models.ActivityFilter{Initiative: r.Item.Ref}, r.Item.Title)}, nil
}

// permanent leads from the address that citations carry to the record in the reader's language.
func (s *Server) permanent(c *Call, in recordInput) (*Reply, error) {
	if _, err := s.Store.Initiative(c.Context(), c.Actor, in.when(), in.Ref); err != nil {
		return nil, err
	}
	return leadTo(c, "/initiatives/"+in.Ref), nil
}

// leadTo redirects to a record in the language, format and time asked for.
func leadTo(c *Call, path string) *Reply {
	f := frontend.Frame{Path: path, Query: c.Query}
	to := f.In(c.Lang)
	if c.Format != represent.HTML {
		to = f.As(c.Format.Name)
	}
	return &Reply{Status: http.StatusFound, Location: to}
}
