package handlers

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var meetingColumns = []represent.Column[models.Meeting]{
	{Name: "ref", Value: func(m models.Meeting) string { return m.Ref }},
	{Name: "forum", Value: func(m models.Meeting) string { return m.Forum }},
	{Name: "number", Type: represent.Integer, Value: func(m models.Meeting) string { return strconv.Itoa(m.Number) }},
	{Name: "in_person_number", Type: represent.Integer, Value: func(m models.Meeting) string { return strconv.Itoa(m.InPersonNumber) }},
	{Name: "format", Value: func(m models.Meeting) string { return m.Format }},
	{Name: "city_en", Value: func(m models.Meeting) string { return m.City.EN }},
	{Name: "city_ja", Value: func(m models.Meeting) string { return m.City.JA }},
	{Name: "country", Value: func(m models.Meeting) string { return m.Country }},
	{Name: "starts_on", Type: represent.Day, Value: func(m models.Meeting) string { return m.StartsOn.String() }},
	{Name: "ends_on", Type: represent.Day, Value: func(m models.Meeting) string { return m.EndsOn.String() }},
	{Name: "host", Value: func(m models.Meeting) string { return m.Host }},
	{Name: "confidence", Value: func(m models.Meeting) string { return string(m.Confidence) }},
}

func (s *Server) meetings(c *Call, in meetingsInput) (*Reply, error) {
	read := func(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Meeting], error) {
		return s.Store.Meetings(ctx, actor, w, in.filter(), p)
	}
	reply, err := page(c, listInput{in.timeQuery, in.pageQuery, in.tableQuery}, meetingColumns, read, frontend.NewMeetings)
	if err == nil {
		reply.Calendar = s.calendarOf(c, in.when(), in.filter(), s.words.Label("calendar", "meetings"))
	}
	return reply, err
}

func (s *Server) meeting(c *Call, in recordInput) (*Reply, error) {
	r, err := s.Store.Meeting(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: r, At: &r.At, Calendar: s.calendarOf(c, in.when(), models.MeetingFilter{Refs: []string{in.Ref}}, r.Item.ForumName),
		Chart: func(f frontend.Frame) templ.Component { return frontend.MeetingChart(f, r.Item) },
		Page:  func(f frontend.Frame) templ.Component { return frontend.Meeting(f, r.Item) }}, nil
}
