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

// TestIndexLeadsToEverything follows the links of the first page: each group and each sample page has an address of its own.
func TestIndexLeadsToEverything(t *testing.T) {
	t.Parallel()
	s := samples(t)
	for _, l := range models.Langs {
		led := map[string]bool{}
		for _, m := range link.FindAllStringSubmatch(body(t, gallery.Index(s, l)), -1) {
			if led[m[1]] {
				t.Errorf("%s: two samples stand at %s", l, m[1])
			}
			led[m[1]] = true
		}
		if got, want := len(led), len(s.Components(l))+len(s.Pages(l)); got != want {
			t.Errorf("%s: the index leads to %d pages; want %d", l, got, want)
		}
		for _, path := range gallery.Paths(s, l)[1:] {
			if !led[path] {
				t.Errorf("%s: the index does not lead to %s", l, path)
			}
			if _, ok := gallery.At(s, l, path); !ok {
				t.Errorf("%s: nothing stands at %s", l, path)
			}
		}
	}
	if _, ok := gallery.At(s, models.English, "/pages/no-such-sample"); ok {
		t.Error("a page stands where there is no sample")
	}
}

// TestGroupsShowEverySample reads the name and the component of each sample on the page of its group.
func TestGroupsShowEverySample(t *testing.T) {
	t.Parallel()
	s := samples(t)
	for _, l := range models.Langs {
		for _, g := range s.Components(l) {
			page, ok := gallery.At(s, l, "/components/"+strings.ReplaceAll(g.Name, " ", "-"))
			if !ok {
				t.Errorf("%s: no page of %s", l, g.Name)
				continue
			}
			all := body(t, page)
			if !strings.Contains(all, `<html lang="`+string(l)+`"`) || strings.Count(all, "<h1") != 1 {
				t.Errorf("%s in %s: not one page of that language", g.Name, l)
			}
			for _, c := range g.Samples {
				if !strings.Contains(all, ">"+html.EscapeString(c.Name)+"</h2>") || !strings.Contains(all, body(t, c.Component)) {
					t.Errorf("%s in %s: %s is not shown", g.Name, l, c.Name)
				}
			}
		}
	}
}
