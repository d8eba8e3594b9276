package handlers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/swaggest/jsonschema-go"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// describe writes the OpenAPI 3.1 document from the route table and the Go types of its lines.
func (s *Server) describe() ([]byte, error) {
	r := openapi31.NewReflector()
	r.Spec.Info.WithTitle("Followthrough").WithVersion(s.Version).
		WithDescription("What governments promised together and what became of it. Every page is also data: the same address with .json, .csv or .xlsx, or under /api/v1. Fields are added, never renamed or removed.")
	r.DefaultOptions = append(r.DefaultOptions, jsonschema.InterceptDefName(shortName), jsonschema.InterceptSchema(ownTypes), jsonschema.InterceptProp(required))
	r.Spec.SetHTTPBearerTokenSecurity("token", "", "A token that an account makes for a program. Reading needs none unless the people who run the server ask for one.")
	for _, route := range s.routes {
		if route.Described() || route.Offers(represent.SVG) {
			if err := describeRoute(r, route); err != nil {
				return nil, fmt.Errorf("describe %s: %w", route.Name, err)
			}
		}
	}
	return json.Marshal(r.Spec)
}

func describeRoute(r *openapi31.Reflector, route Route) error {
	path := apiPrefix + route.blanks()
	if route.Name == "openapi" {
		path += ".json"
	}
	if route.Offers(represent.SVG) {
		path = "/{language}" + route.blanks() + "." + represent.SVG.Name
	}
	op, err := r.NewOperationContext(route.Method, path)
	if err != nil {
		return err
	}
	op.SetID(route.Name)
	op.SetSummary(route.Summary)
	op.AddReqStructure(route.Input)
	success, failures := http.StatusOK, []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusInternalServerError}
	if route.Budgeted {
		failures = append(failures, http.StatusUnprocessableEntity)
	}
	if route.Body != nil {
		op.AddReqStructure(changeHeaders{})
		op.AddReqStructure(route.Body)
		op.AddSecurity("token")
		success, failures = cmp.Or(route.Status, success), append(failures, changeFailures...)
	}
	switch {
	case route.Offers(represent.SVG):
		op.AddReqStructure(languagePath{})
	case reflect.TypeOf(route.Output) == nil: // the document itself is any JSON object
		op.AddRespStructure(map[string]any{}, openapi.WithHTTPStatus(http.StatusOK), openapi.WithContentType(represent.JSON.Media))
	default:
		op.AddRespStructure(route.Output, openapi.WithHTTPStatus(success), openapi.WithContentType(represent.JSON.Media))
	}
	for _, f := range route.Formats {
		if f != represent.HTML && f != represent.JSON {
			op.AddRespStructure("", openapi.WithHTTPStatus(http.StatusOK), openapi.WithContentType(f.Media))
		}
	}
	for _, status := range failures {
		op.AddRespStructure(Problem{}, openapi.WithHTTPStatus(status), openapi.WithContentType(represent.Problem))
	}
	return r.AddOperation(op)
}

// languagePath is the language of a picture, whose address has no form without one.
type languagePath struct {
	Language string `path:"language" description:"Language of the words in the picture." enum:"en,ja"`
}

// changeHeaders are the headers of a change by a program.
type changeHeaders struct {
	IfMatch string `header:"If-Match" description:"Entity tag of the record that is changed, where it has a version: left out is 428, another one by now 412."`
	Key     string `header:"Idempotency-Key" description:"Chosen by the sender, its own for each change: sent again within a day, nothing is changed twice and the answer is the same."`
}

// changeFailures are the statuses of a change that is refused, beside those of a reading route.
var changeFailures = []int{
	http.StatusForbidden, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge,
	http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusPreconditionRequired, http.StatusTooManyRequests, http.StatusServiceUnavailable,
}

// shortName names a schema after its Go type: ListOfInitiative, Problem.
func shortName(t reflect.Type, _ string) string {
	name := t.Name()
	if head, arg, ok := strings.Cut(name, "["); ok {
		arg = strings.TrimSuffix(arg, "]")
		return head + "Of" + arg[strings.LastIndexByte(arg, '.')+1:]
	}
	return name
}

// ownTypes gives the types that write themselves their form on the wire.
func ownTypes(p jsonschema.InterceptSchemaParams) (bool, error) {
	if p.Value.Type() != reflect.TypeFor[models.Date]() {
		return false, nil
	}
	p.Schema.Type = nil
	p.Schema.AddType(jsonschema.String)
	p.Schema.AddType(jsonschema.Null)
	p.Schema.WithDescription("Civil date to its precision: 2023-12-05, 2023-12, 2023-Q4 or 2023; null when unknown.")
	p.Schema.WithPattern(`^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]))?$`)
	return true, nil
}

// required marks every field that is always there, and a record that may be missing as null.
func required(p jsonschema.InterceptPropParams) error {
	if t := p.Field.Type; p.Processed && p.PropertySchema.Ref != nil && t.Kind() == reflect.Pointer {
		record, none := jsonschema.Schema{Ref: p.PropertySchema.Ref}, jsonschema.Schema{}
		p.PropertySchema.Ref = nil
		p.PropertySchema.AnyOf = []jsonschema.SchemaOrBool{record.ToSchemaOrBool(), none.WithType(jsonschema.Null.Type()).ToSchemaOrBool()}
	}
	if p.Processed && p.Field.Tag.Get("json") != "" && !strings.Contains(p.Field.Tag.Get("json"), ",omit") {
		for _, name := range p.ParentSchema.Required {
			if name == p.Name {
				return nil
			}
		}
		p.ParentSchema.Required = append(p.ParentSchema.Required, p.Name)
	}
	return nil
}

func (s *Server) openAPI(*Call, struct{}) (*Reply, error) {
	spec, err := s.spec()
	if err != nil {
		return nil, err
	}
	return &Reply{Data: json.RawMessage(spec)}, nil
}

// OpenAPI returns the document of a program version.
func OpenAPI(version string) ([]byte, error) {
	s := &Server{Options: Options{Version: version}, routes: Routes()}
	return s.describe()
}
