package grams

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds of a query; what is beyond them is left out.
const (
	maxWords   = 32
	maxLetters = 512 // of one word
)

// Word is one word of a query. A text has it when one of the phrases stands in it, token by token; the last token of
// an open phrase is a prefix.
type Word struct {
	Text    string // folded
	phrases []phrase
}

type phrase struct {
	tokens []string
	open   bool
}

// Parse cuts a query at its spaces. Every character is taken literally; a word without letters and digits is left
// out. The words of a text may come in any order.
func Parse(query string) []Word {
	var words []Word
	var before string // the word before, when it is one token of a script with spaces
	for part := range strings.FieldsSeq(query) {
		for _, piece := range split(fold(part)) {
			w, single := word(piece)
			if len(w.phrases) == 0 {
				before = ""
				continue
			}
			if before != "" && single != "" { // "cyber security" also finds cybersecurity
				w.phrases = append(w.phrases, phrase{[]string{together(before, single)}, true})
			}
			before = single
			if len(words) < maxWords && !slices.ContainsFunc(words, func(o Word) bool { return o.Text == w.Text }) {
				words = append(words, w)
			}
		}
	}
	return words
}

// split cuts at spaces that only folding shows, such as the ideographic one.
func split(all []letter) [][]letter {
	var out [][]letter
	from := 0
	for i := 0; i <= len(all); i++ {
		if i == len(all) || all[i].r == ' ' {
			if i > from {
				out = append(out, all[from:min(i, from+maxLetters)])
			}
			from = i + 1
		}
	}
	return out
}

// word turns one word of a query into phrases. The second result is its one token, when it is of a script with spaces.
func word(letters []letter) (Word, string) {
	all := tokens(letters)
	if len(all) == 0 {
		return Word{}, ""
	}
	last := all[len(all)-1]
	open := true
	if n := len(all); last.pair && n > 1 && all[n-2].pair && len(all[n-2].letters) == 2 {
		all, open = all[:n-1], false // the pair before holds the last character
	}
	var p phrase
	var text strings.Builder
	whole, compound := "", len(all) > 1
	for i, t := range all {
		p.tokens = append(p.tokens, t.text())
		whole = together(whole, t.text())
		compound = compound && !t.pair && (i == 0 || t.joined)
	}
	p.open = open
	for _, l := range letters {
		text.WriteRune(l.r)
	}
	w := Word{Text: text.String(), phrases: []phrase{p}}
	if compound && len(all) == 2 {
		w.phrases = append(w.phrases, phrase{[]string{whole}, true})
	}
	if len(all) == 1 && !last.pair {
		return w, whole
	}
	return w, ""
}

// FTS5 writes the word for SQLite.
func (w Word) FTS5() string {
	return w.write(" OR ", func(p phrase, coded []string) string {
		s := `"` + strings.Join(coded, " ") + `"`
		if p.open {
			s += "*"
		}
		return s
	})
}

// TSQuery writes the word for PostgreSQL.
func (w Word) TSQuery() string {
	return w.write(" | ", func(p phrase, coded []string) string {
		s := "(" + strings.Join(coded, " <-> ")
		if p.open {
			s += ":*"
		}
		return s + ")"
	})
}

func (w Word) write(or string, one func(phrase, []string) string) string {
	all := make([]string, len(w.phrases))
	for i, p := range w.phrases {
		coded := make([]string, len(p.tokens))
		for n, t := range p.tokens {
			coded[n] = encode(t)
		}
		all[i] = one(p, coded)
	}
	return strings.Join(all, or)
}

// TSVector writes a piece for PostgreSQL, each token with its place.
func TSVector(piece string) string {
	var b strings.Builder
	n := 0
	for t := range strings.FieldsSeq(piece) {
		n++
		fmt.Fprintf(&b, "%s:%d ", t, n)
	}
	return b.String()
}
