// Package gallery shows every component and every sample page of the product in every state, without a record, for the
// people who work on its looks. The samples themselves stand in frontend, beside what they show.
package gallery

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
)

// Gallery is its pages in all languages by their paths, such as /components/status-bar or /pages/overview-many.
type Gallery struct {
	pages map[models.Lang]map[string]templ.Component
}

// New makes the pages of the gallery: an index, a page for each group of components, and the sample pages.
func New(s frontend.Samples) *Gallery {
	g := &Gallery{pages: map[models.Lang]map[string]templ.Component{}}
	for _, l := range models.Langs {
		groups, pages := s.Components(l), s.Pages(l)
		all := map[string]templ.Component{"/": index(frame(s, l, "/"), groups, kinds(pages))}
		for _, c := range groups {
			all[componentPath(c.Name)] = group(frame(s, l, componentPath(c.Name)), c)
		}
		for name, page := range pages {
			all[pagePath(name)] = page
		}
		g.pages[l] = all
	}
	return g
}

// At returns the page at a path.
func (g *Gallery) At(l models.Lang, path string) (templ.Component, bool) {
	page, ok := g.pages[l][path]
	return page, ok
}

// frame is the frame of a page of the gallery itself, which speaks of no time and is no data.
func frame(s frontend.Samples, l models.Lang, path string) frontend.Frame {
	f := s.Frame(l, path, nil)
	f.At, f.Formats = nil, nil
	return f
}

// kind is a page with the states there are samples of.
type kind struct {
	Name   string
	States []state
}

type state struct{ Name, Path string }

// kinds groups the sample pages by what stands before the comma of their names.
func kinds(pages map[string]templ.Component) []kind {
	states := map[string][]state{}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		page, how, _ := strings.Cut(name, ", ")
		states[page] = append(states[page], state{cmp.Or(how, page), pagePath(name)})
	}
	var all []kind
	for _, page := range slices.Sorted(maps.Keys(states)) {
		all = append(all, kind{page, states[page]})
	}
	return all
}

func componentPath(name string) string { return "/components/" + slug(name) }
func pagePath(name string) string      { return "/pages/" + slug(name) }

var between = regexp.MustCompile(`[^a-z0-9]+`)

// slug is a name as the end of an address.
func slug(name string) string {
	return strings.Trim(between.ReplaceAllString(strings.ToLower(name), "-"), "-")
}
