// Package migrations holds the schema as numbered SQL, embedded in the binary.
// Files are never edited once they have landed; it runs nothing itself.
package migrations

import "embed"

// FS holds the goose migrations at its root.
//
//go:embed *.sql
var FS embed.FS
