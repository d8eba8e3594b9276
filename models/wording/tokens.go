package wording

import (
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/followthrough/followthrough/models"
)

// tokens is a text cut where words begin and end. The rule is that of UAX #29 in every language: words of letters and
// numbers, runs of katakana, and each other character alone, among them every kanji, hiragana, mark and space. So
// Japanese is compared by run of script where a run is a word (サイバー, AI, 2023) and else by character.
type tokens struct {
	text string
	ends []int
}

func (t tokens) len() int { return len(t.ends) }

// between returns the text of the tokens from i up to j, without j.
func (t tokens) between(i, j int) string { return t.text[t.start(i):t.start(j)] }

func (t tokens) start(i int) int {
	if i == 0 {
		return 0
	}
	return t.ends[i-1]
}

// words counts the tokens from i up to j that say something: those with a letter or a number.
func (t tokens) words(i, j int) int {
	n := 0
	for ; i < j; i++ {
		if spoken(t.between(i, i+1)) {
			n++
		}
	}
	return n
}

// spoken reports whether a token is more than space and punctuation.
func spoken(token string) bool {
	for _, r := range token {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

// elided lists the languages that write a small word and the next as one, with an apostrophe: l'accord (UAX #29, 4).
var elided = map[models.Lang]bool{"fr": true, "it": true, "ca": true}

// cut finds the words of a text. Where a word would end within a character that readers see as one, it goes on.
func cut(lang models.Lang, text string) tokens {
	t := tokens{text: text, ends: make([]int, 0, len(text)/4+1)}
	rest, state, begin := text, -1, 0
	for len(rest) > 0 {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		at := len(text) - len(rest)
		apostrophe := elided[lang] && (cluster == "'" || cluster == "’") && at-begin > len(cluster)
		if boundaries&uniseg.MaskWord != 0 || apostrophe {
			t.ends = append(t.ends, at)
			begin = at
		}
	}
	if begin < len(text) {
		t.ends = append(t.ends, len(text))
	}
	return t
}

// unspaced reports whether a token is of a script that is written without spaces between words.
func unspaced(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return r == 'ー' || r == '々' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// numbered gives equal tokens of two texts the same number.
func numbered(a, b tokens) (x, y []int32) {
	seen := map[string]int32{}
	number := func(t tokens) []int32 {
		all := make([]int32, t.len())
		for i := range all {
			token := t.between(i, i+1)
			n, known := seen[token]
			if !known {
				n = int32(len(seen)) // a text of 2^31 tokens does not fit into a request
				seen[token] = n
			}
			all[i] = n
		}
		return all
	}
	return number(a), number(b)
}
