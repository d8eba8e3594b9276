package frontend

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Initiatives is the faceted list.
type Initiatives struct {
	Filters
	List      *models.List[models.Initiative]
	Count     string
	Countries []string // the countries filtered by, whose parts are shown beside the whole
}

// NewInitiatives prepares the list.
func NewInitiatives(f Frame, list *models.List[models.Initiative]) templ.Component {
	p := Initiatives{Filters: newFilters(f, list.Facets, facetOrder), List: list, Countries: f.Query["country"]}
	p.Own = append(p.Own, "sort")
	p.Count = shownOf(f, len(list.Items), list.Total)
	for _, s := range models.Sorts {
		value := string(s)
		if s == models.SortAttention {
			value = "" // the default stays out of the address
		}
		p.Sorts = append(p.Sorts, Option{Value: value, Label: f.T("sort." + string(s)), Selected: f.Query.Get("sort") == value})
	}
	return initiatives(p)
}

// shownOf says how many initiatives a page shows of how many.
func shownOf(f Frame, n, total int) string {
	if n < total {
		return f.T("count.of", "n", n, "total", total)
	}
	return f.T("count.initiatives", "n", total)
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
