package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What elements mean for the text. The tokenizer is used, not the parser: a page is read in one go however its
// elements are nested, and nothing grows with the depth.
var (
	blocks = of(atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt,
		atom.Dd, atom.Blockquote, atom.Pre, atom.Caption, atom.Figure, atom.Figcaption, atom.Address, atom.Hr, atom.Form, atom.Fieldset, atom.Legend,
		atom.Details, atom.Summary, atom.Html, atom.Head, atom.Body, atom.Center, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Nav)
	headings = of(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	dropped  = of(atom.Nav, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Title, atom.Iframe, atom.Object, atom.Svg, atom.Button, atom.Select,
		atom.Textarea, atom.Datalist, atom.Audio, atom.Video, atom.Canvas, atom.Rt, atom.Rp, atom.Noembed, atom.Noframes)
	around = of(atom.Header, atom.Footer, atom.Aside)
	void   = of(atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Wbr, atom.Col, atom.Base, atom.Embed, atom.Source, atom.Track, atom.Area, atom.Param)
)

func of(all ...atom.Atom) map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for _, a := range all {
		set[a] = true
	}
	return set
}

// region is an element that is open, with those of its name inside it.
type region struct {
	name  atom.Atom
	depth int
}

func (r *region) open(a atom.Atom) {
	if r.depth == 0 {
		r.name = a
	}
	if r.name == a {
		r.depth++
	}
}

func (r *region) close(a atom.Atom) {
	if r.depth > 0 && r.name == a {
		r.depth--
	}
}

// page is a page on the way to plain text.
type page struct {
	composer
	skipped region // of which nothing is read
	frame   region // around the text: header, footer, aside
	text    region // main or article
	hasMain bool
	inMain  []bool // of each item
	pre     int
}

// readHTML reduces a page to paragraphs. Block elements are paragraphs, a break is a line end within one.
func readHTML(text string) ([]item, error) {
	p := &page{}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		if len(p.items) > 2*MaxParagraphs {
			return nil, refuse("error.text_paragraphs", "max", MaxParagraphs)
		}
		switch z.Next() {
		case html.ErrorToken: // the end, since reading from memory has no other
			p.ended()
			return p.onlyMain(), nil
		case html.TextToken:
			if p.skipped.depth > 0 {
				continue
			}
			if p.pre > 0 {
				p.composer.text.Write(z.Text())
			} else {
				p.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			a, hidden := atom.Lookup(name), false
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				hidden = hidden || conceals(string(key), string(value))
			}
			p.start(a, hidden)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(atom.Lookup(name))
		}
	}
}

// conceals reports whether an attribute keeps an element from being seen.
func conceals(key, value string) bool {
	if key == "hidden" {
		return true
	}
	if key != "style" {
		return false
	}
	value = strings.ReplaceAll(strings.ToLower(value), " ", "")
	return strings.Contains(value, "display:none") || strings.Contains(value, "visibility:hidden")
}

func (p *page) start(a atom.Atom, hidden bool) {
	if p.skipped.name == atom.Rt || p.skipped.name == atom.Rp { // these need no end
		if a == atom.Rt || a == atom.Rp || a == atom.Rb {
			p.skipped.depth = 0
		}
	}
	if void[a] {
		hidden = false
	}
	if p.skipped.depth > 0 || hidden || dropped[a] {
		if blocks[a] && p.skipped.depth == 0 {
			p.ended()
		}
		p.skipped.open(a)
		return
	}
	switch {
	case a == atom.Br:
		p.lineBreak()
	case a == atom.Table:
		p.ended()
		p.openTable()
	case a == atom.Tr || a == atom.Tbody || a == atom.Thead || a == atom.Tfoot:
		p.closeRow()
	case a == atom.Td || a == atom.Th:
		p.openCell()
	case blocks[a]:
		p.ended()
		p.composer.heading = headings[a]
		p.enter(a)
	}
}

// enter follows the elements that say which part of the page is the text.
func (p *page) enter(a atom.Atom) {
	switch {
	case a == atom.Pre:
		p.pre++
	case p.frame.depth > 0:
		p.frame.open(a)
	case a == atom.Main || a == atom.Article:
		p.text.open(a)
		p.hasMain = p.hasMain || a == atom.Main
	case p.text.depth == 0 && around[a]:
		p.frame.open(a)
	}
	p.outside = p.frame.depth > 0
}

func (p *page) end(a atom.Atom) {
	if p.skipped.depth > 0 {
		if a == atom.Ruby && (p.skipped.name == atom.Rt || p.skipped.name == atom.Rp) {
			p.skipped.depth = 0
		}
		p.skipped.close(a)
		return
	}
	switch {
	case a == atom.Table:
		p.closeTable()
		p.mark()
	case a == atom.Tr:
		p.closeRow()
		p.mark()
	case a == atom.Td || a == atom.Th:
		p.flush()
	case blocks[a]:
		p.ended()
		p.composer.heading = false
		if a == atom.Pre && p.pre > 0 {
			p.pre--
		}
		p.frame.close(a)
		p.text.close(a)
		p.outside = p.frame.depth > 0
	}
}

// ended ends the paragraph that is open.
func (p *page) ended() {
	p.flush()
	p.mark()
}

// mark notes of new items whether they stand in the main part of the page.
func (p *page) mark() {
	for len(p.inMain) < len(p.items) {
		p.inMain = append(p.inMain, p.text.depth > 0 && p.text.name == atom.Main)
	}
}

// onlyMain takes all that stands beside the main part, of a page that names one, for outside.
func (p *page) onlyMain() []item {
	p.closeRow()
	p.mark()
	some := false
	for _, in := range p.inMain {
		some = some || in
	}
	for i := range p.items {
		if p.hasMain && some && !p.inMain[i] {
			p.items[i].outside = true
		}
	}
	return p.items
}
