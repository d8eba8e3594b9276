package store

import (
	"context"
	"time"

	"github.com/followthrough/followthrough/models"
)

// receiptLife is how long a change can be sent again without a second effect (trust C2).
const receiptLife = 24 * time.Hour

// repeated reports whether the change was made before under the same key, and then fills the receipt.
func (tx *Tx) repeated(r *models.Receipt) (bool, error) {
	if r == nil || r.Key == "" {
		return false, nil
	}
	err := each("look for the receipt", tx.db.Raw("SELECT fingerprint, result FROM submissions WHERE user_id = ? AND key = ?", tx.actor.ID, r.Key), func(scan scanner) error {
		var fingerprint string
		if err := scan(&fingerprint, &r.Result); err != nil {
			return err
		}
		if fingerprint != r.Fingerprint {
			return &models.Error{Kind: models.KindReused, Key: "error.reused"}
		}
		r.Replayed = true
		return nil
	})
	return r.Replayed, err
}

// remember says in the receipt what was made and keeps it in the transaction of the change, so that there is never one
// without the other.
func (tx *Tx) remember(r *models.Receipt) error {
	if r == nil {
		return nil
	}
	if r.Result = tx.result; r.Key == "" {
		return nil // sent without a key: what was made is told, and nothing remembered
	}
	return tx.put("submissions", col("user_id", tx.actor.ID), col("key", r.Key), col("fingerprint", r.Fingerprint), col("result", tx.result), col("created_at", tx.at))
}

// keep runs a statement that is no change of the record: sessions, last uses, drafts and what has expired. It leaves no
// audit entry (docs/decisions/0010).
func (s *Store) keep(ctx context.Context, doing, sql string, args ...any) (int64, error) {
	var n int64
	var err error
	s.writes.alone(func() {
		err = s.again(ctx, func() {}, func() error {
			done := s.writer.WithContext(ctx).Exec(sql, args...)
			n = done.RowsAffected
			return done.Error
		})
	})
	return n, translate(doing, err)
}

// Tidy drops what has expired: sessions, receipts, and what processes told each other. Several may do it at once.
func (s *Store) Tidy(ctx context.Context) error {
	now := s.now()
	for _, drop := range []struct{ sql, before string }{
		{"DELETE FROM sessions WHERE expires_at < ?", instant(now)},
		{"DELETE FROM submissions WHERE created_at < ?", instant(now.Add(-receiptLife))},
		{"DELETE FROM shared WHERE expires_at < ?", instant(now)},
		{"DELETE FROM tries WHERE at < ?", instant(now.Add(-models.TriesRemembered))},
	} {
		if _, err := s.keep(ctx, "tidy", drop.sql, drop.before); err != nil {
			return err
		}
	}
	return nil
}
