package models

import (
	"regexp"
	"slices"
)

// Lang is a language of texts and pages, as a BCP 47 tag.
type Lang string

// The languages of the interface. Statements may carry others.
const (
	English  Lang = "en"
	Japanese Lang = "ja"
)

// Langs lists the languages of the interface in the order they are offered.
var Langs = [...]Lang{English, Japanese}

// languageTag is the form of a BCP 47 tag (RFC 5646, 2.1) with a language, and a script or a region where it needs them.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)

// Valid reports whether it names one language. und, mul, zxx and mis are codes for none in particular (ISO 639-2).
func (l Lang) Valid() bool {
	return languageTag.MatchString(string(l)) && !slices.Contains([]Lang{"und", "mul", "zxx", "mis"}, l)
}

// Other returns the other language of the interface.
func (l Lang) Other() Lang {
	if l == Japanese {
		return English
	}
	return Japanese
}

// Text is something people read, in both languages. An empty side means that no wording exists in that language;
// neither side is a translation of the other unless the record says so.
type Text struct {
	EN string `json:"en" description:"English wording; empty when there is none."`
	JA string `json:"ja" description:"Japanese wording; empty when there is none."`
}

// In returns the wording in l and the language it is really in: where l has none, the other language stands in.
func (t Text) In(l Lang) (string, Lang) {
	own, other := t.EN, t.JA
	if l == Japanese {
		own, other = t.JA, t.EN
	}
	if own == "" && other != "" {
		return other, l.Other()
	}
	return own, l
}

// Only returns the wording in l, empty when there is none.
func (t Text) Only(l Lang) string {
	if l == Japanese {
		return t.JA
	}
	return t.EN
}

// IsZero reports whether there is no wording in either language.
func (t Text) IsZero() bool { return t.EN == "" && t.JA == "" }
