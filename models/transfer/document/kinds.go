package document

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// phrases is data/phrases.json: how texts of each language speak of themselves, and what pages put around them.
type phrases struct {
	Title   map[models.Lang][]string `json:"title"`   // words of headings
	Preface map[models.Lang][]string `json:"preface"` // expressions with which an issuer announces a text
	Own     map[models.Lang][]string `json:"own"`     // expressions with which the authors of a text speak
	Page    map[string][]string      `json:"page"`    // expressions that fit a whole line of page furniture
	Tail    []string                 `json:"tail"`    // expressions that fit a whole line after which a text is over

	title, preface, own map[models.Lang]*regexp.Regexp
	page, tail          *regexp.Regexp
}

// wording reads the data once; see languages.
var wording = sync.OnceValue(func() *phrases {
	p := &phrases{title: map[models.Lang]*regexp.Regexp{}, preface: map[models.Lang]*regexp.Regexp{}, own: map[models.Lang]*regexp.Regexp{}}
	if err := load("phrases", p); err != nil {
		return p
	}
	for into, from := range map[*map[models.Lang]*regexp.Regexp]map[models.Lang][]string{&p.title: p.Title, &p.preface: p.Preface, &p.own: p.Own} {
		for lang, all := range from {
			(*into)[lang] = anyOf(all, "", "")
		}
	}
	var page []string
	for _, all := range p.Page {
		page = append(page, all...)
	}
	p.page, p.tail = anyOf(page, "^", "$"), anyOf(p.Tail, "^", "$")
	return p
})

func anyOf(all []string, before, after string) *regexp.Regexp {
	r, err := regexp.Compile("(?i)" + before + "(?:" + strings.Join(all, "|") + ")" + after)
	if err != nil {
		return nil
	}
	return r
}

func fits(r *regexp.Regexp, text string) bool { return r != nil && r.MatchString(text) }

// Lengths in characters: of a heading, of a line of a page, and of a paragraph that announces a text.
const (
	longestTitle   = 250
	longestLine    = 200
	longestPreface = 1500
	longestTail    = 12 // paragraphs after the end of a text
)

// kinds says what each paragraph of a text is. Before the first paragraph and after the last one there may be a title,
// words of the issuer, and what the page had around the text; when in doubt it is a paragraph.
func kinds(blocks []block, lang models.Lang) []Kind {
	all := make([]Kind, len(blocks))
	first, titled := 0, false
	for ; first < len(blocks); first++ {
		b := blocks[first]
		switch {
		case b.outside || furniture(b.text):
			all[first] = Outside
		case heading(b, lang, titled):
			all[first], titled = Title, true
		case announces(b.text, lang):
			all[first] = Preface
		default:
			all[first] = Paragraph
		}
		if all[first] == Paragraph {
			break
		}
	}
	if first == len(blocks) { // a text of headings alone
		for i := range all {
			all[i] = Paragraph
		}
		return all
	}
	end := over(blocks, first)
	for i := first; i < len(blocks); i++ {
		all[i] = Paragraph
		if i >= end {
			all[i] = Outside
		}
	}
	return all
}

// over finds where a text ends and the page goes on.
func over(blocks []block, first int) int {
	end := len(blocks)
	for {
		for end > first+1 && (blocks[end-1].outside || furniture(blocks[end-1].text)) {
			end--
		}
		at := tail(blocks[:end], first)
		if at == end {
			return end
		}
		end = at
	}
}

// tail finds a line after which a text is over, with nothing but short lines behind it.
func tail(blocks []block, first int) int {
	for i := len(blocks) - 1; i > first && len(blocks)-i <= longestTail; i-- {
		text := blocks[i].text
		if !line(text) || utf8.RuneCountInString(text) > longestLine || sentence(text) {
			break
		}
		if fits(wording().tail, plain(text)) {
			return i
		}
	}
	return len(blocks)
}

// furniture reports whether a line is plainly of a page: a way to it, a button, a date or an address alone.
func furniture(text string) bool {
	if !line(text) || utf8.RuneCountInString(text) > longestLine {
		return false
	}
	p := plain(text)
	return p == "" || fits(wording().page, p) || fits(wording().tail, p)
}

// heading reports whether a line before the text reads as its title. After one title only another line that names the
// text is one.
func heading(b block, lang models.Lang, titled bool) bool {
	p := plain(b.text)
	if utf8.RuneCountInString(p) > longestTitle || strings.Count(b.text, "\n") > 2 || sentence(p) || strings.HasSuffix(p, ":") || strings.HasSuffix(p, ",") {
		return false
	}
	return fits(wording().title[lang], p) || b.heading && !titled
}

// announces reports whether a paragraph speaks of the text that follows, and not with the voice of its authors.
func announces(text string, lang models.Lang) bool {
	return utf8.RuneCountInString(text) <= longestPreface && fits(wording().preface[lang], text) && !fits(wording().own[lang], text)
}

// sentence reports whether a line ends as a sentence does.
func sentence(text string) bool {
	text = strings.TrimRight(text, "\"'”’」』）)*_ ")
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".。．!！?？;；।։۔", last) && !strings.HasSuffix(text, "...")
}

// line reports whether a text is one line.
func line(text string) bool { return !strings.ContainsAny(text, "\n\r\u2028\u2029") }

// plain takes the marks of emphasis and the space around a line away.
func plain(text string) string {
	return strings.TrimFunc(text, func(c rune) bool { return unicode.IsSpace(c) || c == '*' || c == '_' })
}

// agree lets paragraphs that stand side by side be of one kind: what one language says plainly of itself the other
// one means too, but only both together are outside.
func agree(r *Reading, langs [2]models.Lang) {
	for _, row := range r.Rows {
		a, b, both := r.at(row, langs[0]), r.at(row, langs[1]), len(row) == 2
		switch {
		case !both || a.Kind == b.Kind:
		case a.Kind == Outside || b.Kind == Outside:
			a.Kind, b.Kind = Paragraph, Paragraph
		case a.Kind == Paragraph:
			a.Kind = b.Kind
		case b.Kind == Paragraph:
			b.Kind = a.Kind
		}
	}
	for n := range r.Texts {
		between(r.Texts[n].Pieces)
	}
}

func (r *Reading) at(row map[models.Lang]int, lang models.Lang) *Piece {
	i, ok := row[lang]
	for n := range r.Texts {
		if ok && r.Texts[n].Lang == lang {
			return &r.Texts[n].Pieces[i]
		}
	}
	return &Piece{}
}

// between takes back what agreeing left in the midst of a text: between two paragraphs all are paragraphs.
func between(pieces []Piece) {
	first, last := len(pieces), -1
	for i, p := range pieces {
		if p.Kind == Paragraph {
			first, last = min(first, i), i
		}
	}
	for i := range pieces {
		if i > first && i < last || last < 0 {
			pieces[i].Kind = Paragraph
		}
	}
}
