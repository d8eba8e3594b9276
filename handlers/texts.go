package handlers

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer/suggest"
)

// textRoutes are the lines of the words of statements: their marks and their corrections.
func textRoutes() []Route {
	return []Route{
		screen[markInput]("mark-form", "/statements/:ref/mark", "The form on which words of a statement become a commitment.", models.PermitEdit, (*Server).markPage),
		making(writeOver[refPath, models.CommitmentEdit, models.Edited[models.CommitmentEdit]]("mark", "/statements/:ref/commitments", "Mark words of a statement as a commitment; it gets the next code of its paragraph.", models.PermitEdit, pageAndData, (*Server).beginMark, (*Server).mark, (*Server).markAgain)),
		screen[correctInput]("correct-form", "/statements/:ref/paragraphs/:paragraph/correct", "The form on which the wording of a paragraph is corrected.", models.PermitEdit, (*Server).correctPage),
		write[paragraphPath, models.Correction, models.StatementRecord]("correct", "/statements/:ref/paragraphs/:paragraph", "Correct the wording of a paragraph in one language, with the reason. If-Match names the version of the statement. Marks follow their words.", models.PermitEdit, pageAndData, (*Server).correct, (*Server).correctAgain),
	}
}

// paragraphPath is one paragraph of a statement.
type paragraphPath struct {
	refPath
	Paragraph string `path:"paragraph" description:"Reference of the paragraph, such as p4."`
}

// correctInput opens the form of a correction.
type correctInput struct {
	paragraphPath
	Lang string `query:"lang" description:"Language of the wording; that of the page when left out."`
}

// markInput opens the form of a mark, with words of one language where some were selected.
type markInput struct {
	refPath
	Paragraph string `query:"paragraph" description:"Reference of the paragraph; a choice is offered when left out." example:"p4"`
	Lang      string `query:"lang" description:"Language of the words selected."`
	First     int    `query:"first" description:"Number of the first character selected, from 1."`
	Last      int    `query:"last" description:"Number of the last character selected."`
}

// paragraph reads one paragraph of a statement as it stands.
func (s *Server) paragraph(c *Call, slug, ref string) (*models.Paragraph, error) {
	r, err := s.Store.Statement(c.Context(), c.Actor, models.When{}, slug)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(r.Item.Paragraphs, func(p models.Paragraph) bool { return p.Ref == ref })
	if at < 0 {
		return nil, models.NotFound("paragraph", slug+"#"+ref)
	}
	return &r.Item.Paragraphs[at], nil
}

func (s *Server) markPage(c *Call, in markInput) (*Reply, error) {
	r, err := s.Store.Statement(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(r.Item.Paragraphs, func(p models.Paragraph) bool { return p.Ref == in.Paragraph })
	if at < 0 {
		if in.Paragraph != "" {
			return nil, models.Invalid(models.Field("paragraph", "error.unknown_value", "value", in.Paragraph))
		}
		return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.MarkWhere(f, r.Item.Statement) }}, nil
	}
	e := models.CommitmentEdit{Statement: in.Ref, Paragraph: in.Paragraph}
	e.Begin()
	if words, place := selected(r.Item.Paragraphs[at].Texts[models.Lang(in.Lang)], in.First, in.Last); words != "" {
		e.Marks = []models.MarkEdit{{Lang: models.Lang(in.Lang), Exact: words, Place: place}}
		readOut(&e, r.Item.Paragraphs[at].Texts)
	}
	return s.markForm(c, e, nil)
}

// readOut lays over a new commitment what the rules read out of the passage that its words share most with. A person
// decides all the same.
func readOut(e *models.CommitmentEdit, texts map[models.Lang]string) {
	words := e.Marks[0]
	at, err := words.Find(texts[words.Lang])
	if err != nil { // the words were cut out of the text
		return
	}
	var best suggest.Found
	most := 0
	for _, f := range suggest.Paragraph(texts) {
		o := f.Words[words.Lang]
		if shared := min(at.To, o.To) - max(at.From, o.From); shared > most {
			best, most = f, shared
		}
	}
	if most == 0 {
		return
	}
	e.Kind, e.Strength, e.Verb, e.Trackable = models.KindOf(best.Type), best.Strength, best.Verb, best.Trackable
	e.Actor, e.Addressee, e.Due, e.Measure = best.Actor, best.Addressee, best.Due, best.Measure
	if !e.Trackable {
		e.NotTrackableReason = suggest.Reason(best.Type)
	}
}

// selected are the characters of a text from first to last, and which of the places they are where the same words stand.
// A browser has one character for each line end (HTML, preprocessing the input stream).
func selected(text string, first, last int) (words string, place int) {
	var starts []int
	for at, r := range text {
		if r != '\n' || !strings.HasSuffix(text[:at], "\r") {
			starts = append(starts, at)
		}
	}
	if starts = append(starts, len(text)); first < 1 || last < first || last >= len(starts) {
		return "", 0
	}
	from := starts[first-1]
	words = text[from:starts[last]]
	return words, 1 + slices.IndexFunc(models.WordsAt(text, words), func(s models.Span) bool { return s.From == from })
}

// markForm is the form of a commitment that is not yet there.
func (s *Server) markForm(c *Call, e models.CommitmentEdit, bad error) (*Reply, error) {
	choices, err := s.Store.Choices(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	p := frontend.EditForm{Kind: "commitment", List: "/statements/" + e.Statement + "/commitments", Choices: *choices, Form: s.form(c, bad), Of: e.Statement}
	if p.Marked, err = s.paragraph(c, e.Statement, e.Paragraph); err != nil {
		return nil, err
	}
	if p.Previous, p.Earlier, err = s.Store.Before(c.Context(), c.Actor, e.Statement); err != nil {
		return nil, err
	}
	p.Begin(typed(&e), c.Form, false)
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.EditPage(f, p) }}, nil
}

func (s *Server) beginMark(c *Call, in refPath) (models.CommitmentEdit, error) {
	e := fresh[models.CommitmentEdit]()
	if _, _, err := s.Store.Editable(c.Context(), c.Actor, "statement", in.Ref); err != nil {
		return *e, err
	}
	e.Statement = in.Ref
	return *e, nil
}

func (s *Server) mark(c *Call, in refPath, e models.CommitmentEdit) (*Reply, error) {
	var bad []models.FieldError
	if e.Statement != in.Ref { // the address says which it is
		bad = append(bad, models.Field("statement", "error.fixed"))
	}
	if e.Code != "" {
		bad = append(bad, models.Field("code", "error.given_code"))
	}
	if len(bad) > 0 {
		return nil, models.Invalid(bad...)
	}
	if err := s.Store.Mark(c.Context(), c.Actor, &e, c.receipt()); err != nil {
		return nil, typedMarks(c.Form, err)
	}
	return editor[models.CommitmentEdit]{"commitment", "/commitments"}.saved(s, c, &e, "edit.created")
}

func (s *Server) markAgain(c *Call, in refPath, bad error) (*Reply, error) {
	return s.markForm(c, models.CommitmentEdit{Statement: in.Ref, Paragraph: c.Form.Get("paragraph")}, bad)
}

// typedMarks numbers the marks as the form does, where the languages that were left empty count too.
func typedMarks(form url.Values, err error) error {
	return typedRows(form, typedRows(form, err, "marks", "exact"), "earlier", "code")
}

func (s *Server) correctPage(c *Call, in correctInput) (*Reply, error) {
	return s.correctForm(c, in, nil)
}

func (s *Server) correctAgain(c *Call, in paragraphPath, bad error) (*Reply, error) {
	return s.correctForm(c, correctInput{paragraphPath: in, Lang: c.Form.Get("lang")}, bad)
}

func (s *Server) correctForm(c *Call, in correctInput, bad error) (*Reply, error) {
	r, err := s.Store.Statement(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(r.Item.Paragraphs, func(p models.Paragraph) bool { return p.Ref == in.Paragraph })
	if at < 0 {
		return nil, models.NotFound("paragraph", in.Ref+"#"+in.Paragraph)
	}
	p := frontend.CorrectForm{Statement: r.Item, Paragraph: r.Item.Paragraphs[at], Lang: models.Lang(cmp.Or(in.Lang, string(c.Lang))), Form: s.form(c, bad)}
	if !slices.Contains(r.Item.Languages, p.Lang) {
		if bad == nil && in.Lang != "" {
			return nil, models.Invalid(models.Field("lang", "error.unknown_value", "value", in.Lang))
		}
		p.Lang = r.Item.Languages[0]
	}
	p.Begin(c.Form, badKind(bad) == models.KindStale || c.Form.Has(formPrefix+"choose"))
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.CorrectPage(f, p) }}, nil
}

// correct replaces the wording of a paragraph in one language.
func (s *Server) correct(c *Call, in paragraphPath, e models.Correction) (*Reply, error) {
	html := c.Format == represent.HTML
	if html {
		if err := chosen(c.Form); err != nil {
			return nil, err
		}
	}
	err := s.Store.Correct(c.Context(), c.Actor, in.Ref, in.Paragraph, c.recordVersion(), e, c.receipt())
	key := "correct.saved"
	if bad := models.InvalidFields(err); html && c.Form.Has(formPrefix+"choose") && len(bad) == 1 && bad[0].Key == "error.same_text" {
		err, key = nil, "edit.unchanged" // theirs was chosen
	}
	if err != nil {
		return nil, err
	}
	if html {
		return s.done(c, "/statements/"+in.Ref+"#"+in.Paragraph, key), nil
	}
	r, err := s.Store.Statement(c.Context(), c.Actor, models.When{}, in.Ref)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: r.Item}, nil
}
