package store

// presentOnly is the day from which a text is true that no view of the past shows.
const presentOnly = "9999-12-31"

// updateTexts select the texts of some updates (u) of some initiatives (i).
const updateTexts = `SELECT i.ref, i.ref, 'update', 'update-' || u.id, 'en', u.note_en, CASE WHEN u.effective_on > i.begins_on THEN u.effective_on ELSE i.begins_on END, u.recorded_at FROM i JOIN u ON u.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'update', 'update-' || u.id, 'ja', u.note_ja, CASE WHEN u.effective_on > i.begins_on THEN u.effective_on ELSE i.begins_on END, u.recorded_at FROM i JOIN u ON u.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'update', 'update-' || u.id, 'en', u.remark_en, '` + presentOnly + `', u.recorded_at FROM i JOIN u ON u.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'update', 'update-' || u.id, 'ja', u.remark_ja, '` + presentOnly + `', u.recorded_at FROM i JOIN u ON u.initiative_id = i.id`

// updateSource selects the texts of the updates with the ids that {which} names, as the source of initiatives does.
const updateSource = `WITH u AS (SELECT x.* FROM updates x WHERE x.published AND x.id {which}), i AS (SELECT x.* FROM initiatives x WHERE x.id IN (SELECT initiative_id FROM u)) ` + updateTexts

// sources select, for each kind of record, every text that a page shows of it: record, ref, part, anchor, lang, body,
// the day from which it is true, and when it was recorded. The placeholder {which} names the records; rows is their
// table narrowed to them.
var sources = map[string]string{
	"initiative": `WITH i AS (SELECT x.*, t.name_en AS topic_en, t.name_ja AS topic_ja FROM initiatives x JOIN topics t ON t.id = x.topic_id WHERE x.ref {which}),
		u AS (SELECT x.* FROM i JOIN updates x ON x.initiative_id = i.id AND x.published)
		SELECT ref, ref, 'title', '', 'en', title_en, begins_on, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'title', '', 'ja', title_ja, begins_on, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'ref', '', '', ref, begins_on, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'topic', '', 'en', topic_en, begins_on, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'topic', '', 'ja', topic_ja, begins_on, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'summary', '', 'en', summary_en, CASE WHEN described_on > begins_on THEN described_on ELSE begins_on END, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'summary', '', 'ja', summary_ja, CASE WHEN described_on > begins_on THEN described_on ELSE begins_on END, recorded_at FROM i
		UNION ALL SELECT ref, ref, 'note', '', 'en', note_en, '` + presentOnly + `', recorded_at FROM i
		UNION ALL SELECT ref, ref, 'note', '', 'ja', note_ja, '` + presentOnly + `', recorded_at FROM i
		UNION ALL ` + updateTexts + `
		UNION ALL SELECT i.ref, i.ref, 'context', 'context', 'en', c.note_en, CASE WHEN c.occurred_on > i.begins_on THEN c.occurred_on ELSE i.begins_on END, c.recorded_at FROM i JOIN contexts c ON c.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'context', 'context', 'ja', c.note_ja, CASE WHEN c.occurred_on > i.begins_on THEN c.occurred_on ELSE i.begins_on END, c.recorded_at FROM i JOIN contexts c ON c.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'search_note', n.ref, 'en', n.result_en, CASE WHEN n.searched_on > i.begins_on THEN n.searched_on ELSE i.begins_on END, n.recorded_at FROM i JOIN search_notes n ON n.initiative_id = i.id
		UNION ALL SELECT i.ref, i.ref, 'search_note', n.ref, 'ja', n.result_ja, CASE WHEN n.searched_on > i.begins_on THEN n.searched_on ELSE i.begins_on END, n.recorded_at FROM i JOIN search_notes n ON n.initiative_id = i.id`,
	"commitment": `WITH c AS (SELECT x.*, m.ends_on FROM commitments x JOIN statements st ON st.id = x.statement_id JOIN meetings m ON m.id = st.meeting_id WHERE x.code {which})
		SELECT code, code, 'ref', '', '', code, ends_on, recorded_at FROM c
		UNION ALL SELECT c.code, c.code, 'words', '', k.lang, k.exact, c.ends_on, c.recorded_at FROM c JOIN marks k ON k.commitment_id = c.id
		UNION ALL SELECT code, code, 'verb', '', 'en', verb, ends_on, recorded_at FROM c
		UNION ALL SELECT code, code, 'note', '', 'en', note_en, ends_on, recorded_at FROM c
		UNION ALL SELECT code, code, 'note', '', 'ja', note_ja, ends_on, recorded_at FROM c`,
	"statement": `WITH st AS (SELECT x.*, m.ends_on FROM statements x JOIN meetings m ON m.id = x.meeting_id WHERE x.slug {which})
		SELECT slug, slug, 'title', '', 'en', title_en, ends_on, recorded_at FROM st
		UNION ALL SELECT slug, slug, 'title', '', 'ja', title_ja, ends_on, recorded_at FROM st
		UNION ALL SELECT st.slug, st.slug || '#' || p.ref, 'paragraph', p.ref, b.lang, b.body, st.ends_on, COALESCE(e.recorded_at, st.recorded_at)
			FROM st JOIN paragraphs p ON p.statement_id = st.id JOIN paragraph_texts b ON b.paragraph_id = p.id LEFT JOIN editions e ON e.statement_id = st.id AND e.edition = b.edition`,
	"meeting": `WITH m AS (SELECT x.*, f.name_en, f.name_ja FROM meetings x JOIN forums f ON f.id = x.forum_id WHERE x.ref {which})
		SELECT ref, ref, 'ref', '', '', ref, ends_on, recorded_at FROM m
		UNION ALL SELECT ref, ref, 'city', '', 'en', city_en, ends_on, recorded_at FROM m
		UNION ALL SELECT ref, ref, 'city', '', 'ja', city_ja, ends_on, recorded_at FROM m
		UNION ALL SELECT ref, ref, 'forum', '', 'en', name_en, ends_on, recorded_at FROM m
		UNION ALL SELECT ref, ref, 'forum', '', 'ja', name_ja, ends_on, recorded_at FROM m
		UNION ALL SELECT ref, ref, 'note', '', 'en', note_en, '` + presentOnly + `', recorded_at FROM m
		UNION ALL SELECT ref, ref, 'note', '', 'ja', note_ja, '` + presentOnly + `', recorded_at FROM m
		UNION ALL SELECT m.ref, m.ref, 'publication', 'publications', p.lang, p.title,
			CASE WHEN p.published_on = '' THEN '` + presentOnly + `' WHEN p.published_on > m.ends_on THEN p.published_on ELSE m.ends_on END, p.recorded_at
			FROM m JOIN publications p ON p.meeting_id = m.id`,
	"delegate": `WITH d AS (SELECT x.*, COALESCE((SELECT MIN(m.ends_on) FROM attendances a JOIN meetings m ON m.id = a.meeting_id AND m.removed_at = '' WHERE a.delegate_id = x.id), '` + presentOnly + `') AS first_on FROM delegates x WHERE x.slug {which})
		SELECT slug, slug, 'title', '', 'en', name_en, first_on, recorded_at FROM d
		UNION ALL SELECT slug, slug, 'title', '', 'ja', name_ja, first_on, recorded_at FROM d
		UNION ALL SELECT slug, slug, 'variants', '', '', variants, first_on, recorded_at FROM d
		UNION ALL SELECT d.slug, d.slug, 'office', 'offices', 'en', o.title_en, CASE WHEN o.from_on > d.first_on THEN o.from_on ELSE d.first_on END, o.recorded_at FROM d JOIN offices o ON o.delegate_id = d.id
		UNION ALL SELECT d.slug, d.slug, 'office', 'offices', 'ja', o.title_ja, CASE WHEN o.from_on > d.first_on THEN o.from_on ELSE d.first_on END, o.recorded_at FROM d JOIN offices o ON o.delegate_id = d.id
		UNION ALL SELECT slug, slug, 'notes', '', '', notes, '` + presentOnly + `', recorded_at FROM d`,
	"evidence": `WITH e AS (SELECT x.*, CASE WHEN x.published_on = '' THEN '` + presentOnly + `' ELSE x.published_on END AS shown FROM evidence x WHERE x.ref {which})
		SELECT ref, ref, 'title', '', CASE WHEN langs = '["en"]' THEN 'en' WHEN langs = '["ja"]' THEN 'ja' ELSE '' END, title, shown, recorded_at FROM e
		UNION ALL SELECT ref, ref, 'ref', '', '', ref, shown, recorded_at FROM e
		UNION ALL SELECT ref, ref, 'publisher', '', '', publisher, shown, recorded_at FROM e
		UNION ALL SELECT ref, ref, 'note', '', '', note, '` + presentOnly + `', recorded_at FROM e`,
}
