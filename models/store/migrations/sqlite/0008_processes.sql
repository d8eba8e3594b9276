-- +goose Up
-- What the processes that serve one record tell each other, until it expires: who has what open, how far the reading of a
-- statement is, which codes make the first account.
CREATE TABLE shared (
  kind TEXT NOT NULL, ref TEXT NOT NULL,
  user_id INTEGER NOT NULL, -- 0 for nobody's
  about TEXT NOT NULL,
  data TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (kind, ref)
);
CREATE INDEX shared_about ON shared(kind, about);
-- Tries to sign in. account is a hash, because people type passphrases where their address belongs, and empty once the
-- try was right.
CREATE TABLE tries (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX tries_address ON tries(address, at);
CREATE INDEX tries_at ON tries(at);
-- Its row is what those wait for who count a try.
INSERT INTO versions (name, version) VALUES ('tries', 0);
