// Package migrations holds the numbered SQL files of each engine. A released file is never edited; a change of the
// schema is a new file in both folders.
package migrations

import "embed"

// SQLite holds the migrations of the embedded engine, in the folder sqlite.
//
//go:embed sqlite/*.sql
var SQLite embed.FS

// Postgres holds the migrations of PostgreSQL, in the folder postgres.
//
//go:embed postgres/*.sql
var Postgres embed.FS
