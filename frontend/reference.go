package frontend

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Reference is the page that documents the addresses for programs. What it says of routes, parameters, columns and
// fields comes from the tables that the program itself goes by.
type Reference struct {
	Frame
	Routes        []RouteEntry
	Parameters    []ParameterEntry
	Examples      []ExampleEntry
	ListFields    []string
	RecordFields  []string
	ProblemFields []string
	Problems      []ProblemEntry
	Bounds        Bounds
}

// RouteEntry is one route. Addresses with a blank to fill, such as {ref}, are not links.
type RouteEntry struct {
	Name, Summary string
	Page          AddressEntry
	Data          []AddressEntry
	Formats       []string
	Answer        string // what kind of answer it is: list, record, document, prose or redirect
	Parameters    []LeadPart
	Columns       []string
	Method        string      // of a change; empty for reading
	Fields        []BodyField // of a change
}

// BodyField is a field of a change.
type BodyField struct{ Name, Description string }

// AddressEntry is an address as it is written, and whether it can be followed.
type AddressEntry struct {
	Address string
	Whole   bool
}

// ParameterEntry is one parameter. Its values are a list, a scale of the method, a range or a text.
type ParameterEntry struct {
	Anchor, Name, Description string
	Values                    []string
	Scale                     string // name of the closed list in the method
	Min, Max, Default         string
	Length                    string // longest text
	Repeatable, InPath        bool
}

// ExampleEntry is a call that works on this server.
type ExampleEntry struct{ What, Command string }

// ProblemEntry is one kind of error.
type ProblemEntry struct {
	Kind, Title string
	Status      int
}

// Bounds are the limits of a request and of a page of a list.
type Bounds struct{ Parameters, Values, Length, DefaultRows, MaxRows int }

// Add gives a route its parameters. What a parameter means is explained once; one that means something else on
// another route is explained again under that route's name.
func (p *Reference) Add(r RouteEntry, parameters []ParameterEntry) {
	for _, e := range parameters {
		e.Anchor = "parameter-" + e.Name
		known := slices.IndexFunc(p.Parameters, func(o ParameterEntry) bool { return o.Name == e.Name })
		if known >= 0 && p.Parameters[known].Description != e.Description {
			e.Anchor += "-" + r.Name
			known = slices.IndexFunc(p.Parameters, func(o ParameterEntry) bool { return o.Name == e.Name && o.Description == e.Description })
		}
		if known < 0 {
			p.Parameters = append(p.Parameters, e)
		} else {
			e.Anchor = p.Parameters[known].Anchor
		}
		r.Parameters = append(r.Parameters, LeadPart{Text: e.Name, URL: "#" + e.Anchor})
	}
	p.Routes = append(p.Routes, r)
}

// sections lists the sections beside the page.
func (p Reference) sections() []LeadPart {
	return []LeadPart{
		{Text: p.T("api.addresses"), URL: "#addresses"}, {Text: p.T("api.examples"), URL: "#examples"}, {Text: p.T("api.routes"), URL: "#routes"},
		{Text: p.T("api.parameters"), URL: "#parameters"}, {Text: p.T("api.times"), URL: "#times"}, {Text: p.T("api.paging"), URL: "#paging"},
		{Text: p.T("api.envelopes"), URL: "#envelopes"}, {Text: p.T("api.csv"), URL: "#csv"}, {Text: p.T("api.errors"), URL: "#errors"},
		{Text: p.T("api.caching"), URL: "#caching"}, {Text: p.T("api.limits"), URL: "#limits"}, {Text: p.T("api.stability"), URL: "#stability"},
	}
}

// foreign is the language attribute of descriptions, which are English on every page; empty where the page is too.
func (p Reference) foreign() string {
	if p.Lang == models.English {
		return ""
	}
	return string(models.English)
}

// valuesInWords says what a parameter without a list of values takes.
func (p Reference) valuesInWords(e ParameterEntry) string {
	switch {
	case e.Max != "":
		return p.T("api.whole", "min", e.Min, "max", e.Max)
	case e.Length != "":
		return p.T("api.at_most", "max", e.Length)
	}
	return p.T("api.text")
}
