package handlers

import (
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// topicColumns are the columns of the table of topics; the last ones count initiatives by status.
func topicColumns() []represent.Column[models.Topic] {
	all := []represent.Column[models.Topic]{
		{Name: "slug", Value: func(t models.Topic) string { return t.Slug }},
		{Name: "parent", Value: func(t models.Topic) string { return t.Parent }},
		{Name: "name_en", Value: func(t models.Topic) string { return t.Name.EN }},
		{Name: "name_ja", Value: func(t models.Topic) string { return t.Name.JA }},
		{Name: "confidence", Value: func(t models.Topic) string { return string(t.Confidence) }},
		{Name: "summary_total", Type: represent.Integer, Value: func(t models.Topic) string { return strconv.Itoa(t.Summary.Total) }},
		{Name: "summary_reviewed", Type: represent.Integer, Value: func(t models.Topic) string { return strconv.Itoa(t.Summary.Reviewed) }},
	}
	for _, st := range models.Statuses {
		all = append(all, represent.Column[models.Topic]{Name: "summary_statuses_" + string(st), Type: represent.Integer, Value: func(t models.Topic) string { return strconv.Itoa(t.Summary.Statuses[st]) }})
	}
	return all
}

func (s *Server) topics(c *Call, in topicsInput) (*Reply, error) {
	list, err := s.Store.Topics(c.Context(), c.Actor, in.when(), in.filter())
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Table: represent.Tabulate(topicColumns(), list.Items), At: &list.At,
		Chart: func(f frontend.Frame) templ.Component { return frontend.TopicsChart(f, list.Items) },
		Page:  func(f frontend.Frame) templ.Component { return frontend.Topics(f, list.Items) }}, nil
}

// topic answers with the dashboard; its table is the topic's initiatives.
func (s *Server) topic(c *Call, in topicInput) (*Reply, error) {
	scope := in.filter()
	r, err := s.Store.Topic(c.Context(), c.Actor, in.when(), in.Ref, scope)
	if err != nil {
		return nil, err
	}
	scope.Topics = []string{r.Item.Slug}
	return &Reply{Data: r, Table: represent.Tabulate(initiativeColumns, r.Item.Initiatives), At: &r.At,
		Page:     func(f frontend.Frame) templ.Component { return frontend.Topic(f, r.Item) },
		Chart:    func(f frontend.Frame) templ.Component { return frontend.TopicChart(f, r.Item) },
		Feed:     s.feedOf(c, in.when(), models.ActivityFilter{InitiativeFilter: scope}, r.Item.Name),
		Calendar: s.calendarOf(c, in.when(), models.MeetingFilter{Topics: scope.Topics, Countries: scope.Countries, Forums: scope.Forums}, r.Item.Name)}, nil
}
