package store

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of a text that searches compare: compatibility forms are unified (ｻｲﾊﾞｰ is サイバー), letters
// are lower case, hyphens and runs of white space are one space. It is for searching alone; stored text keeps its form.
func Fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		switch r {
		case '-', '‐', '‑', '‒', '–', '—', '_', '/':
			return ' '
		case 0: // neither engine keeps NUL in text
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}
