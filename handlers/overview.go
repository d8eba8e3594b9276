package handlers

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
)

func (s *Server) overview(c *Call, in overviewInput) (*Reply, error) {
	r, err := s.Store.Overview(c.Context(), c.Actor, in.when(), in.filter())
	if err != nil {
		return nil, err
	}
	return &Reply{Data: r, At: &r.At, Chart: func(f frontend.Frame) templ.Component { return frontend.OverviewChart(f, r.Item) }, Page: func(f frontend.Frame) templ.Component {
		f.Path = "/" // the overview is the root of a language
		return frontend.NewOverview(f, r.Item)
	}}, nil
}
