package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/followthrough/followthrough/models"
)

const tokenSQL = `SELECT t.id, t.name, t.prefix, u.name AS owner, t.user_id AS owner_id, t.scope, t.created_at, t.expires_at, t.revoked_at, t.used_at, t.used_from
	FROM tokens t JOIN users u ON u.id = t.user_id`

// Tokens lists the actor's own tokens, the newest first, or everybody's when all is asked for.
func (s *Store) Tokens(ctx context.Context, actor models.Actor, all bool) ([]models.Token, error) {
	if all && !models.May(actor, models.PermitUsers) {
		return nil, forbidden()
	}
	list := []models.Token{}
	err := s.readers.WithContext(ctx).Raw(tokenSQL+" WHERE ? OR t.user_id = ? ORDER BY t.id DESC LIMIT 1000", all, actor.ID).Scan(&list).Error
	return list, translate("read the tokens", err)
}

// AddToken makes a token of the actor's. prefix tells it from others; only the hash of the token itself is kept.
func (s *Store) AddToken(ctx context.Context, actor models.Actor, n models.NewToken, prefix, hash string) (int64, error) {
	if n.Days == 0 {
		n.Days = models.DefaultTokenDays
	}
	var id int64
	err := s.Write(ctx, actor, Change{Action: "token.add", Object: "token:" + prefix, Detail: n, Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		if err := n.Validate(); err != nil {
			return err
		}
		var err error
		id, err = tx.insert("tokens", col("user_id", actor.ID), col("name", n.Name), col("prefix", prefix), col("hash", hash), col("scope", n.Scope),
			col("created_at", tx.at), col("expires_at", instant(s.now().AddDate(0, 0, n.Days))), col("revoked_at", ""), col("used_at", ""), col("used_from", ""))
		return err
	})
	return id, err
}

// RevokeToken ends a token: one's own, or anybody's for an administrator. Another's is not found.
func (s *Store) RevokeToken(ctx context.Context, actor models.Actor, id int64) error {
	return s.Write(ctx, actor, Change{Action: "token.revoke", Object: fmt.Sprintf("token:%d", id), Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		done := tx.db.Exec("UPDATE tokens SET revoked_at = ? WHERE id = ? AND (user_id = ? OR ?) AND revoked_at = ''", tx.at, id, actor.ID, models.May(actor, models.PermitUsers))
		if done.Error == nil && done.RowsAffected == 0 {
			return models.NotFound("token", fmt.Sprint(id))
		}
		return translate("revoke the token", done.Error)
	})
}

// TokenActor returns who acts with the token of that hash: its owner, as far as its scope reaches. Not found when it
// is none, has expired or was revoked, or when its owner's account is shut.
func (s *Store) TokenActor(ctx context.Context, hash, address string) (models.Actor, error) {
	var a models.Actor
	var id int64
	var scope models.Scope
	var used string
	now := s.now()
	err := scanRow(s.readers.WithContext(ctx).Raw(`SELECT t.id, t.scope, t.used_at, u.id, u.name, u.role FROM tokens t JOIN users u ON u.id = t.user_id
		WHERE t.hash = ? AND t.hash <> '' AND t.revoked_at = '' AND t.expires_at > ? AND NOT u.disabled`, hash, instant(now)), &id, &scope, &used, &a.ID, &a.Name, &a.Role)
	if errors.Is(err, sql.ErrNoRows) {
		return models.Public, models.NotFound("token", "")
	}
	if err != nil {
		return models.Public, translate("find the token", err)
	}
	a.ReadOnly, a.Address = scope != models.ScopeWrite, address
	if minute := instant(now.Truncate(time.Minute)); used != minute {
		_, err = s.keep(ctx, "remember the use", "UPDATE tokens SET used_at = ?, used_from = ? WHERE id = ?", minute, address, id)
	}
	return a, err
}
