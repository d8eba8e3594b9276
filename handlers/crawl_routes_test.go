package handlers_test

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// checkCanonical holds a link of ours to the one address that its view has: parameters in order, none empty, and no
// value that stands for what is shown without it. Such values are those of the route table; as_of and vs have none,
// because what they stand for changes with the day.
func (c *crawler) checkCanonical(a *crawled, to *url.URL) {
	if want := canonical(to); want != to.RequestURI() {
		c.fault("%s: the link %s is not canonical; want %s", a.address, to.RequestURI(), want)
	}
}

func canonical(u *url.URL) string {
	if u.RawQuery == "" {
		return u.RequestURI()
	}
	q := u.Query()
	route, _ := routeOf(u.Path)
	for name, values := range q {
		slices.Sort(values)
		values = slices.Compact(slices.DeleteFunc(values, func(v string) bool { return v == "" || v == standing()[route][name] }))
		q[name] = values
	}
	out := url.URL{Path: u.Path, RawQuery: q.Encode()}
	return out.RequestURI()
}

// standing are the values that parameters have without being given, by route.
var standing = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, r := range publicRoutes() {
		all[r.Name] = map[string]string{"text": "both"}
		for _, tag := range fields(reflect.TypeOf(r.Input)) {
			if value, ok := tag.Lookup("default"); ok {
				all[r.Name][tag.Get("query")] = value
			}
		}
	}
	return all
})

// unlinked are the routes and formats that no page links to, although docs/api.md names them: addresses for citations,
// files for programs, and a record whose page is a place on the page of another.
var unlinked = []string{"permanent as html", "permanent as json", "permanent-statement as html", "permanent-statement as json",
	"datapackage as json", "datapackage as zip", "commitment as json", "update as json"}

// checkReach finds routes and formats that no reader would ever find.
func (c *crawler) checkReach() {
	reached := map[string]bool{}
	for address := range c.answers {
		u, err := url.Parse(address)
		if err != nil {
			c.fault("%s: %v", address, err)
			continue
		}
		if route, format := routeOf(u.Path); route != "" {
			reached[route+" as "+format.Name] = true
		}
	}
	for _, r := range publicRoutes() {
		for _, f := range r.Formats {
			if name := r.Name + " as " + f.Name; !reached[name] && !slices.Contains(unlinked, name) {
				c.fault("no page leads to %s", name)
			}
		}
	}
}

// routeOf finds the line of the route table and the format that a path asks for.
func routeOf(path string) (string, represent.Format) {
	path, format, suffixed := represent.CutSuffix(path)
	if rest, data := strings.CutPrefix(path, "/api/v1"); data {
		path, format, suffixed = rest, represent.JSON, true
	}
	if !suffixed {
		format = represent.HTML
	}
	for _, l := range models.Langs {
		path = strings.TrimPrefix(path, "/"+string(l))
	}
	if path == "/" {
		path = "/overview"
	}
	for _, r := range patterns() {
		before, after, record := strings.Cut(r.Pattern, ":ref")
		rest, ok := strings.CutPrefix(path, before)
		rest, whole := strings.CutSuffix(rest, after)
		if ok && whole && (!record && rest == "" || record && rest != "" && !strings.Contains(rest, "/")) {
			return r.Name, format
		}
	}
	return "", format
}

// patterns are the lines of the route table, those that name no record first: they win, as they do in the router.
var patterns = sync.OnceValue(func() []handlers.Route {
	all := handlers.Routes()
	slices.SortStableFunc(all, func(a, b handlers.Route) int { return strings.Count(a.Pattern, ":") - strings.Count(b.Pattern, ":") })
	return all
})
