// Package migrations embeds the schema of the database as numbered SQL files,
// which are never edited after they have been merged; River has those that a
// library brings. Package store runs them.
package migrations

import "embed"

// FS contains the migrations, for goose, in its root directory.
//
//go:embed *.sql
var FS embed.FS
