package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// SearchNotes returns one page of what was looked for and not found by the time of the view, by ref.
func (s *Store) SearchNotes(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.SearchNote], error) {
	return listOf(ctx, s, "search-notes", w, p, func(v *view, after string, limit int) ([]models.SearchNote, int, error) {
		var total int
		err := scanRow(v.raw(`SELECT COUNT(*) FROM search_notes n JOIN initiatives i ON i.id = n.initiative_id WHERE n.searched_on <= ? AND i.begins_on <= ?`,
			v.at.Until(), v.at.Until()), &total)
		if err != nil {
			return nil, 0, translate("count search notes", err)
		}
		all, err := v.searchNotes("n.ref > ? ORDER BY n.ref LIMIT ?", []any{after, limit})
		return all, total, err
	}, func(n models.SearchNote) string { return n.Ref })
}

// SearchNote returns one search note.
func (s *Store) SearchNote(ctx context.Context, actor models.Actor, w models.When, ref string) (*models.Record[models.SearchNote], error) {
	return recordOf(ctx, s, w, "search_note", ref, func(v *view) ([]models.SearchNote, error) {
		return v.searchNotes("n.ref = ?"+latestNotes, []any{ref})
	})
}

// latestNotes orders search notes (n), the newest first.
const latestNotes = " ORDER BY n.searched_on DESC, n.id DESC"

// searchNotes reads what was looked for and not found on the initiatives (i) that a condition names, in the order
// that it ends in.
func (v *view) searchNotes(cond string, args []any) ([]models.SearchNote, error) {
	all := []models.SearchNote{}
	err := each("read search notes", v.raw(`SELECT n.ref, i.ref, i.title_en, i.title_ja, n.searched_on, n.searched_precision, n.place, n.queries, n.result_en, n.result_ja, n.caution_en, n.caution_ja, n.suggested
		FROM search_notes n JOIN initiatives i ON i.id = n.initiative_id
		WHERE n.searched_on <= ? AND i.begins_on <= ? AND `+cond, append([]any{v.at.Until(), v.at.Until()}, args...)...), func(scan scanner) error {
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

// contradictions reads the places where sources or languages disagree about one record or a paragraph of it, once
// all readings were known.
func (v *view) contradictions(kind, ref string) ([]models.Contradiction, error) {
	all := []models.Contradiction{}
	err := each("read contradictions", v.raw(`SELECT c.slug, c.kind, c.subject_en, c.subject_ja, c.reading_a_en, c.reading_a_ja, c.reading_b_en, c.reading_b_ja,
		c.advice_en, c.advice_ja, c.known_from, c.known_precision, c.confidence, c.sources, r.ref
		FROM contradictions c JOIN contradiction_records r ON r.contradiction_id = c.id
		WHERE r.kind = ? AND (r.ref = ? OR r.ref >= ? AND r.ref < ?) AND c.known_from <= ? ORDER BY c.slug, r.ref`, kind, ref, ref+"#", ref+"$", v.at.Until()), func(scan scanner) error {
		var c models.Contradiction
		var on, precision, sources, where string
		if err := scan(&c.Slug, &c.Kind, &c.Subject.EN, &c.Subject.JA, &c.ReadingA.EN, &c.ReadingA.JA, &c.ReadingB.EN, &c.ReadingB.JA,
			&c.Advice.EN, &c.Advice.JA, &on, &precision, &c.Confidence, &sources, &where); err != nil {
			return err
		}
		c.KnownFrom, c.Sources = date(on, precision), list(sources)
		if v.at.Past() { // some have no date
			c.Sources = []string{}
		}
		where = kind + ":" + where
		if n := len(all); n > 0 && all[n-1].Slug == c.Slug {
			all[n-1].On = append(all[n-1].On, where)
			return nil
		}
		c.On = []string{where}
		all = append(all, c)
		return nil
	})
	return all, err
}
