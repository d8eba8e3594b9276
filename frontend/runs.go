package frontend

import (
	"regexp"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// foreign finds, in a text of each language, what a voice reads wrongly unless it is told the language: Japanese
// writing in English, and three or more English words in Japanese. Shorter Latin runs are mostly names and terms of the
// Japanese sentence.
var foreign = map[models.Lang]*regexp.Regexp{
	models.English:  regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}ー々〆](?:[\p{Han}\p{Hiragana}\p{Katakana}ー々〆、。・]*[\p{Han}\p{Hiragana}\p{Katakana}ー々〆])?`),
	models.Japanese: regexp.MustCompile(`[A-Za-z][0-9A-Za-z'’-]*(?:[ ,.…/]+[A-Za-z][0-9A-Za-z'’-]*){2,}`),
}

// spoken cuts a text of one language into runs; those in the other language say so.
func spoken(lang models.Lang, text string) []Wording {
	find := foreign[lang]
	if find == nil {
		return []Wording{{Text: text}}
	}
	var all []Wording
	end := 0
	for _, at := range find.FindAllStringIndex(text, -1) {
		if at[0] > end {
			all = append(all, Wording{Text: text[end:at[0]]})
		}
		all = append(all, Wording{Text: text[at[0]:at[1]], Lang: string(lang.Other())})
		end = at[1]
	}
	if end < len(text) {
		all = append(all, Wording{Text: text[end:]})
	}
	return all
}

// ownLang is the language that calls itself by a name; empty when the name is none.
func ownLang(name string) string {
	for l, own := range languageNames {
		if own == name {
			return string(l)
		}
	}
	return ""
}

// optionLang is the language of a choice that names a language or quotes a paragraph; empty for every other.
func optionLang(o Option) string {
	switch {
	case strings.HasPrefix(o.Label, "¶"):
		return guessLang(o.Label)
	case o.Value != o.Label && languageName(models.Lang(o.Value)) == o.Label:
		return o.Value
	}
	return ""
}
