-- +goose Up
-- Briefings that were frozen. options is what was asked for, as JSON; the rest of the row is what the printed head says.
-- The content stands in briefing_files, each form byte for byte. Neither table lets a row be changed or removed.
CREATE TABLE briefings (
  id BIGINT PRIMARY KEY,
  heading_en TEXT COLLATE "C" NOT NULL, heading_ja TEXT COLLATE "C" NOT NULL,
  options TEXT COLLATE "C" NOT NULL,
  as_of TEXT COLLATE "C" NOT NULL, -- the day it speaks of; empty for the day it was frozen on
  data_version BIGINT NOT NULL,
  audit_seq BIGINT NOT NULL, audit_hash TEXT COLLATE "C" NOT NULL, -- the head of the audit when the record was read
  frozen_at TEXT COLLATE "C" NOT NULL, author TEXT COLLATE "C" NOT NULL
);
CREATE TABLE briefing_files (
  briefing_id BIGINT NOT NULL REFERENCES briefings(id) ON DELETE RESTRICT,
  format TEXT COLLATE "C" NOT NULL CHECK (format IN ('html','md','csv','json')),
  body TEXT COLLATE "C" NOT NULL, sha256 TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (briefing_id, format)
);
CREATE TRIGGER briefings_no_change BEFORE UPDATE OR DELETE ON briefings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefings_no_truncate BEFORE TRUNCATE ON briefings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_files_no_change BEFORE UPDATE OR DELETE ON briefing_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_files_no_truncate BEFORE TRUNCATE ON briefing_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
