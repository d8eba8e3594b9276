package represent

import (
	"encoding/xml"
	"io"
)

// Feed is an Atom feed (RFC 4287) in one language.
type Feed struct {
	ID        string // stable for ever, an IRI
	Lang      string
	Title     string
	Subtitle  string
	Updated   string // RFC 3339
	Author    string // stands for entries without one
	Rights    string
	Generator string
	Version   string // of the generator
	Self      string // whole addresses
	Page      string
	Next      string // the next page of the feed; empty on the last
	Entries   []Entry
}

// Entry is one entry of a feed.
type Entry struct {
	ID         string // stable for ever, an IRI
	Title      string
	Updated    string
	Author     string // empty when the feed's stands for it
	Page       string // whole address
	Categories []Category
	Texts      []Wording // the first is the summary; all of them are the content
}

// Category files an entry under a term of a scheme.
type Category struct {
	Scheme string `xml:"scheme,attr"`
	Term   string `xml:"term,attr"`
	Label  string `xml:"label,attr"`
}

// Wording is a text with its language.
type Wording struct {
	Lang string
	Text string
}

type (
	atomFeed struct {
		XMLName   xml.Name      `xml:"http://www.w3.org/2005/Atom feed"`
		Lang      string        `xml:"xml:lang,attr"`
		ID        string        `xml:"id"`
		Title     string        `xml:"title"`
		Subtitle  string        `xml:"subtitle"`
		Updated   string        `xml:"updated"`
		Author    atomPerson    `xml:"author"`
		Links     []atomLink    `xml:"link"`
		Rights    string        `xml:"rights"`
		Generator atomGenerator `xml:"generator"`
		Entries   []atomEntry   `xml:"entry"`
	}
	atomEntry struct {
		ID         string       `xml:"id"`
		Title      string       `xml:"title"`
		Updated    string       `xml:"updated"`
		Author     *atomPerson  `xml:"author"`
		Link       atomLink     `xml:"link"`
		Categories []Category   `xml:"category"`
		Summary    *atomText    `xml:"summary"`
		Content    *atomContent `xml:"content"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	}
	atomGenerator struct {
		Version string `xml:"version,attr"`
		Name    string `xml:",chardata"`
	}
	atomText struct {
		Lang string `xml:"xml:lang,attr"`
		Text string `xml:",chardata"`
	}
	// An entry has one summary at most, so that the wordings in all languages stand side by side in its content.
	atomContent struct {
		Type string  `xml:"type,attr"`
		Div  atomDiv `xml:"http://www.w3.org/1999/xhtml div"`
	}
	atomDiv struct {
		Paragraphs []atomParagraph `xml:"p"`
	}
	atomParagraph struct {
		XMLLang string `xml:"xml:lang,attr"`
		Lang    string `xml:"lang,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteAtom writes a feed.
func WriteAtom(w io.Writer, f *Feed) error {
	out := atomFeed{Lang: f.Lang, ID: f.ID, Title: f.Title, Subtitle: f.Subtitle, Updated: f.Updated, Author: atomPerson{f.Author}, Rights: f.Rights,
		Generator: atomGenerator{f.Version, f.Generator},
		Links:     []atomLink{{"self", Atom.Media, f.Lang, f.Self}, {"alternate", HTML.Media, f.Lang, f.Page}}}
	if f.Next != "" {
		out.Links = append(out.Links, atomLink{"next", Atom.Media, f.Lang, f.Next})
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, e.atom(f.Lang))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	return e.Close()
}

func (e Entry) atom(lang string) atomEntry {
	out := atomEntry{ID: e.ID, Title: e.Title, Updated: e.Updated, Link: atomLink{"alternate", HTML.Media, lang, e.Page}, Categories: e.Categories}
	if e.Author != "" {
		out.Author = &atomPerson{e.Author}
	}
	if len(e.Texts) == 0 {
		return out
	}
	out.Summary = &atomText{e.Texts[0].Lang, e.Texts[0].Text}
	out.Content = &atomContent{Type: "xhtml"}
	for _, t := range e.Texts {
		out.Content.Div.Paragraphs = append(out.Content.Div.Paragraphs, atomParagraph{t.Lang, t.Lang, t.Text})
	}
	return out
}
