-- +goose Up
-- The whole model of docs/data-model.md. Civil dates are the last day of their period as 2006-01-02 beside their
-- precision; instants are UTC as 2006-01-02T15:04:05.000000Z; both therefore sort as text on both engines.
CREATE TABLE forums (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL, name_ja TEXT NOT NULL,
  position INTEGER NOT NULL
);
CREATE TABLE countries (
  iso2 TEXT PRIMARY KEY,
  iso3 TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL, name_ja TEXT NOT NULL,
  position INTEGER NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
CREATE TABLE forum_members (
  forum_id INTEGER NOT NULL REFERENCES forums(id) ON DELETE RESTRICT,
  country TEXT NOT NULL REFERENCES countries(iso2) ON DELETE RESTRICT,
  PRIMARY KEY (forum_id, country)
);
CREATE TABLE topics (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES topics(id) ON DELETE RESTRICT,
  name_en TEXT NOT NULL, name_ja TEXT NOT NULL,
  term_en TEXT NOT NULL, term_ja TEXT NOT NULL,
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  position INTEGER NOT NULL,
  confidence TEXT NOT NULL
);
-- Every topic beside itself and each topic above it, so that a topic's rows include those of the topics below.
CREATE TABLE topic_paths (
  ancestor_id INTEGER NOT NULL REFERENCES topics(id) ON DELETE RESTRICT,
  topic_id INTEGER NOT NULL REFERENCES topics(id) ON DELETE RESTRICT,
  PRIMARY KEY (ancestor_id, topic_id)
);
CREATE INDEX topic_paths_topic ON topic_paths(topic_id, ancestor_id);
CREATE TABLE meetings (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  forum_id INTEGER NOT NULL REFERENCES forums(id) ON DELETE RESTRICT,
  number INTEGER NOT NULL, in_person_number INTEGER NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('in_person','virtual')),
  city_en TEXT NOT NULL, city_ja TEXT NOT NULL,
  country TEXT NOT NULL,
  starts_on TEXT NOT NULL, ends_on TEXT NOT NULL CHECK (ends_on >= starts_on),
  host TEXT NOT NULL,
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
CREATE INDEX meetings_ends ON meetings(ends_on, id);
CREATE TABLE delegates (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL, name_ja TEXT NOT NULL,
  variants TEXT NOT NULL,
  country TEXT NOT NULL REFERENCES countries(iso2) ON DELETE RESTRICT,
  notes TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
CREATE TABLE offices (
  id INTEGER PRIMARY KEY,
  delegate_id INTEGER NOT NULL REFERENCES delegates(id) ON DELETE RESTRICT,
  country TEXT NOT NULL REFERENCES countries(iso2) ON DELETE RESTRICT,
  title_en TEXT NOT NULL, title_ja TEXT NOT NULL,
  from_on TEXT NOT NULL, from_precision TEXT NOT NULL,
  until_on TEXT NOT NULL, until_precision TEXT NOT NULL,
  until_known BOOLEAN NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
CREATE INDEX offices_delegate ON offices(delegate_id);
CREATE TABLE attendances (
  delegate_id INTEGER NOT NULL REFERENCES delegates(id) ON DELETE RESTRICT,
  meeting_id INTEGER NOT NULL REFERENCES meetings(id) ON DELETE RESTRICT,
  office_id INTEGER NOT NULL REFERENCES offices(id) ON DELETE RESTRICT,
  role TEXT NOT NULL CHECK (role IN ('head','host','member')),
  PRIMARY KEY (delegate_id, meeting_id)
);
CREATE INDEX attendances_meeting ON attendances(meeting_id, delegate_id);
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  meeting_id INTEGER NOT NULL REFERENCES meetings(id) ON DELETE RESTRICT,
  title_en TEXT NOT NULL, title_ja TEXT NOT NULL,
  issued_on TEXT NOT NULL, issued_precision TEXT NOT NULL
);
CREATE INDEX statements_meeting ON statements(meeting_id);
CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meetings(id) ON DELETE RESTRICT,
  statement_id INTEGER REFERENCES statements(id) ON DELETE RESTRICT,
  publisher TEXT NOT NULL, lang TEXT NOT NULL, title TEXT NOT NULL,
  published_on TEXT NOT NULL, published_precision TEXT NOT NULL, published_at TEXT NOT NULL,
  url TEXT NOT NULL, standing TEXT NOT NULL,
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
CREATE INDEX publications_meeting ON publications(meeting_id);
CREATE INDEX publications_statement ON publications(statement_id);
CREATE TABLE paragraphs (
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE RESTRICT,
  ref TEXT NOT NULL, position INTEGER NOT NULL,
  UNIQUE (statement_id, ref)
);
CREATE TABLE paragraph_texts (
  paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE RESTRICT,
  lang TEXT NOT NULL,
  body TEXT NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (paragraph_id, lang)
);
CREATE TABLE initiatives (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  topic_id INTEGER NOT NULL REFERENCES topics(id) ON DELETE RESTRICT,
  kind TEXT NOT NULL,
  title_en TEXT NOT NULL, title_ja TEXT NOT NULL,
  summary_en TEXT NOT NULL, summary_ja TEXT NOT NULL,
  described_on TEXT NOT NULL, -- the summary is true from this day; a view of an earlier day leaves it out
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  lead_country TEXT NOT NULL,
  parent_id INTEGER REFERENCES initiatives(id) ON DELETE RESTRICT,
  first_meeting_id INTEGER REFERENCES meetings(id) ON DELETE RESTRICT,
  begins_on TEXT NOT NULL, -- the day of the first promise; before it the initiative did not exist
  trackable BOOLEAN NOT NULL,
  standing BOOLEAN NOT NULL,
  superseded_by_id INTEGER REFERENCES initiatives(id) ON DELETE RESTRICT,
  due_on TEXT NOT NULL, due_precision TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL,
  search_text TEXT NOT NULL, -- folded reference, titles and topic, for the free-text filter
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX initiatives_topic ON initiatives(topic_id, id);
CREATE INDEX initiatives_first_meeting ON initiatives(first_meeting_id);
CREATE INDEX initiatives_parent ON initiatives(parent_id);
CREATE TABLE initiative_relations (
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  related_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  PRIMARY KEY (initiative_id, related_id)
);
CREATE TABLE parts (
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  country TEXT NOT NULL REFERENCES countries(iso2) ON DELETE RESTRICT,
  role TEXT NOT NULL CHECK (role IN ('lead','contributor','not_applicable')),
  PRIMARY KEY (initiative_id, country)
);
CREATE INDEX parts_country ON parts(country, initiative_id);
CREATE TABLE commitments (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  statement_id INTEGER NOT NULL REFERENCES statements(id) ON DELETE RESTRICT,
  paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE RESTRICT,
  kind TEXT NOT NULL, verb TEXT NOT NULL, strength TEXT NOT NULL,
  trackable BOOLEAN NOT NULL,
  reason_en TEXT NOT NULL, reason_ja TEXT NOT NULL,
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL
);
CREATE INDEX commitments_statement ON commitments(statement_id, id);
CREATE TABLE marks (
  commitment_id INTEGER NOT NULL REFERENCES commitments(id) ON DELETE RESTRICT,
  paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE RESTRICT,
  lang TEXT NOT NULL,
  exact TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL, -- up to 32 characters of context
  start_hint INTEGER NOT NULL, -- offset in bytes of the UTF-8 text when the mark was made
  PRIMARY KEY (commitment_id, lang)
);
CREATE TABLE commitment_initiatives (
  commitment_id INTEGER NOT NULL REFERENCES commitments(id) ON DELETE RESTRICT,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  PRIMARY KEY (commitment_id, initiative_id)
);
CREATE INDEX commitment_initiatives_initiative ON commitment_initiatives(initiative_id, commitment_id);
CREATE TABLE lineage (
  commitment_id INTEGER NOT NULL REFERENCES commitments(id) ON DELETE RESTRICT,
  earlier_id INTEGER NOT NULL REFERENCES commitments(id) ON DELETE RESTRICT,
  relation TEXT NOT NULL CHECK (relation IN ('new','reaffirmed','advanced','reworded','merged','not_mentioned')),
  PRIMARY KEY (commitment_id, earlier_id)
);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('reader','analyst','publisher','administrator','auditor')),
  passphrase_hash TEXT NOT NULL,
  disabled BOOLEAN NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE rounds (
  id INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL UNIQUE REFERENCES meetings(id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('draft','in_review','published','corrected')),
  opened_at TEXT NOT NULL, published_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE updates (
  id INTEGER PRIMARY KEY,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  country TEXT NOT NULL, -- empty for the whole initiative
  status TEXT NOT NULL CHECK (status IN ('delivered','partly_delivered','under_way','announced','no_public_action','stalled','dropped','not_assessed')),
  superseded BOOLEAN NOT NULL,
  effective_on TEXT NOT NULL, effective_precision TEXT NOT NULL,
  meeting_id INTEGER REFERENCES meetings(id) ON DELETE RESTRICT,
  round_id INTEGER REFERENCES rounds(id) ON DELETE RESTRICT,
  occasion_en TEXT NOT NULL, occasion_ja TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('changed','confirmed','carried','imported')),
  reason_kind TEXT NOT NULL CHECK (reason_kind IN ('event','evidence','correction','method')),
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  rationale_en TEXT NOT NULL, rationale_ja TEXT NOT NULL,
  remark_en TEXT NOT NULL, remark_ja TEXT NOT NULL,
  scope_en TEXT NOT NULL, scope_ja TEXT NOT NULL,
  grade TEXT NOT NULL CHECK (grade IN ('E0','E1','E2','E3')),
  confidence TEXT NOT NULL,
  provenance TEXT NOT NULL, source_ref TEXT NOT NULL,
  author_id INTEGER REFERENCES users(id) ON DELETE RESTRICT,
  author TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  replaces_id INTEGER REFERENCES updates(id) ON DELETE RESTRICT,
  published BOOLEAN NOT NULL
);
CREATE INDEX updates_standing ON updates(initiative_id, country, effective_on, recorded_at, id);
CREATE INDEX updates_meeting ON updates(meeting_id, initiative_id);
CREATE INDEX updates_replaces ON updates(replaces_id);
CREATE INDEX updates_effective ON updates(effective_on, id);
-- The status that stands now, kept in the transaction that adds the update; verify rebuilds and compares it.
CREATE TABLE current_statuses (
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  country TEXT NOT NULL,
  update_id INTEGER NOT NULL REFERENCES updates(id) ON DELETE RESTRICT,
  status TEXT NOT NULL, superseded BOOLEAN NOT NULL,
  effective_on TEXT NOT NULL, effective_precision TEXT NOT NULL,
  mark TEXT NOT NULL, grade TEXT NOT NULL,
  PRIMARY KEY (initiative_id, country)
);
CREATE INDEX current_statuses_status ON current_statuses(country, status, effective_on);
CREATE INDEX current_statuses_effective ON current_statuses(country, effective_on);
CREATE TABLE contexts (
  id INTEGER PRIMARY KEY,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  occurred_on TEXT NOT NULL, occurred_precision TEXT NOT NULL,
  occasion_en TEXT NOT NULL, occasion_ja TEXT NOT NULL,
  note_en TEXT NOT NULL, note_ja TEXT NOT NULL,
  rationale_en TEXT NOT NULL, rationale_ja TEXT NOT NULL,
  remark_en TEXT NOT NULL, remark_ja TEXT NOT NULL,
  scope_en TEXT NOT NULL, scope_ja TEXT NOT NULL,
  confidence TEXT NOT NULL, source_ref TEXT NOT NULL
);
CREATE INDEX contexts_initiative ON contexts(initiative_id, occurred_on);
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL, publisher TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('official_primary','official_secondary','media','other')),
  langs TEXT NOT NULL,
  published_on TEXT NOT NULL, published_precision TEXT NOT NULL,
  accessed_on TEXT NOT NULL, accessed_precision TEXT NOT NULL,
  url TEXT NOT NULL, archived_url TEXT NOT NULL,
  quotation TEXT NOT NULL, extent TEXT NOT NULL, note TEXT NOT NULL,
  confidence TEXT NOT NULL,
  retracted_at TEXT NOT NULL, retraction_en TEXT NOT NULL, retraction_ja TEXT NOT NULL
);
CREATE INDEX evidence_published ON evidence(published_on, id);
-- Ties evidence to one update or to one context entry, never to both.
CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  evidence_id INTEGER NOT NULL REFERENCES evidence(id) ON DELETE RESTRICT,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  country TEXT NOT NULL,
  update_id INTEGER REFERENCES updates(id) ON DELETE RESTRICT,
  context_id INTEGER REFERENCES contexts(id) ON DELETE RESTRICT,
  stance TEXT NOT NULL CHECK (stance IN ('supports','contradicts','context')),
  grade TEXT NOT NULL CHECK (grade IN ('E0','E1','E2','E3')),
  occurred_on TEXT NOT NULL,
  position INTEGER NOT NULL,
  CHECK ((update_id IS NULL) <> (context_id IS NULL))
);
CREATE INDEX citations_initiative ON citations(initiative_id, country, occurred_on);
CREATE INDEX citations_evidence ON citations(evidence_id);
CREATE INDEX citations_update ON citations(update_id);
CREATE INDEX citations_context ON citations(context_id);
CREATE TABLE search_notes (
  id INTEGER PRIMARY KEY,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  searched_on TEXT NOT NULL, searched_precision TEXT NOT NULL,
  place TEXT NOT NULL, queries TEXT NOT NULL,
  result_en TEXT NOT NULL, result_ja TEXT NOT NULL,
  caution_en TEXT NOT NULL, caution_ja TEXT NOT NULL,
  suggested TEXT NOT NULL
);
CREATE INDEX search_notes_initiative ON search_notes(initiative_id);
CREATE TABLE contradictions (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('between_sources','between_languages','quirk')),
  subject_en TEXT NOT NULL, subject_ja TEXT NOT NULL,
  reading_a_en TEXT NOT NULL, reading_a_ja TEXT NOT NULL,
  reading_b_en TEXT NOT NULL, reading_b_ja TEXT NOT NULL,
  advice_en TEXT NOT NULL, advice_ja TEXT NOT NULL,
  known_from TEXT NOT NULL, known_precision TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL
);
-- The records a contradiction concerns: kind is initiative, meeting, statement, delegate, topic or country.
CREATE TABLE contradiction_records (
  contradiction_id INTEGER NOT NULL REFERENCES contradictions(id) ON DELETE RESTRICT,
  kind TEXT NOT NULL, ref TEXT NOT NULL,
  PRIMARY KEY (contradiction_id, kind, ref)
);
CREATE INDEX contradiction_records_record ON contradiction_records(kind, ref);
CREATE TABLE datasets (
  name TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  applied_at TEXT NOT NULL
);
CREATE TABLE versions (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL
);
INSERT INTO versions (name, version) VALUES ('data', 0);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL, actor TEXT NOT NULL,
  action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER updates_no_delete BEFORE DELETE ON updates BEGIN SELECT RAISE(ABORT, 'updates are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER updates_no_change BEFORE UPDATE ON updates WHEN OLD.published BEGIN SELECT RAISE(ABORT, 'published updates do not change'); END;
-- +goose StatementEnd
