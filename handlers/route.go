package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// Route is one line of the route table. Registration, the permission check, decoding, the links to other formats and
// the OpenAPI document all derive from it.
type Route struct {
	Name       string
	Method     string
	Pattern    string // gin's, language-neutral and without suffix
	Permission models.Permission
	Formats    []represent.Format
	Summary    string // for the OpenAPI document
	Input      any    // zero value of the struct that path and query are decoded into
	Body       any    // zero value of the change that the body is decoded into; nil for a reading route
	Output     any    // zero value of the JSON answer
	Status     int    // of the answer; 200 when zero
	Personal   bool   // of a person's account, so that no token opens it
	Budgeted   bool   // reads texts that can need more time than there is, which is 422
	Verified   bool   // asks for a passphrase given within the last minutes
	Uploads    bool   // takes files and long texts
	Framed     bool   // a page that other sites may show in a frame of theirs
	handle     func(s *Server, c *Call) (*Reply, error)
}

// get declares a reading route. in is decoded before h runs; unknown or repeated parameters never reach it.
func get[In, Out any](name, pattern, summary string, formats []represent.Format, h func(s *Server, c *Call, in In) (*Reply, error)) Route {
	var in In
	var out Out
	return Route{
		Name: name, Method: "GET", Pattern: pattern, Permission: models.PermitRead, Formats: formats, Summary: summary, Input: in, Output: out,
		handle: func(s *Server, c *Call) (*Reply, error) {
			var in In
			if err := decode(c, &in); err != nil {
				return nil, err
			}
			return h(s, c, in)
		},
	}
}

// write declares a changing route. The body is decoded before h runs. again shows the form once more, with everything
// typed, when the change cannot be made; nil where there is no form.
func write[In, Body, Out any](name, pattern, summary string, p models.Permission, formats []represent.Format, h func(s *Server, c *Call, in In, b Body) (*Reply, error), again func(s *Server, c *Call, in In, err error) (*Reply, error)) Route {
	nothing := func(*Server, *Call, In) (b Body, err error) { return b, nil }
	return writeOver[In, Body, Out](name, pattern, summary, p, formats, nothing, h, again)
}

// writeOver declares a changing route whose body is laid over what begin gives, so that what it leaves out stays.
func writeOver[In, Body, Out any](name, pattern, summary string, p models.Permission, formats []represent.Format, begin func(s *Server, c *Call, in In) (Body, error), h func(s *Server, c *Call, in In, b Body) (*Reply, error), again func(s *Server, c *Call, in In, err error) (*Reply, error)) Route {
	var in In
	var body Body
	var out Out
	return Route{
		Name: name, Method: http.MethodPost, Pattern: pattern, Permission: p, Formats: formats, Summary: summary, Input: in, Body: body, Output: out,
		handle: func(s *Server, c *Call) (*Reply, error) {
			var in In
			err := decode(c, &in)
			if err != nil {
				return nil, malformed(models.InvalidFields(err)...) // a query that makes no sense is no fault of the change
			}
			b, err := begin(s, c, in)
			if err != nil {
				return nil, err
			}
			var reply *Reply
			err = c.read(c.writer, &b)
			if t, ok := any(&b).(interface{ Tidy() }); ok && c.Form != nil {
				t.Tidy()
			}
			if v, ok := any(b).(validated); ok && badKind(err) == models.KindInvalid { // everything that is wrong is said at once
				err = models.Together(err, v.Validate(s.Store.Today()))
			}
			if err == nil {
				reply, err = h(s, c, in, b)
			}
			if err == nil || again == nil || c.Format != represent.HTML || !mendable(err) {
				return reply, err
			}
			reply, failed := again(s, c, in, err)
			return reply, errors.Join(failed, err)
		},
	}
}

// validated is a change that knows its own rules; today is the last day it can be dated.
type validated interface {
	Validate(today models.Date) error
}

// whole adapts the form of a route whose path names nothing.
func whole(again func(s *Server, c *Call, err error) (*Reply, error)) func(s *Server, c *Call, in struct{}, err error) (*Reply, error) {
	return func(s *Server, c *Call, _ struct{}, err error) (*Reply, error) { return again(s, c, err) }
}

// mendable reports whether whoever filled the form in can do something about the error.
func mendable(err error) bool {
	switch badKind(err) {
	case models.KindInvalid, models.KindMalformed, models.KindStale, models.KindUnversioned, models.KindReused, models.KindConflict, models.KindTooMany, models.KindBusy:
		return true
	}
	return false
}

// personal marks a route of a person's own account, which no token opens.
func personal(r Route) Route {
	r.Personal = true
	return r
}

// verified marks a personal route that asks for a passphrase given within the last minutes.
func verified(r Route) Route {
	r.Personal, r.Verified = true, true
	return r
}

// budgeted declares that the route gives up on texts that need too much time.
func budgeted(r Route) Route {
	r.Budgeted = true
	return r
}

// screen declares a reading route that only people who may use it see, as a page alone.
func screen[In any](name, pattern, summary string, p models.Permission, h func(s *Server, c *Call, in In) (*Reply, error)) Route {
	r := get[In, struct{}](name, pattern, summary, pageAlone, h)
	r.Permission = p
	return r
}

// making marks a changing route that answers with what it made.
func making(r Route) Route {
	r.Status = http.StatusCreated
	return r
}

// uploads marks a changing route that takes files and long texts.
func uploads(r Route) Route {
	r.Uploads = true
	return r
}

// Families of the words that the fields of a form are called by.
const (
	inputLabels  = "input."
	editLabels   = "edit."
	importLabels = "import.field."
)

// labels is the family of the labels of the route's form.
func (r *Route) labels() string {
	if _, edits := r.Body.(models.Edit); edits {
		return editLabels
	}
	if strings.HasPrefix(r.Pattern, importPath) {
		return importLabels
	}
	return inputLabels
}

// about marks a reading route that speaks of the program and not of the record, and stays open where reading needs an
// account.
func about(r Route) Route {
	r.Permission = models.PermitAbout
	return r
}

// Public reports whether the route reads what everybody may read, unless reading needs an account.
func (r *Route) Public() bool {
	return r.Method == http.MethodGet && (r.Permission == models.PermitRead || r.Permission == models.PermitAbout)
}

// Described reports whether the OpenAPI document has the route: it answers with data of its own and does not lead to
// another address.
func (r *Route) Described() bool {
	return r.Offers(represent.JSON) && !r.Personal && !strings.HasPrefix(r.Name, "permanent")
}

// blanks is the pattern with its blanks as OpenAPI writes them: /rounds/{ref}.
func (r *Route) blanks() string {
	segments := strings.Split(r.Pattern, "/")
	for i, s := range segments {
		if name, ok := strings.CutPrefix(s, ":"); ok {
			segments[i] = "{" + name + "}"
		}
	}
	return strings.Join(segments, "/")
}

// Offers reports whether the route has the format.
func (r *Route) Offers(f represent.Format) bool {
	return slices.Contains(r.Formats, f)
}
