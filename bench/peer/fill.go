package main

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// filling copies the record, attached as r, into the collections, by SQL. An ID of PocketBase is the number of the row
// in the record, with zeros before it.
var filling = []string{
	`INSERT INTO meetings (id, ref, forum, city_en, city_ja, held_on)
		SELECT printf('%015d', m.id), m.ref, f.slug, m.city_en, m.city_ja, m.ends_on FROM r.meetings m JOIN r.forums f ON f.id = m.forum_id`,
	`INSERT INTO evidence (id, ref, title, publisher, url, published_on) SELECT printf('%015d', id), ref, title, publisher, url, published_on FROM r.evidence`,
	`INSERT INTO initiatives (id, ref, title_en, title_ja, root, topic, forum, kind, lead, due_on, status, at, mark, grade)
		SELECT printf('%015d', i.id), i.ref, i.title_en, i.title_ja, COALESCE(above.slug, t.slug), t.slug,
			COALESCE((SELECT f.slug FROM r.updates u JOIN r.meetings m ON m.id = u.meeting_id JOIN r.forums f ON f.id = m.forum_id WHERE u.initiative_id = i.id LIMIT 1), ''),
			i.kind, i.lead_country, i.due_on, COALESCE(c.status, ''), COALESCE(c.effective_on, ''), COALESCE(c.mark, ''), COALESCE(c.grade, '')
		FROM r.initiatives i JOIN r.topics t ON t.id = i.topic_id LEFT JOIN r.topics above ON above.id = t.parent_id
		LEFT JOIN r.current_statuses c ON c.initiative_id = i.id AND c.country = ''`,
	`INSERT INTO parts (id, initiative, country, role, country_status, country_at, ref, title_en, title_ja, root, topic, kind, lead, due_on, status, at, mark, grade)
		SELECT printf('%013d', p.initiative_id) || lower(p.country), i.id, p.country, p.role, COALESCE(c.status, ''), COALESCE(c.effective_on, ''),
			i.ref, i.title_en, i.title_ja, i.root, i.topic, i.kind, i.lead, i.due_on, i.status, i.at, i.mark, i.grade
		FROM r.parts p JOIN initiatives i ON i.id = printf('%015d', p.initiative_id) LEFT JOIN r.current_statuses c ON c.initiative_id = p.initiative_id AND c.country = p.country`,
	`INSERT INTO updates (id, initiative, evidence, country, status, at, meeting, mark, grade, reason, note_en, note_ja, root, recorded_at)
		SELECT printf('%015d', u.id), i.id, (SELECT json_group_array(printf('%015d', c.evidence_id)) FROM r.citations c WHERE c.update_id = u.id),
			u.country, u.status, u.effective_on, COALESCE(m.ref, ''), u.mark, u.grade, u.reason_kind, u.note_en, u.note_ja, i.root, u.recorded_at
		FROM r.updates u JOIN initiatives i ON i.id = printf('%015d', u.initiative_id) LEFT JOIN r.meetings m ON m.id = u.meeting_id`,
	`INSERT INTO commitments (id, initiative, code, root, words_en, words_ja, made_on)
		SELECT printf('%015d', c.id), i.id, c.code, i.root, COALESCE(en.exact, ''), COALESCE(ja.exact, ''), m.ends_on
		FROM r.commitments c JOIN r.commitment_initiatives ci ON ci.commitment_id = c.id JOIN initiatives i ON i.id = printf('%015d', ci.initiative_id)
		JOIN r.statements s ON s.id = c.statement_id JOIN r.meetings m ON m.id = s.meeting_id
		LEFT JOIN r.marks en ON en.commitment_id = c.id AND en.lang = 'en' LEFT JOIN r.marks ja ON ja.commitment_id = c.id AND ja.lang = 'ja'`,
	`INSERT INTO texts (id, kind, ref, en, ja, at) SELECT 'i' || substr(id, 2), 'initiative', ref, title_en, title_ja, at FROM initiatives`,
	`INSERT INTO texts (id, kind, ref, en, ja, at) SELECT 'u' || substr(u.id, 2), 'update', i.ref, u.note_en, u.note_ja, u.at FROM updates u JOIN initiatives i ON i.id = u.initiative WHERE u.note_en <> '' OR u.note_ja <> ''`,
	`INSERT INTO texts (id, kind, ref, en, ja, at) SELECT 'e' || substr(id, 2), 'evidence', ref, title, '', published_on FROM evidence`,
	`INSERT INTO texts (id, kind, ref, en, ja, at) SELECT printf('p%014d', p.id), 'statement', s.slug, COALESCE(en.body, ''), COALESCE(ja.body, ''), s.issued_on
		FROM r.paragraphs p JOIN r.statements s ON s.id = p.statement_id LEFT JOIN r.paragraph_texts en ON en.paragraph_id = p.id AND en.lang = 'en' LEFT JOIN r.paragraph_texts ja ON ja.paragraph_id = p.id AND ja.lang = 'ja'`,
	`INSERT INTO texts (id, kind, ref, en, ja, at) SELECT printf('d%014d', id), 'delegate', slug, name_en, name_ja, '' FROM r.delegates`,
	`ANALYZE main`,
}

// fill attaches the record to the one connection that writes, and copies it.
func fill(app core.App, record string) error {
	steps := append([]string{"ATTACH DATABASE 'file:" + strings.ReplaceAll(record, "'", "''") + "?mode=ro' AS r", "BEGIN"}, filling...)
	for _, s := range append(steps, "COMMIT", "DETACH DATABASE r", "PRAGMA wal_checkpoint(TRUNCATE)") {
		if _, err := app.NonconcurrentDB().NewQuery(s).Execute(); err != nil {
			return fmt.Errorf("%.60s: %w", s, err)
		}
	}
	return nil
}
