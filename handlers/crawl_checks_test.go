package handlers_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// ownHost is what requests of httptest are sent to.
const ownHost = "example.com"

// checkExternal looks at a link to another host. It is not followed: the tests reach no network.
func (c *crawler) checkExternal(a *crawled, l crawlLink, to *url.URL) {
	c.external[to.String()] = true
	if to.Scheme != "http" && to.Scheme != "https" || to.Host == "" || to.Host == ownHost {
		c.fault("%s: the link %q leads neither to a page of ours by its path nor to another host", a.address, l.to)
	}
	if !slices.Contains(strings.Fields(l.rel), "noopener") {
		c.fault("%s: the link to %s without rel noopener", a.address, to)
	}
}

var linkHeader = regexp.MustCompile(`<([^>]*)>; rel="(alternate|next)"`)

// readData checks the form of a data answer, asks for what its headers lead to, and keeps the sources of a record.
func (c *crawler) readData(a *crawled, base *url.URL, header http.Header, body []byte) {
	_, format, suffixed := represent.CutSuffix(base.Path)
	if !suffixed {
		format = represent.JSON // the addresses under /api/v1
	}
	if got := header.Get("Content-Type"); got != format.ContentType() {
		c.fault("%s: %s; want %s", a.address, got, format.ContentType())
	}
	if len(body) == 0 {
		c.fault("%s: empty", a.address)
	}
	for _, l := range linkHeader.FindAllStringSubmatch(strings.Join(header.Values("Link"), ", "), -1) {
		c.follow(a, base, l[1])
	}
	if format != represent.JSON {
		return
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		c.fault("%s: %v", a.address, err)
		return
	}
	a.sources = sourcesIn(v, nil)
}

// checkFragments finds links to a place that their page does not have. A redirect may name the place itself.
func (c *crawler) checkFragments() {
	for _, j := range c.jumps {
		address, fragment, _ := strings.Cut(j.to, "#")
		a := c.answers[address]
		for range 5 {
			if a == nil || a.location == "" {
				break
			}
			to, place, named := strings.Cut(a.location, "#")
			if named {
				fragment = place
			}
			a = c.answers[to]
		}
		c.fragments++
		if a == nil || a.page == nil || !a.page.ids[fragment] {
			c.fault("%s links to %s, where nothing has the id %q", j.from, j.to, fragment)
		}
	}
	for _, a := range c.answers {
		if to, fragment, named := strings.Cut(a.location, "#"); named && (c.answers[to].page == nil || !c.answers[to].page.ids[fragment]) {
			c.fault("%s redirects to %s, where nothing has the id %q", a.address, a.location, fragment)
		}
	}
}

// checkTwins holds every page against the same page in the other language.
func (c *crawler) checkTwins() {
	for _, a := range c.answers {
		if a.page == nil {
			continue
		}
		u, err := url.Parse(a.address)
		if err != nil {
			c.fault("%s: %v", a.address, err)
			continue
		}
		if len(a.page.twins) != len(models.Langs) {
			c.fault("%s: alternates in %v; want every language", a.address, a.page.twins)
		}
		_, neutral, _ := strings.Cut(u.Path[1:], "/")
		for _, l := range models.Langs {
			u.Path = "/" + string(l) + "/" + neutral
			twin := c.answers[a.page.twins[string(l)]]
			switch {
			case a.page.twins[string(l)] != canonical(u):
				c.fault("%s: the page in %s is %s; want %s", a.address, l, a.page.twins[string(l)], canonical(u))
			case twin == nil || twin.page == nil:
				c.fault("%s: its page in %s was not found", a.address, l)
			case !slices.Equal(a.page.refs, twin.page.refs):
				c.fault("%s shows %v, in %s %v", a.address, a.page.refs, l, twin.page.refs)
			}
		}
		for to, media := range a.page.media {
			d, err := u.Parse(to)
			if err != nil || c.answers[to] == nil {
				c.fault("%s: its data at %s was not found", a.address, to)
				continue
			}
			if _, f, _ := represent.CutSuffix(d.Path); f.Media != media {
				c.fault("%s: %s is called %s; want %s", a.address, to, media, f.Media)
			}
		}
	}
}

// checkTitles finds two pages with one title, which tabs, bookmarks and lists of results could not tell apart. The
// queries of one page share its title.
func (c *crawler) checkTitles() {
	first := map[string]string{}
	for _, address := range slices.Sorted(maps.Keys(c.answers)) {
		p := c.answers[address].page
		if p == nil {
			continue
		}
		path, _, _ := strings.Cut(address, "?")
		if !strings.HasSuffix(p.title, " — Followthrough") {
			c.fault("%s: the title is %q; want it to end in the name of the product", address, p.title)
		}
		key := p.lang + " " + p.title
		if other, taken := first[key]; taken && other != path {
			c.fault("%s and %s have the title %q", other, path, p.title)
			continue
		}
		first[key] = path
	}
}
