package wording

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Compare puts the paragraphs of two statements, or of two editions of one, side by side with the difference of their
// words. Every paragraph of both stands in exactly one row.
func Compare(ctx context.Context, of models.Compared) (models.Comparison, error) {
	fine, cancel := context.WithTimeout(ctx, fineTime)
	defer cancel()
	c := models.Comparison{A: of.A.ComparedStatement, B: of.B.ComparedStatement, Languages: []models.Lang{}, Rows: []models.ComparedRow{}, Choices: of.Choices}
	for _, l := range of.A.Languages {
		if slices.Contains(of.B.Languages, l) {
			c.Languages = append(c.Languages, l)
		}
	}
	p := pairing{fine: fine, of: of, langs: c.Languages}
	if err := p.pair(ctx); err != nil {
		return c, err
	}
	words, same := 0, 0
	for _, at := range p.rows() {
		row := models.ComparedRow{Texts: map[models.Lang][]models.DiffPiece{}, Strengths: []models.StrengthChange{}, Initiatives: p.initiatives(at)}
		var a, b models.Paragraph
		if at.a >= 0 {
			a = of.A.Paragraphs[at.a]
		}
		if at.b >= 0 {
			b = of.B.Paragraphs[at.b]
		}
		row.A, row.B = a.Ref, b.Ref
		for _, l := range c.Languages {
			if a.Texts[l] == "" && b.Texts[l] == "" {
				continue
			}
			d, err := diff(ctx, fine, l, a.Texts[l], b.Texts[l])
			if err != nil {
				return c, err
			}
			row.Texts[l] = d.pieces
			words, same = words+d.words, same+d.same
		}
		row.Relation = relation(at, row)
		c.Rows = append(c.Rows, row)
	}
	turned(of, c.Rows)
	c.Summary = summary(of, c.Rows)
	if words > 0 {
		c.Summary.Shared = float64(same) / float64(words)
	}
	return c, nil
}

// relation says how the paragraphs of a row stand to each other.
func relation(at pair, row models.ComparedRow) string {
	switch {
	case at.a < 0:
		return models.ParagraphAdded
	case at.b < 0:
		return models.ParagraphRemoved
	case at.moved:
		return models.ParagraphMoved
	}
	for _, pieces := range row.Texts {
		if slices.ContainsFunc(pieces, func(p models.DiffPiece) bool { return p.Op != models.OpSame }) {
			return models.ParagraphChanged
		}
	}
	if len(row.Texts) == 0 { // in no language that both have
		return models.ParagraphChanged
	}
	return models.ParagraphSame
}

// initiatives lists what the commitments of the paragraphs of a row are tied to.
func (p *pairing) initiatives(at pair) []models.Reference {
	refs := []string{}
	for _, side := range []struct {
		text models.ComparedText
		at   int
	}{{p.of.A, at.a}, {p.of.B, at.b}} {
		for _, c := range side.text.Commitments {
			if side.at >= 0 && c.Paragraph == side.text.Paragraphs[side.at].Ref {
				refs = append(refs, c.Initiatives...)
			}
		}
	}
	slices.Sort(refs)
	all := []models.Reference{}
	for _, ref := range slices.Compact(refs) {
		all = append(all, models.Reference{Ref: ref, Title: p.of.Initiatives[ref]})
	}
	return all
}

// summary counts the paragraphs by relation and the commitments by what ties them.
func summary(of models.Compared, rows []models.ComparedRow) models.ComparisonSummary {
	s := models.ComparisonSummary{}
	count := map[string]*int{models.ParagraphSame: &s.Same, models.ParagraphChanged: &s.Changed, models.ParagraphMoved: &s.Moved,
		models.ParagraphAdded: &s.Added, models.ParagraphRemoved: &s.Removed}
	for _, r := range rows {
		*count[r.Relation]++
	}
	s.Kept, s.Left = follow(of)
	s.Fresh = len(of.B.Commitments) - s.Kept
	return s
}

// follow counts the commitments of B that follow one of A, and those of A that none follows: two are one commitment,
// or lineage or an initiative ties them.
func follow(of models.Compared) (kept, left int) {
	ties, a, b := map[string]bool{}, names(of.A.Commitments), names(of.B.Commitments)
	for code, earlier := range traced(of) {
		for _, e := range earlier {
			ties[code], ties[e] = true, true
		}
	}
	is := func(c models.Commitment, others map[string]bool) bool {
		return ties[c.Code] || others[c.Code] || slices.ContainsFunc(c.Initiatives, func(ref string) bool { return others["initiative "+ref] })
	}
	for _, c := range of.B.Commitments {
		if is(c, a) {
			kept++
		}
	}
	for _, c := range of.A.Commitments {
		if !is(c, b) {
			left++
		}
	}
	return kept, left
}

// names is what commitments can be found again by: their codes and the initiatives they are tied to.
func names(of []models.Commitment) map[string]bool {
	all := codes(of)
	for _, c := range of {
		for _, ref := range c.Initiatives {
			all["initiative "+ref] = true
		}
	}
	return all
}
