package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Commitments returns one page of the commitments made by the time of the view, by code.
func (s *Store) Commitments(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Commitment], error) {
	return listOf(ctx, s, "commitments", w, p, func(v *view, after string, limit int) ([]models.Commitment, int, error) {
		var total int
		err := scanRow(v.raw(`SELECT COUNT(*) FROM commitments c JOIN statements st ON st.id = c.statement_id
			JOIN meetings m ON m.id = st.meeting_id WHERE m.ends_on <= ?`, v.at.Until()), &total)
		if err != nil {
			return nil, 0, translate("count commitments", err)
		}
		all, err := v.commitments(`c.id IN (SELECT pc.id FROM commitments pc JOIN statements ps ON ps.id = pc.statement_id JOIN meetings pm ON pm.id = ps.meeting_id
			WHERE pc.code > ? AND pm.ends_on <= ? ORDER BY pc.code LIMIT ?)`, []any{after, v.at.Until(), limit})
		return all, total, err
	}, func(c models.Commitment) string { return c.Code })
}

// Commitment returns one commitment by its code.
func (s *Store) Commitment(ctx context.Context, actor models.Actor, w models.When, code string) (*models.Record[models.Commitment], error) {
	return recordOf(ctx, s, w, "commitment", code, func(v *view) ([]models.Commitment, error) {
		return v.commitments("c.code = ?", []any{code})
	})
}

// commitments reads the commitments that a condition names, by code, with the words of both languages, the
// initiatives they are tied to, where the statement was published, and what they continue and became: three statements.
func (v *view) commitments(cond string, args []any) ([]models.Commitment, error) {
	all := []models.Commitment{}
	same := "TRUE"
	if v.known != "" { // marks are kept as they stand in the words of today
		same = "COALESCE((SELECT n.sha256 FROM " + v.base + "paragraph_texts n WHERE n.paragraph_id = mk.paragraph_id AND n.lang = mk.lang) = pt.sha256, FALSE)"
	}
	err := each("read commitments", v.raw(`SELECT c.code, st.slug, m.ref, m.ends_on, p.ref, c.kind, c.verb, c.strength, c.trackable, c.reason_en, c.reason_ja,
		c.note_en, c.note_ja, c.actor, c.addressee, c.due, c.measure, c.version, COALESCE(i.ref,''), COALESCE(mk.lang,''), COALESCE(mk.exact,''), COALESCE(mk.prefix,''), COALESCE(mk.suffix,''),
		COALESCE(mk.start_hint,0), COALESCE(mk.rival,0), COALESCE(pt.body,''), `+same+`
		FROM commitments c JOIN statements st ON st.id = c.statement_id JOIN meetings m ON m.id = st.meeting_id
		JOIN paragraphs p ON p.id = c.paragraph_id
		LEFT JOIN commitment_initiatives ci ON ci.commitment_id = c.id LEFT JOIN initiatives i ON i.id = ci.initiative_id AND i.begins_on <= ?
		LEFT JOIN marks mk ON mk.commitment_id = c.id LEFT JOIN paragraph_texts pt ON pt.paragraph_id = mk.paragraph_id AND pt.lang = mk.lang
		WHERE m.ends_on <= ? AND `+cond+` ORDER BY c.code, i.ref, mk.lang`, append([]any{v.at.Until(), v.at.Until()}, args...)...), func(scan scanner) error {
		var c models.Commitment
		var made, initiative, body string
		var lang models.Lang
		var m models.TextMark
		var placed bool
		if err := scan(&c.Code, &c.Statement, &c.Meeting, &made, &c.Paragraph, &c.Kind, &c.Verb, &c.Strength, &c.Trackable,
			&c.NotTrackableReason.EN, &c.NotTrackableReason.JA, &c.Note.EN, &c.Note.JA, &c.Actor, &c.Addressee, &c.Due, &c.Measure, &c.Version, &initiative, &lang, &m.Exact, &m.Prefix, &m.Suffix, &m.Hint, &m.Rival, &body, &placed); err != nil {
			return err
		}
		if n := len(all); n == 0 || all[n-1].Code != c.Code {
			c.MadeOn, c.Initiatives, c.Words, c.Sources = day(made), []string{}, map[models.Lang]models.Marked{}, []models.Publication{}
			c.Earlier, c.Later = []models.EarlierCommitment{}, []models.LaterCommitment{}
			all = append(all, c)
		}
		last := &all[len(all)-1]
		if n := len(last.Initiatives); initiative != "" && (n == 0 || last.Initiatives[n-1] != initiative) {
			last.Initiatives = append(last.Initiatives, initiative)
		}
		if lang != "" {
			if _, cut := last.Words[lang]; !cut { // a row stands for each initiative as well
				last.Words[lang] = m.Cut(body)
				if !placed && len(models.WordsAt(body, m.Exact)) != 1 { // which place they had in other words is not kept
					last.Words[lang] = models.Marked{Prefix: body, NeedsReanchoring: true, Sought: m.Exact}
				}
			}
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		return all, err
	}
	if err := v.addLines(all); err != nil {
		return nil, err
	}
	return all, v.addSources(all)
}

func (v *view) addSources(all []models.Commitment) error {
	slugs := map[string]bool{}
	var args []any
	for _, c := range all {
		if !slugs[c.Statement] {
			slugs[c.Statement] = true
			args = append(args, c.Statement)
		}
	}
	found, err := v.publications("st.slug IN ("+marks(len(args))+")", args)
	for i := range all {
		for _, p := range found {
			if p.Statement == all[i].Statement {
				all[i].Sources = append(all[i].Sources, p)
			}
		}
	}
	return err
}

// publications reads releases that a condition names, oldest first.
func (v *view) publications(cond string, args []any) ([]models.Publication, error) {
	all := []models.Publication{}
	err := each("read publications", v.raw(`SELECT m.ref, COALESCE(st.slug,''), p.publisher, p.lang, p.title, p.published_on, p.published_precision, p.published_at,
		p.url, p.standing, p.note_en, p.note_ja, p.confidence, p.sources
		FROM publications p JOIN meetings m ON m.id = p.meeting_id LEFT JOIN statements st ON st.id = p.statement_id
		WHERE `+v.datedBy(publications)+` AND `+cond+` ORDER BY p.published_on, p.id`, append([]any{v.at.Until()}, args...)...), func(scan scanner) error {
		var p models.Publication
		var on, precision, sources string
		if err := scan(&p.Meeting, &p.Statement, &p.Publisher, &p.Lang, &p.Title, &on, &precision, &p.PublishedAt, &p.URL, &p.Standing,
			&p.Note.EN, &p.Note.JA, &p.Confidence, &sources); err != nil {
			return err
		}
		p.PublishedOn, p.Sources = date(on, precision), list(sources)
		if v.at.Past() {
			p.Sources, p.Note = []string{}, models.Text{}
		}
		all = append(all, p)
		return nil
	})
	return all, err
}
