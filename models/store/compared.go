package store

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// mostChoices is how many statements can be chosen from, the latest.
const mostChoices = 1000

// Compared returns the wordings of two statements, each at an edition, with what ties their commitments. What is not
// asked for is chosen (models.Sides); without two wordings both sides are empty.
func (s *Store) Compared(ctx context.Context, actor models.Actor, w models.When, a, b models.Edition) (*models.Record[models.Compared], error) {
	var out *models.Record[models.Compared]
	err := s.view(ctx, w, func(v *view) error {
		choices, err := v.choices()
		if err != nil {
			return err
		}
		found := models.Compared{Choices: choices}
		if err := models.Invalid(slices.Concat(unknown(choices, "a", a), unknown(choices, "b", b))...); err != nil {
			return err
		}
		if a, b, two := models.Sides(choices, a, b); two {
			if found.A, err = v.comparedText(choices, a); err != nil {
				return err
			}
			if found.B, err = v.comparedText(choices, b); err != nil {
				return err
			}
			if found.Lineage, err = v.ties(a.Statement, b.Statement); err != nil {
				return err
			}
			if found.Initiatives, err = v.titlesOf(found.A, found.B); err != nil {
				return err
			}
		}
		out = single(v, found)
		return nil
	})
	return out, err
}

// unknown returns the fault of a wording that is not in view.
func unknown(choices []models.ComparedStatement, field string, e models.Edition) []models.FieldError {
	at := slices.IndexFunc(choices, func(c models.ComparedStatement) bool { return c.Slug == e.Statement })
	switch {
	case e.Statement == "":
		return nil
	case at < 0:
		return []models.FieldError{models.Field(field, "error.unknown_value", "value", e.String())}
	case e.Number > choices[at].Editions:
		return []models.FieldError{models.Field(field, "error.unknown_edition", "value", e.String(), "n", choices[at].Editions)}
	}
	return nil
}

// choices reads the statements in view with the number of their editions, the latest last.
func (v *view) choices() ([]models.ComparedStatement, error) {
	all := []models.ComparedStatement{}
	err := each("read what can be compared", v.raw(`SELECT st.slug, m.ref, m.ends_on, st.title_en, st.title_ja, 1 + (SELECT COUNT(*) FROM editions e WHERE e.statement_id = st.id)
		FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ? ORDER BY m.ends_on DESC, st.slug DESC LIMIT ?`, v.at.Until(), mostChoices), func(scan scanner) error {
		var c models.ComparedStatement
		var ends string
		if err := scan(&c.Slug, &c.Meeting, &ends, &c.Title.EN, &c.Title.JA, &c.Editions); err != nil {
			return err
		}
		c.EndsOn, c.Edition = day(ends), c.Editions
		all = append(all, c)
		return nil
	})
	slices.Reverse(all)
	return all, err
}

// comparedText reads a statement that is among the choices at an edition: a wording that stands since that edition or
// one before it, else the former one that stood then.
func (v *view) comparedText(choices []models.ComparedStatement, e models.Edition) (models.ComparedText, error) {
	t := models.ComparedText{Languages: []models.Lang{}, Paragraphs: []models.Paragraph{}}
	t.ComparedStatement = choices[slices.IndexFunc(choices, func(c models.ComparedStatement) bool { return c.Slug == e.Statement })]
	if e.Number > 0 {
		t.Edition = e.Number
	}
	err := each("read an edition", v.raw(`SELECT p.ref, p.position, x.lang, x.body, x.sha256 FROM paragraphs p JOIN statements st ON st.id = p.statement_id
			JOIN paragraph_texts x ON x.paragraph_id = p.id WHERE st.slug = ? AND x.edition <= ?
		UNION ALL SELECT p.ref, p.position, f.lang, f.body, f.sha256 FROM paragraphs p JOIN statements st ON st.id = p.statement_id
			JOIN former_texts f ON f.paragraph_id = p.id WHERE st.slug = ? AND f.edition <= ? AND f.until_edition > ?
		ORDER BY 2, 3`, e.Statement, t.Edition, e.Statement, t.Edition, t.Edition), func(scan scanner) error {
		var ref, body, hash string
		var position int
		var lang models.Lang
		if err := scan(&ref, &position, &lang, &body, &hash); err != nil {
			return err
		}
		if n := len(t.Paragraphs); n == 0 || t.Paragraphs[n-1].Ref != ref {
			t.Paragraphs = append(t.Paragraphs, models.Paragraph{Ref: ref, Texts: map[models.Lang]string{}, Hashes: map[models.Lang]string{}})
		}
		p := &t.Paragraphs[len(t.Paragraphs)-1]
		p.Texts[lang], p.Hashes[lang] = body, hash
		if !slices.Contains(t.Languages, lang) {
			t.Languages = append(t.Languages, lang)
		}
		return nil
	})
	if err != nil {
		return t, err
	}
	slices.Sort(t.Languages)
	t.Commitments, err = v.commitments("st.slug = ?", []any{e.Statement})
	return t, err
}

// ties reads how the commitments of two statements follow each other, by the code of the later.
func (v *view) ties(a, b string) (map[string][]models.LineageLink, error) {
	all := map[string][]models.LineageLink{}
	err := each("read lineage", v.raw(`SELECT c.code, e.code, l.relation FROM lineage l
		JOIN commitments c ON c.id = l.commitment_id JOIN statements st ON st.id = c.statement_id
		JOIN commitments e ON e.id = l.earlier_id JOIN statements es ON es.id = e.statement_id
		WHERE st.slug IN (?, ?) AND es.slug IN (?, ?) ORDER BY c.code, e.code`, a, b, a, b), func(scan scanner) error {
		var code string
		var l models.LineageLink
		if err := scan(&code, &l.Code, &l.Relation); err != nil {
			return err
		}
		all[code] = append(all[code], l)
		return nil
	})
	return all, err
}

// titlesOf reads the titles of the initiatives that the commitments of two statements are tied to.
func (v *view) titlesOf(a, b models.ComparedText) (map[string]models.Text, error) {
	all := map[string]models.Text{}
	err := each("read titles", v.raw(`SELECT DISTINCT i.ref, i.title_en, i.title_ja FROM initiatives i JOIN commitment_initiatives x ON x.initiative_id = i.id
		JOIN commitments c ON c.id = x.commitment_id JOIN statements st ON st.id = c.statement_id
		WHERE i.begins_on <= ? AND st.slug IN (?, ?)`, v.at.Until(), a.Slug, b.Slug), func(scan scanner) error {
		var ref string
		var title models.Text
		if err := scan(&ref, &title.EN, &title.JA); err != nil {
			return err
		}
		all[ref] = title
		return nil
	})
	return all, err
}
