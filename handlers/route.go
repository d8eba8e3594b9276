package handlers

import (
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
	Output     any    // zero value of the JSON answer
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

// Described reports whether the OpenAPI document has the route: it answers with data of its own and does not lead to
// another address.
func (r *Route) Described() bool {
	return r.Offers(represent.JSON) && !strings.HasPrefix(r.Name, "permanent")
}

// Offers reports whether the route has the format.
func (r *Route) Offers(f represent.Format) bool {
	return slices.Contains(r.Formats, f)
}
