package handlers

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
	compared "github.com/followthrough/followthrough/models/wording" // wording is a column of data packages
)

// compareTime is how long a comparison may take; texts that need more are too different.
const compareTime = 5 * time.Second

// compareInput names the two wordings and the way their page shows them.
type compareInput struct {
	timeQuery
	A    string `query:"a" description:"Slug of a statement, alone or with the number of an edition, as in qscg-2023-12@2. What comes before b when left out."`
	B    string `query:"b" description:"As a. The latest statement when left out, or what comes after a."`
	Only string `query:"only" description:"On pages: leave out the paragraphs with the same words." enum:"changes"`
	View string `query:"view" description:"On pages: both texts in one column." enum:"unified"`
}

func (s *Server) compare(c *Call, in compareInput) (*Reply, error) {
	a, known := models.ParseEdition(in.A)
	b, too := models.ParseEdition(in.B)
	var bad []models.FieldError
	if !known {
		bad = append(bad, models.Field("a", "error.unknown_value", "value", in.A))
	}
	if !too {
		bad = append(bad, models.Field("b", "error.unknown_value", "value", in.B))
	}
	if err := models.Invalid(bad...); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(c.Context(), compareTime)
	defer cancel()
	texts, err := s.Store.Compared(ctx, c.Actor, in.when(), a, b)
	if err != nil {
		return nil, err
	}
	difference, err := compared.Compare(ctx, texts.Item)
	if err != nil {
		return nil, err
	}
	r := &models.Record[models.Comparison]{Item: difference, AsOf: texts.AsOf, VS: texts.VS, KnownAt: texts.KnownAt, DataVersion: texts.DataVersion, At: texts.At}
	return &Reply{Data: r, At: &r.At, Page: func(f frontend.Frame) templ.Component {
		return frontend.NewCompare(f, r.Item, in.Only != "", in.View != "")
	}}, nil
}
