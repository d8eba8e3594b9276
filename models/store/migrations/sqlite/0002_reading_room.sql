-- +goose Up
-- Every fact says when it was recorded, so that a view can leave out what was not known yet (known_at). What an older
-- record holds was recorded with its first entry in the audit. updates had the column from the start.
ALTER TABLE forums ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE countries ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE topics ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE delegates ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE attendances ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE initiatives ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE initiative_relations ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE parts ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment_initiatives ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE contexts ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE citations ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE search_notes ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
ALTER TABLE contradictions ADD COLUMN recorded_at TEXT NOT NULL DEFAULT '';
UPDATE forums SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE countries SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE topics SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE meetings SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE delegates SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE offices SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE attendances SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE statements SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE publications SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE initiatives SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE initiative_relations SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE parts SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE commitments SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE commitment_initiatives SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE contexts SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE evidence SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE citations SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE search_notes SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');
UPDATE contradictions SET recorded_at = COALESCE((SELECT MIN(at) FROM audit), '');

-- A search note has an address of its own.
ALTER TABLE search_notes ADD COLUMN ref TEXT NOT NULL DEFAULT '';
UPDATE search_notes SET ref = 'note-' || id;
CREATE UNIQUE INDEX search_notes_ref ON search_notes(ref);

-- Where the words of a statement were taken from.
ALTER TABLE statements ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';

-- What was removed answers 410 with what it was, when and why.
CREATE TABLE tombstones (
  kind TEXT NOT NULL, ref TEXT NOT NULL,
  title_en TEXT NOT NULL, title_ja TEXT NOT NULL,
  reason_en TEXT NOT NULL, reason_ja TEXT NOT NULL,
  removed_at TEXT NOT NULL,
  PRIMARY KEY (kind, ref)
);

-- The index of the search: every text that a reader can see, cut into pieces, each beside its grams under the same
-- id. It is derived, kept in the transaction of every write and built anew when the tokenizer changes.
CREATE TABLE search_texts (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, record TEXT NOT NULL, -- the record the text belongs to, such as initiative QSCG-CYBER-CHALLENGE
  ref TEXT NOT NULL, -- what is found: the record, or one paragraph of a statement
  part TEXT NOT NULL, anchor TEXT NOT NULL, lang TEXT NOT NULL, body TEXT NOT NULL,
  shown_from TEXT NOT NULL, -- civil day from which it is true; 9999-12-31 for what only the present shows
  recorded_at TEXT NOT NULL
);
CREATE INDEX search_texts_record ON search_texts(kind, record);
CREATE INDEX search_texts_ref ON search_texts(kind, ref);
CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
INSERT INTO versions (name, version) VALUES ('search', 0);
ALTER TABLE initiatives DROP COLUMN search_text;
