package handlers

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer/suggest"
)

// about answers with a page about the product, which speaks of no time.
func (s *Server) about(c *Call, page func(frontend.Frame, models.At) templ.Component) (*Reply, error) {
	at, err := s.present(c)
	if err != nil {
		return nil, err
	}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return page(f, at) }}, nil
}

// present is the present of the record, without what somebody who may not read it would learn from it.
func (s *Server) present(c *Call) (models.At, error) {
	if !models.May(c.Actor, models.PermitRead) {
		return models.At{}, nil
	}
	return s.Store.At(c.Context(), models.When{})
}

// method answers with every code and rule in words, as page and as data.
func (s *Server) method(c *Call, _ struct{}) (*Reply, error) {
	m := s.words.Method()
	m.Suggestions = suggest.Explained()
	reply, err := s.about(c, func(f frontend.Frame, _ models.At) templ.Component { return frontend.Method(f, m) })
	if err != nil {
		return nil, err
	}
	reply.Data = models.Record[models.Method]{Item: m, DataVersion: c.version}
	return reply, nil
}

func (s *Server) accessibility(c *Call, _ struct{}) (*Reply, error) {
	return s.about(c, func(f frontend.Frame, _ models.At) templ.Component { return frontend.Accessibility(f) })
}

// shortcutsQuery says where the reader came from.
type shortcutsQuery struct {
	Page string `query:"page" description:"Put the keys of this kind of page first." enum:"list,initiative,matrix,reader,form,round,align,mark"`
}

func (s *Server) shortcuts(c *Call, in shortcutsQuery) (*Reply, error) {
	return s.about(c, func(f frontend.Frame, _ models.At) templ.Component { return frontend.Shortcuts(f, in.Page) })
}
