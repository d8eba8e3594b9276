package models

import "strings"

// ContextRunes is how many characters before and after a mark are kept to find it again in a corrected text.
const ContextRunes = 32

// TextMark is a span of a paragraph, kept by its words and what stands around them (W3C Web Annotation Data Model,
// TextQuoteSelector), with the place where they stood as a hint.
type TextMark struct {
	Exact  string
	Prefix string // up to ContextRunes characters before
	Suffix string // up to ContextRunes characters after
	Hint   int    // offset in bytes of the UTF-8 text when the mark was made
}

// NewTextMark marks a place in a paragraph.
func NewTextMark(body string, at Span) TextMark {
	before, after := []rune(body[:at.From]), []rune(body[at.To:])
	return TextMark{Exact: at.Of(body), Prefix: string(before[max(0, len(before)-ContextRunes):]), Suffix: string(after[:min(len(after), ContextRunes)]), Hint: at.From}
}

// Anchor finds the words of a mark in a paragraph that may have been corrected since. It reports whether they are
// found: words that are gone are never looked for in other words.
func (m TextMark) Anchor(body string) (Span, bool) {
	if m.Exact == "" {
		return Span{}, false
	}
	at := m.Hint
	if at < 0 || at > len(body) || !strings.HasPrefix(body[at:], m.Exact) {
		at = strings.Index(body, m.Exact)
	}
	if at < 0 {
		return Span{}, false
	}
	return Span{at, at + len(m.Exact)}, true
}
