package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// Try counts a try at the secret of an account from an address and returns how long it must wait; 0 takes the try. It
// counts as wrong until TryRight says otherwise. The count is in the record, so that an attack on several processes has
// no more tries than one on a single one.
func (s *Store) Try(ctx context.Context, account, address string) (time.Duration, error) {
	now, key := s.now(), accountKey(account)
	wait, err := triesWait(s.readers.WithContext(ctx), now, key, address)
	if err != nil || wait > 0 { // what is refused takes no turn of the writer
		return wait, err
	}
	s.writes.alone(func() {
		err = s.transact(ctx, func() {}, func(db *gorm.DB) error {
			if s.engine == Postgres { // tries at the same moment do not slip through together
				if err := db.Exec("SELECT version FROM versions WHERE name = 'tries' FOR UPDATE").Error; err != nil {
					return translate("wait for other tries", err)
				}
			}
			if wait, err = triesWait(db, now, key, address); err != nil || wait > 0 {
				return err
			}
			if err := db.Exec("DELETE FROM tries WHERE at <= ? OR at >= ?", instant(now.Add(-models.TriesRemembered)), instant(now.Add(models.TriesRemembered))).Error; err != nil {
				return translate("forget old tries", err)
			}
			return translate("count a try", db.Exec("INSERT INTO tries (account, address, at) VALUES (?,?,?)", key, address, instant(now)).Error)
		})
	})
	return wait, err
}

// TryRight forgets the tries of an account from an address; those of the address still count for it.
func (s *Store) TryRight(ctx context.Context, account, address string) error {
	_, err := s.keep(ctx, "forget the tries", "UPDATE tries SET account = '' WHERE account = ? AND address = ?", accountKey(account), address)
	return err
}

func accountKey(account string) string {
	sum := sha256.Sum256([]byte(account))
	return hex.EncodeToString(sum[:])
}

// triesWait looks at the tries of late. One of the future counts as far as one of the past, so that a clock that jumps
// back locks nobody out.
func triesWait(db *gorm.DB, now time.Time, key, address string) (time.Duration, error) {
	var t models.Tries
	var last, oldest, first string
	from, to := instant(now.Add(-models.TriesRemembered)), instant(now.Add(models.TriesRemembered))
	err := scanRow(db.Raw(`SELECT COALESCE(SUM(CASE WHEN account = ? THEN 1 ELSE 0 END), 0), COALESCE(MAX(CASE WHEN account = ? THEN at END), ''), COUNT(*), COALESCE(MIN(at), '')
		FROM tries WHERE address = ? AND at > ? AND at < ?`, key, key, address, from, to), &t.Failed, &last, &t.Address, &oldest)
	if err == nil {
		err = scanRow(db.Raw("SELECT COUNT(*), COALESCE(MIN(at), '') FROM tries WHERE at > ? AND at < ?", instant(now.Add(-models.AllTriesWindow)), instant(now.Add(models.AllTriesWindow))), &t.All, &first)
	}
	if err != nil {
		return 0, translate("look at the tries", err)
	}
	t.Last, t.Oldest, t.First = readInstant(last), readInstant(oldest), readInstant(first)
	return t.Wait(now), nil
}

// readInstant reads what instant wrote; nothing else is the zero time.
func readInstant(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
