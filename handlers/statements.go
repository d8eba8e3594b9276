package handlers

import (
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var statementColumns = []represent.Column[models.Statement]{
	{Name: "slug", Value: func(t models.Statement) string { return t.Slug }},
	{Name: "meeting", Value: func(t models.Statement) string { return t.Meeting }},
	{Name: "title_en", Value: func(t models.Statement) string { return t.Title.EN }},
	{Name: "title_ja", Value: func(t models.Statement) string { return t.Title.JA }},
	{Name: "issued_on", Value: func(t models.Statement) string { return t.IssuedOn.String() }},
	{Name: "paragraphs", Value: func(t models.Statement) string { return strconv.Itoa(len(t.Paragraphs)) }},
}

func (s *Server) statements(c *Call, in listInput) (*Reply, error) {
	return page(c, in, statementColumns, s.Store.Statements)
}

func (s *Server) statement(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Statement)
}

var commitmentColumns = []represent.Column[models.Commitment]{
	{Name: "code", Value: func(m models.Commitment) string { return m.Code }},
	{Name: "statement", Value: func(m models.Commitment) string { return m.Statement }},
	{Name: "meeting", Value: func(m models.Commitment) string { return m.Meeting }},
	{Name: "made_on", Value: func(m models.Commitment) string { return m.MadeOn.String() }},
	{Name: "paragraph", Value: func(m models.Commitment) string { return m.Paragraph }},
	{Name: "kind", Value: func(m models.Commitment) string { return m.Kind }},
	{Name: "verb", Value: func(m models.Commitment) string { return m.Verb }},
	{Name: "strength", Value: func(m models.Commitment) string { return m.Strength }},
	{Name: "trackable", Value: func(m models.Commitment) string { return strconv.FormatBool(m.Trackable) }},
	{Name: "words_en_exact", Value: func(m models.Commitment) string { return m.Words[models.English].Exact }},
	{Name: "words_ja_exact", Value: func(m models.Commitment) string { return m.Words[models.Japanese].Exact }},
	{Name: "initiatives", Value: func(m models.Commitment) string { return strings.Join(m.Initiatives, ";") }},
}

func (s *Server) commitments(c *Call, in listInput) (*Reply, error) {
	return page(c, in, commitmentColumns, s.Store.Commitments)
}

func (s *Server) commitment(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Commitment)
}
