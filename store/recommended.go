package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/recommended.sql
var recommendedSQL string

// Recommended returns the recommendations of a district that are public.
func (s *Store) Recommended(ctx context.Context, d *civic.District) ([]civic.Recommended, error) {
	rows, _ := s.readPool.Query(ctx, recommendedSQL, pgx.NamedArgs{
		"district": d.ID, "kind": civic.RecommendationThing.String(), "language": d.Languages[0],
	}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r civic.Recommended, err error) {
		var sent, replied, deadline int32
		err = row.Scan(&r.State, &r.AreaID, &r.Categories, &r.Addressee, &sent, &replied, &deadline, &r.Outcome)
		r.SentOn, r.RepliedOn, r.Deadline = civic.Day(sent), civic.Day(replied), civic.Day(deadline)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the recommendations of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}
