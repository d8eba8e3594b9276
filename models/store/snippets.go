package store

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store/grams"
	"golang.org/x/text/unicode/norm"
)

// Bounds of what is shown of a record that was found.
const (
	maxSnippets = 3
	around      = 90 // bytes before and after the words
)

// addSnippets gives each hit its title and the places where the words stand, marked in the original text: one
// statement for all.
func (v *view) addSnippets(items []models.Hit, words []grams.Word, lang models.Lang) error {
	if len(items) == 0 {
		return nil
	}
	index := map[[2]string]int{}
	titled := map[[2]string]bool{} // a paragraph has the title of its statement
	var args []any
	for i, h := range items {
		index[[2]string{h.Kind, h.Ref}] = i
		args = append(args, h.Kind, h.Ref)
	}
	for _, h := range items {
		slug, _, paragraph := strings.Cut(h.Ref, "#")
		if of := [2]string{h.Kind, slug}; paragraph && !titled[of] {
			titled[of] = true
			args = append(args, h.Kind, slug)
		}
	}
	shown, shownArgs := v.shown("")
	var all []indexed
	err := each("read what was found", v.raw(`SELECT t.kind, t.ref, t.part, t.anchor, t.lang, t.body, t.shown_from FROM `+textsOf(len(args)/2)+` AND `+shown, append(args, shownArgs...)...), func(scan scanner) error {
		var t indexed
		err := scan(&t.record, &t.ref, &t.part, &t.anchor, &t.lang, &t.body, &t.from)
		all = append(all, t)
		return err
	})
	slices.SortFunc(all, compareIndexed)
	for _, t := range all {
		if t.part == titlePart(t.record) {
			for i := range items {
				if slug, _, _ := strings.Cut(items[i].Ref, "#"); items[i].Kind == t.record && slug == t.ref {
					entitle(&items[i].Title, models.Lang(t.lang), t.body)
				}
			}
		}
		if at, ok := index[[2]string{t.record, t.ref}]; ok {
			quote(&items[at], t, words, lang)
		}
	}
	return err
}

// quote adds the place of a text where the words stand to a hit, as long as there is room.
func quote(h *models.Hit, t indexed, words []grams.Word, lang models.Lang) {
	s := models.Snippet{Part: t.part, Anchor: t.anchor, Lang: models.Lang(t.lang)}
	again := slices.ContainsFunc(h.Snippets, func(o models.Snippet) bool { return o.Part == s.Part && o.Anchor == s.Anchor && o.Lang == s.Lang })
	if again || len(h.Snippets) == maxSnippets || lang != "" && s.Lang != "" && s.Lang != lang {
		return
	}
	if spans := grams.Spans(t.body, words); len(spans) > 0 {
		h.Snippets = append(h.Snippets, excerpt(s, t.body, spans))
	}
}

// titlePart is the text that names a record of the kind.
func titlePart(kind string) string {
	switch kind {
	case "commitment":
		return "words"
	case "meeting":
		return "forum"
	}
	return "title"
}

// entitle sets the title of a hit; a text without a language of its own names it in both.
func entitle(t *models.Text, lang models.Lang, body string) {
	if lang != models.Japanese && t.EN == "" {
		t.EN = body
	}
	if lang != models.English && t.JA == "" {
		t.JA = body
	}
}

// excerpt cuts a text around the first words found and marks them.
func excerpt(s models.Snippet, body string, spans []grams.Span) models.Snippet {
	from, to := widen(body, spans[0])
	s.Before, s.After = from > 0, to < len(body)
	at := from
	for _, span := range spans {
		if span.Start < at || span.End > to {
			continue
		}
		if span.Start > at {
			s.Pieces = append(s.Pieces, models.Piece{Text: body[at:span.Start]})
		}
		s.Pieces = append(s.Pieces, models.Piece{Text: body[span.Start:span.End], Found: true})
		at = span.End
	}
	if at < to {
		s.Pieces = append(s.Pieces, models.Piece{Text: body[at:to]})
	}
	return s
}

// widen takes some text on both sides of a span, up to the border of a word or at least of a character as people see it.
func widen(body string, span grams.Span) (from, to int) {
	from, to = max(0, span.Start-around), min(len(body), span.End+around)
	for from > 0 && from < span.Start && !border(body, from) {
		from++
	}
	for to < len(body) && !border(body, to) {
		to++
	}
	if i := strings.IndexFunc(body[from:span.Start], unicode.IsSpace); from > 0 && i >= 0 {
		_, size := utf8.DecodeRuneInString(body[from+i:])
		from += i + size
	}
	if i := strings.LastIndexFunc(body[span.End:to], unicode.IsSpace); to < len(body) && i >= 0 {
		to = span.End + i
	}
	return from, to
}

// border reports whether a character as people see it begins at a place in the text.
func border(body string, at int) bool {
	return utf8.RuneStart(body[at]) && norm.NFC.PropertiesString(body[at:]).BoundaryBefore()
}
