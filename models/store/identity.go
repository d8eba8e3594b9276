package store

import (
	"context"
	"database/sql"
	"errors"
)

// identityLength is how much of the hash is kept: enough to tell records apart, short enough for an address.
const identityLength = 12

// Identity names the record for ever, whatever the host, engine or file it is on: the beginning of the hash of its
// first audit entry, which nothing changes. A record without an entry has none.
func (s *Store) Identity(ctx context.Context) (string, error) {
	var hash string
	err := scanRow(s.readers.WithContext(ctx).Raw("SELECT hash FROM audit ORDER BY seq LIMIT 1"), &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate("read the first audit entry", err)
	}
	return hash[:identityLength], nil
}
