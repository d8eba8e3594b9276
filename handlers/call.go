package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// Call is one request after negotiation: what is asked for, by whom, in which language and format.
type Call struct {
	Request   *http.Request
	ID        string // of the request, for the log
	Actor     models.Actor
	User      *models.User // who is signed in; nil for the public and for tokens
	ByToken   bool         // the actor is known by a token
	MustEnrol bool         // the role must have a second factor and has none yet
	From      string       // network address of the request
	Lang      models.Lang
	Format    represent.Format
	Address   string // path as it was asked for
	Path      string // language-neutral path without suffix, such as /initiatives/QSCG-CYBER-CHALLENGE
	Query     url.Values
	Malformed bool // the query could not be read whole
	Route     *Route
	Params    map[string]string // of the pattern
	Notices   []models.FieldError
	Form      url.Values // as typed, of a changing route
	raw       []byte     // the body
	writer    http.ResponseWriter
	version   int64 // of the data, when the call began

	base        models.Edit // the record that a change is laid over, as it stood, and its version
	baseVersion int64
}

// Context returns the context of the request.
func (c *Call) Context() context.Context { return c.Request.Context() }

// Reply is what a handler answers with. It holds every representation at once; the handler writes nothing itself.
type Reply struct {
	Status   int // 200 when zero
	Data     any
	Table    *represent.Table
	Text     string // the record as plain text, where it is one
	Package  *represent.Package
	Page     func(frontend.Frame) templ.Component
	Chart    func(frontend.Frame) templ.Component // the picture of the page
	At       *models.At                           // the time of a reading page
	Next     *string                              // token of the next page of a list
	Location string                               // of a redirect, or of what was made
	Version  int64                                // of the record, for its entity tag

	File func(f represent.Format) (File, error) // the record as a file to take along, written when it is asked for

	Stream func(w http.ResponseWriter) error // written as it happens, instead of everything else

	Cite     func(frontend.Frame) frontend.Work  // what is cited, where the data do not say it all
	Feed     func() (*represent.Feed, error)     // read when it is asked for
	Calendar func() (*represent.Calendar, error) // read when it is asked for
}

type callKey struct{}

func callOf(r *http.Request) *Call {
	c, _ := r.Context().Value(callKey{}).(*Call)
	return c
}

// printer returns the messages of the call's language.
func (s *Server) printer(c *Call) *locale.Printer { return s.words[c.Lang] }

// File is an answer to be kept by who asked for it, under a name.
type File struct {
	Name string
	Body string
}
