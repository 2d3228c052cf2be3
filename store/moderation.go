package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Publish publishes pins of a district in one transaction, those that were
// hidden or merged too, and returns how many of them were not public before. It
// returns civic.ErrNotFound when the district has no pin with one of the ids, the
// error of civic.Can when the actor may not publish one of them, and
// civic.ErrConflict when one cannot be published; it publishes none then. The
// reason may be empty.
func (s *Store) Publish(ctx context.Context, d *civic.District, actor civic.Actor, ids []int64, reason string) (int, error) {
	n, err := s.setPublication(ctx, d, actor, ids, civic.Published, reason)
	if err != nil {
		return 0, fmt.Errorf("publish pins of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// Hide hides pins of a district as Publish publishes them. It returns
// civic.ErrInvalid without a reason.
func (s *Store) Hide(ctx context.Context, d *civic.District, actor civic.Actor, ids []int64, reason string) (int, error) {
	n, err := s.setPublication(ctx, d, actor, ids, civic.Hidden, reason)
	if err != nil {
		return 0, fmt.Errorf("hide pins of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// setPublication sets the publication of pins, and returns how many had another
// one.
func (s *Store) setPublication(ctx context.Context, d *civic.District, actor civic.Actor, ids []int64, to civic.Publication, reason string) (changed int, err error) {
	reason = strings.TrimSpace(reason)
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		things, err := lockPins(ctx, tx, d, ids)
		if err != nil {
			return err
		}
		done := record{actor: actor, reason: reason}
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			thing, ok := things[id]
			if !ok {
				return fmt.Errorf("pin %d: %w", id, civic.ErrNotFound)
			}
			action := actionTo(to, thing.Publication)
			if err := civic.Can(actor, action, thing, time.Now()); err != nil {
				return fmt.Errorf("pin %d: %w", id, err)
			}
			if thing.Publication == to {
				continue
			}
			if _, err := thing.Publication.After(action); err != nil {
				return fmt.Errorf("pin %d: %w", id, err)
			}
			if action.NeedsReason() && reason == "" {
				return fmt.Errorf("pin %d: %s without a reason: %w", id, action, civic.ErrInvalid)
			}
			before, after := thing.Publication.String(), to.String()
			done.steps = append(done.steps, recordedStep{action: action, thing: &thing.ID, before: &before, after: &after})
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
		return done.save(ctx, tx, d)
	})
	return changed, err
}

// actionTo returns the action that makes a pin published or hidden.
func actionTo(to, from civic.Publication) civic.Action {
	switch {
	case to == civic.Hidden:
		return civic.Hide
	case from == civic.Hidden || from == civic.Merged:
		return civic.Restore
	}
	return civic.Publish
}

// lockPins returns the pins that the district has among ids, and locks them in
// the order of their ids until tx ends.
func lockPins(ctx context.Context, tx pgx.Tx, d *civic.District, ids []int64) (map[int64]civic.Thing, error) {
	rows, _ := tx.Query(ctx, `
		select pin_id, coalesce(area_id, 0), publication
		from pins
		where district_id = @district
		  and pin_id = any(@ids)
		order by pin_id
		for update`,
		pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	things := make(map[int64]civic.Thing, len(ids))
	t := civic.Thing{DistrictID: d.ID}
	var publication string
	_, err := pgx.ForEachRow(rows, []any{&t.ID, &t.AreaID, &publication}, func() (err error) {
		t.Publication, err = civic.ParsePublication(publication)
		things[t.ID] = t
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return things, nil
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
