-- +goose Up
-- Statements are brought in as drafts, corrected in place with every former wording kept, and followed from one to the
-- next. What a verb says has the name of the verb.
UPDATE commitments SET strength = CASE strength WHEN 'committed' THEN 'commit' WHEN 'will_continue' THEN 'will' WHEN 'ongoing' THEN 'undertake'
  WHEN 'reaffirmed' THEN 'reaffirm' WHEN 'welcomed' THEN 'welcome' WHEN 'recognised' THEN 'recognise' WHEN 'discussed' THEN 'discuss'
  WHEN 'expressed_concern' THEN 'express_concern' ELSE strength END;
ALTER TABLE statements ADD COLUMN version INTEGER NOT NULL DEFAULT 1; -- grows with every change, also of its words
ALTER TABLE statements ADD COLUMN removed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE commitments ADD COLUMN removed_at TEXT NOT NULL DEFAULT '';
-- who binds themselves, towards whom, by when and what it is measured by, in the words of the text; empty where it does not say
ALTER TABLE commitments ADD COLUMN actor TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN addressee TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN due TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN measure TEXT NOT NULL DEFAULT '';
-- edition counts the wordings of a statement: 1 as it was brought in, one more with every correction. A wording says
-- from which edition it stands; the ones before it are kept with the edition that replaced them.
ALTER TABLE statements ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE paragraph_texts ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
CREATE INDEX paragraph_texts_hash ON paragraph_texts(sha256); -- finds a text that is brought in again
-- rival tells marked words from the same words elsewhere in the paragraph: how many letters of the context the most similar
-- other place shared, plus one. Of marks made before this was kept nothing is known but that there is another place.
ALTER TABLE marks ADD COLUMN rival INTEGER NOT NULL DEFAULT 0;
UPDATE marks SET rival = 65 WHERE EXISTS (SELECT 1 FROM paragraph_texts b WHERE b.paragraph_id = marks.paragraph_id AND b.lang = marks.lang
  AND LENGTH(b.body) - LENGTH(REPLACE(b.body, marks.exact, '')) > LENGTH(marks.exact));
CREATE TABLE former_texts (
  paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE RESTRICT,
  lang TEXT NOT NULL,
  edition INTEGER NOT NULL, -- from which it stood
  until_edition INTEGER NOT NULL, -- which replaced it
  body TEXT NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (paragraph_id, lang, edition)
);
CREATE TABLE editions (
  statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE RESTRICT,
  edition INTEGER NOT NULL, -- 2 and up
  recorded_at TEXT NOT NULL,
  reason_en TEXT NOT NULL, reason_ja TEXT NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (statement_id, edition)
);
-- The whole text of a language as it was supplied, so that what was left out of the paragraphs is not lost.
CREATE TABLE statement_sources (
  statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE RESTRICT,
  position INTEGER NOT NULL,
  lang TEXT NOT NULL,
  name TEXT NOT NULL, -- of the file; empty when it was pasted
  format TEXT NOT NULL, -- how it was read
  file_sha256 TEXT NOT NULL, -- of the bytes supplied
  body TEXT NOT NULL, sha256 TEXT NOT NULL, -- the plain text
  PRIMARY KEY (statement_id, lang)
);
-- How a commitment continues an earlier one. What is new has no earlier one; what a statement leaves out has no later.
DROP TABLE lineage;
CREATE TABLE lineage (
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE RESTRICT, -- the later one, which was compared
  commitment_id INTEGER REFERENCES commitments(id) ON DELETE RESTRICT,
  earlier_id INTEGER REFERENCES commitments(id) ON DELETE RESTRICT,
  relation TEXT NOT NULL CHECK (relation IN ('new','reaffirmed','advanced','reworded','merged','not_mentioned')),
  recorded_at TEXT NOT NULL DEFAULT '',
  CHECK ((relation = 'new') = (earlier_id IS NULL)), CHECK ((relation = 'not_mentioned') = (commitment_id IS NULL)),
  UNIQUE (statement_id, commitment_id, earlier_id)
);
CREATE INDEX lineage_commitment ON lineage(commitment_id);
CREATE INDEX lineage_earlier ON lineage(earlier_id);
-- A statement on its way in. Nobody but its author sees it until it is published; one without an author was brought in
-- at the command line and waits for whoever keeps the record. facts is what was typed of it, work its paragraphs and
-- marks, as places in the texts.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  author_id INTEGER REFERENCES users(id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('open','published')),
  facts TEXT NOT NULL, work TEXT NOT NULL,
  opened_at TEXT NOT NULL, saved_at TEXT NOT NULL,
  statement_id INTEGER REFERENCES statements(id) ON DELETE RESTRICT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX imports_author ON imports(author_id, state);
CREATE TABLE import_sources (
  import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE RESTRICT,
  position INTEGER NOT NULL,
  lang TEXT NOT NULL,
  name TEXT NOT NULL, format TEXT NOT NULL, file_sha256 TEXT NOT NULL,
  body TEXT NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (import_id, lang)
);
-- The work as it was before each step that can be undone, the latest last.
CREATE TABLE import_steps (
  import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE RESTRICT,
  position INTEGER NOT NULL,
  step TEXT NOT NULL, -- what was done
  work TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
);
