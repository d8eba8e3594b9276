package align

import (
	"slices"
	"strings"
)

// term is a row of the glossary in one language with spaces, word by word.
type term struct {
	id    feature
	words []pattern
}

// pattern is a word, or the beginning of words.
type pattern struct {
	text string
	open bool
}

func (p pattern) fits(folded string) bool {
	if p.open {
		return strings.HasPrefix(folded, p.text)
	}
	return folded == p.text
}

// add takes a term in: letter by letter when its script has no spaces.
func (v *vocabulary) add(text string, id feature) {
	rs := characters(strings.ToLower(text))
	if slices.ContainsFunc(rs, unspaced) {
		v.runes.add(rs, id)
		return
	}
	t := &term{id: id}
	for _, w := range strings.FieldsFunc(string(rs), func(r rune) bool { return r != '*' && !inWord(r) }) {
		stump, open := strings.CutSuffix(fold(w), "*")
		if !open {
			stump = stem(stump)
		}
		if stump != "" {
			t.words = append(t.words, pattern{stump, open})
		}
	}
	if len(t.words) == 0 {
		return
	}
	by := v.exact
	if t.words[0].open {
		by = v.open
	}
	first := t.words[0].text
	by[first] = append(by[first], t)
}

// beginning lists the terms whose first word fits.
func (v *vocabulary) beginning(folded string) []*term {
	found := slices.Clone(v.exact[folded])
	for i := range folded {
		found = append(found, v.open[folded[:i]]...)
	}
	return append(found, v.open[folded]...)
}

func (t *term) matches(tokens []token) bool {
	if len(tokens) < len(t.words) {
		return false
	}
	for i, p := range t.words {
		if tokens[i].word == nil || !p.fits(tokens[i].word.folded) {
			return false
		}
	}
	return true
}

// node is a tree of the terms of an unspaced script by their characters.
type node struct {
	next map[rune]*node
	ids  []feature
}

func (n *node) add(rs []rune, id feature) {
	for _, r := range rs {
		if r == '・' {
			continue
		}
		if n.next == nil {
			n.next = map[rune]*node{}
		}
		if n.next[r] == nil {
			n.next[r] = &node{}
		}
		n = n.next[r]
	}
	n.ids = append(n.ids, id)
}

// walk yields every term that the characters begin with. The middle dot does not count: サイバー・セキュリティ is also
// written without.
func (n *node) walk(rs []rune, yield func(feature)) {
	for _, r := range rs {
		if r == '・' {
			continue
		}
		if n = n.next[r]; n == nil {
			return
		}
		for _, id := range n.ids {
			yield(id)
		}
	}
}
