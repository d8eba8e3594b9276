package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// userSQL reads accounts; its one argument is the present instant.
const userSQL = `SELECT u.id, u.email, u.name, u.role, u.disabled, u.factor_secret <> '' AS second_factor, u.keys_off, u.created_at, u.seen_at,
	(SELECT COUNT(*) FROM sessions s WHERE s.user_id = u.id AND s.expires_at > ?) AS sessions FROM users u`

// Users returns every account, by name.
func (s *Store) Users(ctx context.Context, actor models.Actor) ([]models.User, error) {
	if !models.May(actor, models.PermitUsers) {
		return nil, forbidden()
	}
	all := []models.User{}
	err := s.readers.WithContext(ctx).Raw(userSQL+" ORDER BY u.name, u.id", instant(s.now())).Scan(&all).Error
	return all, translate("read the accounts", err)
}

// User returns an account, and not found when there is none or it is shut.
func (s *Store) User(ctx context.Context, id int64) (models.User, error) {
	var found []models.User
	err := s.readers.WithContext(ctx).Raw(userSQL+" WHERE u.id = ? AND NOT u.disabled", instant(s.now()), id).Scan(&found).Error
	if err == nil && len(found) == 0 {
		return models.User{}, models.NotFound("user", fmt.Sprint(id))
	}
	if err != nil {
		return models.User{}, translate("read the account", err)
	}
	return found[0], nil
}

// HasUsers reports whether anybody has an account; until then the first one can be made.
func (s *Store) HasUsers(ctx context.Context) (bool, error) {
	return hasUsers(s.readers.WithContext(ctx))
}

func hasUsers(db *gorm.DB) (bool, error) {
	var n int
	err := scanRow(db.Raw("SELECT COUNT(*) FROM users"), &n)
	return n > 0, translate("count the accounts", err)
}

// SecondPersonForums lists all forums, and which of them want a second person to publish rounds.
func (s *Store) SecondPersonForums(ctx context.Context) (all []models.Reference, wanted []string, err error) {
	err = each("read the forums", s.readers.WithContext(ctx).Raw("SELECT slug, name_en, name_ja, second_person FROM forums WHERE removed_at = '' ORDER BY position, slug"), func(scan scanner) error {
		var r models.Reference
		var second bool
		if err := scan(&r.Ref, &r.Title.EN, &r.Title.JA, &second); err != nil {
			return err
		}
		all = append(all, r)
		if second {
			wanted = append(wanted, r.Ref)
		}
		return nil
	})
	return all, wanted, err
}

// Credentials returns what signing in to an open account is checked against; not found when there is none.
func (s *Store) Credentials(ctx context.Context, email string) (models.Credentials, error) {
	return s.credentials(ctx, "u.email_key = ? AND u.email_key <> ''", models.EmailKey(email))
}

// CredentialsOf is Credentials by the id of the account.
func (s *Store) CredentialsOf(ctx context.Context, id int64) (models.Credentials, error) {
	return s.credentials(ctx, "u.id = ?", id)
}

func (s *Store) credentials(ctx context.Context, cond string, arg any) (models.Credentials, error) {
	var c models.Credentials
	err := scanRow(s.readers.WithContext(ctx).Raw(`SELECT u.id, u.email, u.name, u.role, u.created_at, u.passphrase_hash, u.factor_secret FROM users u
		WHERE NOT u.disabled AND `+cond, arg), &c.ID, &c.Email, &c.Name, &c.Role, &c.CreatedAt, &c.PassphraseHash, &c.FactorSecret)
	if errors.Is(err, sql.ErrNoRows) {
		return c, models.NotFound("user", "")
	}
	c.SecondFactor = c.FactorSecret != ""
	return c, translate("read the credentials", err)
}

// SetUp makes the first account, an administrator's. It is refused as not found once there is one.
func (s *Store) SetUp(ctx context.Context, n models.NewUser, passphraseHash string) (int64, error) {
	n.Role = models.Administrator
	var id int64
	err := s.Write(ctx, models.Program, Change{Action: "user.set_up", Object: "user:" + models.EmailKey(n.Email), Detail: n, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		if some, err := hasUsers(tx.db); err != nil || some {
			return errors.Join(err, &models.Error{Kind: models.KindNotFound, Key: "error.no_page"})
		}
		var err error
		if id, err = tx.addUser(n, passphraseHash); err != nil {
			return err
		}
		return tx.exec("end the codes", "DELETE FROM shared WHERE kind = ?", SharedSetUpCode)
	})
	return id, err
}

// AddUser makes an account with a passphrase that the caller has hashed.
func (s *Store) AddUser(ctx context.Context, actor models.Actor, n models.NewUser, passphraseHash string) (int64, error) {
	var id int64
	err := s.Write(ctx, actor, Change{Action: "user.add", Object: "user:" + models.EmailKey(n.Email), Detail: n, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) (err error) {
		id, err = tx.addUser(n, passphraseHash)
		return err
	})
	return id, err
}

func (tx *Tx) addUser(n models.NewUser, hash string) (int64, error) {
	if err := n.Validate(); err != nil {
		return 0, err
	}
	var taken int
	if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM users WHERE email_key = ?", models.EmailKey(n.Email)), &taken); err != nil {
		return 0, translate("look for the address", err)
	}
	if taken > 0 {
		return 0, models.Invalid(models.Field("email", "error.email_taken"))
	}
	return tx.insert("users", col("email", n.Email), col("email_key", models.EmailKey(n.Email)), col("name", n.Name), col("role", n.Role),
		col("passphrase_hash", hash), col("disabled", false), col("created_at", tx.at))
}

// SetRole gives an account another role, or shuts or opens it. The last administrator stays one. Its sessions end: who
// may do less or more signs in anew.
func (s *Store) SetRole(ctx context.Context, actor models.Actor, id int64, role models.Role, disabled bool) error {
	if !role.Valid() {
		return models.Invalid(models.Field("role", "error.unknown_value", "value", string(role)))
	}
	detail := map[string]any{"role": role, "disabled": disabled}
	return s.Write(ctx, actor, Change{Action: "user.change", Object: fmt.Sprintf("user:%d", id), Detail: detail, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		var was models.Role
		var shut bool
		if err := tx.user(id, "role, disabled", &was, &shut); err != nil {
			return err
		}
		detail["was"] = map[string]any{"role": was, "disabled": shut}
		if err := tx.exec("change the account", "UPDATE users SET role = ?, disabled = ?, version = version + 1 WHERE id = ?", role, disabled, id); err != nil {
			return err
		}
		var left int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM users WHERE role = ? AND NOT disabled", models.Administrator), &left); err != nil {
			return translate("count the administrators", err)
		}
		if left == 0 && was == models.Administrator && !shut {
			return &models.Error{Kind: models.KindConflict, Key: "error.last_administrator"}
		}
		return tx.endSessions(id, "")
	})
}

// SetPassphrase gives the actor's own account another passphrase and ends its other sessions.
func (s *Store) SetPassphrase(ctx context.Context, actor models.Actor, hash, session string) error {
	return s.Write(ctx, actor, Change{Action: "user.passphrase", Object: fmt.Sprintf("user:%d", actor.ID), Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		if err := tx.setPassphrase(actor.ID, hash); err != nil {
			return err
		}
		return tx.endSessions(actor.ID, session)
	})
}

func (tx *Tx) setPassphrase(id int64, hash string) error {
	return tx.exec("change the passphrase", "UPDATE users SET passphrase_hash = ?, version = version + 1 WHERE id = ?", hash, id)
}

// SetKeys turns the single keys of the actor's own pages off or on.
func (s *Store) SetKeys(ctx context.Context, actor models.Actor, off bool) error {
	return s.Write(ctx, actor, Change{Action: "user.keys", Object: fmt.Sprintf("user:%d", actor.ID), Detail: map[string]any{"off": off}, Needs: models.PermitAccount, Aside: true}, func(tx *Tx) error {
		return tx.exec("change the keys", "UPDATE users SET keys_off = ? WHERE id = ?", off, actor.ID)
	})
}

// Rehash replaces the hash of a passphrase by one of today's cost; the passphrase stays.
func (s *Store) Rehash(ctx context.Context, id int64, hash string) error {
	_, err := s.keep(ctx, "renew the hash", "UPDATE users SET passphrase_hash = ? WHERE id = ?", hash, id)
	return err
}

// user reads columns of an account. An unknown one is not found.
func (tx *Tx) user(id int64, columns string, dest ...any) error {
	err := scanRow(tx.db.Raw("SELECT "+columns+" FROM users WHERE id = ?", id), dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return models.NotFound("user", fmt.Sprint(id))
	}
	return translate("read the account", err)
}

// exec runs a statement of a write.
func (tx *Tx) exec(doing, sql string, args ...any) error {
	return translate(doing, tx.db.Exec(sql, args...).Error)
}

func forbidden() error { return &models.Error{Kind: models.KindForbidden, Key: "error.forbidden"} }
