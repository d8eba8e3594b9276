package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// editor reads and writes one kind of record that people edit.
type editor interface {
	home() string                                    // its table
	load(tx *Tx, r versioned) (models.Edit, error)   // what can be said of a record, as it stands
	check(tx *Tx, id int64, e models.Edit) error     // what the record does not allow; id is 0 for a new one
	add(tx *Tx, e models.Edit) error                 // writes a new record
	change(tx *Tx, r versioned, e models.Edit) error // writes over a record
	told(tx *Tx, r versioned) error                  // touches every record in whose texts it is mentioned
	resting() []use                                  // what forbids its removal
	title(e models.Edit) models.Text                 // what its tombstone calls it
}

// use is a column through which other records rest on a record, so that it cannot be removed while they do.
type use struct{ kind, table, column string }

// edited is what the audit has of an edit.
type edited struct {
	Changes []models.FieldChange `json:"changes"`
}

// Editable returns what can be said of a record, as it stands, and its version.
func (s *Store) Editable(ctx context.Context, actor models.Actor, kind, ref string) (models.Edit, int64, error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, 0, forbidden()
	}
	var e models.Edit
	var version int64
	err := s.view(ctx, models.When{}, func(v *view) error {
		tx := &Tx{db: v.db}
		r, err := tx.edited(kind, ref, anyVersion)
		if err != nil {
			return err
		}
		version = r.version
		e, err = editors[kind].load(tx, r)
		return err
	})
	return e, version, err
}

// Create adds a record.
func (s *Store) Create(ctx context.Context, actor models.Actor, kind string, e models.Edit, receipt *models.Receipt) error {
	detail := &edited{}
	c := Change{Action: kind + ".create", Object: kind + ":" + e.Ref(), Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		by := editors[kind]
		if err := models.Together(e.Validate(s.Today()), tx.checkFree(kind, e), by.check(tx, 0, e)); err != nil {
			return err
		}
		if err := by.add(tx, e); err != nil {
			return err
		}
		tx.result = e.Ref()
		detail.Changes = models.Diff(struct{}{}, e)
		return tx.tell(kind, e.Ref())
	})
}

// Edit changes a record in place. The version must be the one the person saw; the audit keeps every field as it was.
func (s *Store) Edit(ctx context.Context, actor models.Actor, kind, ref string, version int64, e models.Edit, receipt *models.Receipt) error {
	detail := &edited{}
	c := Change{Action: kind + ".edit", Object: kind + ":" + ref, Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.edited(kind, ref, version)
		if err != nil {
			return err
		}
		by := editors[kind]
		was, err := by.load(tx, r)
		if err != nil {
			return err
		}
		if err := models.Together(e.Validate(s.Today()), by.check(tx, r.id, e)); err != nil {
			return err
		}
		if err := tx.rename(kind, r, e); err != nil {
			return err
		}
		if err := tx.tell(kind, ref); err != nil { // who mentions it as it was
			return err
		}
		if err := by.change(tx, r, e); err != nil {
			return err
		}
		tx.result = e.Ref()
		detail.Changes = models.Diff(was, e)
		return tx.tell(kind, e.Ref())
	})
}

// Remove takes a record out of every view. It can be restored; its address says meanwhile what it was and why it is gone.
func (s *Store) Remove(ctx context.Context, actor models.Actor, kind, ref string, version int64, reason models.Text, receipt *models.Receipt) error {
	c := Change{Action: kind + ".remove", Object: kind + ":" + ref, Detail: reason, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.edited(kind, ref, version)
		if err != nil {
			return err
		}
		if err := models.ValidateReason("reason", reason); err != nil {
			return err
		}
		by := editors[kind]
		if err := tx.checkUnused(r, by.resting()); err != nil {
			return err
		}
		e, err := by.load(tx, r)
		if err != nil {
			return err
		}
		if err := tx.shelve(by.home(), r, tx.at); err != nil {
			return err
		}
		if err := tx.tell(kind, ref); err != nil {
			return err
		}
		return tx.Bury(models.RecordRef{Kind: kind, Ref: ref, Title: by.title(e)}, reason)
	})
}

// Restore brings a removed record back as it was.
func (s *Store) Restore(ctx context.Context, actor models.Actor, kind, ref string, receipt *models.Receipt) error {
	c := Change{Action: kind + ".restore", Object: kind + ":" + ref, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		by := editors[kind]
		r, removed, err := tx.row(kind, ref)
		switch {
		case err != nil:
			return err
		case removed == "":
			return &models.Error{Kind: models.KindConflict, Key: "error.not_removed"}
		}
		e, err := by.load(tx, r)
		if err != nil {
			return err
		}
		clear(tx.ids)
		if err := by.check(tx, r.id, e); err != nil { // what it rests on may be removed by now
			return err
		}
		if err := tx.shelve(by.home(), r, ""); err != nil {
			return err
		}
		if err := tx.tell(kind, ref); err != nil {
			return err
		}
		return tx.exec("restore "+ref, "DELETE FROM tombstones WHERE kind = ? AND ref = ?", kind, ref)
	})
}

// row finds a record, removed or not.
func (tx *Tx) row(kind, ref string) (r versioned, removed string, err error) {
	r.ref = ref
	table := editors[kind].home()
	id := "id"
	if table == "countries" {
		id = "0"
	}
	err = scanRow(tx.db.Raw("SELECT "+id+", version, removed_at FROM "+table+" WHERE "+refColumns[table]+" = ?", ref), &r.id, &r.version, &removed)
	if errors.Is(err, sql.ErrNoRows) {
		return r, "", (&view{db: tx.db}).absent(kind, ref)
	}
	return r, removed, translate("find "+ref, err)
}

// edited finds the record that an edit is about, in the version that the person saw.
func (tx *Tx) edited(kind, ref string, version int64) (versioned, error) {
	r, removed, err := tx.row(kind, ref)
	switch {
	case err != nil:
		return r, err
	case removed != "":
		return r, (&view{db: tx.db}).absent(kind, ref)
	}
	return r, atVersion(version, r.version)
}

// atVersion refuses a change of a record that does not say on which version it was made, or says another one than the
// record has.
func atVersion(seen, now int64) error {
	switch {
	case seen == 0:
		return &models.Error{Kind: models.KindUnversioned, Key: "error.unversioned"}
	case seen != anyVersion && seen != now:
		return &models.Error{Kind: models.KindStale, Key: "error.stale", Current: &models.Current{Version: now}}
	}
	return nil
}

// shelve sets when a record was removed; empty brings it back.
func (tx *Tx) shelve(table string, r versioned, at string) error {
	return tx.exec("shelve "+r.ref, "UPDATE "+table+" SET removed_at = ?, version = version + 1 WHERE "+refColumns[table]+" = ?", at, r.ref)
}

// checkFree refuses a reference that another record has or had: a former one leads to its record for ever.
func (tx *Tx) checkFree(kind string, e models.Edit) error {
	table := editors[kind].home()
	var taken int
	err := scanRow(tx.db.Raw("SELECT (SELECT COUNT(*) FROM "+table+" WHERE "+refColumns[table]+" = ?) + (SELECT COUNT(*) FROM former_slugs WHERE kind = ? AND slug = ?)", e.Ref(), kind, e.Ref()), &taken)
	if err == nil && taken > 0 {
		return models.Invalid(models.Field(refField(kind), "error.taken", "value", e.Ref()))
	}
	return translate("look for "+e.Ref(), err)
}

// refField is the name on the wire of what a record of the kind is called.
func refField(kind string) string {
	switch kind {
	case "country":
		return "iso2"
	case "meeting", "initiative":
		return "ref"
	case "commitment":
		return "code"
	}
	return "slug"
}

// rename keeps the former name of a record that gets another, where that may change at all.
func (tx *Tx) rename(kind string, r versioned, e models.Edit) error {
	if e.Ref() == r.ref {
		return nil
	}
	if refField(kind) != "slug" {
		return models.Invalid(models.Field(refField(kind), "error.fixed"))
	}
	if err := tx.exec("free "+e.Ref(), "DELETE FROM former_slugs WHERE kind = ? AND slug = ? AND record_id = ?", kind, e.Ref(), r.id); err != nil { // its own again
		return err
	}
	if err := tx.checkFree(kind, e); err != nil {
		return err
	}
	if err := tx.put("former_slugs", col("kind", kind), col("slug", r.ref), col("record_id", r.id)); err != nil {
		return err
	}
	if err := tx.exec("rename "+r.ref, "UPDATE contradiction_records SET ref = ? WHERE kind = ? AND ref = ?", e.Ref(), kind, r.ref); err != nil || kind != "statement" {
		return err
	}
	return tx.exec("rename paragraphs of "+r.ref, "UPDATE contradiction_records SET ref = ? || SUBSTR(ref, ?) WHERE kind = 'statement' AND ref >= ? AND ref < ?", e.Ref(), len(r.ref)+1, r.ref+"#", r.ref+"$")
}

// checkUnused refuses to remove what others rest on.
func (tx *Tx) checkUnused(r versioned, all []use) error {
	for _, u := range all {
		key := any(r.id)
		if r.id == 0 {
			key = r.ref
		}
		standing := ""
		if removable[u.table] {
			standing = " AND removed_at = ''"
		}
		for column, above := range hanging[u.table] { // what hangs on a removed record is removed with it
			standing += " AND " + column + " NOT IN (SELECT id FROM " + above + " WHERE removed_at <> '')"
		}
		var n int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM "+u.table+" WHERE "+u.column+" = ?"+standing, key), &n); err != nil {
			return translate("look who uses "+r.ref, err)
		}
		if n > 0 {
			return &models.Error{Kind: models.KindConflict, Key: "error.used_by_" + u.kind, Args: map[string]any{"n": n}}
		}
	}
	return nil
}

// tell touches every record in whose texts this one is mentioned.
func (tx *Tx) tell(kind, ref string) error {
	r, _, err := tx.row(kind, ref)
	if err != nil {
		return err
	}
	return editors[kind].told(tx, r)
}

// touchAll touches the records of a kind whose refs a query gives.
func (tx *Tx) touchAll(kind, query string, args ...any) error {
	var refs []string
	if err := tx.db.Raw(query, args...).Scan(&refs).Error; err != nil {
		return translate(fmt.Sprintf("find what mentions a %s", kind), err)
	}
	for _, ref := range refs {
		tx.touch(kind, ref)
	}
	return nil
}
