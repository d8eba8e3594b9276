// Package document reads what people supply as the text of a statement, in one language or two, into plain text with
// the places of its paragraphs. It knows files and layouts: which paragraphs say the same in two languages, beyond
// what a table says, and what they commit to, is found elsewhere. Nothing is written to disk, and every file is
// hostile until it has been read to its end.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// Limits of what is read. A book does not pass for a statement.
const (
	MaxFiles      = 8
	MaxFile       = 5 << 20 // bytes supplied
	MaxText       = 1 << 20 // bytes of the plain text of one language
	MaxParagraphs = 2_000
	MaxParagraph  = 50_000 // characters
)

// File is one text as it was supplied.
type File struct {
	Name string      // empty when it was pasted
	Lang models.Lang // empty: found out from the text. Of a bilingual file it is the language of the first cell
	Data []byte
}

// Kind is what a piece of a text is.
type Kind string

// The kinds of pieces.
const (
	Paragraph Kind = "paragraph"
	Title     Kind = "title"
	Preface   Kind = "preface" // the issuer's own words before the statement
	Outside   Kind = "outside" // of the page that the text stood on
)

// Piece is a paragraph of a text: where it stands in the body, and what it is.
type Piece struct {
	models.Span
	Kind Kind
}

// Text is the text of one language. Of plain text and Markdown the body is what was supplied, without a byte order
// mark and, when it was UTF-16, as UTF-8; of HTML and DOCX it is the paragraphs, and of a bilingual file the cells of
// the language, with an empty line between two.
type Text struct {
	models.DraftSource
	Pieces []Piece // in the order of the text; none overlaps another
}

// Reading is what was read out of the files.
type Reading struct {
	Texts   []Text                // one per language, in the order given; of a bilingual file the first cell's first
	Rows    []map[models.Lang]int // of a bilingual file alone: the pieces that stand side by side. Every piece is in one row
	LeftOut []string              // what no language holds, in order, as it stands
}

// Read reads the texts of a statement: one or more languages with a file each, or one bilingual file. What cannot be
// read is refused with the field texts.N, N counting the files from 0.
func Read(files []File) (*Reading, error) {
	switch {
	case len(files) == 0:
		return nil, models.Invalid(models.Field("texts", "error.required"))
	case len(files) > MaxFiles:
		return nil, models.Invalid(models.Field("texts", "error.too_many", "max", MaxFiles))
	case len(files) == 1:
		s, err := open(files[0])
		if err != nil {
			return nil, named(0, err)
		}
		r, err := s.alone()
		return r, named(0, err)
	}
	r := &Reading{}
	taken := map[models.Lang]bool{}
	var faults []error
	for n, f := range files {
		text, err := monolingual(f)
		if err == nil && taken[text.Lang] {
			err = refuse("error.text_same_language", "value", string(text.Lang))
		}
		if err != nil {
			faults = append(faults, named(n, err))
			continue
		}
		taken[text.Lang] = true
		r.Texts = append(r.Texts, text)
	}
	if err := models.Together(faults...); err != nil {
		return nil, err
	}
	return r, nil
}

// alone reads a file that is the whole of what was supplied.
func (s *source) alone() (*Reading, error) {
	if r, ok := s.bilingual(); ok {
		return r, s.within(r.Texts...)
	}
	t, err := s.text()
	if err != nil {
		return nil, err
	}
	return &Reading{Texts: []Text{t}}, nil
}

// monolingual reads one of several files, which may hold one language alone.
func monolingual(f File) (Text, error) {
	s, err := open(f)
	if err != nil {
		return Text{}, err
	}
	if _, ok := s.columns(); ok {
		return Text{}, refuse("error.text_bilingual")
	}
	return s.text()
}

// text takes the file as a text of one language.
func (s *source) text() (Text, error) {
	body, blocks := s.body, s.blocks
	if !s.verbatim {
		body, blocks = joined(whole(blocks))
	}
	lang := s.file.Lang
	if lang == "" {
		if lang = Detect(body); lang == "" {
			return Text{}, refuse("error.text_language")
		}
	}
	t := s.textOf(lang, s.format, body, blocks)
	return t, s.within(t)
}

// textOf makes the text of one language.
func (s *source) textOf(lang models.Lang, format, body string, blocks []block) Text {
	t := Text{DraftSource: models.DraftSource{Lang: lang, Name: s.file.Name, Format: format, FileSHA256: hexadecimal(s.file.Data), SHA256: hexadecimal([]byte(body)), Body: body}}
	for i, k := range kinds(blocks, lang) {
		t.Pieces = append(t.Pieces, Piece{Span: blocks[i].at, Kind: k})
	}
	return t
}

func hexadecimal(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// refusal says why a file is not read; which file it was is said by named.
type refusal struct {
	key  string
	args []any
}

func (r *refusal) Error() string { return fmt.Sprint(r.key, r.args) }

func refuse(key string, args ...any) error { return &refusal{key, args} }

// named turns a refusal into the error that people see.
func named(n int, err error) error {
	if r, ok := err.(*refusal); ok {
		return models.Invalid(models.Field(fmt.Sprintf("texts.%d", n), r.key, r.args...))
	}
	return err
}
