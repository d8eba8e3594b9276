package document

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// block is one paragraph of a file.
type block struct {
	text    string
	at      models.Span // where it stands in the body of its source
	heading bool        // marked up as a heading
	outside bool        // marked up as part of the page around the text
}

// item is what a file has at one place: a paragraph, or a row of two cells with their paragraphs.
type item struct {
	block
	cells *[2][]block
}

// source is a file that was read.
type source struct {
	file     File
	format   string
	verbatim bool    // the body is what was supplied
	body     string  // the plain text
	blocks   []block // its paragraphs
	items    []item  // the same with rows of two cells kept together
	layout   string  // format when the rows are what counts
}

// open reads a file of any format and looks at every character of it.
func open(f File) (*source, error) {
	if f.Lang != "" && !f.Lang.Valid() {
		return nil, refuse("error.language_tag", "value", string(f.Lang))
	}
	if len(f.Data) > MaxFile {
		return nil, refuse("error.text_size", "max", MaxFile>>10)
	}
	text := decode(f.Data)
	format, err := formatOf(f, text)
	if err != nil {
		return nil, err
	}
	s := &source{file: f, format: format, layout: "table"}
	switch format {
	case "docx":
		s.items, err = readDOCX(f.Data)
	case "html":
		s.items, err = readHTML(text)
	default:
		s.verbatim, s.body = true, text
		s.blocks = paragraphs(s.body, format == "markdown")
		s.items, s.layout = lines(s.body)
	}
	if err != nil {
		return nil, err
	}
	if !s.verbatim {
		s.body, s.blocks = joined(flat(s.items))
	}
	// A file may hold two languages, and a page more than its text. What is too much for those is not looked at closely.
	switch {
	case len(s.body) > 2*MaxText:
		return nil, refuse("error.text_size", "max", MaxText>>10)
	case len(s.blocks) > 2*MaxParagraphs:
		return nil, refuse("error.text_paragraphs", "max", MaxParagraphs)
	}
	if err := s.readable(); err != nil {
		return nil, err
	}
	if len(s.blocks) == 0 {
		return nil, refuse("error.text_empty")
	}
	return s, nil
}

// flat takes rows apart.
func flat(items []item) []block {
	var all []block
	for _, i := range items {
		if i.cells == nil {
			all = append(all, i.block)
			continue
		}
		all = append(append(all, i.cells[0]...), i.cells[1]...)
	}
	return all
}

// joined puts paragraphs one below the other with an empty line between two, and says where each then stands.
func joined(blocks []block) (string, []block) {
	var b strings.Builder
	placed := make([]block, len(blocks))
	for i, k := range blocks {
		if i > 0 {
			b.WriteString("\n\n")
		}
		k.at = models.Span{From: b.Len(), To: b.Len() + len(k.text)}
		b.WriteString(k.text)
		placed[i] = k
	}
	return b.String(), placed
}

// whole leaves out what the page has in the midst of the text, such as an aside; before and after it stays to be seen.
func whole(blocks []block) []block {
	first, last := -1, -1
	for i, b := range blocks {
		if !b.outside {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	var kept []block
	for i, b := range blocks {
		if !b.outside || i < first || i > last {
			kept = append(kept, b)
		}
	}
	return kept
}

// readable refuses what is no text: bytes that are not UTF-8, control characters and characters that Unicode keeps
// for programs. Bidi controls, zero-width and private characters are text and are shown as what they are.
func (s *source) readable() error {
	for i, c := range s.body {
		if fit(c) && (c != utf8.RuneError || strings.HasPrefix(s.body[i:], "\uFFFD")) {
			continue
		}
		key, code := "error.text_control", fmt.Sprintf("U+%04X", c)
		if c == utf8.RuneError {
			if unit, ok := surrogate(s.body[i:]); ok {
				code = fmt.Sprintf("U+%04X", unit)
			} else {
				key, code = "error.text_bytes", fmt.Sprintf("0x%02X", s.body[i])
			}
		}
		paragraph, from := 1, 0
		for n, b := range s.blocks {
			if b.at.From <= i {
				paragraph, from = n+1, b.at.From
			}
		}
		return refuse(key, "paragraph", paragraph, "place", utf8.RuneCountInString(s.body[from:i])+1, "code", code)
	}
	return nil
}

// fit reports whether a character may stand in a text.
func fit(c rune) bool {
	switch {
	case c < ' ':
		return c == '\t' || c == '\n' || c == '\r'
	case c < 0x7f:
		return true
	}
	return c > 0x9f && c&0xfffe != 0xfffe && (c < 0xfdd0 || c > 0xfdef)
}

// surrogate finds half of a pair, which is no character, written as if it were one.
func surrogate(s string) (rune, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1] < 0xa0 || s[1] > 0xbf || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

// within refuses texts beyond the limits.
func (s *source) within(texts ...Text) error {
	for _, t := range texts {
		if len(t.Body) > MaxText {
			return refuse("error.text_size", "max", MaxText>>10)
		}
		if len(t.Pieces) > MaxParagraphs {
			return refuse("error.text_paragraphs", "max", MaxParagraphs)
		}
		for n, p := range t.Pieces {
			if p.To-p.From > MaxParagraph && utf8.RuneCountInString(p.Of(t.Body)) > MaxParagraph {
				return refuse("error.text_paragraph", "paragraph", n+1, "max", MaxParagraph)
			}
		}
	}
	return nil
}
