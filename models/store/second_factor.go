package store

import (
	"context"
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// SetSecondFactor gives the actor's own account a second factor with its recovery codes (as hashes), or takes it away
// when the secret is empty. Its other sessions end.
func (s *Store) SetSecondFactor(ctx context.Context, actor models.Actor, secret string, recovery []string, session string) error {
	detail := map[string]any{"on": secret != ""}
	return s.Write(ctx, actor, Change{Action: "user.second_factor", Object: fmt.Sprintf("user:%d", actor.ID), Detail: detail, Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		if err := tx.exec("change the second factor", "UPDATE users SET factor_secret = ?, factor_step = 0, version = version + 1 WHERE id = ?", secret, actor.ID); err != nil {
			return err
		}
		if err := tx.exec("drop the recovery codes", "DELETE FROM recovery_codes WHERE user_id = ?", actor.ID); err != nil {
			return err
		}
		for _, hash := range recovery {
			if err := tx.put("recovery_codes", col("user_id", actor.ID), col("hash", hash)); err != nil {
				return err
			}
		}
		return tx.endSessions(actor.ID, session)
	})
}

// UseStep uses up a time step of a second factor; false when it, or a later one, was used before.
func (s *Store) UseStep(ctx context.Context, user, step int64) (bool, error) {
	n, err := s.keep(ctx, "use the code", "UPDATE users SET factor_step = ? WHERE id = ? AND factor_step < ?", step, user, step)
	return n == 1, err
}

// UseRecoveryCode uses up a recovery code; false when the account has none of that hash.
func (s *Store) UseRecoveryCode(ctx context.Context, user int64, hash string) (bool, error) {
	n, err := s.keep(ctx, "use the recovery code", "DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?", user, hash)
	return n == 1, err
}
