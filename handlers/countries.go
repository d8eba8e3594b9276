package handlers

import (
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var countryColumns = []represent.Column[models.Country]{
	{Name: "iso2", Value: func(k models.Country) string { return k.ISO2 }},
	{Name: "iso3", Value: func(k models.Country) string { return k.ISO3 }},
	{Name: "name_en", Value: func(k models.Country) string { return k.Name.EN }},
	{Name: "name_ja", Value: func(k models.Country) string { return k.Name.JA }},
	{Name: "applicable", Type: represent.Integer, Value: func(k models.Country) string { return strconv.Itoa(k.Applicable) }},
	{Name: "action", Type: represent.Integer, Value: func(k models.Country) string { return strconv.Itoa(k.Action) }},
	{Name: "confidence", Value: func(k models.Country) string { return string(k.Confidence) }},
}

// countries has no pages: there are fewer countries than rows on one.
func (s *Server) countries(c *Call, in timeInput) (*Reply, error) {
	list, err := s.Store.Countries(c.Context(), c.Actor, in.when())
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Table: represent.Tabulate(countryColumns, list.Items), At: &list.At,
		Page: func(f frontend.Frame) templ.Component { return frontend.Countries(f, list.Items) }}, nil
}

// countryInput is a country with the filter of its parts.
type countryInput struct {
	recordInput
	tableQuery
	Topic []string `query:"topic" description:"Slug; includes the topics below it."`
	Part  []string `query:"part" description:"Code of the delivery scale: status of the country's own part."`
}

// country answers with the country; its table is the country's own parts.
func (s *Server) country(c *Call, in countryInput) (*Reply, error) {
	r, err := s.Store.Country(c.Context(), c.Actor, in.when(), in.Ref, models.InitiativeFilter{Topics: in.Topic}, codes[models.Status](in.Part))
	if err != nil {
		return nil, err
	}
	var rows []ownPart
	for _, i := range r.Item.Initiatives {
		for _, p := range i.Parts {
			if p.Country == r.Item.ISO2 {
				rows = append(rows, ownPart{i, p})
			}
		}
	}
	own := []string{r.Item.ISO2}
	return &Reply{Data: r, Table: represent.Tabulate(ownPartColumns, rows), At: &r.At,
		Feed:     s.feedOf(c, in.when(), models.ActivityFilter{InitiativeFilter: models.InitiativeFilter{Countries: own, Topics: in.Topic}}, r.Item.Name),
		Calendar: s.calendarOf(c, in.when(), models.MeetingFilter{Countries: own, Topics: in.Topic}, r.Item.Name),
		Chart:    func(f frontend.Frame) templ.Component { return frontend.CountryChart(f, r.Item) },
		Page:     func(f frontend.Frame) templ.Component { return frontend.NewCountry(f, r.Item) }}, nil
}

// ownPart is one country's part beside the initiative as a whole.
type ownPart struct {
	whole models.Initiative
	part  models.Part
}

var ownPartColumns = []represent.Column[ownPart]{
	{Name: "initiative", Value: func(p ownPart) string { return p.whole.Ref }},
	{Name: "title_en", Value: func(p ownPart) string { return p.whole.Title.EN }},
	{Name: "title_ja", Value: func(p ownPart) string { return p.whole.Title.JA }},
	{Name: "country", Value: func(p ownPart) string { return p.part.Country }},
	{Name: "role", Value: func(p ownPart) string { return p.part.Role }},
	{Name: "status", Value: func(p ownPart) string { return string(p.part.Status) }},
	{Name: "since", Type: represent.Date, Value: func(p ownPart) string { return p.part.Since.String() }},
	{Name: "was", Value: func(p ownPart) string { return string(p.part.Was) }},
	{Name: "change", Value: func(p ownPart) string { return string(p.part.Change) }},
	{Name: "grade", Value: func(p ownPart) string { return string(p.part.Grade) }},
	{Name: "evidence_count", Type: represent.Integer, Value: func(p ownPart) string { return strconv.Itoa(p.part.EvidenceCount) }},
	{Name: "note_en", Value: func(p ownPart) string { return p.part.Note.EN }},
	{Name: "note_ja", Value: func(p ownPart) string { return p.part.Note.JA }},
	{Name: "initiative_status", Value: func(p ownPart) string { return string(p.whole.Status) }},
}
