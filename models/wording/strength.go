package wording

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// turned notes in the rows where a verb says more or less than that of the commitment it is tied to: by lineage or,
// where there is none, by an initiative that one commitment of each of the paired paragraphs is on. A tie by lineage
// whose paragraphs are not paired stands with the later text.
func turned(of models.Compared, rows []models.ComparedRow) {
	inA := map[string]models.Commitment{}
	for _, c := range of.A.Commitments {
		inA[c.Code] = c
	}
	earlier, known := traced(of), map[string]bool{}
	for _, c := range of.B.Commitments {
		for _, code := range earlier[c.Code] {
			known[c.Code], known[code] = true, true
			at := slices.IndexFunc(rows, func(r models.ComparedRow) bool { return r.B == c.Paragraph })
			if at >= 0 {
				note(&rows[at], inA[code], c)
			}
		}
	}
	for i := range rows {
		r := &rows[i]
		if r.A == "" || r.B == "" {
			continue
		}
		for _, ref := range r.Initiatives {
			on := func(all []models.Commitment, paragraph string) []models.Commitment {
				return slices.DeleteFunc(slices.Clone(all), func(c models.Commitment) bool {
					return c.Paragraph != paragraph || known[c.Code] || !slices.Contains(c.Initiatives, ref.Ref)
				})
			}
			if a, b := on(of.A.Commitments, r.A), on(of.B.Commitments, r.B); len(a) == 1 && len(b) == 1 {
				note(r, a[0], b[0])
			}
		}
	}
}

// note adds the change of strength from one commitment to another, once.
func note(r *models.ComparedRow, a, b models.Commitment) {
	if a.Strength == b.Strength || slices.ContainsFunc(r.Strengths, func(s models.StrengthChange) bool { return s.From == a.Code && s.To == b.Code }) {
		return
	}
	s := models.StrengthChange{From: a.Code, To: b.Code, Was: a.Strength, Is: b.Strength, Verbs: [2]string{a.Verb, b.Verb}, Turn: models.TurnOther}
	switch was, is := slices.Index(models.Strengths, a.Strength), slices.Index(models.Strengths, b.Strength); {
	case was < 0 || is < 0:
	case is < was:
		s.Turn = models.TurnStronger
	default:
		s.Turn = models.TurnWeaker
	}
	r.Strengths = append(r.Strengths, s)
}
