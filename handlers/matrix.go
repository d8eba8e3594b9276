package handlers

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// matrixQuery says what the matrix lays the initiatives over. Its pages are longer than those of a list.
type matrixQuery struct {
	By    string `query:"by" description:"Columns: the meetings, or the countries beside the whole." enum:"meetings,countries" default:"meetings"`
	Cells string `query:"cells" description:"On pages: cells with words, or with glyphs alone; by the number of columns when left out." enum:"words,glyphs"`
	Limit int    `query:"limit" description:"Rows on a page, 1 to 200." minimum:"1" maximum:"200" default:"200"`
	After string `query:"after" description:"Opaque token: the next of an earlier page."`
}

// matrixRow is one cell of the matrix as a row of a table.
type matrixRow struct {
	models.MatrixRow
	models.MatrixColumn
	models.MatrixCell
}

// matrixColumns write the matrix in its long form: one row for each cell.
var matrixColumns = []represent.Column[matrixRow]{
	{Name: "ref", Value: func(r matrixRow) string { return r.Ref }},
	{Name: "title_en", Value: func(r matrixRow) string { return r.Title.EN }},
	{Name: "title_ja", Value: func(r matrixRow) string { return r.Title.JA }},
	{Name: "topic", Value: func(r matrixRow) string { return r.Topic }},
	{Name: "column", Value: func(r matrixRow) string { return r.Column }},
	{Name: "label_en", Value: func(r matrixRow) string { return r.Label.EN }},
	{Name: "label_ja", Value: func(r matrixRow) string { return r.Label.JA }},
	{Name: "held_on", Type: represent.Day, Value: func(r matrixRow) string { return r.HeldOn.String() }},
	{Name: "status", Value: func(r matrixRow) string { return string(r.Status) }},
	{Name: "review_mark", Value: func(r matrixRow) string { return string(r.Mark) }},
	{Name: "was", Value: func(r matrixRow) string { return string(r.Was) }},
	{Name: "change", Value: func(r matrixRow) string { return string(r.Change) }},
	{Name: "grade", Value: func(r matrixRow) string { return string(r.Grade) }},
	{Name: "evidence_count", Type: represent.Integer, Value: func(r matrixRow) string { return strconv.Itoa(r.Evidence) }},
	{Name: "role", Value: func(r matrixRow) string { return r.Role }},
}

// readMatrix reads the matrix that is asked for.
func (s *Server) readMatrix(c *Call, in matrixInput) (*models.Matrix, error) {
	limit := in.Limit
	if limit == 0 {
		limit = models.MaxLimit
	}
	f, err := in.filter(pageQuery{Limit: limit, After: in.After})
	if err != nil {
		return nil, err
	}
	by := in.By
	if by == "" {
		by = "meetings"
	}
	m, err := s.Store.Matrix(c.Context(), c.Actor, in.when(), f, by)
	if err != nil {
		return nil, err
	}
	s.label(m.Facets, m.At)
	return m, nil
}

func (s *Server) matrix(c *Call, in matrixInput) (*Reply, error) {
	m, err := s.readMatrix(c, in)
	if err != nil {
		return nil, err
	}
	var rows []matrixRow
	for _, r := range m.Items {
		for i, cell := range r.Cells {
			rows = append(rows, matrixRow{r, m.Columns[i], cell})
		}
	}
	return &Reply{Data: m, Table: represent.Tabulate(matrixColumns, slices.Clip(rows)), At: &m.At, Next: m.Next,
		Page: func(f frontend.Frame) templ.Component { return frontend.NewMatrix(f, m) }}, nil
}
