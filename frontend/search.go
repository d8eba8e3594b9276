package frontend

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Search is the page of a search.
type Search struct {
	Frame
	List   *models.List[models.Hit]
	Words  string
	Count  string
	Kinds  []Choice
	Langs  []Option
	Groups []HitGroup
}

// HitGroup is what was found of one kind.
type HitGroup struct {
	Title string
	Hits  []models.Hit
}

// NewSearch prepares the page. Without words it only asks for them.
func NewSearch(f Frame, list *models.List[models.Hit]) templ.Component {
	p := Search{Frame: f, List: list, Words: f.Query.Get("q"), Count: f.T("search.count", "n", list.Total)}
	if list.AtLeast {
		p.Count = f.T("search.at_least", "n", list.Total)
	}
	kinds := f.Query["kind"]
	total := 0
	for _, k := range list.Facets["kind"] {
		total += k.Count
	}
	p.Kinds = append(p.Kinds, Choice{f.T("search.all", "n", total), f.Here("kind", ""), len(kinds) == 0})
	for _, k := range list.Facets["kind"] {
		if k.Count > 0 {
			p.Kinds = append(p.Kinds, Choice{f.T("search.kind_"+k.Value, "n", k.Count), f.Here("kind", k.Value), slices.Contains(kinds, k.Value)})
		}
	}
	for _, l := range []string{"", "en", "ja"} {
		name := f.T("search.both")
		if l != "" {
			name = languageNames[models.Lang(l)]
		}
		p.Langs = append(p.Langs, Option{Value: l, Label: name, Selected: f.Query.Get("lang") == l})
	}
	for _, h := range list.Items {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Hits[0].Kind != h.Kind {
			p.Groups = append(p.Groups, HitGroup{Title: f.T("search.group_" + h.Kind)})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Hits = append(g.Hits, h)
	}
	return search(p)
}

// hitURL leads to what was found, and to the place on its page where the first words stand.
func hitURL(f Frame, h models.Hit) string {
	path, anchor, _ := strings.Cut(h.Path, "#")
	if h.Kind == "commitment" {
		code := strings.TrimPrefix(h.Path, "/commitments/")
		return f.To("/commitments/" + code)
	}
	if anchor == "" && len(h.Snippets) > 0 {
		anchor = h.Snippets[0].Anchor
	}
	if anchor != "" {
		anchor = "#" + anchor
	}
	return f.To(path) + anchor
}

// hitTitle names what was found.
func hitTitle(f Frame, h models.Hit) Wording {
	switch h.Kind {
	case "meeting":
		return Wording{Text: f.Plain(h.Title) + " · " + f.PlaceOf(h.Ref), Lang: string(f.Lang)}
	case "statement":
		if _, paragraph, ok := strings.Cut(h.Ref, "#"); ok {
			return Wording{Text: f.T("search.paragraph", "title", f.Plain(h.Title), "n", paragraphNumber(paragraph)), Lang: string(f.Lang)}
		}
	case "evidence":
		return Wording{Text: f.Plain(h.Title), Lang: guessLang(f.Plain(h.Title))}
	}
	return f.Say(h.Title)
}

// snippetLang is the language of a snippet; a name without one is judged by its letters.
func snippetLang(s models.Snippet) string {
	if s.Lang != "" {
		return string(s.Lang)
	}
	var all strings.Builder
	for _, p := range s.Pieces {
		all.WriteString(p.Text)
	}
	return guessLang(all.String())
}

// SearchTitle is the title of the page: the words looked for, when there are some.
func SearchTitle(f Frame, words string) string {
	if words == "" {
		return f.T("nav.search")
	}
	return f.T("search.title", "words", words)
}
