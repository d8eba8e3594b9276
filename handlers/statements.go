package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var statementColumns = []represent.Column[models.Statement]{
	{Name: "slug", Value: func(t models.Statement) string { return t.Slug }},
	{Name: "meeting", Value: func(t models.Statement) string { return t.Meeting }},
	{Name: "title_en", Value: func(t models.Statement) string { return t.Title.EN }},
	{Name: "title_ja", Value: func(t models.Statement) string { return t.Title.JA }},
	{Name: "issued_on", Type: represent.Date, Value: func(t models.Statement) string { return t.IssuedOn.String() }},
	{Name: "paragraphs", Type: represent.Integer, Value: func(t models.Statement) string { return strconv.Itoa(len(t.Paragraphs)) }},
}

func (s *Server) statements(c *Call, in listInput) (*Reply, error) {
	return page(c, in, statementColumns, s.Store.Statements, frontend.Statements)
}

// statementInput is a statement with the way its reader shows it.
type statementInput struct {
	refPath
	momentQuery
	Text string `query:"text" description:"On pages: show the words in one language that the statement has; both stands for all of them. As plain text: the language." example:"fr"`
	VS   string `query:"vs" description:"Compare with this day: a civil date, the ref of a meeting, or none. The last meeting of the record's own forum before as_of when left out."`
	Only string `query:"only" description:"On pages: leave out the paragraphs without a commitment." enum:"commitments"`
}

func (s *Server) statement(c *Call, in statementInput) (*Reply, error) {
	record := recordInput{refPath: in.refPath, timeQuery: timeQuery{momentQuery: in.momentQuery, VS: in.VS}}
	reply, err := one(c, record, s.Store.Statement, func(f frontend.Frame, r models.StatementRecord) templ.Component {
		return frontend.NewStatement(f, r, in.Only != "")
	})
	if err != nil {
		return nil, err
	}
	r, lang := reply.Data.(*models.Record[models.StatementRecord]).Item, models.Lang(in.Text)
	if in.Text != "" && in.Text != "both" && !slices.Contains(models.Langs[:], lang) && !slices.Contains(r.Languages, lang) {
		return nil, models.Invalid(models.Field("text", "error.unknown_value", "value", in.Text))
	}
	if in.Text == "" || in.Text == "both" {
		lang = c.Lang
	}
	reply.Version, reply.Text = r.Version, r.Wording(lang)
	return reply, nil
}

// permanentStatement leads from the short address of a statement to its reader.
func (s *Server) permanentStatement(c *Call, in recordInput) (*Reply, error) {
	if _, err := s.Store.Statement(c.Context(), c.Actor, in.when(), in.Ref); err != nil {
		return nil, err
	}
	return leadTo(c, "/statements/"+in.Ref), nil
}

var commitmentColumns = []represent.Column[models.Commitment]{
	{Name: "code", Value: func(m models.Commitment) string { return m.Code }},
	{Name: "statement", Value: func(m models.Commitment) string { return m.Statement }},
	{Name: "meeting", Value: func(m models.Commitment) string { return m.Meeting }},
	{Name: "made_on", Type: represent.Day, Value: func(m models.Commitment) string { return m.MadeOn.String() }},
	{Name: "paragraph", Value: func(m models.Commitment) string { return m.Paragraph }},
	{Name: "kind", Value: func(m models.Commitment) string { return m.Kind }},
	{Name: "verb", Value: func(m models.Commitment) string { return m.Verb }},
	{Name: "strength", Value: func(m models.Commitment) string { return m.Strength }},
	{Name: "trackable", Type: represent.Boolean, Value: func(m models.Commitment) string { return strconv.FormatBool(m.Trackable) }},
	{Name: "words_en_exact", Value: func(m models.Commitment) string { return m.Words[models.English].Exact }},
	{Name: "words_ja_exact", Value: func(m models.Commitment) string { return m.Words[models.Japanese].Exact }},
	{Name: "initiatives", Value: func(m models.Commitment) string { return strings.Join(m.Initiatives, ";") }},
	{Name: "official_line", Value: func(m models.Commitment) string { return m.OfficialLine }},
	{Name: "actor", Value: func(m models.Commitment) string { return m.Actor }},
	{Name: "addressee", Value: func(m models.Commitment) string { return m.Addressee }},
	{Name: "due", Value: func(m models.Commitment) string { return m.Due }},
	{Name: "measure", Value: func(m models.Commitment) string { return m.Measure }},
}

func (s *Server) commitments(c *Call, in listInput) (*Reply, error) {
	return page(c, in, commitmentColumns, s.Store.Commitments, frontend.Commitments)
}

// commitment is a record as data; as a page it stands in its statement.
func (s *Server) commitment(c *Call, in recordInput) (*Reply, error) {
	if c.Format != represent.HTML {
		return one(c, in, s.Store.Commitment, nil)
	}
	r, err := s.Store.Commitment(c.Context(), c.Actor, in.when(), in.Ref)
	if err != nil {
		return nil, err
	}
	reply := leadTo(c, "/statements/"+r.Item.Statement)
	reply.Location += "#" + r.Item.Code
	return reply, nil
}
