package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var statusOf = map[models.Kind]int{
	models.KindInvalid: http.StatusBadRequest, models.KindNotFound: http.StatusNotFound, models.KindForbidden: http.StatusForbidden,
	models.KindConflict: http.StatusConflict, models.KindGone: http.StatusGone, models.KindBusy: http.StatusServiceUnavailable,
	models.KindInternal: http.StatusInternalServerError, models.KindMalformed: http.StatusBadRequest, models.KindAnonymous: http.StatusUnauthorized,
	models.KindStale: http.StatusPreconditionFailed, models.KindUnversioned: http.StatusPreconditionRequired, models.KindReused: http.StatusUnprocessableEntity,
	models.KindMoved: http.StatusNotFound, models.KindTooLarge: http.StatusRequestEntityTooLarge, models.KindMedia: http.StatusUnsupportedMediaType, models.KindTooMany: http.StatusTooManyRequests,
	models.KindDifferent: http.StatusUnprocessableEntity, models.KindAltered: http.StatusInternalServerError,
}

// statusInvalid is the status of a change whose fields can be read and make no sense; a query has a plain 400.
const statusInvalid = http.StatusUnprocessableEntity

// badKind returns the kind of an error, empty when it is nil and internal when it has none.
func badKind(err error) models.Kind {
	var known *models.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &known):
		return known.Kind
	}
	return models.KindInternal
}

// Kinds of error that the routing finds, beside those of the rules.
const (
	kindMethod        = "method"
	kindNotAcceptable = "not_acceptable"
)

// problemStatus is the HTTP status of every kind of error, by the name that the problem document gives it.
func problemStatus() map[string]int {
	all := map[string]int{kindMethod: http.StatusMethodNotAllowed, kindNotAcceptable: http.StatusNotAcceptable}
	for kind, status := range statusOf {
		all[string(kind)] = status
	}
	return all
}

// Problem is an error as data, by RFC 9457.
type Problem struct {
	Type     string         `json:"type" description:"urn:followthrough:problem: and the kind of error."`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance" description:"The address asked for."`
	Errors   []ProblemField `json:"errors" description:"The fields that do not make sense."`
	ID       string         `json:"id" description:"Reference of the request in the server's log."`

	Current *models.Current `json:"current,omitempty" description:"How the record stands now, when a change of it came too late."`
}

// ProblemField is one field that does not make sense.
type ProblemField struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// failure is an error on its way out: what the page and the problem document share.
type failure struct {
	status int
	name   string // of the kind, in message keys and in the problem's type
	err    *models.Error
	links  []frontend.LeadPart
	next   string // message key
	closed bool   // the page did its work and opens no more: there is nothing to search for
}

// fail answers with an error. What is not a models.Error is internal: the log has it whole, the reader a reference.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		s.Log.Info("the reader left", "id", requestID(r))
		return
	}
	c := callOf(r)
	if badKind(err) == models.KindAnonymous && c != nil && c.Format == represent.HTML && !c.ByToken {
		s.askToSignIn(w, c, err)
		return
	}
	var known *models.Error
	if c != nil && errors.As(err, &known) && moved(c, w, known) {
		return
	}
	s.answer(w, r, s.failureOf(w, c, err))
}

// failureOf prepares an error for the page or the problem document, and logs what people are not told.
func (s *Server) failureOf(w http.ResponseWriter, c *Call, err error) failure {
	var known *models.Error
	if !errors.As(err, &known) {
		known = &models.Error{Kind: models.KindInternal, Key: "error.internal"}
	}
	f := failure{status: statusOf[known.Kind], name: string(known.Kind), err: known, next: "error.next_other"}
	switch known.Kind {
	case models.KindInternal, models.KindBusy, models.KindAltered:
		f.next = "error.next_retry"
		id, path := "", ""
		if c != nil {
			id, path = c.ID, logged(c.Address)
		}
		s.Log.Error("failed", "id", id, "path", path, "cause", err)
		if known.Kind == models.KindBusy {
			w.Header().Set("Retry-After", "2")
		}
	case models.KindInvalid:
		if c != nil && c.Request.Method != http.MethodGet {
			f.status = statusInvalid
		}
		f.next = "error.next_invalid"
	case models.KindTooMany:
		f.next = "error.next_wait"
		w.Header().Set("Retry-After", fmt.Sprint(known.Args["seconds"]))
	case models.KindTooLarge:
		f.next = "error.next_too_large"
	case models.KindConflict:
		f.next = "error.next_conflict"
	case models.KindDifferent:
		f.next = "error.next_too_different"
	case models.KindAnonymous:
		f.next = "error.next_sign_in"
		w.Header().Set("WWW-Authenticate", "Bearer")
	case models.KindForbidden:
		f.next = "error.next_forbidden"
	case models.KindStale, models.KindUnversioned:
		f.next = "error.next_stale"
	case models.KindGone:
		f.next = "error.next_gone"
		if known.Key == "error.link_used" {
			f.next = "error.next_sign_in"
		}
	case models.KindNotFound:
		f.next = "error.next_not_found"
		switch {
		case known.Key == "error.no_set_up":
			f.next, f.closed = "error.next_no_set_up", true
		case c != nil && c.Query.Get("as_of") != "":
			f.next = "error.next_past"
		}
	}
	return f
}

// failFormat answers that the route does not have the format, and names those it has.
func (s *Server) failFormat(w http.ResponseWriter, r *http.Request) {
	c := callOf(r)
	f := failure{status: http.StatusNotAcceptable, name: kindNotAcceptable, err: &models.Error{Kind: models.KindInvalid, Key: "error.not_acceptable"}, next: "error.next_formats"}
	if c.Format == represent.HTML {
		f.err.Key = "error.no_html"
	}
	frame := frontend.Frame{Printer: s.printer(c), Path: c.Path, Query: c.Query}
	for _, own := range c.Route.Formats {
		if own != represent.HTML && !own.Cites() {
			f.links = append(f.links, frontend.LeadPart{Text: s.printer(c).T("tools." + own.Name), URL: frame.As(own.Name)})
		}
	}
	s.answer(w, r, f)
}

func (s *Server) noRoute(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, &models.Error{Kind: models.KindNotFound, Key: "error.no_page"})
}

func (s *Server) noMethod(w http.ResponseWriter, r *http.Request) {
	e := &models.Error{Kind: models.KindInvalid, Key: "error.method", Args: map[string]any{"method": r.Method}}
	s.answer(w, r, failure{status: http.StatusMethodNotAllowed, name: kindMethod, err: e, next: "error.next_other"})
}

func (s *Server) denyCrossOrigin(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, &models.Error{Kind: models.KindForbidden, Key: "error.foreign"})
}

// answer writes an error as a page or as a problem document.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, f failure) {
	c := callOf(r)
	if c == nil { // before negotiation, such as a refused foreign origin
		c = &Call{Request: r, ID: requestID(r), Lang: preferred(r), Format: represent.JSON, Path: r.URL.Path, Address: r.URL.Path}
	}
	p := s.printer(c)
	title, detail := p.T("error.title_"+f.name), p.Fields(f.err.Key, f.err.Args)
	if f.err.Key == "error.link_used" {
		title = p.T("error.title_link")
	}
	if f.closed {
		title = p.T("error.title_no_set_up")
	}
	w.Header().Set("Cache-Control", "no-store")
	if c.Format == represent.HTML {
		s.answerPage(w, c, f, title, detail)
		return
	}
	problem := Problem{Type: "urn:followthrough:problem:" + f.name, Title: title, Status: f.status, Detail: detail, Instance: c.Address, Errors: []ProblemField{}, ID: c.ID, Current: f.err.Current}
	for _, field := range f.err.Fields {
		problem.Errors = append(problem.Errors, ProblemField{field.Field, p.Fields(field.Key, field.Args)})
	}
	w.Header().Set("Content-Type", represent.Problem)
	w.WriteHeader(f.status)
	if err := represent.WriteJSON(w, problem); err != nil {
		s.Log.Error("failed", "id", c.ID, "cause", err)
	}
}

func (s *Server) answerPage(w http.ResponseWriter, c *Call, f failure, title, detail string) {
	safe := "error.safe_read"
	if c.Request.Method != http.MethodGet {
		safe = "error.safe_write"
	}
	frame := s.frame(c, nil)
	frame.Formats, frame.Cites = nil, nil
	if at, err := s.present(c); err == nil { // without the record the page still stands
		frame.Forum = at.Forum
	}
	page := frontend.Failure{Status: f.status, Title: title, Happened: detail, Safe: frame.T(safe), Next: frame.T(f.next), Near: frame.Near(c.Path, f.status != http.StatusNotFound && f.status != http.StatusGone), Links: f.links, Search: !f.closed && (f.status == http.StatusNotFound || f.status == http.StatusGone)}
	if f.closed || f.name == string(models.KindAnonymous) || f.err.Key == "error.link_used" {
		page.Near = []frontend.LeadPart{{Text: frame.T("sign_in.title"), URL: "/" + string(frame.Lang) + "/sign-in"}}
		page.Search = false
	}
	for _, field := range f.err.Fields {
		page.Happened += " " + frame.Fields(field.Key, field.Args)
	}
	if len(page.Links) == 0 {
		page.Links = frame.Starts()
	}
	if f.status >= http.StatusInternalServerError {
		page.Reference = c.ID
	}
	var body bytes.Buffer
	if err := frontend.Failed(frame, page).Render(c.Context(), &body); err != nil {
		s.Log.Error("failed", "id", c.ID, "cause", err)
		text(w, f.status, title)
		return
	}
	w.Header().Set("Content-Type", represent.HTML.ContentType())
	w.WriteHeader(f.status)
	_, _ = body.WriteTo(w) // a reader who left cannot be told
}

// Explain says in English what is wrong, for the command line.
func Explain(err error) string {
	var known *models.Error
	words, failed := locale.Load()
	if !errors.As(err, &known) || failed != nil {
		return err.Error()
	}
	p := words[models.English]
	all := []string{p.Fields(known.Key, known.Args)}
	for _, f := range known.Fields {
		all = append(all, p.Fields(f.Key, f.Args))
	}
	return strings.Join(all, " ")
}

// Words says in English what a check of the record found, for the command line.
func Words(f models.Finding) string {
	words, err := locale.Load()
	if err != nil {
		return f.Record + " " + f.What
	}
	return f.Record + " " + words[models.English].T("finding."+f.What)
}
