package grams

import (
	"fmt"
	"strings"
)

// token is a word of a script with spaces, or two neighbouring characters of one without; the last character of a
// run without spaces is a token of its own, so that a search for one character is a search for a prefix.
type token struct {
	letters []letter
	pair    bool // of a script without spaces
	joined  bool // stands beside the token before it, so that the two are also read as one word
}

func (t token) text() string {
	var b strings.Builder
	for _, l := range t.letters[:min(len(t.letters), longest)] {
		b.WriteRune(l.r)
	}
	return b.String()
}

// longest is the number of letters by which a word is known: PostgreSQL takes 2,046 bytes, and a letter needs up to 8.
const longest = 255

// together is two words as one, known by as many letters.
func together(a, b string) string {
	all := []rune(a + b)
	return string(all[:min(len(all), longest)])
}

func (t token) start() int { return t.letters[0].start }
func (t token) end() int   { return t.letters[len(t.letters)-1].end }

// tokens cuts a folded text.
func tokens(all []letter) []token {
	var out []token
	for i := 0; i < len(all); {
		run := i
		switch {
		case unspaced(all[i].r):
			for run < len(all) && unspaced(all[run].r) {
				run++
			}
			for ; i < run; i++ {
				out = append(out, token{letters: all[i:min(i+2, run)], pair: true})
			}
		case inWord(all[i].r):
			for run < len(all) && inWord(all[run].r) {
				run++
			}
			t := token{letters: all[i:run]}
			if n := len(out); n > 0 && i >= 2 && joins(all[i-1].r) && inWord(all[i-2].r) {
				t.joined = !out[n-1].pair
			}
			out = append(out, t)
			i = run
		default:
			i++
		}
	}
	return out
}

// encode writes a token with small Latin letters and digits alone, which no engine cuts further. The code of each
// character is no prefix of another's, so that a prefix of a token is a prefix of its code.
func encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == 'z':
			b.WriteString("zz")
		case r >= 'a' && r <= 'y' || r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "zx%06x", r)
		}
	}
	return b.String()
}

// gap stands between the joined words behind a text. No token is coded so.
const gap = "zy"

// Bounds of one piece of an index. PostgreSQL keeps 256 places of one token and 16,383 in all.
const (
	pieceTokens = 1024
	overlap     = maxLetters // the longest phrase stands whole in some piece
)

// Pieces returns the index entries of a text: coded tokens in their order, joined by spaces, then the words that
// neighbours make together. A long text has several, which overlap.
func Pieces(s string) []string {
	all := tokens(fold(s))
	var out []string
	for from := 0; from < len(all); from += pieceTokens - overlap {
		to := min(from+pieceTokens, len(all))
		out = append(out, piece(all[from:to]))
		if to == len(all) {
			break
		}
	}
	return out
}

func piece(some []token) string {
	coded := make([]string, 0, len(some))
	var joined []string
	for i, t := range some {
		coded = append(coded, encode(t.text()))
		if t.joined && i > 0 {
			joined = append(joined, gap, encode(together(some[i-1].text(), t.text())))
		}
	}
	return strings.Join(append(coded, joined...), " ")
}
