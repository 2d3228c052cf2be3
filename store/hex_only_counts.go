package store

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/hex_only_counts.sql
var hexOnlyCountsSQL string

// HexOnlyCounts returns what is published, by category, of the pins that are
// published only in counts. What has no such count is left out.
func (s *Store) HexOnlyCounts(ctx context.Context, d *civic.District, q civic.HexOnlyQuery) ([]civic.HexOnlyCount, error) {
	rows, _ := s.readPool.Query(ctx, hexOnlyCountsSQL, pgx.NamedArgs{
		"district": d.ID, "from": q.From.Time(), "until": cmp.Or(q.Until, civic.MaxDay).Time(), "areas": q.Areas, "each": q.Each,
	}) // CollectRows returns the error
	counts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.HexOnlyCount])
	if err != nil {
		return nil, fmt.Errorf("count what is published only in counts in %s: %w", d.Slug, civicError(err))
	}
	return counts, nil
}
