package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Publish publishes pins of a district in one transaction, and returns how many
// of them were not public before. It returns civic.ErrNotFound when the
// district has no pin with one of the ids, and the error of
// civic.Publication.Step when the role may not publish one of them; it
// publishes none then.
func (s *Store) Publish(ctx context.Context, d *civic.District, ids []int64, role civic.Role) (int, error) {
	n, err := s.setPublication(ctx, d, ids, civic.Published, role)
	if err != nil {
		return 0, fmt.Errorf("publish pins of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// Hide hides pins of a district as Publish publishes them.
func (s *Store) Hide(ctx context.Context, d *civic.District, ids []int64, role civic.Role) (int, error) {
	n, err := s.setPublication(ctx, d, ids, civic.Hidden, role)
	if err != nil {
		return 0, fmt.Errorf("hide pins of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// setPublication sets the publication of pins, and returns how many had another
// one.
func (s *Store) setPublication(ctx context.Context, d *civic.District, ids []int64, to civic.Publication, role civic.Role) (changed int, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		states, err := lockPublications(ctx, tx, d, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			from, ok := states[id]
			if !ok {
				return fmt.Errorf("pin %d: %w", id, civic.ErrNotFound)
			}
			if from == to {
				continue
			}
			if err := from.Step(to, role); err != nil {
				return fmt.Errorf("pin %d: %w", id, err)
			}
		}
		tag, err := tx.Exec(ctx, `
			update pins
			set publication = @to,
			  updated_at = now()
			where district_id = @district
			  and pin_id = any(@ids)
			  and publication <> @to`,
			pgx.NamedArgs{"district": d.ID, "ids": ids, "to": to.String()})
		if err != nil {
			return fmt.Errorf("update: %w", err)
		}
		changed = int(tag.RowsAffected())
		return nil
	})
	return changed, err
}

// lockPublications returns the publication of the pins that the district has
// among ids, and locks them in the order of their ids until tx ends.
func lockPublications(ctx context.Context, tx pgx.Tx, d *civic.District, ids []int64) (map[int64]civic.Publication, error) {
	rows, _ := tx.Query(ctx, `
		select pin_id, publication
		from pins
		where district_id = @district
		  and pin_id = any(@ids)
		order by pin_id
		for update`,
		pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	states := make(map[int64]civic.Publication, len(ids))
	var id int64
	var name string
	_, err := pgx.ForEachRow(rows, []any{&id, &name}, func() (err error) {
		states[id], err = civic.ParsePublication(name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return states, nil
}

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
