package handlers

import (
	"strings"

	"github.com/followthrough/followthrough/frontend"
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
	{Name: "published_on", Type: represent.Date, Value: func(e models.Evidence) string { return e.PublishedOn.String() }},
	{Name: "url", Value: func(e models.Evidence) string { return e.URL }},
	{Name: "extent", Value: func(e models.Evidence) string { return e.Extent }},
	{Name: "confidence", Value: func(e models.Evidence) string { return string(e.Confidence) }},
	{Name: "initiatives", Value: func(e models.Evidence) string { return strings.Join(e.Initiatives, ";") }},
}

func (s *Server) evidenceList(c *Call, in listInput) (*Reply, error) {
	return page(c, in, evidenceColumns, s.Store.EvidenceList, frontend.EvidenceList)
}

func (s *Server) evidence(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Evidence, frontend.Evidence)
}

var searchNoteColumns = []represent.Column[models.SearchNote]{
	{Name: "ref", Value: func(n models.SearchNote) string { return n.Ref }},
	{Name: "initiative", Value: func(n models.SearchNote) string { return n.Initiative }},
	{Name: "title_en", Value: func(n models.SearchNote) string { return n.Title.EN }},
	{Name: "title_ja", Value: func(n models.SearchNote) string { return n.Title.JA }},
	{Name: "searched_on", Type: represent.Date, Value: func(n models.SearchNote) string { return n.SearchedOn.String() }},
	{Name: "where", Value: func(n models.SearchNote) string { return n.Where }},
	{Name: "queries", Value: func(n models.SearchNote) string { return strings.Join(n.Queries, ";") }},
	{Name: "result_en", Value: func(n models.SearchNote) string { return n.Result.EN }},
	{Name: "result_ja", Value: func(n models.SearchNote) string { return n.Result.JA }},
	{Name: "caution_en", Value: func(n models.SearchNote) string { return n.Caution.EN }},
	{Name: "caution_ja", Value: func(n models.SearchNote) string { return n.Caution.JA }},
	{Name: "suggested_status", Value: func(n models.SearchNote) string { return string(n.Suggested) }},
}

func (s *Server) searchNotes(c *Call, in listInput) (*Reply, error) {
	return page(c, in, searchNoteColumns, s.Store.SearchNotes, frontend.SearchNotes)
}

func (s *Server) searchNote(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.SearchNote, frontend.SearchNote)
}
