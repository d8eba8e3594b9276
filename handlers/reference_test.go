package handlers_test

import (
	"encoding/csv"
	"html"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// fields lists the tags of the fields of an input, those of embedded structs included.
func fields(t reflect.Type) []reflect.StructTag {
	var all []reflect.StructTag
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			all = append(all, fields(f.Type)...)
		} else {
			all = append(all, f.Tag)
		}
	}
	return all
}

// TestReferenceHasEveryRouteAndParameter holds the API page against the route table and the types of its lines.
func TestReferenceHasEveryRouteAndParameter(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, l := range models.Langs {
		body := html.UnescapeString(s.get("/"+string(l)+"/api", "Accept", "text/html"))
		for _, r := range publicRoutes() {
			_, route, ok := strings.Cut(body, `<div class="route" id="route-`+r.Name+`">`)
			route, _, _ = strings.Cut(route, `<div class="route"`)
			if !ok || !strings.Contains(route, r.Summary) {
				t.Errorf("%s: the page lacks the route %s", l, r.Name)
				continue
			}
			path := blanks(r.Pattern)
			for _, f := range r.Formats {
				if address := path + "." + f.Name; f != represent.HTML && !strings.Contains(route, ">"+address+"<") {
					t.Errorf("%s: %s lacks the address %s", l, r.Name, address)
				}
			}
			for _, tag := range fields(reflect.TypeOf(r.Input)) {
				checkParameter(t, body, route, r.Name, tag)
			}
			for _, c := range handlers.Columns()[r.Name] {
				if !strings.Contains(route, ">"+c+"<") {
					t.Errorf("%s: %s lacks the column %s", l, r.Name, c)
				}
			}
		}
	}
}

// checkParameter finds a parameter under its route, and where that leads to its description, values and default.
func checkParameter(t *testing.T, body, route, of string, tag reflect.StructTag) {
	t.Helper()
	name := tag.Get("query") + tag.Get("path")
	link := regexp.MustCompile(`href="#(parameter-` + name + `(?:-[a-z-]+)?)">` + name + `<`).FindStringSubmatch(route)
	if link == nil {
		t.Errorf("%s lacks the parameter %s", of, name)
		return
	}
	_, entry, _ := strings.Cut(body, ` id="`+link[1]+`"`)
	entry, _, _ = strings.Cut(entry, "</tr>")
	want := []string{tag.Get("description"), tag.Get("default"), tag.Get("minimum"), tag.Get("maximum"), tag.Get("maxLength")}
	if enum := tag.Get("enum"); enum != "" {
		want = append(want, strings.Split(enum, ",")...)
	}
	if scale := tag.Get("scale"); scale != "" {
		codes, ok := models.CodesOf(scale)
		if !ok {
			t.Errorf("%s of %s names the scale %s, which is none", name, of, scale)
		}
		want = append(want, codes...)
	}
	for _, w := range want {
		if !strings.Contains(entry, w) {
			t.Errorf("%s of %s: the page lacks %q", name, of, w)
		}
	}
}

// TestColumnsAreThoseOfTheTables reads the header of each CSV.
func TestColumnsAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	s := briefedSite(t)
	for _, r := range publicRoutes() {
		want := handlers.Columns()[r.Name]
		if !r.Offers(represent.CSV) {
			if want != nil {
				t.Errorf("%s has columns and no CSV", r.Name)
			}
			continue
		}
		all, err := csv.NewReader(strings.NewReader(s.get(sample(r) + ".csv"))).ReadAll()
		if err != nil || !slices.Equal(all[0], want) {
			t.Errorf("%s: header %v, %v; the documentation says %v", r.Name, all[0], err, want)
		}
	}
}

// TestExamplesWork runs every call that the API page shows.
func TestExamplesWork(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	body := html.UnescapeString(s.get("/en/api", "Accept", "text/html"))
	examples := regexp.MustCompile(`<pre><code[^>]*>curl (.*?)'http://[^/]*(/[^']*)'<`).FindAllStringSubmatch(body, -1)
	if len(examples) != strings.Count(body, "<pre>") || len(examples) < 6 {
		t.Errorf("%d examples of %d can be read", len(examples), strings.Count(body, "<pre>"))
	}
	for _, e := range examples {
		method, header := "GET", []string{"Accept", "*/*"}
		if h := regexp.MustCompile(`-H 'Accept: ([^']*)'`).FindStringSubmatch(e[1]); h != nil {
			header[1] = h[1]
		}
		if strings.Contains(e[1], "-sSI") {
			method = "HEAD"
		}
		if r := s.do(method, e[2], header...); r.StatusCode != http.StatusOK || header[1] != "*/*" && !strings.HasPrefix(r.Header.Get("Content-Type"), header[1]) {
			t.Errorf("%s: %d %s", e[0], r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
}

// TestAPIPageStandsBesideItsData opens the page and the data whose addresses begin alike.
func TestAPIPageStandsBesideItsData(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, l := range models.Langs {
		if r := s.do("GET", "/api", "Accept", "text/html", "Accept-Language", string(l)); r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/"+string(l)+"/api" {
			t.Errorf("/api in %s: %d to %s", l, r.StatusCode, r.Header.Get("Location"))
		}
		if r := s.do("GET", "/"+string(l)+"/api", "Accept", "text/html"); r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			t.Errorf("/%s/api: %d %s", l, r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
	if r := s.do("GET", "/api/v1/topics"); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != represent.JSON.ContentType() {
		t.Errorf("/api/v1/topics: %d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
	if r := s.do("GET", "/api/v2/topics"); r.StatusCode != http.StatusFound {
		t.Errorf("/api/v2/topics: %d; want the redirect of any page", r.StatusCode)
	}
}
