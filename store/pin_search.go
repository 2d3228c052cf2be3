package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pinezka/pinezka/civic"
)

// SearchPins returns the ids of the published pins of the district that contain,
// for each word of a text that somebody typed, a word that begins with it. Pins
// that are published only in counts are not found. It returns civic.ErrTooMany
// when there are more than limit, and when it takes more than two seconds to
// find out, as it does for single letters in large districts.
func (s *Store) SearchPins(ctx context.Context, d *civic.District, typed string, limit int) (ids []int64, err error) {
	terms := searchTerms(typed)
	if terms == "" {
		return []int64{}, nil
	}
	err = s.readWithin(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			select pin_id
			from pins
			where district_id = @district
			  and publication = 'published'
			  and visibility <> 'hex'
			  and search @@ @search::tsquery
			limit @limit`,
			pgx.NamedArgs{"district": d.ID, "search": terms, "limit": limit + 1}) // CollectRows returns the error
		ids, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err //nolint:wrapcheck // said below
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("search pins of %s: %w", d.Slug, err)
	case len(ids) > limit:
		return nil, fmt.Errorf("search pins of %s: %w: more than %d", d.Slug, civic.ErrTooMany, limit)
	}
	return ids, nil
}

// readWithin calls read in a transaction whose statements may take two seconds. It
// returns civic.ErrTooMany when one takes longer.
func (s *Store) readWithin(ctx context.Context, read func(pgx.Tx) error) error {
	err := pgx.BeginTxFunc(ctx, s.readPool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = '2s'`); err != nil {
			return fmt.Errorf("set timeout: %w", err)
		}
		return read(tx)
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "57014" && ctx.Err() == nil { // query_canceled
		return fmt.Errorf("%w within two seconds", civic.ErrTooMany)
	}
	return civicError(err)
}
