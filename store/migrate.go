package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver that goose migrates through
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/pinezka/pinezka/migrations"
)

// Migrate brings the database at url to the newest schema. Several processes
// may call it at once: one migrates, the others wait. A database restored into
// another cluster gets its stamps set anew.
func Migrate(ctx context.Context, url string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("prepare migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS, goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	return adopt(ctx, url)
}

// adopt stamps every row anew if the database last lived in another cluster,
// whose transaction ids mean nothing in this one.
func adopt(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		var standby bool // of the same cluster, then, and its primary's business
		if err := tx.QueryRow(ctx, `select pg_is_in_recovery()`).Scan(&standby); err != nil || standby {
			return err
		}
		tag, err := tx.Exec(ctx, `
			update cluster_identity
			set system_identifier = here.system_identifier
			from pg_control_system() as here
			where cluster_identity.system_identifier <> here.system_identifier`)
		if err != nil {
			return fmt.Errorf("compare cluster identity: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		for _, table := range []string{
			`update districts set changed = default`,
			`update pins set changed = default`,
			`update tombstones set changed = default`,
		} {
			if _, err := tx.Exec(ctx, table); err != nil {
				return fmt.Errorf("stamp rows for this cluster: %w", err)
			}
		}
		return nil
	})
}
