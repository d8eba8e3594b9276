package handlers

import (
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var auditColumns = []represent.Column[models.AuditEntry]{
	{Name: "seq", Type: represent.Integer, Value: func(e models.AuditEntry) string { return strconv.FormatInt(e.Seq, 10) }},
	{Name: "at", Value: func(e models.AuditEntry) string { return e.At }},
	{Name: "actor", Value: func(e models.AuditEntry) string { return e.Actor }},
	{Name: "action", Value: func(e models.AuditEntry) string { return e.Action }},
	{Name: "object", Value: func(e models.AuditEntry) string { return e.Object }},
	{Name: "detail", Value: func(e models.AuditEntry) string { return e.Detail }},
	{Name: "hash", Value: func(e models.AuditEntry) string { return e.Hash }},
}

// auditQuery narrows the audit.
type auditQuery struct {
	Actor  string `query:"actor" description:"Part of the name of who made the change."`
	Action string `query:"action" description:"Such as assess or user.add."`
	Object string `query:"object" description:"Part of kind:ref of what was changed."`
	From   string `query:"from" description:"First day, in UTC."`
	Until  string `query:"until" description:"Last day, in UTC."`
	Verify string `query:"verify" description:"1 checks the whole record as well." enum:"1"`
	pageQuery
	tableQuery
}

func (q auditQuery) filter() (models.AuditFilter, error) {
	f := models.AuditFilter{Actor: q.Actor, Action: q.Action, Object: q.Object}
	var bad []models.FieldError
	for _, d := range []struct {
		name, value string
		into        *models.Date
	}{{"from", q.From, &f.From}, {"until", q.Until, &f.Until}} {
		var err error
		if *d.into, err = models.ParseDate(d.value); err != nil {
			bad = append(bad, models.Field(d.name, "error.date", "value", d.value))
		}
	}
	return f, models.Invalid(bad...)
}

// audit answers with who changed what, and on demand with a check of the whole record.
func (s *Server) audit(c *Call, in auditQuery) (*Reply, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	page, err := in.page()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Audit(c.Context(), c.Actor, f, page)
	if err != nil {
		return nil, err
	}
	p := frontend.Audit{List: list}
	if c.Format == represent.HTML {
		if p.Subjects, err = s.Store.AuditSubjects(c.Context(), c.Actor, list.Items); err != nil {
			return nil, err
		}
	}
	if in.Verify != "" {
		if p.Check, err = s.Store.Verify(c.Context(), c.Actor); err != nil {
			return nil, err
		}
	}
	return &Reply{Data: list, Table: represent.Tabulate(auditColumns, list.Items), Next: list.Next,
		Page: func(f frontend.Frame) templ.Component { return frontend.AuditPage(f, p) }}, nil
}

// check answers with a check of the whole record.
func (s *Server) check(c *Call, _ struct{}) (*Reply, error) {
	v, err := s.Store.Verify(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: v}, nil
}
