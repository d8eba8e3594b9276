package frontend

import (
	"math"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Compare is the page of two wordings side by side.
type Compare struct {
	Frame
	Title     string
	Ready     bool   // there are two wordings
	Missing   string // why there are not
	Sides     [2]CompareSide
	Swap      string
	Wordings  []Choice
	Layouts   []Choice
	Only      Choice
	Unified   bool
	Summary   []string
	Rows      []CompareRow
	Languages int    // shown
	Notice    string // instead of rows, or beside those that are left out
}

// CompareSide is one of the two wordings and what can be chosen instead.
type CompareSide struct {
	Name    string // of its parameter
	Letter  string
	Label   string
	Title   Wording
	Place   string
	URL     string
	Options []Option
}

// CompareRow is one paragraph of each side.
type CompareRow struct {
	ID          string
	A, B        LeadPart // the paragraphs in their readers; without a text where there is none
	NameA       string   // said instead of the sign
	NameB       string
	Relation    string
	Code        string
	Texts       []CompareText
	Initiatives []CompareTie
	Strengths   []CompareStrength
}

// CompareTie is an initiative that the paragraphs of a row are tied to.
type CompareTie struct {
	Title Wording
	URL   string
}

// CompareText is the words of a row in one language.
type CompareText struct {
	Lang   models.Lang
	Pieces []models.DiffPiece
}

// CompareStrength is a change of the strength of wording.
type CompareStrength struct {
	Text, URL string
	Verbs     string
}

// CompareTitle names the two texts of a comparison.
func CompareTitle(f Frame, c models.Comparison) string {
	if c.A.Slug == "" {
		return f.T("compare.title")
	}
	p := Compare{Frame: f}
	return f.T("compare.title_of", "a", p.named(c, c.A), "b", p.named(c, c.B))
}

// NewCompare prepares the page. only leaves out what is the same, unified puts both texts into one column.
func NewCompare(f Frame, c models.Comparison, only, unified bool) templ.Component {
	p := Compare{Frame: f, Title: CompareTitle(f, c), Ready: c.A.Slug != "", Unified: unified}
	p.Sides = [2]CompareSide{p.side(c, c.A), p.side(c, c.B)}
	p.Sides[0].Name, p.Sides[0].Letter, p.Sides[0].Label = "a", "A", f.T("compare.a")
	p.Sides[1].Name, p.Sides[1].Letter, p.Sides[1].Label = "b", "B", f.T("compare.b")
	if !p.Ready {
		p.Missing = f.T("compare.one_yet")
		if len(c.Choices) == 0 {
			p.Missing = f.T("compare.none_yet")
		}
		return compare(p)
	}
	p.Swap = f.Here("a", value(c.B), "b", value(c.A))
	p.Layouts = []Choice{{f.T("compare.side"), f.Here("view", ""), !unified}, {f.T("compare.unified"), f.Here("view", "unified"), unified}}
	p.Only = Choice{f.T("compare.only"), f.Here("only", "changes"), only}
	if only {
		p.Only = Choice{f.T("compare.all"), f.Here("only", ""), only}
	}
	langs := p.languages(c.Languages)
	p.Languages = len(langs)
	p.Summary = p.summary(c.Summary)
	left := 0
	for _, r := range c.Rows {
		if only && r.Relation == models.ParagraphSame {
			left++
			continue
		}
		p.Rows = append(p.Rows, p.row(c, r, langs))
	}
	switch {
	case len(c.Languages) == 0:
		p.Notice = f.T("compare.no_language")
	case c.Summary.Same == len(c.Rows):
		p.Notice = f.T("compare.no_change")
	case left > 0:
		p.Notice = f.T("compare.left_out", "n", left)
	}
	return compare(p)
}

// value is how a wording is asked for: without a number where it is the latest.
func value(s models.ComparedStatement) string {
	e := models.Edition{Statement: s.Slug, Number: s.Edition}
	if s.Edition == s.Editions {
		e.Number = 0
	}
	return e.String()
}

// side prepares one side with all that can be chosen for it, the latest first.
func (p *Compare) side(c models.Comparison, s models.ComparedStatement) CompareSide {
	out := CompareSide{Title: p.Say(s.Title), Place: p.named(c, s), URL: p.To("/statements/" + s.Slug)}
	for _, of := range slices.Backward(c.Choices) {
		for n := of.Editions; n > 0; n-- {
			of.Edition = n
			out.Options = append(out.Options, Option{Value: value(of), Label: p.named(c, of), Selected: of.Slug == s.Slug && n == s.Edition})
		}
	}
	return out
}

// named tells a wording from the others: by its meeting, with the slug where a meeting issued several, and with the
// edition where there are several.
func (p *Compare) named(c models.Comparison, s models.ComparedStatement) string {
	name := p.PlaceOf(s.Meeting)
	if slices.ContainsFunc(c.Choices, func(o models.ComparedStatement) bool { return o.Meeting == s.Meeting && o.Slug != s.Slug }) {
		name += " · " + s.Slug
	}
	if s.Editions > 1 {
		name = p.T("compare.edition", "statement", name, "n", s.Edition, "of", s.Editions)
	}
	return name
}

// languages chooses which of the languages of both are shown: the one asked for, or that of the page, or all of them.
func (p *Compare) languages(common []models.Lang) []models.Lang {
	asked, shown := models.Lang(p.Query.Get("text")), common
	switch {
	case asked == "both":
	case slices.Contains(common, asked):
		shown = []models.Lang{asked}
	case slices.Contains(common, p.Lang):
		shown = []models.Lang{p.Lang}
	}
	if len(common) > 1 {
		for _, l := range models.Langs {
			if slices.Contains(common, l) {
				p.Wordings = append(p.Wordings, Choice{languageNames[l], p.Here("text", string(l)), len(shown) == 1 && shown[0] == l})
			}
		}
		p.Wordings = append(p.Wordings, Choice{p.T("compare.all_languages"), p.Here("text", "both"), len(shown) == len(common)})
	}
	return shown
}

func (p *Compare) summary(s models.ComparisonSummary) []string {
	return []string{
		p.T("compare.words", "percent", int(math.Round(100*s.Shared))),
		p.T("compare.paragraphs", "same", s.Same, "changed", s.Changed, "moved", s.Moved, "added", s.Added, "removed", s.Removed),
		p.T("compare.commitments", "kept", s.Kept, "new", s.Fresh, "left", s.Left),
	}
}

func (p *Compare) row(c models.Comparison, r models.ComparedRow, langs []models.Lang) CompareRow {
	out := CompareRow{Code: r.Relation, Relation: p.T("relation." + r.Relation), ID: "b-" + r.B}
	if r.A != "" {
		out.A = LeadPart{Text: "¶" + paragraphNumber(r.A), URL: p.To("/statements/"+c.A.Slug) + "#" + r.A}
		out.NameA = p.T("compare.paragraph_a", "n", paragraphNumber(r.A))
	}
	if r.B != "" {
		out.B = LeadPart{Text: "¶" + paragraphNumber(r.B), URL: p.To("/statements/"+c.B.Slug) + "#" + r.B}
		out.NameB = p.T("compare.paragraph_b", "n", paragraphNumber(r.B))
	} else {
		out.ID = "a-" + r.A
	}
	for _, l := range langs {
		if len(r.Texts[l]) > 0 {
			out.Texts = append(out.Texts, CompareText{l, r.Texts[l]})
		}
	}
	if len(out.Texts) == 0 { // the paragraph has its words in another language
		out.Texts = []CompareText{{Lang: p.Lang}}
	}
	for _, i := range r.Initiatives {
		out.Initiatives = append(out.Initiatives, CompareTie{p.Say(i.Title), p.To("/initiatives/" + i.Ref)})
	}
	for _, s := range r.Strengths {
		turn := CompareStrength{Text: p.T("compare.strength", "was", p.T("strength."+s.Was), "is", p.T("strength."+s.Is), "turn", p.T("turn."+s.Turn)), URL: p.MethodAt("strength-" + s.Is)}
		if s.Verbs[0] != "" && s.Verbs[1] != "" {
			turn.Verbs = "“" + s.Verbs[0] + "” → “" + s.Verbs[1] + "”"
		}
		out.Strengths = append(out.Strengths, turn)
	}
	return out
}

// cells is how many cells the words of a row span.
func (r CompareRow) cells() string { return strconv.Itoa(len(r.Texts)) }
