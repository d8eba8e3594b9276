package handlers_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// walkedTimes are the times whose links the crawl follows to the end, as the queries that carry them. A page at any
// other time is read and checked, and so are its twin and its data, but its links are not followed: every meeting
// leads to the whole record as it was then, so that the crawl would not end in a reasonable time.
var walkedTimes = []string{
	"",                                   // the present
	"as_of=qscg-2023-01&vs=qscg-2022-03", // a meeting, as its page leads to it
	"as_of=2024-10-15",                   // a day on which nobody met
}

// wanted is searched for at each of these times, because no link is a search with words. One page of hits of every
// kind comes of it.
const wanted = "サイバー"

// TestCrawlFindsNoDeadEnd starts at the root of each language and follows every link: of anchors, of the head,
// scripts, pictures, forms as they stand, redirects and data.
func TestCrawlFindsNoDeadEnd(t *testing.T) {
	t.Parallel()
	c := &crawler{site: briefedSite(t), answers: map[string]*crawled{}, external: map[string]bool{}, forms: map[string]bool{}, faults: map[string]int{}}
	for _, l := range models.Langs {
		for _, at := range walkedTimes {
			c.ask(strings.TrimSuffix("/"+string(l)+"/?"+at, "?"))
			c.ask(strings.TrimSuffix("/"+string(l)+"/search?q="+url.QueryEscape(wanted)+"&"+at, "&"))
		}
	}
	c.walk()
	c.checkFragments()
	c.checkTwins()
	c.checkTitles()
	c.checkSources()
	c.checkEntries()
	c.checkReach()
	t.Logf("%d pages, %d links, %d forms, %d fragments, %d data answers, %d redirects, %d files, %d external addresses; %d statuses and %d entries have their source",
		c.pages, c.links, len(c.forms), c.fragments, c.data, c.redirects, c.files, len(c.external), c.statuses, c.entries)
	for what, n := range map[string][2]int{"pages": {c.pages, 2000}, "fragments": {c.fragments, 500}, "data answers": {c.data, 1000}, "external addresses": {len(c.external), 100},
		"redirects": {c.redirects, 20}, "statuses": {c.statuses, 2000}, "entries": {c.entries, 500}} {
		if n[0] < n[1] {
			t.Errorf("%d %s; want %d or more, else the crawl went past most of them", n[0], what, n[1])
		}
	}
}

// crawled is one answer of the site, with what later checks need of it.
type crawled struct {
	address  string
	walked   bool // its links are followed
	location string
	page     *page    // of HTML
	sources  []string // of JSON: the evidence that its record names as sources
}

// jump is a link with a fragment.
type jump struct{ from, to string }

// crawler reads every address once, a wave of new addresses at a time.
type crawler struct {
	site
	mu       sync.Mutex
	answers  map[string]*crawled // by address
	next     []string            // asked for, not read yet
	jumps    []jump
	external map[string]bool
	forms    map[string]bool // submitted, by their kind
	faults   map[string]int  // by their kind

	pages, links, fragments, data, redirects, files, statuses, entries int
}

// ask puts an address of the site on the list of those to read.
func (c *crawler) ask(address string) {
	address, _, _ = strings.Cut(address, "#")
	if _, known := c.answers[address]; !known {
		c.answers[address] = nil
		c.next = append(c.next, address)
	}
}

// walk reads until no address is new.
func (c *crawler) walk() {
	for len(c.next) > 0 {
		wave := c.next
		c.next = nil
		slices.Sort(wave)
		pooled(wave, c.read)
	}
}

// pooled calls f with every value, a few at a time: as many as the store has connections to read on.
func pooled[T any](all []T, f func(T)) {
	pool := make(chan struct{}, min(4, 2*runtime.GOMAXPROCS(0)))
	var calls sync.WaitGroup
	for _, v := range all {
		pool <- struct{}{}
		calls.Go(func() {
			defer func() { <-pool }()
			f(v)
		})
	}
	calls.Wait()
}

// read asks for one address, checks the answer and asks for what it leads to.
func (c *crawler) read(address string) {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	a := &crawled{address: address, walked: slices.Contains(walkedTimes, timeOf(r.URL))}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	var p *page
	taken := strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") // a file is no page of the site
	if w.Code == http.StatusOK && media == represent.HTML.Media && !taken {
		p = readPage(c.t, r.URL, w.Body.String())
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	c.answers[address] = a
	switch {
	case w.Code >= 300 && w.Code < 400:
		c.redirects++
		a.location = c.follow(a, r.URL, w.Header().Get("Location"))
		if to, err := url.Parse(a.location); err == nil {
			c.checkCanonical(a, to)
		}
	case w.Code != http.StatusOK:
		c.fault("%s: %d, linked from %v", address, w.Code, c.linking(address))
	case p != nil:
		c.pages++
		a.page = p
		c.readLinks(a, r.URL)
	case strings.HasPrefix(address, "/static/"):
		c.files++
		if media == "" || media == "text/plain" {
			c.fault("%s: the content type is %q", address, media)
		}
	default:
		c.data++
		c.readData(a, r.URL, w.Header(), w.Body.Bytes())
	}
}

// frozenPage is the address of a document that was kept: it leads to records by whole addresses, as its file does.
var frozenPage = regexp.MustCompile(`^/(?:en|ja)/briefings/\d+$`)

// readLinks checks what leads out of a page, and follows it where the page is walked; its twin and its data always.
func (c *crawler) readLinks(a *crawled, base *url.URL) {
	frozen := frozenPage.MatchString(a.address)
	for _, f := range a.page.faults {
		if frozen {
			break
		}
		c.fault("%s: "+f.format, append([]any{a.address}, f.args...)...)
	}
	c.statuses += a.page.statuses
	c.entries += a.page.entries
	for _, l := range a.page.links {
		to, err := base.Parse(l.to)
		if err != nil {
			c.fault("%s: the link %q is no address: %v", a.address, l.to, err)
			continue
		}
		c.links++
		if frozen && to.Host == ownHost {
			continue
		}
		if to.Host != base.Host {
			c.checkExternal(a, l, to)
			continue
		}
		if !l.form && !strings.HasPrefix(l.to, "#") { // a browser writes the address of a form, and a jump keeps that of its page
			c.checkCanonical(a, to)
		}
		if route, _ := routeOf(to.Path); strings.HasSuffix(route, "-embed") && !l.alternate && !c.newForm(to) { // the part of a page that it shows itself
			continue
		}
		here := to.RequestURI() == base.RequestURI()
		if (a.walked || l.alternate || here) && (!l.form || c.newForm(to)) {
			c.follow(a, base, l.to)
		}
	}
}

// newForm reports whether no form like this was submitted: at a page of the same route and language, at the same time
// and with the same fields. They come of one template.
func (c *crawler) newForm(to *url.URL) bool {
	route, _ := routeOf(to.Path)
	kind := fmt.Sprint(route, to.Path[:3], timeOf(to), slices.Sorted(maps.Keys(to.Query())))
	if c.forms[kind] {
		return false
	}
	c.forms[kind] = true
	return true
}

// fault reports what is wrong: one fault of a template is on a thousand pages, so that a few of each kind are enough.
func (c *crawler) fault(format string, args ...any) {
	c.faults[format]++
	if n := c.faults[format]; n <= 5 {
		c.t.Errorf(format, args...)
	} else if n == 6 {
		c.t.Errorf(format+" (and more of this kind)", args...)
	}
}

// follow asks for the target of a link and remembers the place it means. It returns the target.
func (c *crawler) follow(a *crawled, base *url.URL, link string) string {
	to, err := base.Parse(link)
	if err != nil || link == "" {
		c.fault("%s leads to %q", a.address, link)
		return ""
	}
	address := to.RequestURI()
	if to.Fragment != "" {
		address += "#" + to.Fragment
		if a.page != nil {
			c.jumps = append(c.jumps, jump{a.address, address})
		}
	}
	c.ask(address)
	return address
}

// linking lists pages that link to an address.
func (c *crawler) linking(address string) []string {
	var all []string
	for _, a := range c.answers {
		if a == nil || a.page == nil {
			continue
		}
		base, _ := url.Parse(a.address)
		for _, l := range a.page.links {
			if to, err := base.Parse(l.to); err == nil && to.RequestURI() == address && len(all) < 3 {
				all = append(all, a.address)
				break
			}
		}
	}
	return all
}

// timeOf is the part of a query that says which time a page shows, and in which wording.
func timeOf(u *url.URL) string {
	q, at := u.Query(), url.Values{}
	for _, name := range []string{"as_of", "vs", "known_at", "text"} {
		if v := q.Get(name); v != "" {
			at.Set(name, v)
		}
	}
	return at.Encode()
}
