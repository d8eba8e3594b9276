package align

import (
	"strings"
	"unicode"
)

// word is what a word of a spaced script says by itself.
type word struct {
	folded   string
	features []feature
	terms    []*term // that may begin with it
	value    float64 // of three, third; 0 for other words
	scale    float64 // of million; 0 for other words
	month    int
}

// maxWord bounds what is read of one word; nothing that a language has is longer.
const maxWord = 40

// token is a word, or a number, of a spaced script at its place.
type token struct {
	from, to int
	word     *word
	capital  bool
}

func (r *reader) word(from, to int) token {
	w := r.lookUp(r.runes[from:to])
	t := token{from: from, to: to, word: &w}
	for _, c := range r.runes[from:min(to, from+maxWord)] {
		t.capital = t.capital || unicode.IsUpper(c)
	}
	return t
}

// lookUp reads a word, or remembers it.
func (r *reader) lookUp(rs []rune) word {
	text := string(rs[:min(len(rs), maxWord)])
	if w, ok := r.words[text]; ok {
		return w
	}
	folded := fold(text)
	w := word{folded: stem(folded), value: r.terms.numbers[folded], scale: r.terms.scales[folded], month: r.terms.months[text]}
	w.terms = r.terms.beginning(w.folded)
	if n := len(folded); n >= 6 {
		w.features = append(w.features, newFeature(kindWord, folded[:6]))
	} else if n >= 2 {
		w.features = append(w.features, newFeature(kindWord, folded))
	}
	if s := soundOfLatin(folded); s != "" {
		w.features = append(w.features, newFeature(kindSound, s))
	}
	r.words[strings.Clone(text)] = w
	return w
}

// spaced notes the words, and the terms of the glossary that they make together.
func (r *reader) spaced(tokens []token) {
	for i, t := range tokens {
		if t.word == nil {
			continue
		}
		r.out = append(r.out, t.word.features...)
		if t.capital {
			r.out = append(r.out, newFeature(kindName, t.word.folded))
		}
		if t.word.value > 0 {
			r.add(t.word.value)
		}
		// May is a month beside a number only.
		if t.word.month > 0 && (i > 0 && tokens[i-1].word == nil || i+1 < len(tokens) && tokens[i+1].word == nil) {
			r.out = append(r.out, month(t.word.month))
		}
		for _, m := range t.word.terms {
			if m.matches(tokens[i:]) {
				r.out = append(r.out, m.id)
			}
		}
	}
}
