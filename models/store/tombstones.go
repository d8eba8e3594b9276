package store

import (
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

// absent is the error that there is no such record in the view: gone with what it was, when and why it was removed,
// or not found.
func (v *view) absent(kind, ref string) error {
	var gone *models.Error
	err := each("look for what was removed", v.raw("SELECT title_en, title_ja, reason_en, reason_ja, removed_at FROM tombstones WHERE kind = ? AND ref = ?", kind, ref), func(scan scanner) error {
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
	return models.NotFound(kind, ref)
}
