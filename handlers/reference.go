package handlers

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// api answers with the documentation of every address, made from the route table and the types of its lines.
func (s *Server) api(c *Call, _ struct{}) (*Reply, error) {
	return s.about(c, func(f frontend.Frame, at models.At) templ.Component {
		p := frontend.Reference{
			Frame: f, Examples: examples(f, at), Problems: s.problems(f),
			ListFields: jsonNames(models.List[any]{}), RecordFields: jsonNames(models.Record[any]{}), ProblemFields: jsonNames(Problem{}),
			Bounds: frontend.Bounds{Parameters: maxParameters, Values: maxValues, Length: maxValue, DefaultRows: models.DefaultLimit, MaxRows: models.MaxLimit},
		}
		for _, r := range s.routes {
			if r.Public() || r.Body != nil && r.Described() {
				p.Add(routeEntry(f, r), parameters(r))
			}
		}
		return frontend.APIReference(p)
	})
}

// routeEntry describes one line of the route table.
func routeEntry(f frontend.Frame, r Route) frontend.RouteEntry {
	path := r.blanks()
	e := frontend.RouteEntry{Name: r.Name, Summary: r.Summary, Answer: answerOf(r), Columns: Columns()[r.Name]}
	address := func(a string) frontend.AddressEntry {
		return frontend.AddressEntry{Address: a, Whole: !strings.Contains(a, "{")}
	}
	for _, format := range r.Formats {
		e.Formats = append(e.Formats, strings.ToUpper(format.Name))
		switch {
		case format != represent.HTML:
			e.Data = append(e.Data, address(path+"."+format.Name))
		case routed("/") == r.Pattern:
			e.Page = address("/" + string(f.Lang) + "/")
		default:
			e.Page = address("/" + string(f.Lang) + path)
		}
	}
	if r.Body != nil {
		e.Page, e.Data, e.Formats = frontend.AddressEntry{}, nil, []string{"JSON"}
		e.Method, e.Answer = r.Method, "changed"
		for _, field := range reflect.VisibleFields(reflect.TypeOf(r.Body)) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name == "" { // a struct within, whose fields follow
				continue
			}
			e.Fields = append(e.Fields, frontend.BodyField{Name: name, Description: field.Tag.Get("description")})
		}
		e.Data = append(e.Data, frontend.AddressEntry{Address: "POST " + apiPrefix + path})
		return e
	}
	if len(e.Data) > 0 && !r.Offers(represent.SVG) { // a picture has no data
		e.Data = append(e.Data, address(apiPrefix+path))
	}
	return e
}

// answerOf names the kind of answer that a route gives, by the type of its output.
func answerOf(r Route) string {
	name := ""
	if t := reflect.TypeOf(r.Output); t != nil {
		name = t.Name()
	}
	switch {
	case !r.Described() && r.Offers(represent.JSON):
		return "redirect"
	case !r.Offers(represent.JSON):
		return "prose"
	case strings.HasPrefix(name, "List["):
		return "list"
	case strings.HasPrefix(name, "Record["):
		return "record"
	}
	return "document"
}

// parameters reads the parameters of a route from the tags of its input, in their order.
func parameters(r Route) []frontend.ParameterEntry {
	var all []frontend.ParameterEntry
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for i := range t.NumField() {
			field := t.Field(i)
			if field.Anonymous {
				walk(field.Type)
				continue
			}
			all = append(all, parameter(field))
		}
	}
	walk(reflect.TypeOf(r.Input))
	return all
}

func parameter(field reflect.StructField) frontend.ParameterEntry {
	tag := field.Tag
	path := tag.Get("path")
	p := frontend.ParameterEntry{
		Name: cmp.Or(path, tag.Get("query")), InPath: path != "", Description: tag.Get("description"), Repeatable: field.Type.Kind() == reflect.Slice,
		Min: tag.Get("minimum"), Max: tag.Get("maximum"), Default: tag.Get("default"), Length: tag.Get("maxLength"), Scale: tag.Get("scale"),
	}
	p.Values, _ = models.CodesOf(p.Scale)
	if enum := tag.Get("enum"); enum != "" {
		p.Values = strings.Split(enum, ",")
	}
	return p
}

// jsonNames lists the names of the fields of a struct on the wire.
func jsonNames(v any) []string {
	var all []string
	t := reflect.TypeOf(v)
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			all = append(all, name)
		}
	}
	return all
}

// problems lists the kinds of error by their status.
func (s *Server) problems(f frontend.Frame) []frontend.ProblemEntry {
	all := []frontend.ProblemEntry{}
	for kind, status := range problemStatus() {
		all = append(all, frontend.ProblemEntry{Kind: kind, Title: f.T("error.title_" + kind), Status: status})
	}
	slices.SortFunc(all, func(a, b frontend.ProblemEntry) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), strings.Compare(a.Kind, b.Kind))
	})
	return all
}

// examples are calls that work on this record as it stands: they name no record but a meeting that it holds.
func examples(f frontend.Frame, at models.At) []frontend.ExampleEntry {
	curl := func(options, address string) string { return fmt.Sprintf("curl %s'%s%s'", options, f.Origin, address) }
	all := []frontend.ExampleEntry{
		{What: f.T("api.example_list"), Command: curl("", "/initiatives.json?status="+string(models.UnderWay)+"&sort="+string(models.SortRecent))},
		{What: f.T("api.example_csv"), Command: curl("-O ", "/initiatives.csv?excel=1")},
		{What: f.T("api.example_versioned"), Command: curl("-H 'Accept: "+represent.CSV.Media+"' ", apiPrefix+"/topics")},
		{What: f.T("api.example_method"), Command: curl("", "/method.json")},
		{What: f.T("api.example_etag"), Command: curl("-sSI ", "/overview.json")},
	}
	if len(at.Meetings) > 0 {
		all = append(all, frontend.ExampleEntry{What: f.T("api.example_past"), Command: curl("", "/overview.json?as_of="+at.Meetings[0].Ref)})
	}
	return all
}
