package handlers_test

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// No fact without a source one click away. As these tests hold the pages to it:
//
//   - A status (data-status) stands in a link to a record, or in the same row, list item, article or definition as one,
//     or in a list right under a heading that links to one: from there a reader reaches the judgement and its evidence.
//     The page of an initiative and of a search note is that record itself.
//   - A status with a count in the table of a figure has, in the same figure, a link to the rows that were counted.
//   - A status that is explained rather than said of a record, in a legend or on the page of the method, is no fact.
//   - Every entry of a history leads to its evidence, to a search note or to a paragraph of a statement, and every entry
//     of evidence to its own page or to the publisher; a jump inside the page to such an entry counts as the way there.
//     A view of the past leaves out evidence that was not out then, or has no date. An entry whose evidence is all of
//     that kind has it in the present, where the banner of the view leads.
//   - The page of a meeting, delegate or country links to every source that its data name.

// recordPages are the pages a status may lead to.
var recordPages = []string{"initiatives", "evidence", "meetings", "statements", "search-notes"}

// holders are the elements that hold a status together with the link to its record.
var holders = []atom.Atom{atom.A, atom.Tr, atom.Li, atom.Article, atom.Dd, atom.Td}

// checkFacts reports the statuses and entries of a page that nothing supports.
func (p *page) checkFacts(doc *html.Node, base *url.URL) {
	part := strings.Split(base.Path, "/")[2:]
	itself := len(part) == 2 && (part[0] == "initiatives" || part[0] == "search-notes") || part[0] == "method"
	byID := map[string]*html.Node{}
	for n := range doc.Descendants() {
		byID[attr(n, "id")] = n
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if has(n, "data-status") {
			p.statuses++
			if !itself && !supported(n) {
				p.fault("the status %q stands without a link to its record: %q", attr(n, "data-status"), text(n.Parent))
			}
		}
		if n.DataAtom == atom.Li && (hasClass(n.Parent, "history") || hasClass(n.Parent, "evidence")) {
			p.entries++
			if !leadsToSource(n, byID) {
				p.unsourced[attr(n, "id")] = text(n)
			}
		}
	}
}

// supported reports whether a status has its record, its rows or its explanation beside it.
func supported(status *html.Node) bool {
	for n := range status.Ancestors() {
		switch {
		case hasClass(n, "legend"):
			return true
		case hasClass(n, "status-bar"):
			return counted(n, status)
		case slices.Contains(holders, n.DataAtom) && linksTo(n, recordPages...):
			return true
		case (n.DataAtom == atom.Ol || n.DataAtom == atom.Ul) && underLinkedHeading(n):
			return true
		}
	}
	return false
}

// counted reports whether a figure links a status to the rows behind its number; none are behind nought.
func counted(figure, status *html.Node) bool {
	row := status
	for row != nil && row.DataAtom != atom.Tr {
		row = row.Parent
	}
	if row != nil && text(row.LastChild) == "0" {
		return true
	}
	for n := range figure.Descendants() {
		if u, ok := ownLink(n); ok && strings.HasSuffix(u.Path, "/initiatives") && slices.Contains(u.Query()["status"], attr(status, "data-status")) {
			return true
		}
	}
	return false
}

// underLinkedHeading reports whether the element before a list is a heading with a link to a record.
func underLinkedHeading(list *html.Node) bool {
	before := list.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	return before != nil && slices.Contains([]atom.Atom{atom.H2, atom.H3, atom.H4}, before.DataAtom) && linksTo(before, recordPages...)
}

// leadsToSource reports whether an entry has a link to what it rests on, at most one jump inside the page away.
func leadsToSource(entry *html.Node, byID map[string]*html.Node) bool {
	direct := func(n *html.Node) bool { return linksTo(n, "evidence", "search-notes", "statements") || linksOut(n) }
	if direct(entry) || hasClass(entry.Parent, "activity") && linksToPlace(entry) { // the entry itself is one click away, with its sources
		return true
	}
	for n := range entry.Descendants() {
		if place, jump := strings.CutPrefix(attr(n, "href"), "#"); n.DataAtom == atom.A && jump && byID[place] != nil && direct(byID[place]) {
			return true
		}
	}
	return false
}

// linksToPlace reports whether an entry leads to its own place on the page of its initiative.
func linksToPlace(entry *html.Node) bool {
	for n := range entry.Descendants() {
		if u, ok := ownLink(n); ok && strings.Contains(u.Path, "/initiatives/") && (strings.HasPrefix(u.Fragment, "update-") || u.Fragment == "context") {
			return true
		}
	}
	return false
}

// linksTo reports whether an element is or has a link to one record of one of these parts of the site.
func linksTo(n *html.Node, parts ...string) bool {
	is := func(n *html.Node) bool {
		u, ok := ownLink(n)
		path := strings.Split(u.Path, "/")
		return ok && len(path) == 4 && path[3] != "" && slices.Contains(parts, path[2])
	}
	if is(n) {
		return true
	}
	for d := range n.Descendants() {
		if is(d) {
			return true
		}
	}
	return false
}

func linksOut(n *html.Node) bool {
	for d := range n.Descendants() {
		if u, err := url.Parse(attr(d, "href")); d.DataAtom == atom.A && err == nil && u.Host != "" {
			return true
		}
	}
	return false
}

// ownLink reads the address of a link to a page of the site.
func ownLink(n *html.Node) (*url.URL, bool) {
	if n.DataAtom != atom.A || !has(n, "href") {
		return &url.URL{}, false
	}
	u, err := url.Parse(attr(n, "href"))
	if err != nil {
		return &url.URL{}, false
	}
	return u, u.Host == "" && u.Path != ""
}

// evidenceOf is the reference of the evidence that an element links to.
func evidenceOf(n *html.Node) (string, bool) {
	if u, ok := ownLink(n); ok {
		if _, ref, found := strings.Cut(u.Path, "/evidence/"); found {
			return ref, true
		}
	}
	return "", false
}

func hasClass(n *html.Node, class string) bool {
	return n != nil && slices.Contains(strings.Fields(attr(n, "class")), class)
}

// sourcesIn adds the references of all lists called sources in a JSON value.
func sourcesIn(v any, all []string) []string {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			all = sourcesIn(inner, all)
			list, ok := inner.([]any)
			for _, ref := range list {
				if ref, is := ref.(string); ok && is && name == "sources" {
					all = append(all, ref)
				}
			}
		}
	case []any:
		for _, inner := range v {
			all = sourcesIn(inner, all)
		}
	}
	return all
}

// checkSources holds pages to the sources that their data name.
func (c *crawler) checkSources() {
	looked := 0
	for _, a := range c.answers {
		part := strings.Split(strings.Split(a.address, "?")[0], "/")
		if a.page == nil || len(part) != 4 || !slices.Contains([]string{"meetings", "delegates", "countries"}, part[2]) || part[3] == "" {
			continue
		}
		for to, media := range a.page.media {
			if media != "application/json" || c.answers[to] == nil {
				continue
			}
			for _, ref := range c.answers[to].sources {
				looked++
				if !a.page.evidence[ref] {
					c.fault("%s: its data name the source %s, the page does not link to it", a.address, ref)
				}
			}
		}
	}
	if looked < 500 {
		c.fault("%d sources of records looked at; want 500 or more", looked)
	}
}

// checkEntries holds every entry of a history or of evidence to its source, then or now.
func (c *crawler) checkEntries() {
	for _, a := range c.answers {
		if a.page == nil {
			continue
		}
		path, query, _ := strings.Cut(a.address, "?")
		past := strings.Contains(query, "as_of=")
		for id, said := range a.page.unsourced {
			now := c.answers[path]
			if !past || now == nil || now.page == nil || !now.page.ids[id] || now.page.unsourced[id] != "" {
				c.fault("%s: the entry %q leads to no source, then or now: %q", a.address, id, said)
			}
		}
	}
}
