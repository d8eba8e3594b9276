package frontend

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/followthrough/followthrough/models"
)

// languageName is what a language is called in itself.
func languageName(l models.Lang) string {
	if name := languageNames[l]; name != "" {
		return name
	}
	if name := display.Self.Name(language.Make(string(l))); name != "" {
		return name
	}
	return string(l)
}

// langsOf puts the languages of a statement in order: the page's own first, then the other one of the pages, then the rest.
func langsOf(f Frame, all []models.Lang) []models.Lang {
	var own, rest []models.Lang
	for _, l := range []models.Lang{f.Lang, f.Lang.Other()} {
		if slices.Contains(all, l) {
			own = append(own, l)
		}
	}
	for _, l := range all {
		if !slices.Contains(own, l) {
			rest = append(rest, l)
		}
	}
	slices.Sort(rest)
	return append(own, rest...)
}

// markRow is the words of a commitment in one language, on its form.
type markRow struct {
	Lang         models.Lang
	Body         string
	at           int
	exact, place string
}

// markRows are the languages of the paragraph, each with the words that stand or were typed.
func (p EditForm) markRows(f Frame) []markRow {
	var langs []models.Lang
	for l := range p.Marked.Texts {
		langs = append(langs, l)
	}
	var rows []markRow
	for i, l := range langsOf(f, langs) {
		row := markRow{Lang: l, Body: p.Marked.Texts[l], at: i}
		for name, values := range p.Form.Values {
			if strings.HasPrefix(name, "marks.") && strings.HasSuffix(name, ".lang") && values[0] == string(l) {
				stem := strings.TrimSuffix(name, "lang")
				row.exact, row.place = p.Form.Value(stem+"exact"), p.Form.Value(stem+"place")
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// in is the form with the words of one language where its fields look for them.
func (r markRow) in(form Form) Form {
	form.Values = url.Values{rowField("marks", r.at, "exact"): {r.exact}, rowField("marks", r.at, "place"): {r.place}}
	return form
}

// lost reports whether the words of a mark that stands are no longer in the paragraph.
func (r markRow) lost() bool {
	return r.exact != "" && !strings.Contains(strings.ReplaceAll(r.Body, "\r\n", "\n"), strings.ReplaceAll(r.exact, "\r\n", "\n"))
}

// CorrectForm is the form on which one wording of a paragraph is corrected.
type CorrectForm struct {
	Statement models.StatementRecord
	Paragraph models.Paragraph
	Lang      models.Lang
	Form      Form

	Before    string // the wording that the form showed when it was opened
	Differing []Difference
	Others    []HiddenField
}

// Begin fills the form: with the wording that stands, or with what was typed. After a conflict it lays the two side by side.
func (p *CorrectForm) Begin(typed url.Values, conflict bool) {
	stands := p.Paragraph.Texts[p.Lang]
	if !typed.Has("form.edit") {
		p.Before = stands
		p.Form.Values = url.Values{"text": {stands}}
		p.Form.Version = versionText(p.Statement.Version)
		return
	}
	p.Before, p.Form.Version = typed.Get("form.before"), typed.Get("form.version")
	if !conflict {
		return
	}
	mine := typed.Get("text")
	if typed.Has("form.mine.text") { // sent again without a choice
		mine = typed.Get("form.mine.text")
	}
	mine = strings.ReplaceAll(mine, "\r\n", "\n")
	p.Form.Version = versionText(p.Statement.Version)
	d := Difference{Name: "text", Before: Side{p.Before, p.Before}, Theirs: Side{stands, stands}, Mine: Side{mine, mine}}
	if stands == strings.ReplaceAll(p.Before, "\r\n", "\n") { // they changed something else
		d.Chosen = "mine"
	}
	p.Differing = []Difference{d}
	for _, name := range []string{"lang", "reason.en", "reason.ja"} {
		p.Others = append(p.Others, HiddenField{name, typed.Get(name)})
	}
}

// named gives the difference the words of the page.
func (p CorrectForm) named(f Frame) []Difference {
	all := slices.Clone(p.Differing)
	for i := range all {
		all[i].Label = f.T("input.text")
		for _, s := range []*Side{&all[i].Before, &all[i].Theirs, &all[i].Mine} {
			if s.Text == "" {
				s.Text = f.T("update.nothing")
			}
		}
	}
	return all
}

// langs offers the languages of the statement.
func (p CorrectForm) langs(f Frame) []Choice {
	var all []Choice
	for _, l := range langsOf(f, p.Statement.Languages) {
		all = append(all, Choice{languageName(l), f.To(p.path()+"/correct", "lang", string(l)), l == p.Lang})
	}
	return all
}

func (p CorrectForm) path() string {
	return "/statements/" + p.Statement.Slug + "/paragraphs/" + p.Paragraph.Ref
}

// opening is what a paragraph begins with, in the first of its languages.
func opening(f Frame, p models.Paragraph) markRow {
	var langs []models.Lang
	for l := range p.Texts {
		langs = append(langs, l)
	}
	if len(langs) == 0 {
		return markRow{}
	}
	l := langsOf(f, langs)[0]
	body := []rune(p.Texts[l])
	if len(body) > openingRunes {
		return markRow{Lang: l, Body: string(body[:openingRunes]) + "…"}
	}
	return markRow{Lang: l, Body: string(body)}
}

const openingRunes = 60

// lineGlyphs stand before the word for how a commitment continues an earlier one, so that it is told at a glance.
var lineGlyphs = map[string]string{"new": "＋", "reaffirmed": "↻", "advanced": "▲", "reworded": "≈", "merged": "⊃", "not_mentioned": "–"}

// compareEditions is the address where an edition is laid beside the one before it.
func (p Statement) compareEditions(edition int) string {
	side := func(n int) string { return p.Slug + "@" + strconv.Itoa(n) }
	return address("/"+string(p.Lang)+"/compare", url.Values{"a": {side(edition - 1)}, "b": {side(edition)}})
}

// lineCount counts what a statement makes of the one before: new, continued and not linked. It says nothing of one that was
// compared with none.
func lineCount(f Frame, all []models.Commitment, unmentioned int) string {
	n := map[string]int{}
	for _, c := range all {
		switch {
		case c.OfficialLine == "new":
			n["new"]++
		case c.OfficialLine != "":
			n["continued"]++
		default:
			n["none"]++
		}
	}
	if n["none"] == len(all) && unmentioned == 0 {
		return ""
	}
	return f.T("line.count", "new", n["new"], "continued", n["continued"], "none", n["none"])
}

// saidOf is what a commitment says beside its verb, in the words of the text, each with its name.
func saidOf(f Frame, c models.Commitment) [][2]string {
	var all [][2]string
	for _, part := range [][2]string{{"actor", c.Actor}, {"addressee", c.Addressee}, {"due", c.Due}, {"measure", c.Measure}} {
		if part[1] != "" {
			all = append(all, [2]string{f.T("edit." + part[0]), part[1]})
		}
	}
	return all
}

func versionText(n int64) string { return strconv.FormatInt(n, 10) }
