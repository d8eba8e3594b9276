package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Statements returns one page of the statements of meetings held by the time of the view, by slug.
func (s *Store) Statements(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Statement], error) {
	return listOf(ctx, s, "statements", w, p, func(v *view, after string, limit int) ([]models.Statement, int, error) {
		var total int
		err := scanRow(v.raw(`SELECT COUNT(*) FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ?`, v.at.Until()), &total)
		if err != nil {
			return nil, 0, translate("count statements", err)
		}
		all, err := v.statements("st.slug > ?", []any{after}, limit)
		return all, total, err
	}, func(s models.Statement) string { return s.Slug })
}

// Statement returns one statement with its paragraphs, publications and commitments, the initiatives behind them and
// what is noted on its words.
func (s *Store) Statement(ctx context.Context, actor models.Actor, w models.When, slug string) (*models.Record[models.StatementRecord], error) {
	return recordOf(ctx, s, w, "statement", slug, func(v *view) ([]models.StatementRecord, error) {
		found, err := v.statements("st.slug = ?", []any{slug}, 1)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		r := models.StatementRecord{Statement: found[0]}
		if m, ok := find(v.words.meetings, r.Meeting, meetingWord.slug); ok {
			r.Place = *brief(m)
		}
		if r.Commitments, err = v.commitments("st.slug = ?", []any{slug}); err != nil {
			return nil, err
		}
		if r.NotMentioned, err = v.commitments(`c.id IN (SELECT l.earlier_id FROM lineage l JOIN statements lt ON lt.id = l.statement_id
			WHERE l.relation = 'not_mentioned' AND lt.slug = ?)`, []any{slug}); err != nil {
			return nil, err
		}
		if r.Initiatives, err = v.rowsByRef(`EXISTS (SELECT 1 FROM commitment_initiatives x JOIN commitments c ON c.id = x.commitment_id
			JOIN statements st ON st.id = c.statement_id WHERE x.initiative_id = i.id AND st.slug = ?)`, []any{slug}); err != nil {
			return nil, err
		}
		r.Contradictions, err = v.contradictions("statement", slug)
		return []models.StatementRecord{r}, err
	})
}

// statements reads the statements that a condition names, by slug, with their texts. The day of issue is left out
// of a view of an earlier day; the words are those of the meeting.
func (v *view) statements(cond string, args []any, limit int) ([]models.Statement, error) {
	all, index, slugs := []models.Statement{}, map[string]int{}, []any{}
	err := each("read statements", v.raw(`SELECT st.slug, m.ref, st.title_en, st.title_ja, st.issued_on, st.issued_precision, st.sources, st.version FROM statements st
		JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ? AND `+cond+` ORDER BY st.slug LIMIT ?`,
		append(append([]any{v.at.Until()}, args...), limit)...), func(scan scanner) error {
		t := models.Statement{Languages: []models.Lang{}, Paragraphs: []models.Paragraph{}, Publications: []models.Publication{}, Commitments: []models.Commitment{}, Sources: []string{}, Edition: 1, Editions: []models.StatementEdition{}}
		var issued, precision, sources string
		if err := scan(&t.Slug, &t.Meeting, &t.Title.EN, &t.Title.JA, &issued, &precision, &sources, &t.Version); err != nil {
			return err
		}
		if issued <= v.at.Until() {
			t.IssuedOn = date(issued, precision)
		}
		if !v.at.Past() {
			t.Sources = list(sources)
		}
		index[t.Slug] = len(all)
		slugs = append(slugs, t.Slug)
		all = append(all, t)
		return nil
	})
	if err != nil || len(slugs) == 0 {
		return all, err
	}
	published, err := v.publications("st.slug IN ("+marks(len(slugs))+")", slugs)
	if err != nil {
		return nil, err
	}
	for _, p := range published {
		t := &all[index[p.Statement]]
		t.Publications = append(t.Publications, p)
	}
	of := func(slug string) *models.Statement { return &all[index[slug]] }
	if err := v.editions(slugs, of); err != nil {
		return nil, err
	}
	return all, v.paragraphs(slugs, of)
}

// editions reads the corrections of the words of statements, oldest first.
func (v *view) editions(slugs []any, of func(string) *models.Statement) error {
	return each("read editions", v.raw(`SELECT st.slug, e.edition, e.recorded_at, e.reason_en, e.reason_ja, e.author FROM editions e JOIN statements st ON st.id = e.statement_id
		WHERE st.slug IN (`+marks(len(slugs))+`) ORDER BY st.slug, e.edition`, slugs...), func(scan scanner) error {
		var slug string
		var e models.StatementEdition
		if err := scan(&slug, &e.Edition, &e.RecordedAt, &e.Reason.EN, &e.Reason.JA, &e.Author); err != nil {
			return err
		}
		t := of(slug)
		t.Edition, t.Editions = e.Edition, append(t.Editions, e)
		return nil
	})
}

func (v *view) paragraphs(slugs []any, of func(string) *models.Statement) error {
	seen := map[string]bool{}
	return each("read paragraphs", v.raw(`SELECT st.slug, p.ref, x.lang, x.body, x.sha256 FROM paragraphs p JOIN statements st ON st.id = p.statement_id
		JOIN paragraph_texts x ON x.paragraph_id = p.id WHERE st.slug IN (`+marks(len(slugs))+`) ORDER BY st.slug, p.position, x.lang`, slugs...), func(scan scanner) error {
		var slug, ref, body, hash string
		var lang models.Lang
		if err := scan(&slug, &ref, &lang, &body, &hash); err != nil {
			return err
		}
		t := of(slug)
		if n := len(t.Paragraphs); n == 0 || t.Paragraphs[n-1].Ref != ref {
			t.Paragraphs = append(t.Paragraphs, models.Paragraph{Ref: ref, Texts: map[models.Lang]string{}, Hashes: map[models.Lang]string{}})
		}
		p := &t.Paragraphs[len(t.Paragraphs)-1]
		p.Texts[lang], p.Hashes[lang] = body, hash
		if !seen[slug+string(lang)] {
			seen[slug+string(lang)] = true
			t.Languages = append(t.Languages, lang)
		}
		return nil
	})
}
