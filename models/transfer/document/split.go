package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// nextLine finds the end of the line that begins at from, and where the next one begins. CRLF, CR, LF and the line and
// paragraph separators of Unicode end a line alike.
func nextLine(text string, from int) (end, next int) {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '\n':
			return i, i + 1
		case '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				return i, i + 2
			}
			return i, i + 1
		case 0xe2:
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
				return i, i + 3
			}
		}
	}
	return len(text), len(text)
}

// paragraphs cuts a text at its empty lines; a text without any is cut at every line. Spaces and tabs around a
// paragraph stay out of it; the ideographic space that a Japanese paragraph is indented with is a part of it.
func paragraphs(text string, markdown bool) []block {
	byLine := !separated(text)
	var all []block
	from, to := -1, 0
	var mark marks
	flush := func() {
		if from >= 0 {
			all = append(all, blockAt(text, from, to, mark))
		}
		from, mark = -1, marks{}
	}
	for at, next := 0, 0; at < len(text) && len(all) <= 2*MaxParagraphs; at = next { // more are refused anyway
		var end int
		end, next = nextLine(text, at)
		line := text[at:end]
		m := marks{}
		if markdown {
			m = marksOf(line)
		}
		switch {
		case blank(line) || m.rule && from < 0:
			flush()
			continue
		case m.rule: // below a line it makes a heading of it, or parts two paragraphs
			mark.heading = mark.heading || m.underline && !mark.item
			flush()
			continue
		case byLine || m.heading || m.item:
			flush()
		}
		if from < 0 {
			if blank(line[m.width:]) { // a mark alone
				continue
			}
			from, mark = at+m.width, m
		}
		to = end
		if m.heading {
			flush()
		}
	}
	flush()
	return all
}

// separated reports whether an empty line stands between two that are not.
func separated(text string) bool {
	seen, empty := false, false
	for at, next := 0, 0; at < len(text); at = next {
		var end int
		end, next = nextLine(text, at)
		if blank(text[at:end]) {
			empty = seen
		} else if empty {
			return true
		} else {
			seen = true
		}
	}
	return false
}

func blockAt(text string, from, to int, m marks) block {
	if m.heading {
		if closed := strings.TrimRight(strings.TrimRight(text[from:to], " \t"), "#"); strings.HasSuffix(closed, " ") {
			to = from + len(closed)
		}
	}
	for from < to && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	for from < to && (text[to-1] == ' ' || text[to-1] == '\t') {
		to--
	}
	return block{text: text[from:to], at: models.Span{From: from, To: to}, heading: m.heading}
}

// blank reports whether nothing of a line can be seen.
func blank(line string) bool {
	for i, c := range line {
		if c == utf8.RuneError && !strings.HasPrefix(line[i:], "\uFFFD") || !unicode.IsSpace(c) {
			return false
		}
	}
	return true
}

// marks is what Markdown says with the beginning of a line.
type marks struct {
	width     int // bytes of the marks
	heading   bool
	item      bool // of a list, or quoted
	rule      bool // nothing but a line across
	underline bool // of a heading
}

var (
	quoted   = regexp.MustCompile(`^ {0,3}(?:> ?)+`)
	listed   = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+`)
	hashed   = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]+`)
	across   = regexp.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	underbar = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*$`)
)

// marksOf finds the marks at the beginning of a line of Markdown: of quotations, lists and headings, in this order.
func marksOf(line string) marks {
	if underline := underbar.MatchString(line); underline || across.MatchString(line) {
		return marks{rule: true, underline: underline}
	}
	m := marks{width: len(quoted.FindString(line))}
	if l := len(listed.FindString(line[m.width:])); l > 0 {
		m.width, m.item = m.width+l, true
	}
	if h := len(hashed.FindString(line[m.width:])); h > 0 && !blank(strings.Trim(line[m.width+h:], "#")) {
		m.width, m.heading = m.width+h, true
	}
	return m
}
