package store

import (
	"context"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Names of settings. A list is kept separated by spaces, yes as 1.
const (
	factorRoles  = "second_factor_roles"
	signInToRead = "sign_in_to_read"
)

// setting returns the value of a setting, empty when it was never changed.
func (s *Store) setting(ctx context.Context, name string) (string, error) {
	return keepWhile(&s.unchanged, name, func() (string, error) {
		var found []string
		err := s.readers.WithContext(ctx).Raw("SELECT value FROM settings WHERE name = ?", name).Scan(&found).Error
		return strings.Join(found, ""), translate("read a setting", err)
	})
}

func (tx *Tx) set(name, value string) error {
	return tx.exec("change a setting", "INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

// FactorRoles returns the roles whose accounts must have a second factor.
func (s *Store) FactorRoles(ctx context.Context) ([]models.Role, error) {
	value, err := s.setting(ctx, factorRoles)
	roles := []models.Role{}
	for _, name := range strings.Fields(value) {
		roles = append(roles, models.Role(name))
	}
	return roles, err
}

// SetFactorRoles says which roles must have a second factor.
func (s *Store) SetFactorRoles(ctx context.Context, actor models.Actor, roles []models.Role) error {
	var names []string
	for _, r := range roles {
		if !r.Valid() {
			return models.Invalid(models.Field("roles", "error.unknown_value", "value", string(r)))
		}
		names = append(names, string(r))
	}
	return s.Write(ctx, actor, Change{Action: "setting.change", Object: "setting:" + factorRoles, Detail: names, Needs: models.PermitUsers, Aside: true}, func(tx *Tx) error {
		return tx.set(factorRoles, strings.Join(names, " "))
	})
}

// SignInToRead reports whether reading needs an account.
func (s *Store) SignInToRead(ctx context.Context) (bool, error) {
	value, err := s.setting(ctx, signInToRead)
	return value != "", err
}

// SetSignInToRead says whether reading needs an account. It raises the data version, so that no answer from before is
// given again.
func (s *Store) SetSignInToRead(ctx context.Context, actor models.Actor, on bool) error {
	value := ""
	if on {
		value = "1"
	}
	return s.Write(ctx, actor, Change{Action: "setting.change", Object: "setting:" + signInToRead, Detail: map[string]any{"on": on}, Needs: models.PermitUsers}, func(tx *Tx) error {
		return tx.set(signInToRead, value)
	})
}
