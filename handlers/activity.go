package handlers

import (
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var eventColumns = []represent.Column[models.Event]{
	{Name: "id", Value: func(e models.Event) string { return e.ID }},
	{Name: "kind", Value: func(e models.Event) string { return string(e.Kind) }},
	{Name: "initiative", Value: func(e models.Event) string { return e.Initiative }},
	{Name: "title_en", Value: func(e models.Event) string { return e.Title.EN }},
	{Name: "title_ja", Value: func(e models.Event) string { return e.Title.JA }},
	{Name: "country", Value: func(e models.Event) string { return e.Country }},
	{Name: "status", Value: func(e models.Event) string { return string(e.Status) }},
	{Name: "was", Value: func(e models.Event) string { return string(e.Was) }},
	{Name: "review_mark", Value: func(e models.Event) string { return string(e.Mark) }},
	{Name: "grade", Value: func(e models.Event) string { return string(e.Grade) }},
	{Name: "on", Value: func(e models.Event) string { return e.On.String() }},
	{Name: "recorded_at", Value: func(e models.Event) string { return e.RecordedAt }},
	{Name: "author", Value: func(e models.Event) string { return e.Author }},
	{Name: "provenance", Value: func(e models.Event) string { return e.Provenance }},
	{Name: "note_en", Value: func(e models.Event) string { return e.Note.EN }},
	{Name: "note_ja", Value: func(e models.Event) string { return e.Note.JA }},
	{Name: "evidence_count", Value: func(e models.Event) string { return strconv.Itoa(e.Sources) }},
	{Name: "commitments", Value: func(e models.Event) string { return strconv.Itoa(e.Commitments) }},
	{Name: "initiatives", Value: func(e models.Event) string { return strconv.Itoa(e.Initiatives) }},
	{Name: "path", Value: func(e models.Event) string { return e.Path }},
}

func (s *Server) activity(c *Call, in activityInput) (*Reply, error) {
	return s.feedReply(c, in.when(), models.ActivityFilter{InitiativeFilter: in.narrow(), Kinds: codes[models.EventKind](in.Kind)}, in.pageQuery)
}

// feedReply answers with one page of what was recorded.
func (s *Server) feedReply(c *Call, w models.When, f models.ActivityFilter, q pageQuery) (*Reply, error) {
	p, err := q.page()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Activity(c.Context(), c.Actor, w, f, p)
	if err != nil {
		return nil, err
	}
	for i := range list.Facets["kind"] {
		v := &list.Facets["kind"][i]
		v.Label = s.words.Label("event", v.Value)
	}
	return &Reply{Data: list, Table: represent.Tabulate(eventColumns, list.Items), At: &list.At, Next: list.Next,
		Page: func(f frontend.Frame) templ.Component { return frontend.NewActivity(f, list) },
		Feed: func() (*represent.Feed, error) { return s.feed(c, list, models.Text{}) }}, nil
}
