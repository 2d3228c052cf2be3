package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Versions returns the versions of PostgreSQL and PostGIS of the database at
// url, such as "PostgreSQL 15.18, PostGIS 3.3.2", and changes nothing. It
// returns an error when the database cannot be reached or has no PostGIS.
func Versions(ctx context.Context, url string) (string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", fmt.Errorf("connect to database: %w", err)
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
		return "", fmt.Errorf("read database versions: %w", err)
	}
	if postgis == nil {
		return "", fmt.Errorf("the database (PostgreSQL %s) has no PostGIS", server)
	}
	return fmt.Sprintf("PostgreSQL %s, PostGIS %s", server, *postgis), nil
}
