package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver that goose uses
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/pinezka/pinezka/migrations"
)

// Migrate migrates the database at url to the newest schema. When several
// processes call it at once, one migrates and the others wait. It also resets
// the transaction ids in a database that was restored into another cluster, and
// finds the words of things and the keys of places that are of another version. It
// returns an error when the database has the schema of a newer program, or
// lacks a part of its own.
func Migrate(ctx context.Context, url string) error {
	if err := migrate(ctx, url); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connect to database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := checkSchema(ctx, conn); err != nil {
		return err
	}
	var standby bool // read-only, and of the same cluster as its primary
	if err := conn.QueryRow(ctx, `select pg_is_in_recovery()`).Scan(&standby); err != nil {
		return fmt.Errorf("look up whether the database is a standby: %w", err)
	}
	if standby {
		return nil
	}
	if err := resetChanged(ctx, conn); err != nil {
		return err
	}
	if err := updateWords(ctx, conn); err != nil {
		return err
	}
	return rekeyPlaces(ctx, conn)
}

// migrate runs the migrations that the database has not had.
func migrate(ctx context.Context, url string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("prepare migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS,
		goose.WithSessionLocker(locker), goose.WithGoMigrations(migrations.River()...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return errors.Join(checkMigrationOrder(ctx, provider), fmt.Errorf("migrate database: %w", err))
	}
	version, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	if version > newest {
		return fmt.Errorf("the database has version %d of the schema, and this program knows those up to %d: "+
			"run the newer program, or restore a backup of before it", version, newest)
	}
	return nil
}

// checkMigrationOrder returns an error if the database has had a migration, but
// not one before it.
func checkMigrationOrder(ctx context.Context, provider *goose.Provider) error {
	all, err := provider.Status(ctx)
	if err != nil {
		return fmt.Errorf("read the migrations of the database: %w", err)
	}
	var missing, pending []string
	for _, m := range all { // in their order
		if m.State == goose.StateApplied {
			missing = append(missing, pending...)
			pending = nil
		} else {
			pending = append(pending, path.Base(m.Source.Path))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("the database was migrated by a program that lacked %s, such as one under development, and has had later migrations, "+
		"which cannot be taken back: restore a backup of before it with this program, or begin with a new database", strings.Join(missing, ", "))
}

// resetChanged sets the transaction id in every row to that of its own
// transaction when the database was restored from a dump of another cluster,
// whose transaction ids are not comparable.
func resetChanged(ctx context.Context, conn *pgx.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update cluster_identity
			set system_identifier = current.system_identifier
			from pg_control_system() as current
			where cluster_identity.system_identifier <> current.system_identifier`)
		if err != nil {
			return fmt.Errorf("compare cluster identity: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, `
			update districts set changed = default;
			update pins set changed = default;
			update tombstones set changed = default;
			update things set changed = pg_current_xact_id() where changed is not null;
			update audit_unsealed set changed = default`)
		if err != nil {
			return fmt.Errorf("reset transaction ids of a restored database: %w", err)
		}
		return nil
	})
}
