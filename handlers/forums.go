package handlers

import (
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var forumFactColumns = []represent.Column[models.ForumFacts]{
	{Name: "slug", Value: func(f models.ForumFacts) string { return f.Slug }},
	{Name: "name_en", Value: func(f models.ForumFacts) string { return f.Name.EN }},
	{Name: "name_ja", Value: func(f models.ForumFacts) string { return f.Name.JA }},
	{Name: "members", Value: func(f models.ForumFacts) string { return strings.Join(f.Members, ";") }},
	{Name: "meetings", Value: func(f models.ForumFacts) string {
		all := make([]string, len(f.Meetings))
		for i, m := range f.Meetings {
			all[i] = m.Ref
		}
		return strings.Join(all, ";")
	}},
}

func (s *Server) forums(c *Call, in listInput) (*Reply, error) {
	return page(c, in, forumFactColumns, s.Store.Forums, frontend.Forums)
}

func (s *Server) forum(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.ForumFacts, frontend.Forum)
}
