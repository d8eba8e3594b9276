package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/followthrough/followthrough/models"
)

// VersionOf returns the version of a record that people edit; removing it raises the version as well.
func (s *Store) VersionOf(ctx context.Context, kind, ref string) (int64, error) {
	if _, known := editors[kind]; !known {
		return 0, models.NotFound(kind, ref)
	}
	r, _, err := (&Tx{db: s.readers.WithContext(ctx)}).row(kind, ref)
	return r.version, err
}

// ItemVersion returns the version of an item of a round, 0 while nobody has touched it.
func (s *Store) ItemVersion(ctx context.Context, actor models.Actor, meeting, ref string) (int64, error) {
	if !models.May(actor, models.PermitAssess) {
		return 0, forbidden()
	}
	var v int64
	err := scanRow(s.readers.WithContext(ctx).Raw(`SELECT COALESCE(ri.version, 0) FROM rounds r JOIN meetings m ON m.id = r.meeting_id CROSS JOIN initiatives i
		LEFT JOIN round_items ri ON ri.round_id = r.id AND ri.initiative_id = i.id WHERE m.ref = ? AND i.ref = ?`, meeting, ref), &v)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, models.NotFound("round", meeting)
	}
	return v, translate("read the version", err)
}
