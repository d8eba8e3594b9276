package models

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ContextRunes is how many characters before and after a mark are kept to find it again in a corrected text.
const ContextRunes = 32

// TextMark is a span of a paragraph, kept by its words and what stands around them (W3C Web Annotation Data Model,
// TextQuoteSelector), with the place where they stood as a hint.
type TextMark struct {
	Exact  string
	Prefix string // up to ContextRunes characters before
	Suffix string // up to ContextRunes characters after
	Hint   int    // offset in bytes of the UTF-8 text when the mark was made

	// Rival is what tells the words from the same words elsewhere in the paragraph: one more than the letters on which the
	// context of the most similar other place agreed when the mark was made; 0 when there was no other place.
	Rival int
}

// NewTextMark marks a place in a paragraph.
func NewTextMark(body string, at Span) TextMark {
	m := TextMark{Exact: at.Of(body), Prefix: lastRunes(body[:at.From]), Suffix: firstRunes(body[at.To:]), Hint: at.From}
	for from := range places(body, m.Exact) {
		if from != at.From {
			letters, _ := m.agreement(body, from)
			m.Rival = max(m.Rival, letters+1)
		}
	}
	return m
}

// Anchor finds the words of a mark in a paragraph that may have been corrected since. It reports whether they are
// found: words that are gone are never looked for in other words, and the same words elsewhere are not taken for them.
//
// Of all places of the words it takes the one whose context agrees on most letters next to the words, and of several such
// the one nearest to where they stood. A place counts when its context agrees on at least one letter, and on more than
// that of any other place did when the mark was made, which may be all that is left. Context does not matter for words
// that stand only once now and stood only once then; and words that stand where they stood, in the whole of their
// context, are there.
func (m TextMark) Anchor(body string) (Span, bool) {
	best, most, n := -1, -1, 0
	for from := range places(body, m.Exact) {
		n++
		agrees, whole := m.agreement(body, from)
		if from == m.Hint && whole {
			return Span{from, from + len(m.Exact)}, true
		}
		if agrees > most || agrees == most && distance(from, m.Hint) < distance(best, m.Hint) {
			best, most = from, agrees
		}
	}
	alone := n == 1 && m.Rival == 0
	if n == 0 || !alone && most < max(m.Rival, 1) {
		return Span{}, false
	}
	return Span{best, best + len(m.Exact)}, true
}

// Follow finds the words of a mark in the text that takes the place of another. Words in a part that the correction does
// not touch are moved with it; any others are looked for as Anchor does.
func (m TextMark) Follow(was, body string) (Span, bool) {
	at, stood := m.Anchor(was)
	if !stood {
		return m.Anchor(body)
	}
	head := commonPrefix(was, body)
	if at.To <= head {
		return at, true
	}
	moved := Span{at.From + len(body) - len(was), at.To + len(body) - len(was)}
	// Where the untouched beginning and end overlap, either of two equal passages may be the one that went.
	if moved.From >= head && strings.HasSuffix(body[moved.From:], was[at.From:]) {
		return moved, true
	}
	return m.Anchor(body)
}

// agreement compares the context with what stands next to a place of the words, from the words outwards, and counts the
// letters and digits up to the first difference on each side: a space or a full stop stands beside any words. whole
// reports that nothing differs.
func (m TextMark) agreement(body string, from int) (letters int, whole bool) {
	a, b := m.Prefix, body[:from]
	for a != "" && b != "" {
		r, size := utf8.DecodeLastRuneInString(a)
		if s, width := utf8.DecodeLastRuneInString(b); r != s || size != width {
			break
		}
		a, b = a[:len(a)-size], b[:len(b)-size]
		letters += counted(r)
	}
	whole = a == ""
	a, b = m.Suffix, body[from+len(m.Exact):]
	for a != "" && b != "" {
		r, size := utf8.DecodeRuneInString(a)
		if s, width := utf8.DecodeRuneInString(b); r != s || size != width {
			break
		}
		a, b = a[size:], b[size:]
		letters += counted(r)
	}
	return letters, whole && a == ""
}

func counted(r rune) int {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 1
	}
	return 0
}

// places yields where words stand in a text, overlapping ones too, in time linear in both (Knuth, Morris and Pratt,
// 1977): text that repeats itself would cost the product of both lengths otherwise.
func places(body, words string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if words == "" || len(words) > len(body) {
			return
		}
		border := make([]int, len(words)) // of each beginning of the words, the longest end that is one as well
		for i, k := 1, 0; i < len(words); i++ {
			for k > 0 && words[i] != words[k] {
				k = border[k-1]
			}
			if words[i] == words[k] {
				k++
			}
			border[i] = k
		}
		for i, k := 0, 0; i < len(body); i++ {
			for k > 0 && body[i] != words[k] {
				k = border[k-1]
			}
			if body[i] == words[k] {
				k++
			}
			if k == len(words) {
				if !yield(i + 1 - k) {
					return
				}
				k = border[k-1]
			}
		}
	}
}

// commonPrefix is the length of what two texts begin with alike, in whole characters.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return n
}

func lastRunes(s string) string {
	at := len(s)
	for range ContextRunes {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

func firstRunes(s string) string {
	at := 0
	for range ContextRunes {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

func distance(a, b int) int { return max(a-b, b-a) }
