package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
)

// Retract strikes a piece of evidence out, with the reason. It stays where it is cited, so that what was judged on it
// can be understood.
func (s *Store) Retract(ctx context.Context, actor models.Actor, ref string, reason models.Text, receipt *models.Receipt) error {
	c := Change{Action: "evidence.retract", Object: "evidence:" + ref, Detail: reason, Needs: models.PermitAssess, Receipt: receipt, Narrow: true}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		var found []string
		if err := tx.db.Raw("SELECT retracted_at FROM evidence WHERE ref = ?", ref).Scan(&found).Error; err != nil {
			return translate("find "+ref, err)
		}
		switch {
		case len(found) == 0:
			return models.NotFound("evidence", ref)
		case found[0] != "":
			return &models.Error{Kind: models.KindConflict, Key: "error.retracted_already"}
		}
		if err := models.ValidateReason("reason", reason); err != nil {
			return err
		}
		return tx.exec("retract "+ref, "UPDATE evidence SET retracted_at = ?, retracted_by = ?, retraction_en = ?, retraction_ja = ? WHERE ref = ?", tx.at, tx.actor.Name, reason.EN, reason.JA, ref)
	})
}
