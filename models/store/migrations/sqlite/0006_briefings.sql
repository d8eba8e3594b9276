-- +goose Up
-- Briefings that were frozen. options is what was asked for, as JSON; the rest of the row is what the printed head says.
-- The content stands in briefing_files, each form byte for byte. Neither table lets a row be changed or removed.
CREATE TABLE briefings (
  id INTEGER PRIMARY KEY,
  heading_en TEXT NOT NULL, heading_ja TEXT NOT NULL,
  options TEXT NOT NULL,
  as_of TEXT NOT NULL, -- the day it speaks of; empty for the day it was frozen on
  data_version INTEGER NOT NULL,
  audit_seq INTEGER NOT NULL, audit_hash TEXT NOT NULL, -- the head of the audit when the record was read
  frozen_at TEXT NOT NULL, author TEXT NOT NULL
);
CREATE TABLE briefing_files (
  briefing_id INTEGER NOT NULL REFERENCES briefings(id) ON DELETE RESTRICT,
  format TEXT NOT NULL CHECK (format IN ('html','md','csv','json')),
  body TEXT NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (briefing_id, format)
);
-- +goose StatementBegin
CREATE TRIGGER briefings_no_update BEFORE UPDATE ON briefings BEGIN SELECT RAISE(ABORT, 'a frozen briefing does not change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER briefings_no_delete BEFORE DELETE ON briefings BEGIN SELECT RAISE(ABORT, 'a frozen briefing does not change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER briefing_files_no_update BEFORE UPDATE ON briefing_files BEGIN SELECT RAISE(ABORT, 'a frozen briefing does not change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER briefing_files_no_delete BEFORE DELETE ON briefing_files BEGIN SELECT RAISE(ABORT, 'a frozen briefing does not change'); END;
-- +goose StatementEnd
