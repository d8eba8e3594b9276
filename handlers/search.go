package handlers

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

type searchInput struct {
	timeQuery
	pageQuery
	tableQuery
	Words string   `query:"q" description:"Words that all stand in the texts of one record, each taken literally: whole words or their beginnings, and any run of characters in Japanese. Width, case and hyphens make no difference." maxLength:"500"`
	Kind  []string `query:"kind" description:"Kind of record." enum:"initiative,commitment,statement,meeting,delegate,evidence"`
	Lang  string   `query:"lang" description:"Look into the texts of one language alone." enum:"en,ja"`
}

var hitColumns = []represent.Column[models.Hit]{
	{Name: "kind", Value: func(h models.Hit) string { return h.Kind }},
	{Name: "ref", Value: func(h models.Hit) string { return h.Ref }},
	{Name: "path", Value: func(h models.Hit) string { return h.Path }},
	{Name: "title_en", Value: func(h models.Hit) string { return h.Title.EN }},
	{Name: "title_ja", Value: func(h models.Hit) string { return h.Title.JA }},
	{Name: "on", Type: represent.Date, Value: func(h models.Hit) string { return h.On.String() }},
	{Name: "status", Value: func(h models.Hit) string { return string(h.Status) }},
}

func (s *Server) search(c *Call, in searchInput) (*Reply, error) {
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Search(c.Context(), c.Actor, in.when(), models.SearchFilter{Words: in.Words, Kinds: in.Kind, Lang: models.Lang(in.Lang)}, p)
	if err != nil {
		return nil, err
	}
	for i := range list.Facets["kind"] {
		k := &list.Facets["kind"][i]
		k.Label = s.words.Label("record", k.Value)
	}
	return &Reply{Data: list, Table: represent.Tabulate(hitColumns, list.Items), At: &list.At, Next: list.Next,
		Page: func(f frontend.Frame) templ.Component { return frontend.NewSearch(f, list) }}, nil
}
