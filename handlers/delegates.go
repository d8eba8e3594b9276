package handlers

import (
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var delegateColumns = []represent.Column[models.Delegate]{
	{Name: "slug", Value: func(d models.Delegate) string { return d.Slug }},
	{Name: "name_en", Value: func(d models.Delegate) string { return d.Name.EN }},
	{Name: "name_ja", Value: func(d models.Delegate) string { return d.Name.JA }},
	{Name: "variants", Value: func(d models.Delegate) string { return strings.Join(d.Variants, ";") }},
	{Name: "country", Value: func(d models.Delegate) string { return d.Country }},
	{Name: "attendances", Value: func(d models.Delegate) string {
		all := make([]string, len(d.Attendances))
		for i, a := range d.Attendances {
			all[i] = a.Meeting + ":" + string(a.Role)
		}
		return strings.Join(all, ";")
	}},
	{Name: "confidence", Value: func(d models.Delegate) string { return string(d.Confidence) }},
}

func (s *Server) delegates(c *Call, in listInput) (*Reply, error) {
	return page(c, in, delegateColumns, s.Store.Delegates)
}

func (s *Server) delegate(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Delegate)
}
