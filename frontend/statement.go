package frontend

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Statement is the parallel reader of one statement.
type Statement struct {
	Frame
	models.StatementRecord
	Columns    []models.Lang // the languages shown, the page's own first
	Paragraphs []ReaderParagraph
	Whole      []models.Contradiction // noted on no paragraph
	Numbers    []LeadPart             // a link to each commitment
	Wordings   []Choice
	Only       Choice
	Count      string
	Lines      string     // what it makes of the statement before; empty when it was compared with none
	Lost       []LeadPart // a link to each commitment whose words are gone
}

// ReaderParagraph is one paragraph in the languages shown, with the commitments marked in it.
type ReaderParagraph struct {
	Ref, Number string
	Texts       []ReaderText
	Commitments []ReaderCommitment
	Notes       []models.Contradiction
}

// ReaderText is one wording, cut where marks begin and end.
type ReaderText struct {
	Lang models.Lang
	Runs []Run // none when the paragraph has no text in this language
	Hash string
}

// Stored returns the wordings that are in the record: each has its hash.
func (p ReaderParagraph) Stored() []ReaderText {
	return slices.DeleteFunc(slices.Clone(p.Texts), func(t ReaderText) bool { return t.Hash == "" })
}

// Run is a stretch of text under the same marks.
type Run struct {
	Text  string
	Codes string     // of the commitments it belongs to, separated by spaces; empty outside every mark
	Ends  []LeadPart // numbers of the commitments whose mark ends here
}

// ReaderCommitment is a commitment beside its paragraph.
type ReaderCommitment struct {
	models.Commitment
	Number      string
	Initiatives []models.Initiative
}

// NewStatement prepares the reader. only leaves out the paragraphs without a commitment.
func NewStatement(f Frame, r models.StatementRecord, only bool) templ.Component {
	p := Statement{Frame: f, StatementRecord: r, Columns: langsOf(f, r.Languages), Lines: lineCount(f, r.Commitments, len(r.NotMentioned))}
	text := f.Query.Get("text")
	if asked := models.Lang(text); slices.Contains(r.Languages, asked) || slices.Contains(models.Langs[:], asked) {
		p.Columns = []models.Lang{asked}
	} else if len(p.Columns) < 2 { // the other language of the page is looked for as well
		p.Columns = f.TextLangs()
	}
	numbers := map[string]string{}
	for i, c := range r.Commitments {
		numbers[c.Code] = strconv.Itoa(i + 1)
		p.Numbers = append(p.Numbers, LeadPart{Text: numbers[c.Code], URL: "#" + c.Code})
	}
	firm := 0
	for _, c := range r.Commitments {
		if c.Trackable {
			firm++
		}
		if lost(c) {
			p.Lost = append(p.Lost, LeadPart{Text: c.Code, URL: "#" + c.Code})
		}
	}
	p.Count = f.T("statement.count", "n", len(r.Commitments), "trackable", firm)
	for _, paragraph := range r.Statement.Paragraphs {
		rp := p.paragraph(paragraph, numbers)
		if !only || len(rp.Commitments) > 0 {
			p.Paragraphs = append(p.Paragraphs, rp)
		}
	}
	for _, c := range r.Contradictions {
		if slices.Contains(c.On, "statement:"+r.Slug) {
			p.Whole = append(p.Whole, c)
		}
	}
	shown := langsOf(f, append([]models.Lang{models.English, models.Japanese}, r.Languages...))
	for _, l := range append([]models.Lang{""}, slices.Compact(shown)...) {
		name := f.T("statement.both")
		switch {
		case l != "":
			name = languageName(l)
		case len(r.Languages) > 2:
			name = f.T("statement.every_language")
		}
		p.Wordings = append(p.Wordings, Choice{name, f.Here("text", string(l)), text == string(l) || l == "" && text == "both"})
	}
	p.Only = Choice{f.T("statement.only"), f.Here("only", "commitments"), only}
	if only {
		p.Only = Choice{f.T("statement.all"), f.Here("only", ""), only}
	}
	return statement(p)
}

// lost reports whether words of a commitment are no longer in the text.
func lost(c models.Commitment) bool {
	for _, w := range c.Words {
		if w.NeedsReanchoring {
			return true
		}
	}
	return false
}

// analyst reports whether the page offers what keeps the record.
func (p Statement) analyst() bool { return p.May(models.PermitEdit) && p.present() }

func (p *Statement) paragraph(from models.Paragraph, numbers map[string]string) ReaderParagraph {
	rp := ReaderParagraph{Ref: from.Ref, Number: paragraphNumber(from.Ref)}
	for _, c := range p.Commitments {
		if c.Paragraph != from.Ref {
			continue
		}
		rc := ReaderCommitment{Commitment: c, Number: numbers[c.Code]}
		for _, i := range p.Initiatives {
			if slices.Contains(c.Initiatives, i.Ref) {
				rc.Initiatives = append(rc.Initiatives, i)
			}
		}
		rp.Commitments = append(rp.Commitments, rc)
	}
	for _, l := range p.Columns {
		rp.Texts = append(rp.Texts, ReaderText{l, runs(from.Texts[l], l, rp.Commitments), from.Hashes[l]})
	}
	for _, c := range p.Contradictions {
		if slices.Contains(c.On, "statement:"+p.Slug+"#"+from.Ref) {
			rp.Notes = append(rp.Notes, c)
		}
	}
	return rp
}

// runs cuts a paragraph where the marks of its commitments begin and end; marks may overlap.
func runs(body string, l models.Lang, all []ReaderCommitment) []Run {
	if body == "" {
		return nil
	}
	type span struct{ from, to int }
	spans := make([]span, len(all))
	cuts := []int{0, len(body)}
	for i, c := range all {
		if w, ok := c.Words[l]; ok && w.Exact != "" {
			spans[i] = span{len(w.Prefix), len(w.Prefix) + len(w.Exact)}
			cuts = append(cuts, spans[i].from, spans[i].to)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Run
	for n := 0; n+1 < len(cuts); n++ {
		r := Run{Text: body[cuts[n]:cuts[n+1]]}
		var codes []string
		for i, s := range spans {
			if s.from <= cuts[n] && cuts[n+1] <= s.to {
				codes = append(codes, all[i].Code)
				if s.to == cuts[n+1] {
					r.Ends = append(r.Ends, LeadPart{Text: all[i].Number, URL: "#" + all[i].Code})
				}
			}
		}
		r.Codes = strings.Join(codes, " ")
		out = append(out, r)
	}
	return out
}
