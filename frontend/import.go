package frontend

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// ImportsPage lists one's drafts of statements, with the form of a new one.
type ImportsPage struct {
	Drafts  []models.Draft
	Choices models.Choices
	Form    Form
}

// ImportPage is a draft of a statement at one step.
type ImportPage struct {
	Draft models.Draft
	Step  string
	Refs  []string // of the rows
	Gaps  []ImportGap
	Form  Form
	Laid  EditForm // what was typed of the facts, beside what was made of them meanwhile

	Page int  // of the rows, from 1
	Mark int  // whose form is open; 0 for none
	Row  int  // in which words are marked, from 1; 0 for none
	Todo bool // only what nobody has decided on

	Rules       map[string]models.SuggestionRule // that suggest passages, by name
	Proposal    models.Proposal
	Initiatives []models.InitiativeWords
	Choices     models.Choices
}

// ImportGap is something that a draft lacks, in words.
type ImportGap struct {
	models.Gap
	Message string
}

// RowsOnPage is how many paragraphs of a draft stand on one page.
const RowsOnPage = 100

// path is the language-neutral address of a step of the draft.
func (p ImportPage) path(step string) string { return "/import/" + p.Draft.Ref + "/" + step }

// action is where a form of the page is sent.
func (p ImportPage) action(f Frame, step string) string {
	return "/" + string(f.Lang) + p.path(step)
}

// RowAddress is the place of a row on a step of a draft.
func RowAddress(ref, step string, row int) string {
	address := "/import/" + ref + "/" + step
	if page := row/RowsOnPage + 1; page > 1 {
		address += "?page=" + strconv.Itoa(page)
	}
	return address + "#row-" + strconv.Itoa(row)
}

// MarkAddress is the place of a mark on the step where marks are decided.
func MarkAddress(d models.Draft, mark int) string {
	for _, m := range d.Work.Marks {
		if m.ID == mark {
			address, _, _ := strings.Cut(RowAddress(d.Ref, models.StepMark, max(d.RowOfMark(m), 0)), "#")
			return address + "#mark-" + strconv.Itoa(mark)
		}
	}
	return "/import/" + d.Ref + "/" + models.StepMark
}

// NextToMatch is the first accepted mark after another one of which nobody said what becomes of it; 0 when all are done.
func NextToMatch(d models.Draft, after int) int {
	all := d.Accepted()
	at := slices.IndexFunc(all, func(m models.DraftMark) bool { return m.ID == after })
	for i := range all {
		if m := all[(at+1+i)%len(all)]; !matched(d, m) {
			return m.ID
		}
	}
	return 0
}

// matched reports whether everything is said of an accepted mark.
func matched(d models.Draft, m models.DraftMark) bool {
	return m.Track != "" && d.Compared(m)
}

// Chosen is the mark whose form stands on the page: the one asked for, the first without a decision, or the first.
func (p ImportPage) Chosen() int {
	all := p.Draft.Accepted()
	if slices.ContainsFunc(all, func(m models.DraftMark) bool { return m.ID == p.Mark }) {
		return p.Mark
	}
	if next := NextToMatch(p.Draft, 0); next != 0 {
		return next
	}
	if len(all) > 0 {
		return all[0].ID
	}
	return 0
}

// importTitle is the title of a draft: that of the statement, its file, or its number.
func importTitle(f Frame, d models.Draft) string {
	if !d.Facts.Title.IsZero() {
		return f.Plain(d.Facts.Title)
	}
	for _, s := range d.Sources {
		if s.Name != "" {
			return s.Name
		}
	}
	return f.T("import.draft", "ref", d.Ref)
}

func (p ImportPage) title(f Frame) string {
	return f.T("import.step_title", "step", f.T("import.step_"+p.Step), "title", importTitle(f, p.Draft))
}

// first and last row on the page, the last one not included.
func (p ImportPage) rowsShown() (from, to int) {
	page := max(min(p.Page, p.pages()), 1)
	return (page - 1) * RowsOnPage, min(page*RowsOnPage, len(p.Draft.Work.Rows))
}

func (p ImportPage) pages() int {
	return max((len(p.Draft.Work.Rows)+RowsOnPage-1)/RowsOnPage, 1)
}

// pageLinks lead to the other pages of the rows; none when there is one page.
func (p ImportPage) pageLinks(f Frame) []Choice {
	if p.pages() == 1 {
		return nil
	}
	from, _ := p.rowsShown()
	var all []Choice
	for n := 1; n <= p.pages(); n++ {
		first := (n - 1) * RowsOnPage
		last := min(first+RowsOnPage, len(p.Draft.Work.Rows))
		all = append(all, Choice{fmt.Sprintf("%d–%d", first+1, last), f.To(p.path(p.Step), "page", strconv.Itoa(n)), first == from})
	}
	return all
}

// stepNote says beside a step how far it is.
func (p ImportPage) stepNote(f Frame, step string) string {
	gaps := 0
	for _, g := range p.Gaps {
		if g.Step == step {
			gaps++
		}
	}
	if step != models.StepCheck && gaps > 0 {
		return f.T("import.open_points", "n", gaps)
	}
	if step == models.StepMark && p.Draft.Undecided() > 0 {
		return f.T("import.left", "n", p.Draft.Undecided())
	}
	return ""
}

// nextStep is the step after this one; empty after the last.
func (p ImportPage) nextStep() string {
	at := slices.Index(models.DraftSteps, p.Step)
	if at+1 < len(models.DraftSteps) {
		return models.DraftSteps[at+1]
	}
	return ""
}

// saves reports whether the page has a form that saves and goes on, beside which no other way on looks like the main one.
func (p ImportPage) saves() bool {
	switch p.Step {
	case models.StepSource:
		return true
	case models.StepMark:
		return p.Mark != 0
	case models.StepMatch:
		return len(p.Draft.Accepted()) > 0
	}
	return false
}

// wordsOrLetters counts a text as people of its language do: by words, or by characters where there are no spaces.
func wordsOrLetters(f Frame, l models.Lang, text string) string {
	if spaceless(l) {
		n := 0
		for _, c := range text {
			if !unicode.IsSpace(c) {
				n++
			}
		}
		return f.T("import.letters", "n", n)
	}
	return f.T("import.words", "n", len(strings.Fields(text)))
}

// spaceless reports whether a language is written without spaces between words.
func spaceless(l models.Lang) bool {
	return slices.Contains([]models.Lang{"ja", "zh", "th", "lo", "km", "my"}, l)
}

// LangName is the name of a language in itself, or its code.
func LangName(l models.Lang) string {
	if name, ok := languageNames[l]; ok {
		return name
	}
	for _, o := range moreLanguages {
		if o.lang == l {
			return o.name
		}
	}
	return string(l)
}

// langSaid is the name of a language in the language of the page, where that has one.
func langSaid(f Frame, l models.Lang) string {
	if slices.Contains(models.Langs[:], l) {
		return f.T("import.lang_" + string(l))
	}
	return LangName(l)
}

// moreLanguages are offered beside those of the interface; programs may send any other.
var moreLanguages = []struct {
	lang models.Lang
	name string
}{
	{"fr", "Français"}, {"de", "Deutsch"}, {"es", "Español"}, {"it", "Italiano"}, {"pt", "Português"}, {"id", "Bahasa Indonesia"}, {"vi", "Tiếng Việt"},
	{"ko", "한국어"}, {"zh", "中文"}, {"hi", "हिन्दी"}, {"th", "ไทย"}, {"ru", "Русский"}, {"uk", "Українська"}, {"ar", "العربية"},
}

// langOptions are the languages of a text; the first choice leaves it to be found out.
func langOptions(f Frame, chosen string, find bool) []Option {
	var all []Option
	if find {
		all = append(all, Option{Label: f.T("import.find_language"), Selected: chosen == ""})
	}
	known := false
	add := func(l models.Lang, name string) {
		known = known || chosen == string(l)
		all = append(all, Option{Value: string(l), Label: name, Selected: chosen == string(l)})
	}
	for _, l := range models.Langs {
		add(l, langSaid(f, l))
	}
	for _, o := range moreLanguages {
		add(o.lang, o.name)
	}
	if chosen != "" && !known {
		add(models.Lang(chosen), chosen)
	}
	return all
}

// exactly prints a text as it stands, so that what is selected on the page is what the text holds.
func exactly(text string) templ.Component { return verbatim([]string{shown(text, false)}) }

// ImportProgress is how far the reading of a statement is.
type ImportProgress struct {
	Ref, Stage  string
	Done, Total int
}

// words are those of all stages, for the script that follows them.
func (p ImportProgress) words(f Frame) string {
	var all []string
	for _, stage := range []string{"read", "align", "suggest", "ended"} {
		all = append(all, f.T("import.stage_"+stage))
	}
	return strings.Join(all, "|")
}

// lastStep names what was done last in a draft.
func lastStep(f Frame, d models.Draft) string {
	_, name, found := strings.Cut(d.LastStep, ".")
	if !found {
		name = d.LastStep
	}
	return f.T("import.do_" + name)
}
