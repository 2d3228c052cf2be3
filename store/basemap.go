package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// SetBasemap records the basemap that was made last.
func (s *Store) SetBasemap(ctx context.Context, b civic.Basemap) error {
	_, err := s.writePool.Exec(ctx, `
		insert into basemap (hash, source, made_at)
		values (@hash, @source, @made)
		on conflict (only_row) do update
		set hash = excluded.hash,
		  source = excluded.source,
		  made_at = excluded.made_at`,
		pgx.NamedArgs{"hash": b.Hash, "source": b.Source, "made": b.MadeAt})
	if err != nil {
		return fmt.Errorf("record the basemap: %w", civicError(err))
	}
	return nil
}

// Basemap returns the basemap that was made last. It returns civic.ErrNotFound
// when none was.
func (s *Store) Basemap(ctx context.Context) (civic.Basemap, error) {
	var b civic.Basemap
	err := s.readPool.QueryRow(ctx, `
		select hash, source, made_at
		from basemap`).Scan(&b.Hash, &b.Source, &b.MadeAt)
	if err != nil {
		return civic.Basemap{}, fmt.Errorf("read the basemap: %w", civicError(err))
	}
	return b, nil
}
