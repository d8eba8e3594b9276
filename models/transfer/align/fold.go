package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Of a long paragraph only the head and the tail are read: its words repeat, and the work stays linear in paragraphs.
const (
	headBytes = 4000
	tailBytes = 1500
)

// part returns the characters of a paragraph that are read, in compatibility form (full-width digits are digits), with
// their case.
func part(s string) []rune {
	if len(s) > headBytes+tailBytes {
		head, tail := headBytes, len(s)-tailBytes
		for !utf8.RuneStart(s[head]) && head > headBytes-utf8.UTFMax {
			head--
		}
		for !utf8.RuneStart(s[tail]) && tail < len(s)-tailBytes+utf8.UTFMax {
			tail++
		}
		s = s[:head] + "\n" + s[tail:]
	}
	return []rune(norm.NFKC.String(s))
}

// fold writes a word without case and without the accents of Latin letters: Réaffirmé is reaffirme.
func fold(word string) string {
	ascii := true
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
	}
	word = strings.ToLower(word)
	if ascii {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch {
		case r == 'œ':
			b.WriteString("oe")
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// stem cuts the plural s of English and French, which glossary terms need not tell apart.
func stem(folded string) string {
	if len(folded) > 3 {
		return strings.TrimSuffix(folded, "s")
	}
	return folded
}

// unspaced reports whether the script is written without spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0e00 && (r == 'ー' || r == '々' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || isDigit(r)
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !unspaced(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// unspacedWeight is how many letters of an alphabet one character of an unspaced script is worth, so that lengths
// can be compared. Hiragana carries less than Han; this is the mean of official texts in English and Japanese.
const unspacedWeight = 2.2

// length measures a paragraph in letters of an alphabet. All of it counts, not only what is read.
func length(s string) float64 {
	n := 0.0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			n++
		case unspaced(r):
			n += unspacedWeight
		default:
			n++
		}
	}
	return n
}
