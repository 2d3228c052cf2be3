package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/import_lock.sql
var importLockSQL string

// lockImports locks the imports of a district until tx ends. When another
// transaction has the lock, it calls waiting with what that is doing, and waits.
func lockImports(ctx context.Context, tx pgx.Tx, d *civic.District, purpose string, waiting func(holder string)) error {
	args := pgx.NamedArgs{"district": d.ID, "purpose": purpose}
	var locked bool
	if err := tx.QueryRow(ctx, importLockSQL, args).Scan(nil, nil, nil, nil, nil, nil, &locked); err != nil {
		return fmt.Errorf("lock imports: %w", err)
	}
	if locked {
		return nil
	}
	if waiting != nil {
		holder, err := lockHolder(ctx, tx, d)
		if err != nil {
			return err
		}
		waiting(holder)
	}
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('pinezka import'), @district)`, args); err != nil {
		return fmt.Errorf("wait for another import: %w", err)
	}
	return nil
}

// lockHolder describes the transaction that has locked the imports of a
// district. It returns "another import" when that has just ended.
func lockHolder(ctx context.Context, tx pgx.Tx, d *civic.District) (string, error) {
	rows, _ := tx.Query(ctx, `
		select coalesce(application_name, ''), coalesce(host(client_addr), ''), pid, coalesce(xact_start, now())
		from pg_locks
		join pg_stat_activity using (pid)
		where locktype = 'advisory'
		  and pg_locks.database = (select oid from pg_database where datname = current_database())
		  and granted
		  and classid::bigint::bit(32)::int = hashtext('pinezka import')
		  and objid::int = @district
		  and objsubid = 2`,
		pgx.NamedArgs{"district": d.ID}) // ForEachRow returns the error
	holder := "another import"
	var name, address string
	var pid int
	var since time.Time
	_, err := pgx.ForEachRow(rows, []any{&name, &address, &pid, &since}, func() error {
		holder = fmt.Sprintf("%s, since %s (PostgreSQL process %d", name, since.Local().Format(time.TimeOnly), pid)
		if address != "" {
			holder += ", client " + address
		}
		holder += ")"
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("look up the other import: %w", err)
	}
	return holder, nil
}
