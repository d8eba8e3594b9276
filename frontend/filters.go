package frontend

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Filters is the form that narrows a list of initiatives, and what it is narrowed to.
type Filters struct {
	Frame
	Sorts        []Option // none where the order is fixed
	Active       []LeadPart
	Facets       []FacetGroup
	Own          []string // parameters that the form sets
	DelegateNote string
}

// FacetGroup is one field of the filter with its values.
type FacetGroup struct {
	Name, Title, Hint string
	Open              bool
	Values            []FacetValue
}

// FacetValue is one value with the number of rows behind it.
type FacetValue struct {
	Value    string
	Label    Wording
	Depth    int
	Count    int
	Selected bool
}

// facetField is one field of a filter.
type facetField struct {
	name string
	open bool
}

// facetOrder is the order of the fields of the filter; those most used stand open.
var facetOrder = []facetField{{"topic", true}, {"status", true}, {"country", true}, {"change", false}, {"mark", false}, {"grade", false}, {"meeting", false}, {"forum", false}, {"delegate", false}}

// facetNames lists the fields of the filter.
func facetNames() []string {
	names := make([]string, len(facetOrder))
	for i, o := range facetOrder {
		names[i] = o.name
	}
	return names
}

// newFilters prepares the form of the page at the frame's address with the fields that have facets, in their order.
func newFilters(f Frame, facets map[string][]models.Facet, fields []facetField) Filters {
	p := Filters{Frame: f, Own: []string{"q"}}
	for _, o := range fields {
		if values, ok := facets[o.name]; ok {
			p.Own = append(p.Own, o.name)
			p.Facets = append(p.Facets, p.facet(o.name, o.open, values))
		}
	}
	if q := f.Query.Get("q"); q != "" {
		p.Active = append(p.Active, LeadPart{Text: f.T("filter.words_are", "words", q), URL: f.Here("q", "")})
	}
	var names []string
	for _, v := range facets["delegate"] {
		if slices.Contains(f.Query["delegate"], v.Value) {
			names = append(names, f.Plain(v.Label))
		}
	}
	if len(names) > 0 {
		p.DelegateNote = f.T("filter.delegate_note", "names", f.List(names))
	}
	return p
}

// facet prepares one field and lists its chosen values among the active filters.
func (p *Filters) facet(name string, open bool, values []models.Facet) FacetGroup {
	chosen := p.Query[name]
	g := FacetGroup{Name: name, Title: p.T("facet." + name), Open: open || len(chosen) > 0}
	if name == "delegate" || name == "meeting" || name == "forum" || name == "mark" {
		g.Hint = p.T("facet." + name + "_hint")
	}
	for _, v := range values {
		selected := slices.Contains(chosen, v.Value)
		label := p.Say(v.Label)
		if selected {
			p.Active = append(p.Active, LeadPart{Text: g.Title + ": " + label.Text, URL: p.Without(name, v.Value)})
		}
		g.Values = append(g.Values, FacetValue{v.Value, label, v.Depth, v.Count, selected})
	}
	return g
}

// Cleared is the address of the page without its filters.
func (p Filters) Cleared() string {
	pairs := make([]string, 0, 2*len(p.Own))
	for _, name := range p.Own {
		pairs = append(pairs, name, "")
	}
	return p.Here(pairs...)
}
