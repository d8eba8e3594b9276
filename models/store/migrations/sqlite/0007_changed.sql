-- +goose Up
-- Which initiatives the last writes changed, by the data version that they made, so that what is kept in memory follows
-- without reading all of them again. 0 stands for anything else that is counted, -1 for nothing.
CREATE TABLE changed (
  version INTEGER NOT NULL,
  initiative_id INTEGER NOT NULL,
  PRIMARY KEY (version, initiative_id)
) WITHOUT ROWID;
-- The feed reads what was recorded last.
CREATE INDEX updates_recorded ON updates(recorded_at, effective_on, id);
-- The day of what is found is read from the index alone.
DROP INDEX search_texts_ref;
CREATE INDEX search_texts_ref ON search_texts(kind, ref, shown_from);
