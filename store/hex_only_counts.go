package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/hex_only_counts.sql
var hexOnlyCountsSQL string

// HexOnlyCounts returns what is published, by category and area, of the pins that
// are published only in counts, of the months from the one that begins on a day to
// the one before until, 0 for no end. What has no such count is left out.
func (s *Store) HexOnlyCounts(ctx context.Context, d *civic.District, from, until civic.Day) ([]civic.HexOnlyCount, error) {
	if until == 0 {
		until = civic.MaxDay
	}
	rows, _ := s.readPool.Query(ctx, hexOnlyCountsSQL, pgx.NamedArgs{"district": d.ID, "from": from.Time(), "until": until.Time()}) // CollectRows returns the error
	counts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.HexOnlyCount])
	if err != nil {
		return nil, fmt.Errorf("count what is published only in counts in %s: %w", d.Slug, civicError(err))
	}
	return counts, nil
}
