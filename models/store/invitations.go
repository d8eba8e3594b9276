package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/followthrough/followthrough/models"
)

// linkLife is how long a one-time link opens.
const linkLife = 24 * time.Hour

// Invite keeps the hash of a one-time link that makes an account.
func (s *Store) Invite(ctx context.Context, actor models.Actor, n models.NewUser, hash string) error {
	return s.Write(ctx, actor, Change{Action: "user.invite", Object: "user:" + models.EmailKey(n.Email), Detail: n, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		if err := n.Validate(); err != nil {
			return err
		}
		var taken int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM users WHERE email_key = ?", models.EmailKey(n.Email)), &taken); err != nil {
			return translate("look for the address", err)
		}
		if taken > 0 {
			return models.Invalid(models.Field("email", "error.email_taken"))
		}
		return tx.addLink(nil, n, hash, s.now())
	})
}

// Renew keeps the hash of a one-time link by which the person of an account chooses a new passphrase. It does not
// stand in for the second factor.
func (s *Store) Renew(ctx context.Context, actor models.Actor, user int64, hash string) error {
	return s.Write(ctx, actor, Change{Action: "user.renew", Object: fmt.Sprintf("user:%d", user), Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		var n models.NewUser
		if err := tx.user(user, "email, name, role", &n.Email, &n.Name, &n.Role); err != nil {
			return err
		}
		return tx.addLink(&user, n, hash, s.now())
	})
}

func (tx *Tx) addLink(user *int64, n models.NewUser, hash string, now time.Time) error {
	return tx.put("invitations", col("hash", hash), col("user_id", user), col("email", n.Email), col("name", n.Name), col("role", n.Role),
		col("created_at", tx.at), col("expires_at", instant(now.Add(linkLife))), col("used_at", ""))
}

// Invitation returns what a link is for. One that was used or has expired is gone.
func (s *Store) Invitation(ctx context.Context, hash string) (models.Invitation, error) {
	var i models.Invitation
	var used string
	err := scanRow(s.readers.WithContext(ctx).Raw(invitationSQL, hash), &i.UserID, &i.Email, &i.Name, &i.Role, &i.ExpiresAt, &used)
	return i, s.usable(i, used, err)
}

const invitationSQL = "SELECT COALESCE(user_id, 0), email, name, role, expires_at, used_at FROM invitations WHERE hash = ? AND hash <> ''"

func (s *Store) usable(i models.Invitation, used string, err error) error {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return &models.Error{Kind: models.KindNotFound, Key: "error.no_page"}
	case err != nil:
		return translate("read the link", err)
	case used != "" || i.ExpiresAt <= instant(s.now()):
		return &models.Error{Kind: models.KindGone, Key: "error.link_used"}
	}
	return nil
}

// Accept uses a link up: it makes the account, or gives it a new passphrase and ends its sessions. It returns the
// account's id.
func (s *Store) Accept(ctx context.Context, hash, name, passphraseHash string) (int64, error) {
	var i models.Invitation
	c := Change{Action: "user.accept", Object: "invitation:" + hash[:min(len(hash), sessionRef)], Detail: &i.NewUser, Needs: models.PermitUsers, Aside: true}
	err := s.Write(ctx, models.Program, c, func(tx *Tx) error {
		var used string
		err := scanRow(tx.db.Raw(invitationSQL, hash), &i.UserID, &i.Email, &i.Name, &i.Role, &i.ExpiresAt, &used)
		if err := s.usable(i, used, err); err != nil {
			return err
		}
		if err := tx.exec("use the link up", "UPDATE invitations SET used_at = ? WHERE hash = ?", tx.at, hash); err != nil {
			return err
		}
		if i.UserID != 0 {
			if err := tx.setPassphrase(i.UserID, passphraseHash); err != nil {
				return err
			}
			return tx.endSessions(i.UserID, "")
		}
		i.NewUser.Name = name
		i.UserID, err = tx.addUser(i.NewUser, passphraseHash)
		return err
	})
	return i.UserID, err
}
