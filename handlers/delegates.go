package handlers

import (
	"context"
	"strings"

	"github.com/followthrough/followthrough/frontend"
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

// delegatesInput narrows the list of delegates.
type delegatesInput struct {
	timeQuery
	pageQuery
	tableQuery
	Words   string   `query:"q" description:"Words that all stand in the names or offices, as the search finds them." maxLength:"500"`
	Country []string `query:"country" description:"ISO 3166 alpha-2."`
	Meeting []string `query:"meeting" description:"Ref of a meeting that the person attended."`
}

func (s *Server) delegates(c *Call, in delegatesInput) (*Reply, error) {
	f := models.DelegateFilter{Words: in.Words, Countries: in.Country, Meetings: in.Meeting}
	read := func(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Delegate], error) {
		return s.Store.Delegates(ctx, actor, w, f, p)
	}
	return page(c, listInput{in.timeQuery, in.pageQuery, in.tableQuery}, delegateColumns, read, frontend.NewDelegates)
}

func (s *Server) delegate(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Delegate, frontend.Delegate)
}
