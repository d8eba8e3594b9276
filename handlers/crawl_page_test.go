package handlers_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what the checks of a crawl need of an HTML page.
type page struct {
	lang, title string
	ids         map[string]bool
	refs        []string          // of its records, sorted
	evidence    map[string]bool   // refs of evidence whose page it links to
	twins       map[string]string // addresses by language
	media       map[string]string // declared media types of its data, by address
	links       []crawlLink       // out of it, and to places on it
	faults      []pageFault
	statuses    int               // shown
	entries     int               // of history and of evidence
	unsourced   map[string]string // entries that lead to no source: their text by their id
}

// crawlLink is whatever leads from a page to an address.
type crawlLink struct {
	to, rel   string
	alternate bool // the twin in the other language, or data
	form      bool // what a browser sends when the form is submitted as it stands
}

func readPage(t testing.TB, base *url.URL, body string) *page {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", base, err)
		return nil
	}
	p := &page{ids: map[string]bool{}, evidence: map[string]bool{}, twins: map[string]string{}, media: map[string]string{}, unsourced: map[string]string{}}
	headings := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		p.readElement(n)
		if n.DataAtom == atom.H1 {
			headings++
		}
	}
	slices.Sort(p.refs)
	if headings != 1 {
		p.fault("%d h1; want one", headings)
	}
	if lang := strings.Split(base.Path, "/")[1]; p.lang != lang {
		p.fault("the language is %q; want %q", p.lang, lang)
	}
	if strings.Contains(body, "⟨") {
		p.fault("a message is missing: %s", missing.FindString(body))
	}
	p.checkFacts(doc, base)
	return p
}

type pageFault struct {
	format string
	args   []any
}

func (p *page) fault(format string, args ...any) {
	p.faults = append(p.faults, pageFault{format, args})
}

// readElement takes down what an element is for the checks.
func (p *page) readElement(n *html.Node) {
	if id := attr(n, "id"); id != "" {
		if p.ids[id] {
			p.fault("the id %q stands twice", id)
		}
		p.ids[id] = true
	}
	if ref := attr(n, "data-ref"); ref != "" {
		p.refs = append(p.refs, ref)
	}
	switch n.Data { // "use" is no HTML element and has no atom
	case "html":
		p.lang = attr(n, "lang")
	case "title":
		if n.Namespace == "" {
			p.title = text(n)
		}
	case "a", "use":
		p.link(n, "href")
		if ref, ok := evidenceOf(n); ok {
			p.evidence[ref] = true
		}
	case "link":
		p.readHeadLink(n)
	case "script", "img":
		p.link(n, "src")
	case "form":
		p.links = append(p.links, crawlLink{to: submission(n), form: true})
	}
}

func (p *page) link(n *html.Node, name string) {
	if !has(n, name) {
		p.fault("<%s> without %s", n.Data, name)
		return
	}
	p.links = append(p.links, crawlLink{to: attr(n, name), rel: attr(n, "rel")})
}

func (p *page) readHeadLink(n *html.Node) {
	to := attr(n, "href")
	alternate := attr(n, "rel") == "alternate"
	if alternate && attr(n, "hreflang") != "" {
		p.twins[attr(n, "hreflang")] = to
	}
	if alternate && attr(n, "type") != "" {
		p.media[to] = attr(n, "type")
	}
	p.links = append(p.links, crawlLink{to: to, rel: attr(n, "rel"), alternate: alternate})
}

// submission is the address that a browser asks for when a form is sent as it stands: every field with its value, in
// their order, empty ones too.
func submission(form *html.Node) string {
	var pairs []string
	add := func(name, value string) {
		if name != "" {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
	}
	for n := range form.Descendants() {
		switch {
		case n.DataAtom == atom.Select:
			add(attr(n, "name"), chosen(n))
		case n.DataAtom == atom.Textarea:
			typed := ""
			for d := range n.Descendants() {
				typed += d.Data
			}
			add(attr(n, "name"), typed)
		case n.DataAtom != atom.Input || has(n, "disabled"):
		case !slices.Contains([]string{"checkbox", "radio"}, attr(n, "type")) || has(n, "checked"):
			add(attr(n, "name"), attr(n, "value"))
		}
	}
	return attr(form, "action") + "?" + strings.Join(pairs, "&")
}

// chosen is the value of a select: of the option selected, or of the first.
func chosen(list *html.Node) string {
	first, found := "", false
	for n := range list.Descendants() {
		if n.DataAtom != atom.Option {
			continue
		}
		if has(n, "selected") {
			return attr(n, "value")
		}
		if !found {
			first, found = attr(n, "value"), true
		}
	}
	return first
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is the text of an element, without the space around it.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
