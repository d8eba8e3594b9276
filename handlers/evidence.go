package handlers

import (
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var evidenceColumns = []represent.Column[models.Evidence]{
	{Name: "ref", Value: func(e models.Evidence) string { return e.Ref }},
	{Name: "title", Value: func(e models.Evidence) string { return e.Title }},
	{Name: "publisher", Value: func(e models.Evidence) string { return e.Publisher }},
	{Name: "kind", Value: func(e models.Evidence) string { return e.Kind }},
	{Name: "langs", Value: func(e models.Evidence) string {
		all := make([]string, len(e.Langs))
		for i, l := range e.Langs {
			all[i] = string(l)
		}
		return strings.Join(all, ";")
	}},
	{Name: "published_on", Value: func(e models.Evidence) string { return e.PublishedOn.String() }},
	{Name: "url", Value: func(e models.Evidence) string { return e.URL }},
	{Name: "extent", Value: func(e models.Evidence) string { return e.Extent }},
	{Name: "confidence", Value: func(e models.Evidence) string { return string(e.Confidence) }},
	{Name: "initiatives", Value: func(e models.Evidence) string { return strings.Join(e.Initiatives, ";") }},
}

func (s *Server) evidenceList(c *Call, in listInput) (*Reply, error) {
	return page(c, in, evidenceColumns, s.Store.EvidenceList)
}

func (s *Server) evidence(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Evidence)
}
