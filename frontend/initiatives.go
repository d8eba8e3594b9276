package frontend

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Initiatives is the faceted list.
type Initiatives struct {
	Frame
	List         *models.List[models.Initiative]
	Count        string
	Active       []LeadPart
	Facets       []FacetGroup
	Sorts        []Option
	Countries    []string // the countries filtered by, whose parts are shown beside the whole
	Own          []string // parameters that the filter form sets
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

// facetOrder is the order of the fields of the filter; those most used stand open.
var facetOrder = []struct {
	name string
	open bool
}{{"topic", true}, {"status", true}, {"country", true}, {"change", false}, {"mark", false}, {"grade", false}, {"meeting", false}, {"forum", false}, {"delegate", false}}

// NewInitiatives prepares the list. depth gives the place of each topic in its tree.
func NewInitiatives(f Frame, list *models.List[models.Initiative]) templ.Component {
	p := Initiatives{Frame: f, List: list, Countries: f.Query["country"], Own: []string{"q", "sort"}}
	p.Count = f.T("count.initiatives", "n", list.Total)
	if n := len(list.Items); n < list.Total {
		p.Count = f.T("count.of", "n", n, "total", list.Total)
	}
	for _, s := range models.Sorts {
		value := string(s)
		if s == models.SortAttention {
			value = "" // the default stays out of the address
		}
		p.Sorts = append(p.Sorts, Option{value, f.T("sort." + string(s)), f.Query.Get("sort") == value})
	}
	for _, o := range facetOrder {
		values, ok := list.Facets[o.name]
		if !ok {
			continue
		}
		p.Own = append(p.Own, o.name)
		p.Facets = append(p.Facets, p.facet(o.name, o.open, values))
	}
	if q := f.Query.Get("q"); q != "" {
		p.Active = append(p.Active, LeadPart{Text: f.T("filter.words_are", "words", q), URL: f.Here("q", "")})
	}
	if names := p.selectedNames("delegate"); len(names) > 0 {
		p.DelegateNote = f.T("filter.delegate_note", "names", f.List(names))
	}
	return initiatives(p)
}

// facet prepares one field and lists its chosen values among the active filters.
func (p *Initiatives) facet(name string, open bool, values []models.Facet) FacetGroup {
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

func (p *Initiatives) selectedNames(facet string) []string {
	var names []string
	for _, v := range p.List.Facets[facet] {
		if slices.Contains(p.Query[facet], v.Value) {
			names = append(names, p.Plain(v.Label))
		}
	}
	return names
}

// partOf returns the part of a country; one that is not there takes no part.
func partOf(i models.Initiative, country string) models.Part {
	for _, p := range i.Parts {
		if p.Country == country {
			return p
		}
	}
	return models.Part{Role: "not_applicable"}
}
