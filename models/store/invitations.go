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
	if err := tx.endLinks(n.Email); err != nil {
		return err
	}
	return tx.put("invitations", col("hash", hash), col("user_id", user), col("email", n.Email), col("name", n.Name), col("role", n.Role),
		col("created_at", tx.at), col("expires_at", instant(now.Add(linkLife))), col("used_at", ""))
}

// endLinks ends the open links of a person: only the newest opens, and none once it was used.
func (tx *Tx) endLinks(email string) error {
	return tx.exec("end the links", "UPDATE invitations SET used_at = ? WHERE used_at = '' AND LOWER(email) = LOWER(?)", tx.at, email)
}

// openLinks is the condition of links that still open; its one argument is the present instant.
const openLinks = "used_at = '' AND expires_at > ?"

// Invitations lists the links that still open, the first to expire first.
func (s *Store) Invitations(ctx context.Context, actor models.Actor) ([]models.Invitation, error) {
	if !models.May(actor, models.PermitUsers) {
		return nil, forbidden()
	}
	var all []models.Invitation
	err := s.readers.WithContext(ctx).Raw("SELECT SUBSTR(hash, 1, ?) AS ref, COALESCE(user_id, 0) AS user_id, email, name, role, expires_at FROM invitations WHERE "+openLinks+" ORDER BY expires_at, hash", sessionRef, instant(s.now())).Scan(&all).Error
	return all, translate("read the links", err)
}

// Withdraw ends a link that still opens.
func (s *Store) Withdraw(ctx context.Context, actor models.Actor, ref string) error {
	return s.Write(ctx, actor, Change{Action: "user.withdraw", Object: "invitation:" + ref, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		done := tx.db.Exec("UPDATE invitations SET used_at = ? WHERE SUBSTR(hash, 1, ?) = ? AND "+openLinks, tx.at, sessionRef, ref, tx.at)
		if done.Error == nil && done.RowsAffected == 0 {
			return models.NotFound("invitation", ref)
		}
		return translate("withdraw the link", done.Error)
	})
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
		if err := tx.endLinks(i.Email); err != nil {
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
