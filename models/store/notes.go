package store

import "github.com/followthrough/followthrough/models"

// searchNotes reads what was looked for and not found on the initiatives (i) that a condition names, newest first.
func (v *view) searchNotes(cond string, args []any) ([]models.SearchNote, error) {
	all := []models.SearchNote{}
	err := each("read search notes", v.raw(`SELECT n.ref, i.ref, i.title_en, i.title_ja, n.searched_on, n.searched_precision, n.place, n.queries, n.result_en, n.result_ja, n.caution_en, n.caution_ja, n.suggested
		FROM search_notes n JOIN initiatives i ON i.id = n.initiative_id
		WHERE n.searched_on <= ? AND i.begins_on <= ? AND `+cond+` ORDER BY n.searched_on DESC, n.id DESC`, append([]any{v.at.Until(), v.at.Until()}, args...)...), func(scan scanner) error {
		var n models.SearchNote
		var on, precision, queries string
		if err := scan(&n.Ref, &n.Initiative, &n.Title.EN, &n.Title.JA, &on, &precision, &n.Where, &queries, &n.Result.EN, &n.Result.JA, &n.Caution.EN, &n.Caution.JA, &n.Suggested); err != nil {
			return err
		}
		n.SearchedOn, n.Queries = date(on, precision), list(queries)
		all = append(all, n)
		return nil
	})
	return all, err
}

// contradictions reads the places where sources or languages disagree about one record, once all readings were known.
func (v *view) contradictions(kind, ref string) ([]models.Contradiction, error) {
	all := []models.Contradiction{}
	err := each("read contradictions", v.raw(`SELECT c.slug, c.kind, c.subject_en, c.subject_ja, c.reading_a_en, c.reading_a_ja, c.reading_b_en, c.reading_b_ja,
		c.advice_en, c.advice_ja, c.known_from, c.known_precision, c.confidence, c.sources
		FROM contradictions c JOIN contradiction_records r ON r.contradiction_id = c.id
		WHERE r.kind = ? AND r.ref = ? AND c.known_from <= ? ORDER BY c.slug`, kind, ref, v.at.Until()), func(scan scanner) error {
		c := models.Contradiction{On: []string{kind + ":" + ref}}
		var on, precision, sources string
		if err := scan(&c.Slug, &c.Kind, &c.Subject.EN, &c.Subject.JA, &c.ReadingA.EN, &c.ReadingA.JA, &c.ReadingB.EN, &c.ReadingB.JA,
			&c.Advice.EN, &c.Advice.JA, &on, &precision, &c.Confidence, &sources); err != nil {
			return err
		}
		c.KnownFrom, c.Sources = date(on, precision), list(sources)
		if v.at.Past() { // some have no date
			c.Sources = []string{}
		}
		all = append(all, c)
		return nil
	})
	return all, err
}
