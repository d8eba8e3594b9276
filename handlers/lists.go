package handlers

import (
	"context"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// page answers with one page of a list.
func page[T any](c *Call, in listInput, columns []represent.Column[T],
	read func(context.Context, models.Actor, models.When, models.Page) (*models.List[T], error), show func(frontend.Frame, *models.List[T]) templ.Component) (*Reply, error) {
	p, err := in.page()
	if err != nil {
		return nil, err
	}
	list, err := read(c.Context(), c.Actor, in.when(), p)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Table: represent.Tabulate(columns, list.Items), At: &list.At, Next: list.Next,
		Page: func(f frontend.Frame) templ.Component { return show(f, list) }}, nil
}

// one answers with one record.
func one[T any](c *Call, in recordInput, read func(context.Context, models.Actor, models.When, string) (*models.Record[T], error), show func(frontend.Frame, T) templ.Component) (*Reply, error) {
	r, err := read(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: r, At: &r.At, Page: func(f frontend.Frame) templ.Component { return show(f, r.Item) }}, nil
}
