package document

import (
	"slices"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// turns is a text whose paragraphs are in two languages in turn.
type turns struct {
	langs   [2]models.Lang
	rows    [][2][]block
	leftOut []string
}

// Where two languages count as taking turns: how much of the text the smaller one has, when they change again and
// again and when they change once, and how many paragraphs in a row are paired one by one.
const (
	shareInTurn = 0.2
	shareHalves = 0.35
	longestRun  = 8
)

// apart cuts paragraphs whose lines change the language, as texts have it that put a translation on the next line.
// Between two languages in Latin letters a line is too little to go by.
func apart(blocks []block) []block {
	var all []block
	for _, b := range blocks {
		cut, was, from, to := all, models.Lang(""), 0, 0
		part := func(end int) {
			p := b
			p.text, p.at = b.text[from:end], models.Span{From: b.at.From + from, To: b.at.From + end}
			cut = append(cut, p)
		}
		for at, next := 0, 0; at < len(b.text); at = next {
			var end int
			end, next = nextLine(b.text, at)
			if end == len(b.text) && at == 0 {
				break // one line
			}
			lang := Detect(b.text[at:end])
			if was != "" && lang != "" && lang != was && !(latin(was) && latin(lang)) {
				part(to)
				from = at
			}
			if lang != "" {
				was = lang
			}
			to = end
		}
		part(len(b.text))
		all = cut
	}
	return all
}

// inTurn finds out whether the paragraphs are in two languages in turn, and pairs neighbours where as many of the one
// follow on as many of the other.
func inTurn(blocks []block) (turns, bool) {
	detected := make([]models.Lang, len(blocks))
	size := map[models.Lang]float64{}
	total := 0.0
	for i, b := range blocks {
		detected[i] = Detect(b.text)
		n := weight(b.text)
		size[detected[i]] += n
		total += n
	}
	langs, ok := mainTwo(detected, size)
	if !ok {
		return turns{}, false
	}
	settle(blocks, detected, langs)
	t := turns{langs: langs}
	var runs []run
	var count [2]int
	for i, b := range blocks {
		n := slices.Index(langs[:], detected[i])
		if n < 0 {
			t.leftOut = append(t.leftOut, b.text)
			continue
		}
		if len(runs) == 0 || runs[len(runs)-1].side != n {
			runs = append(runs, run{side: n})
		}
		count[n]++
		last := &runs[len(runs)-1]
		last.blocks = append(last.blocks, b)
	}
	least, share := shareInTurn, min(size[langs[0]], size[langs[1]])/total
	if len(runs) < 3 {
		least = shareHalves
	}
	if share < least || min(count[0], count[1]) < 2 && len(blocks) > 2 {
		return turns{}, false
	}
	t.rows = rowsOf(runs)
	return t, true
}

// run is paragraphs of one language that follow one another.
type run struct {
	side   int // of the two languages
	blocks []block
}

// rowsOf puts a run beside the one that follows; of uneven runs, as of uneven cells, nothing is paired.
func rowsOf(runs []run) [][2][]block {
	var rows [][2][]block
	for i := 0; i < len(runs); i++ {
		var row [2][]block
		row[runs[i].side] = runs[i].blocks
		if runs[i].side == 0 && len(runs[i].blocks) <= longestRun && i+1 < len(runs) {
			i++
			row[1] = runs[i].blocks
		}
		rows = append(rows, row)
	}
	return rows
}

// mainTwo finds the two languages that have most of the text, the one that comes first first.
func mainTwo(detected []models.Lang, size map[models.Lang]float64) ([2]models.Lang, bool) {
	var two [2]models.Lang
	for _, lang := range detected { // in the order of the text, so that equal ones do not change places
		switch {
		case lang == "" || lang == two[0] || lang == two[1]:
		case two[0] == "" || size[lang] > size[two[0]]:
			two[0], two[1] = lang, two[0]
		case two[1] == "" || size[lang] > size[two[1]]:
			two[1] = lang
		}
	}
	for _, lang := range detected {
		if lang == two[1] {
			two[0], two[1] = two[1], two[0]
			break
		}
		if lang == two[0] {
			break
		}
	}
	return two, two[1] != "" && two[0] != ""
}

// settle decides on paragraphs that are too short to tell: between two of one language stands the other. A date or an
// address that stands alone belongs to none.
func settle(blocks []block, detected []models.Lang, langs [2]models.Lang) {
	other := map[models.Lang]models.Lang{langs[0]: langs[1], langs[1]: langs[0]}
	following := make([]models.Lang, len(detected))
	next := models.Lang("")
	for i := len(detected) - 1; i >= 0; i-- {
		following[i] = next
		if other[detected[i]] != "" {
			next = detected[i]
		}
	}
	before := models.Lang("")
	for i, lang := range detected {
		if lang == "" && furniture(blocks[i].text) {
			continue
		}
		if other[lang] == "" && lang != "" { // a third language is a slip, or a name
			lang = ""
		}
		if lang == "" {
			switch {
			case before != "" && before == following[i]:
				lang = other[before]
			case before != "":
				lang = before
			default:
				lang = other[following[i]]
			}
		}
		detected[i], before = lang, lang
	}
}

// weight is how much a paragraph says: a character of a script without spaces says as much as two or three letters.
func weight(text string) float64 {
	narrow := 0
	for i := range len(text) {
		if text[i] < utf8.RuneSelf {
			narrow++
		}
	}
	return float64(narrow) + float64(utf8.RuneCountInString(text)-narrow)*2
}
