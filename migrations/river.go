package migrations

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/rivermigrate"
)

// River returns the migrations that create the tables of the job queue River,
// for goose. They are two, each a transaction of its own, since PostgreSQL
// cannot use a value of an enumeration in the transaction that adds it: version
// 4 of the schema of River adds one, and version 6 uses it.
func River() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(24, migrateRiver(5), nil),
		goose.NewGoMigration(25, migrateRiver(8), nil),
	}
}

// migrateRiver returns a migration to a version of the schema of River.
func migrateRiver(version int) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		migrator, err := rivermigrate.New(riverdatabasesql.New(nil), nil)
		if err == nil {
			// Nothing else runs several versions in the transaction of goose. These can.
			_, err = migrator.MigrateTx(ctx, tx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: version}) //nolint:staticcheck // see above
		}
		if err != nil {
			return fmt.Errorf("migrate the tables of River to version %d: %w", version, err)
		}
		return nil
	}}
}
