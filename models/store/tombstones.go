package store

import (
	"cmp"
	"context"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Bury remembers a record that is removed: what it was and why. Its address answers 410 from then on.
func (tx *Tx) Bury(r models.RecordRef, reason models.Text) error {
	if reason.IsZero() {
		return models.Invalid(models.Field("reason", "error.required"))
	}
	return tx.put("tombstones", col("kind", r.Kind), col("ref", r.Ref), text("title", r.Title), text("reason", reason), col("removed_at", tx.at))
}

// absent is the error that there is no such record in the view: moved to another name, gone with what it was, when and
// why it was removed, or not found. A commitment goes with its statement.
func (v *view) absent(kind, ref string) error {
	var gone *models.Error
	err := each("look for what was removed", v.raw(`SELECT title_en, title_ja, reason_en, reason_ja, removed_at FROM tombstones WHERE (kind = ? AND ref = ?
		OR ? = 'commitment' AND kind = 'statement' AND ref IN (SELECT st.slug FROM `+v.base+`commitments c JOIN `+v.base+`statements st ON st.id = c.statement_id WHERE c.code = ?)) AND removed_at <= ?`,
		kind, ref, kind, ref, cmp.Or(v.known, presentOnly)), func(scan scanner) error {
		var title, reason models.Text
		var at string
		if err := scan(&title.EN, &title.JA, &reason.EN, &reason.JA, &at); err != nil {
			return err
		}
		on, _, _ := strings.Cut(at, "T")
		gone = &models.Error{Kind: models.KindGone, Key: "error.gone", Args: map[string]any{"title": title, "reason": reason, "on": day(on), "ref": ref}}
		return nil
	})
	if err != nil {
		return err
	}
	if gone != nil {
		return gone
	}
	now, err := v.renamed(kind, ref)
	if err != nil || now == "" {
		return cmp.Or[error](err, models.NotFound(kind, ref))
	}
	return &models.Error{Kind: models.KindMoved, Key: "error.moved", Args: map[string]any{"from": ref, "to": now}}
}

// Renamed returns what a record is called by now that once had a slug; empty when none had it.
func (s *Store) Renamed(ctx context.Context, kind, slug string) (now string, err error) {
	err = s.view(ctx, models.When{}, func(v *view) error { now, err = v.renamed(kind, slug); return err })
	return now, err
}

// renamed returns what a record is called by now that once had a slug; empty when none had it.
func (v *view) renamed(kind, slug string) (string, error) {
	by, editable := editors[kind]
	if !editable || refField(kind) != "slug" {
		return "", nil
	}
	var now []string
	err := v.db.Raw("SELECT x.slug FROM former_slugs f JOIN "+by.home()+" x ON x.id = f.record_id WHERE f.kind = ? AND f.slug = ?", kind, slug).Scan(&now).Error
	return strings.Join(now, ""), translate("look for a former name", err) // one at most
}
