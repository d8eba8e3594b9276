package frontend

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// differing is the words of a paragraph with what was removed and added, without the pieces of one operation. The signs
// before a piece come from the style sheet, so that copied words are the words; readers who hear the page are told.
func differing(p Compare, pieces []models.DiffPiece, without string) templ.Component {
	var parts []string
	for _, piece := range pieces {
		switch piece.Op {
		case without:
		case models.OpRemoved:
			parts = append(parts, "<del>", aside(p.T("compare.removal"), p.Lang), shown(piece.Text, true), aside(p.T("compare.piece_ends"), p.Lang), "</del>")
		case models.OpAdded:
			parts = append(parts, "<ins>", aside(p.T("compare.addition"), p.Lang), shown(piece.Text, true), aside(p.T("compare.piece_ends"), p.Lang), "</ins>")
		default:
			parts = append(parts, shown(piece.Text, false))
		}
	}
	return verbatim(parts)
}

// aside is said and not seen, in the language of the page.
func aside(text string, lang models.Lang) string {
	return `<span class="hidden" lang="` + string(lang) + `">` + templ.EscapeString(text) + `</span>`
}

// shown writes a text with a sign for every character that cannot be seen, or turns the order of others. Of a piece that
// changed and is nothing but white space every character has one.
func shown(text string, changed bool) string {
	blank := changed && strings.TrimFunc(text, unicode.IsSpace) == ""
	var b strings.Builder
	from := 0
	for i, r := range text {
		if !blank && !unseen(r) {
			continue
		}
		b.WriteString(templ.EscapeString(text[from:i]))
		b.WriteString(`<span class="unseen">` + sign(r) + `</span>`)
		from = i + len(string(r))
	}
	b.WriteString(templ.EscapeString(text[from:]))
	return b.String()
}

// kept writes a text of the record byte for byte, with a sign from the style sheet before every character that cannot be
// seen: words that are selected or copied are the words.
func kept(text string) string {
	var b strings.Builder
	from := 0
	for i, r := range text {
		if !unseen(r) {
			continue
		}
		b.WriteString(templ.EscapeString(text[from:i]))
		b.WriteString(`<span class="unseen" data-sign="` + sign(r) + `">` + string(r) + `</span>`)
		from = i + len(string(r))
	}
	b.WriteString(templ.EscapeString(text[from:]))
	return b.String()
}

// unseen reports whether a character would leave no trace on the page or turn what stands around it. The joiners stay as
// they are, because they make one character of several, as in emoji and in the scripts of India.
func unseen(r rune) bool {
	if r == '\u200c' || r == '\u200d' || r == '\n' || r == '\r' || r == '\t' {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// sign names a character that cannot be seen.
func sign(r rune) string {
	switch r {
	case ' ':
		return "␣"
	case '\n':
		return "LF"
	case '\r':
		return "CR"
	case '\t':
		return "TAB"
	}
	return fmt.Sprintf("U+%04X", r)
}
