-- +goose Up
-- The people who keep the record. An address is kept as it was typed and compared by its folded form.
ALTER TABLE users ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
UPDATE users SET email_key = LOWER(email);
CREATE UNIQUE INDEX users_by_email_key ON users(email_key);
ALTER TABLE users ADD COLUMN factor_secret TEXT NOT NULL DEFAULT ''; -- of the second factor; empty without one
ALTER TABLE users ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0; -- the last time step used, so that no code works twice
ALTER TABLE users ADD COLUMN seen_at TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN keys_off BOOLEAN NOT NULL DEFAULT FALSE; -- single keys do nothing on the pages of this person
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
  hash TEXT NOT NULL,
  PRIMARY KEY (user_id, hash)
);
-- Of every secret that opens the record only the SHA-256 is kept.
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  user_id INTEGER REFERENCES users(id) ON DELETE RESTRICT,
  data TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions(user_id);
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
  name TEXT NOT NULL, prefix TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL CHECK (scope IN ('read','write')),
  created_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT NOT NULL,
  used_at TEXT NOT NULL, used_from TEXT NOT NULL
);
CREATE INDEX tokens_user ON tokens(user_id);
-- A one-time link: it makes an account, or lets the person of an account choose a new passphrase.
CREATE TABLE invitations (
  hash TEXT PRIMARY KEY,
  user_id INTEGER REFERENCES users(id) ON DELETE RESTRICT,
  email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT NOT NULL
);
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
-- What a change made, by the key its sender gave it, so that sending it again changes nothing.
CREATE TABLE submissions (
  user_id INTEGER NOT NULL, key TEXT NOT NULL,
  fingerprint TEXT NOT NULL, result TEXT NOT NULL, created_at TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
);
-- A round is worked on in items, one for each initiative, which nobody else sees until it is published. form is what
-- was typed, so that a half-filled form comes back; work is what it says, once it could be saved.
ALTER TABLE forums ADD COLUMN second_person BOOLEAN NOT NULL DEFAULT FALSE; -- who publishes a round is not who handed it in
ALTER TABLE rounds ADD COLUMN submitted_by INTEGER REFERENCES users(id) ON DELETE RESTRICT;
ALTER TABLE rounds ADD COLUMN published_by INTEGER REFERENCES users(id) ON DELETE RESTRICT;
CREATE TABLE round_items (
  round_id INTEGER NOT NULL REFERENCES rounds(id) ON DELETE RESTRICT,
  initiative_id INTEGER NOT NULL REFERENCES initiatives(id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('draft','confirmed','changed')),
  form TEXT NOT NULL, before TEXT NOT NULL, work TEXT NOT NULL,
  author_id INTEGER REFERENCES users(id) ON DELETE RESTRICT,
  based_on INTEGER NOT NULL DEFAULT 0, -- the update that stood when it was confirmed; 0 for none
  saved_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (round_id, initiative_id)
);
CREATE INDEX updates_round ON updates(round_id);
ALTER TABLE evidence ADD COLUMN retracted_by TEXT NOT NULL DEFAULT ''; -- name of who struck it out
-- The search note that a judgement rests on. What hangs on a published judgement stays as it was judged on.
ALTER TABLE updates ADD COLUMN search_note_id INTEGER REFERENCES search_notes(id) ON DELETE RESTRICT;
CREATE INDEX updates_search_note ON updates(search_note_id);
-- +goose StatementBegin
CREATE TRIGGER citations_no_change BEFORE UPDATE ON citations WHEN EXISTS (SELECT 1 FROM updates u WHERE u.id = OLD.update_id AND u.published)
BEGIN SELECT RAISE(ABORT, 'citations of published updates do not change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER citations_no_delete BEFORE DELETE ON citations WHEN EXISTS (SELECT 1 FROM updates u WHERE u.id = OLD.update_id AND u.published)
BEGIN SELECT RAISE(ABORT, 'citations of published updates are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_notes_no_change BEFORE UPDATE ON search_notes WHEN EXISTS (SELECT 1 FROM updates u WHERE u.search_note_id = OLD.id AND u.published)
BEGIN SELECT RAISE(ABORT, 'search notes under published updates do not change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_notes_no_delete BEFORE DELETE ON search_notes WHEN EXISTS (SELECT 1 FROM updates u WHERE u.search_note_id = OLD.id AND u.published)
BEGIN SELECT RAISE(ABORT, 'search notes under published updates are append-only'); END;
-- +goose StatementEnd
