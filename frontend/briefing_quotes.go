package frontend

import (
	"slices"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// wording is the marked words of the commitments behind the initiatives.
func (s Sheet) wording(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.wording")}
	for _, c := range b.Commitments {
		q := SheetQuote{Code: c.Code, Note: s.T("briefing.quoted", "n", paragraphNumber(c.Paragraph), "day", c.MadeOn, "strength", func(p *locale.Printer) string { return p.T("strength." + c.Strength) })}
		for _, p := range s.Langs {
			if w := c.Words[p.Lang]; w.Exact != "" {
				q.Words = append(q.Words, Wording{Text: w.Exact, Lang: string(p.Lang)})
			}
		}
		if len(q.Words) == 0 { // in no language of the briefing
			for _, l := range langsOf(Frame{Printer: s.Langs[0]}, langsIn(c.Words)) {
				q.Words = append(q.Words, Wording{Text: c.Words[l].Exact, Lang: string(l), Only: s.only(l)})
				break
			}
		}
		out.Quotes = append(out.Quotes, q)
	}
	if len(out.Quotes) == 0 {
		out.Notes = []Said{s.T("empty.no_commitment")}
	}
	return out
}

// only says that words are in this language alone; languages that the pages do not speak are named.
func (s Sheet) only(l models.Lang) string {
	if slices.Contains(models.Langs[:], l) {
		return s.Langs[0].T("only." + string(l))
	}
	return languageName(l)
}

func langsIn(words map[models.Lang]models.Marked) []models.Lang {
	var all []models.Lang
	for l, w := range words {
		if w.Exact != "" {
			all = append(all, l)
		}
	}
	return all
}

// statement is the text of the latest statement, paragraph by paragraph.
func (s Sheet) statement(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.statement")}
	if b.Statement == nil {
		out.Notes = []Said{s.T("briefing.no_statement")}
		return out
	}
	out.Intro = []Said{s.text(b.Statement.Title)}
	for _, par := range b.Statement.Paragraphs {
		q := SheetQuote{Code: par.Ref}
		for _, p := range s.Langs {
			if text := par.Texts[p.Lang]; text != "" {
				q.Words = append(q.Words, Wording{Text: text, Lang: string(p.Lang)})
			}
		}
		if len(q.Words) == 0 {
			var langs []models.Lang
			for l := range par.Texts {
				langs = append(langs, l)
			}
			for _, l := range langsOf(Frame{Printer: s.Langs[0]}, langs) {
				q.Words = append(q.Words, Wording{Text: par.Texts[l], Lang: string(l), Only: s.only(l)})
				break
			}
		}
		out.Quotes = append(out.Quotes, q)
	}
	return out
}

// evidence is the numbered list of what the judgements rest on.
func (s Sheet) evidence(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.evidence")}
	for _, e := range b.Evidence {
		title := Wording{Text: e.Title, Lang: evidenceLang(models.Citation{Evidence: e.Evidence})}
		out.Sources = append(out.Sources, SheetSource{Number: e.Number, Title: title, URL: e.URL, Meta: s.each(func(p *locale.Printer) string {
			day := p.T("date.undated")
			if !e.PublishedOn.IsZero() {
				day = p.Date(e.PublishedOn)
			}
			text := p.T("briefing.source", "publisher", e.Publisher, "day", day, "kind", p.T("evidence."+e.Kind))
			if e.RetractedAt != "" {
				text += " " + p.T("briefing.struck_out")
			}
			return text
		})})
	}
	out.Intro = []Said{s.T("briefing.evidence_order")}
	if len(out.Sources) == 0 {
		out.Intro = nil
		out.Notes = []Said{s.T("briefing.no_evidence")}
	}
	return out
}
