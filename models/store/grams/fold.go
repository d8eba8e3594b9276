// Package grams cuts texts of any script into the tokens that the search index of both engines holds, and finds the
// same tokens in a text again to mark them. It is the one tokenizer: the engines only look tokens up. What a text
// says is never changed; folding is for comparing alone.
package grams

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Version changes when the tokens of a text change; an index of another version is built anew.
const Version = 1

// letter is one folded character and the bytes of the text that it came from.
type letter struct {
	r          rune
	start, end int
}

// fold unifies compatibility forms (ｻｲﾊﾞｰ is サイバー, Ａ is a), case and the accents of Latin letters, and keeps where
// each folded character stood.
func fold(s string) []letter {
	all := make([]letter, 0, len(s))
	for i := 0; i < len(s); {
		n := norm.NFKC.NextBoundaryInString(s[i:], true)
		if n <= 0 { // cannot be, but an endless loop would be worse
			n = len(s) - i
		}
		folded := lower(norm.NFKC.String(s[i : i+n]))
		latin := false
		for _, r := range folded {
			latin = latin || r > unicode.MaxASCII && unicode.Is(unicode.Latin, r)
		}
		if latin {
			folded = norm.NFD.String(folded)
		}
		for _, r := range folded {
			middle := r == '・' && len(all) > 0 && unspaced(all[len(all)-1].r) // サイバー・セキュリティ is also written without
			if middle || latin && unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
				continue // soft hyphens and the like are not seen
			}
			all = append(all, letter{r, i, i + n})
		}
		i += n
	}
	return all
}

var caseless = cases.Fold()

// lower unifies case: ß is ss, ς is σ.
func lower(s string) string {
	if len(s) == 1 {
		return strings.ToLower(s)
	}
	return caseless.String(s)
}

// unspaced reports whether the script is written without spaces between words, so that it is cut into pairs.
func unspaced(r rune) bool {
	return r == 'ー' || r == '々' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// inWord reports whether the character belongs to a word of a script with spaces. Vowel signs are marks.
func inWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.M) && !unspaced(r)
}

// joins reports whether two words with this character alone between them are also written as one: cyber-security,
// cyber security, cybersecurity.
func joins(r rune) bool { return strings.ContainsRune(" -\u2010\u2011\u2012\u2013", r) }
