package frontend

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// MarkRow is a paragraph with its marks as the page shows it.
type MarkRow struct {
	N        int
	Ref      string
	Texts    []MarkText
	Marks    []models.DraftMark // suggested or accepted
	Rejected []models.DraftMark
}

// MarkText is one wording of a paragraph, cut where marks begin and end.
type MarkText struct {
	Lang models.Lang
	Runs []MarkRun
}

// MarkRun is a stretch of text under the same marks.
type MarkRun struct {
	Text  string
	State string // accepted, suggested or empty; the stronger of several
	IDs   string // of the marks, separated by spaces
	Ends  []int  // marks that end here
}

// markRows are the paragraphs on the page.
func (p ImportPage) markRows() []MarkRow {
	from, to := p.rowsShown()
	byRow, places := map[int][]models.DraftMark{}, p.Draft.MarkRows()
	for _, m := range p.Draft.Work.Marks {
		byRow[places[m.ID]] = append(byRow[places[m.ID]], m)
	}
	var all []MarkRow
	for n := from; n < to; n++ {
		if p.Draft.Work.Rows[n].Out {
			continue
		}
		row := MarkRow{N: n, Ref: p.Refs[n]}
		for _, m := range byRow[n] {
			if m.State == models.MarkRejected {
				row.Rejected = append(row.Rejected, m)
			} else {
				row.Marks = append(row.Marks, m)
			}
		}
		if p.Todo && !slices.ContainsFunc(row.Marks, func(m models.DraftMark) bool { return m.State == models.MarkSuggested }) {
			continue
		}
		for _, l := range p.Draft.Langs() {
			row.Texts = append(row.Texts, MarkText{l, markRuns(p.Draft.Words(n, l), p.Draft.Work.Rows[n].Cells[l].From, l, row.Marks)})
		}
		all = append(all, row)
	}
	return all
}

// torn are the marks whose words stand in no paragraph any more.
func (p ImportPage) torn() []models.DraftMark {
	var all []models.DraftMark
	places := p.Draft.MarkRows()
	for _, m := range p.Draft.Work.Marks {
		if m.State != models.MarkRejected && places[m.ID] < 0 {
			all = append(all, m)
		}
	}
	return all
}

// markRuns cuts a paragraph that begins at a byte of its text where its marks begin and end; marks may overlap.
func markRuns(body string, begins int, l models.Lang, all []models.DraftMark) []MarkRun {
	if body == "" {
		return nil
	}
	places := []int{0, len(body)}
	for _, m := range all {
		if at, ok := m.Words[l]; ok {
			places = append(places, at.From-begins, at.To-begins)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	var out []MarkRun
	for n := 0; n+1 < len(places); n++ {
		r := MarkRun{Text: body[places[n]:places[n+1]]}
		var ids []string
		for _, m := range all {
			at, ok := m.Words[l]
			if !ok || at.From-begins > places[n] || at.To-begins < places[n+1] {
				continue
			}
			ids = append(ids, strconv.Itoa(m.ID))
			if r.State != models.MarkAccepted {
				r.State = m.State
			}
			if at.To-begins == places[n+1] {
				r.Ends = append(r.Ends, m.ID)
			}
		}
		r.IDs = strings.Join(ids, " ")
		out = append(out, r)
	}
	return out
}

// marked is the words of a paragraph with its marks. Nothing but the words stands in it, and the numbers of the marks.
func (p ImportPage) marked(f Frame, runs []MarkRun) templ.Component {
	var parts []string
	for _, r := range runs {
		if r.State == "" {
			parts = append(parts, shown(r.Text, false))
			continue
		}
		parts = append(parts, `<mark class="mark-`+templ.EscapeString(r.State)+`" data-marks="`+templ.EscapeString(r.IDs)+`">`, shown(r.Text, false), "</mark>")
		for _, id := range r.Ends {
			n := strconv.Itoa(p.number(id))
			parts = append(parts, `<sup><a href="#mark-`+strconv.Itoa(id)+`" aria-label="`+templ.EscapeString(f.T("import.mark_number", "n", n))+`">`, n, "</a></sup>")
		}
	}
	return verbatim(parts)
}

// number is the number of a mark in the order of the text.
func (p ImportPage) number(id int) int {
	n := 0
	for _, m := range p.Draft.Work.Marks {
		if m.State != models.MarkRejected {
			n++
		}
		if m.ID == id {
			return n
		}
	}
	return n
}

// markCounts says how far the step is.
func (p ImportPage) markCounts(f Frame) string {
	counts := map[string]int{}
	for _, m := range p.Draft.Work.Marks {
		counts[m.State]++
	}
	return f.T("import.mark_counts", "accepted", counts[models.MarkAccepted], "rejected", counts[models.MarkRejected], "left", counts[models.MarkSuggested])
}

// wordsOf is the wording of a mark in a language.
func (p ImportPage) wordsOf(m models.DraftMark, l models.Lang) string {
	return m.Words[l].Of(p.Draft.Text(l))
}

// said is the wording of a mark in the language of the page, or in the first that it has.
func (p ImportPage) said(f Frame, m models.DraftMark) (models.Lang, string) {
	for _, l := range append([]models.Lang{f.Lang}, p.Draft.Langs()...) {
		if words := p.wordsOf(m, l); words != "" {
			return l, words
		}
	}
	return f.Lang, ""
}

// markFacts are what the rules read out of a passage, in words.
func markFacts(f Frame, m models.DraftMark) string {
	all := []string{f.T("import.type_" + m.Type), f.T("strength." + m.Strength)}
	if !m.Trackable {
		all = append(all, f.T("flag.not_trackable"))
	} else {
		all = append(all, f.T("import.trackable"))
	}
	return strings.Join(all, " · ")
}

// readOut are the parts of a passage that the rules found, each with its name.
func readOut(f Frame, m models.DraftMark) [][2]string {
	var all [][2]string
	for _, part := range [][2]string{{"verb", m.Verb}, {"actor", m.Actor}, {"addressee", m.Addressee}, {"due", m.Due}, {"measure", m.Measure}} {
		if part[1] != "" {
			all = append(all, [2]string{f.T("import.part_" + part[0]), part[1]})
		}
	}
	return all
}

// whyMarked are the rules that applied, in words, each with its place on the page of the method.
func (p ImportPage) whyMarked(f Frame, m models.DraftMark) []LeadPart {
	var all []LeadPart
	for _, name := range m.Why {
		rule, known := p.Rules[name]
		if !known {
			all = append(all, LeadPart{Text: name})
			continue
		}
		all = append(all, LeadPart{Text: f.Plain(rule.Explain), URL: f.About("/method") + "#" + rule.Anchor})
	}
	return all
}

// markForm is the form of a mark: of one that stands, or of a new one.
type markForm struct {
	ImportPage
	ID  int
	Row int // -1 where the row is to be chosen
}

// value is what a field of a mark holds: what was typed, or what stands.
func (p markForm) value(name string) string {
	if p.Form.Values.Has("do") && (p.Form.Value("id") == strconv.Itoa(p.ID)) {
		return p.Form.Value(name)
	}
	m := p.mark()
	switch name {
	case "kind":
		return m.Kind
	case "type":
		return m.Type
	case "strength":
		return m.Strength
	case "verb":
		return m.Verb
	case "trackable":
		return map[bool]string{true: "on"}[m.Trackable]
	case "not_trackable_reason.en":
		return m.Reason.EN
	case "not_trackable_reason.ja":
		return m.Reason.JA
	}
	for i, l := range p.Draft.Langs() {
		if name == rowField("words", i, "exact") {
			return p.wordsOf(m, l)
		}
		if name == rowField("words", i, "place") {
			return p.place(m, l)
		}
	}
	return ""
}

// mark is the mark of the form; a new one promises an act.
func (p markForm) mark() models.DraftMark {
	for _, m := range p.Draft.Work.Marks {
		if m.ID == p.ID {
			return m
		}
	}
	return models.DraftMark{Suggestion: models.Suggestion{Type: "action", Strength: "will", Trackable: true}, Kind: "commitment"}
}

// saveKey is what the button of the form does: saving a suggestion accepts it.
func (p markForm) saveKey(f Frame) string {
	if p.mark().State == models.MarkAccepted {
		return f.T("import.do_adjust")
	}
	return f.T("import.do_adjust_accept")
}

// place is which of their places in the paragraph the words of a mark have, where they stand there several times.
func (p markForm) place(m models.DraftMark, l models.Lang) string {
	row := p.Draft.RowOfMark(m)
	words := p.wordsOf(m, l)
	if row < 0 || words == "" {
		return ""
	}
	paragraph, from := p.Draft.Words(row, l), p.Draft.Work.Rows[row].Cells[l].From
	if strings.Count(paragraph, words) < 2 {
		return ""
	}
	return strconv.Itoa(strings.Count(paragraph[:m.Words[l].From-from], words) + 1)
}

// filled is the form with its values.
func (p markForm) filled() Form {
	form := p.Form
	form.Values = map[string][]string{}
	names := []string{"kind", "type", "strength", "verb", "trackable", "not_trackable_reason.en", "not_trackable_reason.ja"}
	for i := range p.Draft.Langs() {
		names = append(names, rowField("words", i, "exact"), rowField("words", i, "place"))
	}
	for _, name := range names {
		form.Values.Set(name, p.value(name))
	}
	return form
}

func (p markForm) options(f Frame, name, family string, codes []string) []Option {
	var all []Option
	for _, c := range codes {
		all = append(all, Option{Value: c, Label: f.T(family + c), Selected: p.value(name) == c})
	}
	return all
}

// rowOptions are the paragraphs in which words can be marked.
func (p markForm) rowOptions(f Frame) []Option {
	var all []Option
	chosen := strconv.Itoa(p.Row)
	if p.Form.Values.Has("row") {
		chosen = p.Form.Value("row")
	}
	for n, ref := range p.Refs {
		if ref != "" {
			_, words := p.rowWords(f, n)
			all = append(all, Option{Value: strconv.Itoa(n), Label: "¶" + paragraphNumber(ref) + " " + firstRunes(words, 40), Selected: chosen == strconv.Itoa(n)})
		}
	}
	return all
}

// rowWords is the wording of a row in the language of the page, or in the first that it has.
func (p ImportPage) rowWords(f Frame, n int) (models.Lang, string) {
	for _, l := range append([]models.Lang{f.Lang}, p.Draft.Langs()...) {
		if words := p.Draft.Words(n, l); words != "" {
			return l, words
		}
	}
	return f.Lang, ""
}

// wordsHint stands under the words of a new mark.
func (p markForm) wordsHint(f Frame) string {
	if p.ID != 0 {
		return ""
	}
	return f.T("import.words_hint")
}

func yesNo(f Frame, on bool) []Option {
	return []Option{{Label: f.T("edit.no"), Selected: !on}, {Value: "on", Label: f.T("edit.yes"), Selected: on}}
}

// here is this page of the step with one more thing open.
func (p ImportPage) here(f Frame, name string, value int) string {
	pairs := []string{name, strconv.Itoa(value)}
	if p.Page > 1 {
		pairs = append(pairs, "page", strconv.Itoa(p.Page))
	}
	return f.To(p.path(p.Step), pairs...)
}

// placesOpen reports whether it matters which of their places the words have.
func (p markForm) placesOpen(form Form) bool {
	for i := range p.Draft.Langs() {
		if form.Value(rowField("words", i, "place")) != "" || form.Errors[rowField("words", i, "exact")] != "" {
			return true
		}
	}
	return false
}
