package grams

import (
	"slices"
	"strings"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Spans returns where the words of a query stand in a text, in order and without overlaps; none when the index would
// not find the text either.
func Spans(s string, words []Word) []Span {
	all := tokens(fold(s))
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = t.text()
	}
	var found []Span
	for _, w := range words {
		for _, p := range w.phrases {
			for i := range all {
				if end, ok := p.at(all[i:], texts[i:]); ok {
					found = append(found, Span{all[i].start(), end})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	merged := found[:0]
	for _, f := range found {
		if n := len(merged); n > 0 && f.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, f.End)
			continue
		}
		merged = append(merged, f)
	}
	return merged
}

// at reports whether the phrase stands at the front of the tokens, and where it ends in the text.
func (p phrase) at(all []token, texts []string) (int, bool) {
	if len(p.tokens) == 1 && p.open && len(all) > 1 && all[1].joined && strings.HasPrefix(together(texts[0], texts[1]), p.tokens[0]) && len(p.tokens[0]) > len(texts[0]) {
		return all[1].letters[len([]rune(p.tokens[0]))-len([]rune(texts[0]))-1].end, true
	}
	if len(p.tokens) > len(all) {
		return 0, false
	}
	last := len(p.tokens) - 1
	for i, t := range p.tokens {
		if texts[i] != t && !(i == last && p.open && strings.HasPrefix(texts[i], t)) {
			return 0, false
		}
	}
	if p.open {
		return all[last].letters[len([]rune(p.tokens[last]))-1].end, true
	}
	return all[last].end(), true
}
