package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/followthrough/followthrough/models"
)

// Shared is something that the processes of a record tell each other for a while. It is no part of the record.
type Shared struct {
	Kind  string // what it is
	Ref   string // its name among those of its kind
	User  int64  // whose it is; 0 for nobody's
	About string // what others find it by
	Data  string
}

// Share tells the other processes something, or that it still holds, for a time.
func (s *Store) Share(ctx context.Context, o Shared, life time.Duration) error {
	_, err := s.keep(ctx, "share "+o.Kind, `INSERT INTO shared (kind, ref, user_id, about, data, expires_at) VALUES (?,?,?,?,?,?)
		ON CONFLICT (kind, ref) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`, o.Kind, o.Ref, o.User, o.About, o.Data, instant(s.now().Add(life)))
	return err
}

// Unshare takes it back.
func (s *Store) Unshare(ctx context.Context, kind, ref string) error {
	_, err := s.keep(ctx, "share no "+kind, "DELETE FROM shared WHERE kind = ? AND ref = ?", kind, ref)
	return err
}

// SharedBy returns what some process told under a name. It is not found once it has expired.
func (s *Store) SharedBy(ctx context.Context, kind, ref string) (Shared, error) {
	o := Shared{Kind: kind, Ref: ref}
	err := scanRow(s.readers.WithContext(ctx).Raw("SELECT user_id, about, data FROM shared WHERE kind = ? AND ref = ? AND expires_at > ?", kind, ref, instant(s.now())), &o.User, &o.About, &o.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return o, models.NotFound(kind, ref)
	}
	return o, translate("read "+kind, err)
}

// Viewers returns who has a page about something open, but for one account, by when they opened it.
func (s *Store) Viewers(ctx context.Context, about string, but int64) ([]models.Viewer, error) {
	all := []models.Viewer{}
	err := each("read who has it open", s.readers.WithContext(ctx).Raw(`SELECT u.name, MIN(x.data) FROM shared x JOIN users u ON u.id = x.user_id
		WHERE x.kind = ? AND x.about = ? AND x.user_id <> ? AND x.expires_at > ? GROUP BY u.id, u.name ORDER BY 2, 1`, SharedViewer, about, but, instant(s.now())), func(scan scanner) error {
		var v models.Viewer
		err := scan(&v.Name, &v.Since)
		all = append(all, v)
		return err
	})
	return all, err
}

// The kinds of what is shared.
const (
	SharedViewer    = "viewer"      // a page that is open, about its record; since when
	SharedPlan      = "import"      // how far the reading of a statement is
	SharedSetUpCode = "set-up code" // the hash of a code that makes the first account
)
