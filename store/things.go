package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/things.sql
	thingsSQL string

	//go:embed sql/things_matching.sql
	thingsMatchingSQL string
)

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

// readThings returns those of the things with the ids that a district has.
func readThings(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Thing, error) {
	rows, _ := db.Query(ctx, thingsSQL+`
		  and thing_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read things: %w", err)
	}
	things := make(map[int64]civic.Thing, len(found))
	for _, t := range found {
		things[t.ID] = t
	}
	return things, nil
}

// pinKinds returns the kinds of those of the things with the ids that are pins.
func pinKinds(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Kind, error) {
	kinds := map[int64]civic.Kind{}
	if len(ids) == 0 {
		return kinds, nil
	}
	rows, _ := db.Query(ctx, `
		select pin_id, kind
		from pins
		where district_id = @district
		  and pin_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	var id int64
	var kind string
	_, err := pgx.ForEachRow(rows, []any{&id, &kind}, func() (err error) {
		kinds[id], err = civic.ParseKind(kind)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the kinds of pins: %w", err)
	}
	return kinds, nil
}

// scanThing reads a thing from the columns of things.sql, and more columns after them.
func scanThing(row pgx.Row, d *civic.District, more ...any) (civic.Thing, error) {
	t := civic.Thing{DistrictID: d.ID}
	var kind, publication string
	columns := []any{&t.ID, &kind, &publication, &t.State, &t.Version, &t.Title, &t.AreaID, &t.ReporterID, &t.OwnerID}
	err := row.Scan(append(columns, more...)...)
	if err != nil {
		return t, err //nolint:wrapcheck // the callers say what they read
	}
	var errs [2]error
	t.Kind, errs[0] = civic.ParseThingKind(kind)
	t.Publication, errs[1] = civic.ParsePublication(publication)
	return t, errors.Join(errs[:]...)
}

// Thing returns a thing of a district with its content, in whatever state it is.
// It returns civic.ErrNotFound when the district has none with the id.
func (s *Store) Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error) {
	found, err := readThings(ctx, s.readPool, d, []int64{id})
	if err != nil {
		return civic.Described{}, fmt.Errorf("read thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	t, ok := found[id]
	if !ok {
		return civic.Described{}, fmt.Errorf("thing %d of %s: %w", id, d.Slug, civic.ErrNotFound)
	}
	described, err := s.describe(ctx, d, []civic.Thing{t})
	if err != nil {
		return civic.Described{}, fmt.Errorf("read thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	return described[0], nil
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
// content.
func (s *Store) Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error) {
	rows, _ := s.readPool.Query(ctx, thingsSQL+thingsMatchingSQL+`
		  and (@before = 0 or thing_id < @before)
		order by thing_id desc
		limit @limit`, thingArgs(d, q)) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read things of %s: %w", d.Slug, civicError(err))
	}
	described, err := s.describe(ctx, d, found)
	if err != nil {
		return nil, fmt.Errorf("read things of %s: %w", d.Slug, civicError(err))
	}
	return described, nil
}

// CountThings returns how many things of a district match the query, whatever its
// limit and where its page begins.
func (s *Store) CountThings(ctx context.Context, d *civic.District, q civic.ThingQuery) (n int, err error) {
	err = s.readPool.QueryRow(ctx, `
		select count(*)
		from things
		where district_id = @district
		`+thingsMatchingSQL, thingArgs(d, q)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count things of %s: %w", d.Slug, civicError(err))
	}
	return n, nil
}

// thingArgs returns the arguments of the statements about things that match a query.
func thingArgs(d *civic.District, q civic.ThingQuery) pgx.NamedArgs {
	var publications []string
	for _, p := range q.Publications {
		publications = append(publications, p.String())
	}
	args := pgx.NamedArgs{
		"district": d.ID, "kind": q.Kind.String(), "publications": publications, "state": q.State.String(), "area": q.AreaID,
		"category": q.CategoryID, "owner": q.OwnerID, "before": q.Before, "limit": q.Limit, "ids": q.IDs, "says": q.Says, "having": q.Having, "due_before": nullDay(q.DueBefore),
		"placed": q.Placed,
	}
	addBox(args, q.Box)
	return args
}

// describe returns things with their content.
func (s *Store) describe(ctx context.Context, d *civic.District, things []civic.Thing) ([]civic.Described, error) {
	out := make([]civic.Described, len(things))
	ids := map[civic.ThingKind][]int64{}
	var askedAbout []int64
	for i, t := range things {
		out[i].Thing = t
		ids[t.Kind] = append(ids[t.Kind], t.ID)
		if t.Kind.IsAskedAbout() {
			askedAbout = append(askedAbout, t.ID)
		}
	}
	confirmed, err := confirmations(ctx, s.readPool, d, askedAbout)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Confirmed = confirmed[out[i].ID]
	}
	for kind, ids := range ids {
		contents, err := rowsOf(kind).read(ctx, s.readPool, d, ids)
		if err != nil {
			return nil, err
		}
		for i, t := range things {
			if c, ok := contents[t.ID]; ok {
				out[i].Content = c
			}
		}
	}
	return out, nil
}
