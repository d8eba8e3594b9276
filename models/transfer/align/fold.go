package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Of a long paragraph only the head and the tail are read: its words repeat, and the work stays linear in paragraphs.
const (
	headBytes = 2400
	tailBytes = 800
)

// part returns what is read of a paragraph.
func part(s string) string {
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
	return s
}

// characters are those of a text in compatibility form (full-width digits are digits), with their case.
func characters(s string) []rune { return []rune(norm.NFKC.String(s)) }

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
	switch {
	case r < 0x0e00: // before Thai
		return false
	case r >= 'ぁ' && r <= 'ゖ', r >= 'ァ' && r <= 'ヺ', r == 'ー', r >= '一' && r <= 0x9fff:
		return true // most of Japanese, quickly
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
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

// length measures a paragraph in letters of an alphabet: what is read of it, in proportion to the whole.
func length(whole string) float64 {
	n, read := 0.0, part(whole)
	for _, r := range read {
		if unspaced(r) {
			n += unspacedWeight
		} else {
			n++
		}
	}
	return n * float64(len(whole)) / float64(len(read))
}
