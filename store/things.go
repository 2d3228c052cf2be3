package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/things.sql
var thingsSQL string

// lockThings returns those of the things with the ids that a district has, and
// locks them, in the order of their ids, until tx ends: first the rows of pins, as
// whatever else writes them does.
func lockThings(ctx context.Context, tx pgx.Tx, d *civic.District, ids []int64) (map[int64]civic.Thing, error) {
	args := pgx.NamedArgs{"district": d.ID, "ids": ids}
	things := make(map[int64]civic.Thing, len(ids))
	var all pgx.Batch
	all.Queue(`
		select
		from pins
		where district_id = @district
		  and pin_id = any(@ids)
		order by pin_id
		for update`, args)
	all.Queue(thingsSQL+`
		  and thing_id = any(@ids)
		order by thing_id
		for update of things`, args).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
		for _, t := range found {
			things[t.ID] = t
		}
		return err //nolint:wrapcheck // said below
	})
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return things, nil
}

// scanThing reads a thing from the columns of things.sql.
func scanThing(row pgx.Row, d *civic.District) (civic.Thing, error) {
	t := civic.Thing{DistrictID: d.ID}
	var kind, publication, status string
	err := row.Scan(&t.ID, &kind, &publication, &status, &t.Version, &t.Title, &t.AreaID, &t.ReporterID)
	if err != nil {
		return t, err //nolint:wrapcheck // the callers say what they read
	}
	var errs [3]error
	t.Kind, errs[0] = civic.ParseThingKind(kind)
	t.Publication, errs[1] = civic.ParsePublication(publication)
	if status != "" {
		t.Status, errs[2] = civic.ParseStatus(status)
	}
	return t, errors.Join(errs[:]...)
}

// Thing returns a thing of a district with its content, in whatever state it is.
// It returns civic.ErrNotFound when the district has none with the id.
func (s *Store) Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error) {
	things, err := s.Things(ctx, d, civic.ThingQuery{IDs: []int64{id}, Limit: 1})
	if err != nil {
		return civic.Described{}, err
	}
	if len(things) == 0 {
		return civic.Described{}, fmt.Errorf("thing %d of %s: %w", id, d.Slug, civic.ErrNotFound)
	}
	return things[0], nil
}

// PublicThing returns a thing that everybody may know of. It returns
// civic.ErrNotFound for another one, such as a pin that is only counted.
func (s *Store) PublicThing(ctx context.Context, d *civic.District, id int64) (civic.Thing, error) {
	t, err := scanThing(s.readPool.QueryRow(ctx, thingsSQL+`
		  and thing_id = @id
		  and things.publication = 'published'
		  and visibility is distinct from 'hex'`, pgx.NamedArgs{"district": d.ID, "id": id}), d)
	if err != nil {
		return civic.Thing{}, fmt.Errorf("read thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	return t, nil
}

// Things returns the things of a district that match the query, with their
// content, in the order of their ids.
func (s *Store) Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error) {
	var publications []string
	for _, p := range q.Publications {
		publications = append(publications, p.String())
	}
	rows, _ := s.readPool.Query(ctx, thingsSQL+`
		  and (@kind = '' or things.kind = @kind)
		  and (@publications::text[] is null or things.publication = any(@publications))
		  and (@ids::bigint[] is null or thing_id = any(@ids))
		  and thing_id > @after
		order by thing_id
		limit @limit`,
		pgx.NamedArgs{
			"district": d.ID, "kind": q.Kind.String(), "publications": publications, "ids": q.IDs, "after": q.After, "limit": q.Limit,
		}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Described, error) {
		t, err := scanThing(row, d)
		return civic.Described{Thing: t}, err
	})
	if err != nil {
		return nil, fmt.Errorf("read things of %s: %w", d.Slug, civicError(err))
	}
	ids := map[civic.ThingKind][]int64{}
	for _, t := range found {
		ids[t.Kind] = append(ids[t.Kind], t.ID)
	}
	for kind, ids := range ids {
		contents, err := rowsOf(kind).read(ctx, s.readPool, d, ids)
		if err != nil {
			return nil, fmt.Errorf("read things of %s: %w", d.Slug, civicError(err))
		}
		for i, t := range found {
			if c, ok := contents[t.ID]; ok {
				found[i].Content = c
			}
		}
	}
	return found, nil
}
