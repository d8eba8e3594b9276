package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// passage is one suggested place in one language, before it is paired with the other.
type passage struct {
	at, verb, actor models.Span
	rule            *Rule
	whole           models.Span // the clause that a listed item stands in
	why             []string
	group           int // passages of one verb belong together
	item            int // place in its list; 0 for the whole
	read            models.Suggestion
}

// trim leaves out white space and what joins clauses at both ends.
func trim(text string, at models.Span, outer string) models.Span {
	cut := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(outer, r) }
	s := at.Of(text)
	at.From += len(s) - len(strings.TrimLeftFunc(s, cut))
	s = at.Of(text)
	at.To = at.From + len(strings.TrimRightFunc(s, cut))
	return at
}

// within moves a span that was found in a part of a text to its place in the text.
func within(part models.Span, offset int) models.Span {
	return models.Span{From: part.From + offset, To: part.To + offset}
}

// sentences cuts a text after full stops. An abbreviation is no end: a small letter or a figure follows it, or one
// capital stands before it.
func sentences(text string, ends string) []models.Span {
	var all []models.Span
	from := 0
	for i, r := range text {
		if r != '\n' && !strings.ContainsRune(ends, r) {
			continue
		}
		next := i + utf8.RuneLen(r)
		if r < utf8.RuneSelf {
			next = i + 1
			if r != '\n' && !endsHere(text, i) {
				continue
			}
		}
		all = append(all, models.Span{From: from, To: next})
		from = next
	}
	if from < len(text) {
		all = append(all, models.Span{From: from, To: len(text)})
	}
	return all
}

func endsHere(text string, stop int) bool {
	rest := strings.TrimLeft(textAfter(text, stop+1), "”’\")]")
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if len(trimmed) == len(rest) && rest != "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(trimmed)
	if unicode.IsLower(first) {
		return false
	}
	word := textBefore(text, stop)
	if k := strings.LastIndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); k >= 0 {
		_, size := utf8.DecodeRuneInString(word[k:])
		word = word[k+size:]
	}
	switch word {
	case "Mr", "Ms", "Mrs", "Dr", "Lt", "Gen", "No", "St", "Prof", "Art", "para", "Sec", "Amb", "Hon", "vs":
		return false
	}
	return len(word) != 1 || !unicode.IsUpper([]rune(word)[0])
}
