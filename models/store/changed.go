package store

import (
	"maps"
	"slices"
)

// keptVersions is for how many data versions the record knows what they changed.
const keptVersions = 1000

// The ids that stand for no initiative in the table of what was changed.
const (
	changedAny  = 0
	changedNone = -1
)

// keepChanged raises the data version and keeps with it which initiatives the write changed.
func (tx *Tx) keepChanged(c Change) error {
	var version int64
	if err := scanRow(tx.db.Raw("UPDATE versions SET version = version + 1 WHERE name = 'data' RETURNING version"), &version); err != nil {
		return translate("raise the data version", err)
	}
	tx.version = version
	touched := slices.Concat(tx.touched["initiative"], slices.Collect(maps.Keys(tx.judged)))
	sql, args := "INSERT INTO changed (version, initiative_id) VALUES (?, ?)", []any{version, changedAny}
	switch {
	case !c.Narrow:
	case len(touched) == 0:
		args[1] = changedNone
	default:
		sql, args = "INSERT INTO changed (version, initiative_id) SELECT CAST(? AS BIGINT), id FROM initiatives WHERE ref IN ("+marks(len(touched))+")", append([]any{version}, anys(touched)...)
	}
	if err := tx.exec("keep what was changed", sql, args...); err != nil {
		return err
	}
	return tx.exec("forget what was changed long ago", "DELETE FROM changed WHERE version <= ?", version-keptVersions)
}

// changedSince lists the ids of the initiatives that were changed after a data version, and whether they are all that
// was. Of versions that nobody kept, anything may have been changed.
func (v *view) changedSince(version int64) (ids []any, alone bool, err error) {
	seen, versions := map[int64]bool{}, map[int64]bool{}
	alone = true
	err = each("read what was changed", v.db.Raw("SELECT version, initiative_id FROM changed WHERE version > ? AND version <= ?", version, v.version), func(scan scanner) error {
		var of, id int64
		if err := scan(&of, &id); err != nil {
			return err
		}
		versions[of] = true
		alone = alone && id != changedAny
		if id > 0 && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
		return nil
	})
	return ids, alone && int64(len(versions)) == v.version-version, err
}
