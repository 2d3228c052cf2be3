package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Probe says which PostgreSQL and PostGIS the database at url has, without
// changing it. It fails where it cannot be reached or has no PostGIS to offer.
func Probe(ctx context.Context, url string) (string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", fmt.Errorf("reach database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var server string
	var postgis *string
	err = conn.QueryRow(ctx, `
		select current_setting('server_version'), (
		  select coalesce(installed_version, default_version)
		  from pg_available_extensions
		  where name = 'postgis'
		)`).Scan(&server, &postgis)
	if err != nil {
		return "", fmt.Errorf("ask database for its version: %w", err)
	}
	if postgis == nil {
		return "", fmt.Errorf("the database (PostgreSQL %s) has no PostGIS", server)
	}
	return fmt.Sprintf("PostgreSQL %s, PostGIS %s", server, *postgis), nil
}
