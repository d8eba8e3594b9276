package document

import (
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// lines reads a text line by line, and finds the lines of two cells: closed by a pipe each, or rows of a table in
// Markdown. It says which of the two the first of them is.
func lines(text string) (items []item, layout string) {
	layout = "pipes"
	if !strings.Contains(text, "|") {
		return nil, layout
	}
	table, above := false, -1 // below the line that makes a table in Markdown; which item the line above is
	for at, next := 0, 0; at < len(text); at = next {
		var end int
		end, next = nextLine(text, at)
		line := text[at:end]
		if blank(line) {
			table, above = false, -1
			continue
		}
		if delimits.MatchString(line) {
			table, layout = true, "table" // the line itself is markup alone, and the one above it the first row
			if above >= 0 {
				items[above].cells = rowOf(items[above].text, true)
			}
			continue
		}
		i := item{block: block{text: line, at: models.Span{From: at, To: end}}}
		piped := strings.HasPrefix(line, "|") // a pipe behind a space closes an empty cell
		if i.cells = rowOf(line, piped || table); i.cells == nil && !piped {
			piped = strings.HasPrefix(strings.TrimLeft(line, " \t"), "|")
			i.cells = rowOf(line, piped)
		}
		if i.cells != nil && piped {
			layout = "table"
		}
		if above = len(items); above >= 4*MaxParagraphs {
			return nil, layout // of so many lines no table is made
		}
		items = append(items, i)
	}
	return items, layout
}

// rowOf cuts a line into two cells; nil when it has not two.
func rowOf(line string, markdown bool) *[2][]block {
	cut := closedByPipes
	if markdown {
		cut = rowOfMarkdown
	}
	a, b, ok := cut(line)
	if !ok {
		return nil
	}
	return &[2][]block{cell(a), cell(b)}
}

func cell(text string) []block {
	if blank(text) {
		return nil
	}
	return []block{{text: text}}
}

// closedByPipes cuts a line into its two cells, each closed by a pipe. What stands between the pipes' single spaces
// is kept byte for byte.
func closedByPipes(line string) (a, b string, ok bool) {
	parts := strings.SplitN(line, " |", 4)
	if len(parts) != 3 || parts[2] != "" || !strings.HasPrefix(parts[1], " ") {
		return "", "", false
	}
	return parts[0], parts[1][1:], true
}

// rowOfMarkdown cuts a row of a table in Markdown, whose outer pipes may be missing. A pipe behind a backslash is a
// character.
func rowOfMarkdown(line string) (a, b string, ok bool) {
	line = strings.Trim(line, " \t")
	line = strings.TrimPrefix(line, "|")
	var parts []string
	from := 0
	for i := range len(line) {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			parts = append(parts, strings.Trim(line[from:i], " \t"))
			from = i + 1
		}
	}
	if rest := strings.Trim(line[from:], " \t"); rest != "" {
		parts = append(parts, rest)
	}
	if len(parts) != 2 {
		return "", "", false
	}
	return parts[0], parts[1], true
}

// columns finds out whether rows of two cells are what a file is made of: their columns are of two languages, and
// hold more than all around them.
func (s *source) columns() ([2]models.Lang, bool) {
	var sides [2]strings.Builder
	around, rows := 0, 0
	for _, i := range s.items {
		if i.cells == nil {
			if !i.outside {
				around += utf8.RuneCountInString(i.text)
			}
			continue
		}
		rows++
		for n, side := range i.cells {
			for _, b := range side {
				sides[n].WriteString(b.text + "\n")
			}
		}
	}
	a, b := sides[0].String(), sides[1].String()
	if rows == 0 || utf8.RuneCountInString(a)+utf8.RuneCountInString(b) <= around {
		return [2]models.Lang{}, false
	}
	langs := [2]models.Lang{Detect(a), Detect(b)}
	if given := s.file.Lang; given != "" && langs[1] != given {
		langs[0] = given
	}
	return langs, langs[0] != "" && langs[1] != "" && langs[0] != langs[1]
}

// bilingual reads a file of two languages: rows of two cells, or paragraphs in turn. A file whose language was given
// is not searched for a second one in turn with it.
func (s *source) bilingual() (*Reading, bool) {
	if langs, ok := s.columns(); ok {
		return s.table(langs), true
	}
	if s.file.Lang != "" {
		return nil, false
	}
	blocks := s.blocks
	if !s.verbatim {
		blocks = whole(blocks)
	}
	t, ok := inTurn(apart(blocks))
	if !ok {
		return nil, false
	}
	return s.sideBySide("alternating", t.langs, t.rows, t.leftOut), true
}

// table reads rows of two cells. A first row that only names the languages is no row of the text.
func (s *source) table(langs [2]models.Lang) *Reading {
	var rows [][2][]block
	var leftOut []string
	for _, i := range s.items {
		switch {
		case i.cells == nil:
			leftOut = append(leftOut, i.text)
		case len(rows) == 0 && namesLanguages(i.cells):
			for _, b := range flat([]item{i}) {
				leftOut = append(leftOut, b.text)
			}
		case len(i.cells[0])+len(i.cells[1]) > 0:
			rows = append(rows, *i.cells)
		}
	}
	return s.sideBySide(s.layout, langs, rows, leftOut)
}

func namesLanguages(cells *[2][]block) bool {
	for _, side := range cells {
		if len(side) != 1 || !languages().names[strings.ToLower(strings.Trim(side[0].text, " *_\u3000"))] {
			return false
		}
	}
	return true
}

// sideBySide makes a text of each side. Cells of as many paragraphs are paired paragraph by paragraph; which ones of
// uneven cells belong together is not plain.
func (s *source) sideBySide(format string, langs [2]models.Lang, rows [][2][]block, leftOut []string) *Reading {
	r := &Reading{LeftOut: leftOut}
	var sides [2][]block
	for _, row := range rows {
		even := len(row[0]) == len(row[1])
		for n, side := range row {
			for i := range side {
				if even && n == 1 {
					r.Rows[len(r.Rows)-len(side)+i][langs[1]] = len(sides[1]) + i
				} else {
					r.Rows = append(r.Rows, map[models.Lang]int{langs[n]: len(sides[n]) + i})
				}
			}
			sides[n] = append(sides[n], side...)
		}
	}
	for n, side := range sides {
		body, blocks := joined(side)
		r.Texts = append(r.Texts, s.textOf(langs[n], format, body, blocks))
	}
	agree(r, langs)
	return r
}
