package gallery_test

import (
	"bytes"
	"context"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/gallery"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

func samples(t *testing.T) frontend.Samples {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return frontend.Samples{Words: words, Asset: func(s string) string { return "/static/x/" + s }}
}

func body(t *testing.T, page templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var link = regexp.MustCompile(`href="/(?:en|ja)(/(?:components|pages)/[^"?]*)"`)

// at is a page that must be there.
func at(t *testing.T, g *gallery.Gallery, l models.Lang, path string) string {
	t.Helper()
	page, ok := g.At(l, path)
	if !ok {
		t.Fatalf("%s: nothing stands at %s", l, path)
	}
	return body(t, page)
}

// TestIndexLeadsToEverything follows the links of the first page: each group and each sample page has an address of its own.
func TestIndexLeadsToEverything(t *testing.T) {
	t.Parallel()
	s := samples(t)
	g := gallery.New(s)
	for _, l := range models.Langs {
		led := map[string]bool{}
		for _, m := range link.FindAllStringSubmatch(at(t, g, l, "/"), -1) {
			if led[m[1]] {
				t.Errorf("%s: two samples stand at %s", l, m[1])
			}
			led[m[1]] = true
			if page := at(t, g, l, m[1]); !strings.Contains(page, `<html lang="`+string(l)+`"`) {
				t.Errorf("%s: the page at %s is in another language", l, m[1])
			}
		}
		if got, want := len(led), len(s.Components(l))+len(s.Pages(l)); got != want {
			t.Errorf("%s: the index leads to %d pages; want %d", l, got, want)
		}
	}
	if _, ok := g.At(models.English, "/pages/no-such-sample"); ok {
		t.Error("a page stands where there is no sample")
	}
}

// TestGroupsShowEverySample reads the name and the component of each sample on the page of its group.
func TestGroupsShowEverySample(t *testing.T) {
	t.Parallel()
	s := samples(t)
	g := gallery.New(s)
	for _, l := range models.Langs {
		for _, group := range s.Components(l) {
			page := at(t, g, l, "/components/"+strings.ReplaceAll(group.Name, " ", "-"))
			if n := strings.Count(page, "<h1"); n != 1 {
				t.Errorf("%s in %s: %d h1", group.Name, l, n)
			}
			for _, c := range group.Samples {
				if !strings.Contains(page, ">"+html.EscapeString(c.Name)+"</h2>") || !strings.Contains(page, body(t, c.Component)) {
					t.Errorf("%s in %s: %s is not shown", group.Name, l, c.Name)
				}
			}
		}
	}
}
