package store

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/exact_counts.sql
var exactCountsSQL string

// ExactCounts returns how many pins there are that were reported from a day to the
// one before until, 0 for no end, and whose exact place is in areas, nil for all. It
// is for the staff alone.
func (s *Store) ExactCounts(ctx context.Context, d *civic.District, from, until civic.Day, areas []int32) (civic.ExactCounts, error) {
	rows, _ := s.readPool.Query(ctx, exactCountsSQL, pgx.NamedArgs{
		"district": d.ID, "from": from.Time(), "until": cmp.Or(until, civic.MaxDay).Time(), "areas": areas,
	}) // ForEachRow returns the error
	var out civic.ExactCounts
	var c civic.ExactCount
	var by string
	_, err := pgx.ForEachRow(rows, []any{&by, &c.Category, &c.Area, &c.Source, &c.Published, &c.Waiting, &c.Voices, &c.WithoutContact}, func() error {
		switch by {
		case "category":
			out.ByCategory = append(out.ByCategory, c)
		case "area":
			out.ByArea = append(out.ByArea, c)
		case "source":
			out.BySource = append(out.BySource, c)
		default:
			out.All = c
		}
		return nil
	})
	if err != nil {
		return civic.ExactCounts{}, fmt.Errorf("count the pins of %s: %w", d.Slug, civicError(err))
	}
	return out, nil
}
