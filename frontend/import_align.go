package frontend

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// AlignRow is a row of paragraphs side by side as the page shows it.
type AlignRow struct {
	models.DraftRow
	N          int
	Ref        string
	Cells      []AlignCell
	Confidence string // high, check, unpaired or checked
	Percent    int
}

// AlignCell is a paragraph in one language.
type AlignCell struct {
	Lang  models.Lang
	Text  string // empty where the row has none
	Cuts  []AlignCut
	Above bool // the cell above is empty, so that this one can move up with all below
}

// AlignCut is a place where a paragraph can be split: after the end of a sentence.
type AlignCut struct {
	At    int    // bytes of the cell before it
	After string // the last words before it
	Then  string // the first words behind it
}

// highConfidence is from where a pairing is not asked to be looked at.
const highConfidence = 0.8

// pairing names how sure a pairing is.
func pairing(d models.Draft, n int) string {
	r := d.Work.Rows[n]
	paired := 0
	for _, l := range d.Langs() {
		if !r.Cells[l].Empty() {
			paired++
		}
	}
	switch {
	case r.Checked:
		return "checked"
	case paired < len(d.Langs()):
		return "unpaired"
	case r.Confidence >= highConfidence:
		return "high"
	}
	return "check"
}

// alignRows are the rows on the page.
func (p ImportPage) alignRows() []AlignRow {
	from, to := p.rowsShown()
	var all []AlignRow
	for n := from; n < to; n++ {
		r := p.Draft.Work.Rows[n]
		row := AlignRow{DraftRow: r, N: n, Ref: p.Refs[n], Confidence: pairing(p.Draft, n), Percent: int(r.Confidence*100 + .5)}
		for _, l := range p.Draft.Langs() {
			text := p.Draft.Words(n, l)
			row.Cells = append(row.Cells, AlignCell{Lang: l, Text: text, Cuts: cuts(text), Above: n > 0 && p.Draft.Work.Rows[n-1].Cells[l].Empty()})
		}
		all = append(all, row)
	}
	return all
}

// confidences counts the rows that stand, by how sure their pairing is.
func (p ImportPage) confidences(f Frame) string {
	counts := map[string]int{}
	for n, r := range p.Draft.Work.Rows {
		if !r.Out {
			counts[pairing(p.Draft, n)]++
		}
	}
	var all []string
	for _, c := range []string{"high", "checked", "check", "unpaired"} {
		if counts[c] > 0 {
			all = append(all, f.T("import.count_"+c, "n", counts[c]))
		}
	}
	return strings.Join(all, " · ")
}

// sides counts the paragraphs of each language.
func (p ImportPage) sides(f Frame) string {
	var all []string
	for _, l := range p.Draft.Langs() {
		n := 0
		for i, r := range p.Draft.Work.Rows {
			if !r.Out && p.Draft.Words(i, l) != "" {
				n++
			}
		}
		all = append(all, fmt.Sprintf("%s %d", langSaid(f, l), n))
	}
	return strings.Join(all, " ↔ ")
}

// maxCuts bounds the places that are offered in one paragraph; a script offers every other one.
const maxCuts = 12

// cuts finds the ends of sentences within a paragraph.
func cuts(text string) []AlignCut {
	var all []AlignCut
	for at, c := range text {
		end := at + utf8.RuneLen(c)
		rest := text[end:]
		full := strings.ContainsRune("。！？", c)
		if !full && !strings.ContainsRune(".!?;:", c) || strings.TrimSpace(rest) == "" || len(all) == maxCuts {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		if full && strings.ContainsRune("」』）)", next) || !full && !unicode.IsSpace(next) {
			continue
		}
		all = append(all, AlignCut{At: end, After: lastRunes(text[:end], 18), Then: firstRunes(strings.TrimSpace(rest), 12)})
	}
	return all
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n:])
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// stepValue is what a button of the align page sends.
func stepValue(do string, row int, rest ...any) string {
	words := []string{do, fmt.Sprint(row)}
	for _, r := range rest {
		words = append(words, fmt.Sprint(r))
	}
	return strings.Join(words, " ")
}

// splitting reports whether the form that splits a cell came back, or that of any cell of a row.
func (p ImportPage) splitting(row int, l models.Lang) bool {
	return p.Form.Wrong() && p.Form.Values.Has("before") && p.Form.Value("row") == strconv.Itoa(row) && (l == "" || p.Form.Value("lang") == string(l))
}

// splitField is the id of the field of a cell; that of a form that came back is the one that its message leads to.
func (p ImportPage) splitField(row int, l models.Lang) string {
	if p.splitting(row, l) {
		return "field-before"
	}
	return fmt.Sprintf("before-%d-%s", row, l)
}

// filled are the cells of a row that have words.
func (r AlignRow) filled() []AlignCell {
	var all []AlignCell
	for _, c := range r.Cells {
		if c.Text != "" {
			all = append(all, c)
		}
	}
	return all
}

// alignName names a row for those who hear it.
func alignName(f Frame, r AlignRow) string {
	if r.Out {
		return f.T("import.row_out", "n", r.N+1)
	}
	return f.T("statement.paragraph", "n", paragraphNumber(r.Ref))
}

// prefaceKey is whether the button makes a row the preface or takes that back.
func prefaceKey(r AlignRow) string {
	if r.Preface {
		return "no_preface"
	}
	return "preface"
}
