// Package gallery shows every component and every sample page of the product in every state, without a record, for the
// people who work on its looks. The samples themselves stand in frontend, beside what they show.
package gallery

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/models"
)

// Index is the first page: all groups of components, and all sample pages.
func Index(s frontend.Samples, l models.Lang) templ.Component {
	return index(frame(s, l, "/"), components(s, l), kinds(s, l))
}

// At returns the page at a path such as /components/status-bar or /pages/overview-many.
func At(s frontend.Samples, l models.Lang, path string) (templ.Component, bool) {
	for _, g := range s.Components(l) {
		if path == componentPath(g.Name) {
			return group(frame(s, l, path), g), true
		}
	}
	for name, page := range s.Pages(l) {
		if path == pagePath(name) {
			return page, true
		}
	}
	return nil, false
}

// Paths lists the addresses of a language without the language, the first page first.
func Paths(s frontend.Samples, l models.Lang) []string {
	all := []string{"/"}
	for _, g := range s.Components(l) {
		all = append(all, componentPath(g.Name))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Pages(l))) {
		all = append(all, pagePath(name))
	}
	return all
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
func kinds(s frontend.Samples, l models.Lang) []kind {
	var all []kind
	for _, name := range slices.Sorted(maps.Keys(s.Pages(l))) {
		page, how, _ := strings.Cut(name, ", ")
		if len(all) == 0 || all[len(all)-1].Name != page {
			all = append(all, kind{Name: page})
		}
		if how == "" {
			how = page
		}
		last := &all[len(all)-1]
		last.States = append(last.States, state{how, pagePath(name)})
	}
	return all
}

// components are the groups of components with their addresses.
func components(s frontend.Samples, l models.Lang) []state {
	var all []state
	for _, g := range s.Components(l) {
		all = append(all, state{g.Name, componentPath(g.Name)})
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
