package store

import (
	"context"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// Empty reports whether nothing was ever written.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	v, err := s.DataVersion(ctx)
	return v == 0, err
}

// Dataset returns the hash of a data set that was applied, empty when it was not.
func (s *Store) Dataset(ctx context.Context, name string) (string, error) {
	var found []string
	err := s.readers.WithContext(ctx).Raw("SELECT sha256 FROM datasets WHERE name = ?", name).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return "", translate("read data set "+name, err)
	}
	return found[0], nil
}

// AddDataset remembers that a data set was applied, so that applying it again changes nothing.
func (tx *Tx) AddDataset(name, sha256 string) error {
	return tx.put("datasets", col("name", name), col("sha256", sha256), col("applied_at", tx.at))
}

// CheckCurrent compares the maintained current statuses with their definition and returns a line for each that
// differs.
func (s *Store) CheckCurrent(ctx context.Context) ([]string, error) {
	var lines []string
	err := s.read(ctx, func(db *gorm.DB, _ int64) error {
		return each("check current statuses", db.Raw(differingSQL, "9999-12-31", "9999-12-31"), func(scan scanner) error {
			var ref, country string
			err := scan(&ref, &country)
			lines = append(lines, "initiative "+ref+" "+country+" differs")
			return err
		})
	})
	return lines, err
}

// differingSQL finds the current statuses that are not what their definition gives. Each side is taken from the other whole:
// SQLite joins two results of this size row by row.
const differingSQL = `SELECT i.ref, x.country FROM (
	SELECT initiative_id, country FROM (SELECT ` + currentColumns + ` FROM (` + definitionSQL + `) d EXCEPT SELECT ` + currentColumns + ` FROM current_statuses) missing
	UNION SELECT initiative_id, country FROM (SELECT ` + currentColumns + ` FROM current_statuses EXCEPT SELECT ` + currentColumns + ` FROM (` + definitionSQL + `) d) surplus
	) x JOIN initiatives i ON i.id = x.initiative_id ORDER BY 1, 2`

// currentColumns are the columns of current_statuses.
const currentColumns = "initiative_id, country, update_id, status, superseded, effective_on, effective_precision, mark, grade"

// AuditLog returns the audit entries after a sequence number, oldest first, at most limit.
func (s *Store) AuditLog(ctx context.Context, after int64, limit int) ([]models.AuditEntry, error) {
	entries := []models.AuditEntry{}
	err := s.readers.WithContext(ctx).Raw("SELECT seq, at, actor, action, object, detail, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", after, limit).Scan(&entries).Error
	return entries, translate("read the audit log", err)
}

// definitionSQL is the definition of the current status, said in another way than latestSQL says it. Its argument is
// the last day.
const definitionSQL = `SELECT initiative_id, country, id AS update_id, status, superseded, effective_on, effective_precision, mark, grade FROM (
	SELECT u.*, ROW_NUMBER() OVER (PARTITION BY initiative_id, country ORDER BY effective_on DESC, recorded_at DESC, id DESC) AS place
	FROM updates u WHERE u.published AND u.effective_on <= ? AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)
) latest WHERE place = 1`
