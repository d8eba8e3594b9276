package store

import (
	"context"
	"errors"

	"github.com/followthrough/followthrough/models"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// Codes that mean a rule of the schema was broken or that the engine is busy. SQLite: sqlite.org/rescode.html;
// PostgreSQL: appendix A of its manual. gorm's own translation does not know the errors of the pure Go engine.
var (
	sqliteKinds = map[int]models.Kind{
		5: models.KindBusy, 6: models.KindBusy, 13: models.KindBusy, // busy, locked, full
		275: models.KindInvalid, 787: models.KindConflict, // check, foreign key
		1555: models.KindConflict, 2067: models.KindConflict, // primary key, unique
		1811: models.KindConflict, // RESTRICT, append-only
	}
	postgresKinds = map[string]models.Kind{
		"23505": models.KindConflict, "23503": models.KindConflict, "23001": models.KindConflict,
		"23514": models.KindInvalid, "P0001": models.KindConflict,
		"40001": models.KindBusy, "40P01": models.KindBusy, "55P03": models.KindBusy, "53100": models.KindBusy,
	}
)

// translate says what was being done and turns the engine's own errors into kinds. A models.Error passes unchanged.
func translate(doing string, err error) error {
	var known *models.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, gorm.ErrRecordNotFound):
		return wrap(doing, err)
	}
	kind, full := models.Kind(""), false
	var lite *sqlite.Error
	var pg *pgconn.PgError
	if errors.As(err, &lite) {
		kind, full = sqliteKinds[lite.Code()], lite.Code() == 13
	} else if errors.As(err, &pg) {
		kind, full = postgresKinds[pg.Code], pg.Code == "53100"
	}
	key := "error." + string(kind)
	switch {
	case kind == "":
		return wrap(doing, err)
	case full:
		key = "error.disk_full"
	}
	return wrap(doing, errors.Join(&models.Error{Kind: kind, Key: key}, err))
}
