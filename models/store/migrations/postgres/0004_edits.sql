-- +goose Up
-- Records that are no judgements are edited in place and removed softly. version grows with every change; removed_at is
-- empty while the record stands. initiatives had a version from the start.
ALTER TABLE forums ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE countries ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE topics ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE delegates ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE meetings ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE forums ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE countries ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE topics ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE delegates ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE initiatives ADD COLUMN removed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
-- What a record was called before; its old addresses lead to it for ever.
CREATE TABLE former_slugs (
  kind TEXT COLLATE "C" NOT NULL, slug TEXT COLLATE "C" NOT NULL,
  record_id BIGINT NOT NULL, -- in the table of that kind
  PRIMARY KEY (kind, slug)
);
