package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// PendingPins returns at most limit pins of a district that wait for a
// moderator, the oldest first.
func (s *Store) PendingPins(ctx context.Context, d *civic.District, limit int) ([]civic.PendingPin, error) {
	rows, _ := s.writePool.Query(ctx, `
		select pin_id, category_id, title, body, coalesce(area_id, 0), coalesce(shown_area_id, 0), reported_on - date '1970-01-01'
		from pins
		where district_id = @district
		  and publication = 'pending'
		order by pin_id
		limit @limit`, pgx.NamedArgs{"district": d.ID, "limit": limit}) // CollectRows returns the error
	pins, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.PendingPin])
	if err != nil {
		return nil, fmt.Errorf("read pending pins of %s: %w", d.Slug, civicError(err))
	}
	return pins, nil
}

// CountPublications returns the number of pins in each state of publication, by
// the id of the district.
func (s *Store) CountPublications(ctx context.Context) (map[int32]map[civic.Publication]int, error) {
	rows, _ := s.writePool.Query(ctx, `
		select district_id, publication, count(*)
		from pins
		group by district_id, publication`) // ForEachRow returns the error
	counts := map[int32]map[civic.Publication]int{}
	var district int32
	var name string
	var n int
	_, err := pgx.ForEachRow(rows, []any{&district, &name, &n}, func() error {
		publication, err := civic.ParsePublication(name)
		if counts[district] == nil {
			counts[district] = map[civic.Publication]int{}
		}
		counts[district][publication] = n
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count pins: %w", civicError(err))
	}
	return counts, nil
}
