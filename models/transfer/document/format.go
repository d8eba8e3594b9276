package document

import (
	"bytes"
	"encoding/binary"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formats says what the endings of names promise.
var formats = map[string]string{".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx"}

// Marks of files that are told apart.
const (
	pdf      = "%PDF-"
	zipStart = "PK\x03\x04"
	zipEnd   = "PK\x05\x06"
)

// foreign is what files that are no text begin with, or hold when two files were made one.
var (
	foreign = []string{pdf, "{\\rtf", "\xd0\xcf\x11\xe0", "\x89PNG", "GIF8", "\xff\xd8\xff", "\x7fELF", "\x1f\x8b", "BZh9", "7z\xbc\xaf", "Rar!\x1a", "SQLite format 3\x00", "%!PS"}
	inside  = []string{zipStart, zipEnd}

	heads    = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*|<!--[^>]*-->\s*)*<(?:!doctype|html|head|body|\?xml)\b`)
	marked   = regexp.MustCompile(`(?i)^\s*<(?:p|div|table|h[1-6]|article|main|section|ul|ol|span|meta)\b[^>]*>`)
	headed   = regexp.MustCompile(`^\s*#{1,6} +[^\s#]`)
	delimits = regexp.MustCompile(`(?m)^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t]*:?-{2,}:?[ \t]*\|?[ \t]*\r?$`)
)

// formatOf finds out what a file is. Its name and its first bytes have to agree; what was pasted has no name.
func formatOf(f File, text string) (string, error) {
	ending := strings.ToLower(path.Ext(f.Name))
	format, known := formats[ending]
	if f.Name != "" && !known {
		return "", refuse("error.text_format", "value", f.Name)
	}
	wrong := refuse("error.text_type", "value", f.Name)
	zipped := bytes.HasPrefix(f.Data, []byte(zipStart))
	if format == "docx" || f.Name == "" && zipped {
		if !zipped || bytes.Contains(f.Data[:min(len(f.Data), 1024)], []byte(pdf)) {
			return "", wrong
		}
		return "docx", nil
	}
	if alien(f.Data) {
		return "", wrong
	}
	isPage := heads.MatchString(text[:min(len(text), 4096)])
	switch format {
	case "":
		switch start := text[:min(len(text), 4096)]; {
		case isPage || marked.MatchString(start):
			format = "html"
		case headed.MatchString(start) || delimits.MatchString(text):
			format = "markdown"
		default:
			format = "text"
		}
	case "html":
		if strings.TrimSpace(text) != "" && !rooted(text) {
			return "", wrong
		}
	default:
		if isPage {
			return "", wrong
		}
	}
	return format, nil
}

// alien reports whether the bytes are those of another kind of file, alone or behind a text. UTF-16 holds NUL bytes
// and is text nevertheless; a NUL character of it is refused where it stands.
func alien(data []byte) bool {
	start := data[:min(len(data), 1024)]
	for _, magic := range foreign {
		if bytes.HasPrefix(start, []byte(magic)) {
			return true
		}
	}
	for _, magic := range inside {
		if bytes.Contains(data, []byte(magic)) {
			return true
		}
	}
	return bytes.Contains(start, []byte("\n"+pdf))
}

// rooted reports whether the first element of a page is one of HTML.
func rooted(text string) bool {
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			return a != 0 && a != atom.Svg && a != atom.Math
		}
	}
}

// decode takes a byte order mark off, and turns UTF-16 into UTF-8. Half of a surrogate pair, and half of a unit, stay
// as bytes that are no UTF-8, so that they are refused with their place like all others.
func decode(data []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string(data[3:])
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return string(data)
	}
	text := make([]byte, 0, len(data)*3/2)
	for at := 2; at < len(data); at += 2 {
		if at+1 == len(data) {
			return string(append(text, 0xff))
		}
		unit := rune(order.Uint16(data[at:]))
		if utf16.IsSurrogate(unit) {
			if at+3 < len(data) {
				if c := utf16.DecodeRune(unit, rune(order.Uint16(data[at+2:]))); c != utf8.RuneError {
					text, at = utf8.AppendRune(text, c), at+2
					continue
				}
			}
			text = append(text, 0xe0|byte(unit>>12), 0x80|byte(unit>>6)&0x3f, 0x80|byte(unit)&0x3f)
			continue
		}
		text = utf8.AppendRune(text, unit)
	}
	return string(text)
}
