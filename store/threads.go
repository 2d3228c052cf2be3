package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/thread.sql
var threadSQL string

// Limits of a thread: those that are nearest to the thing are read.
const (
	mostThreadThings = 300
	mostDistance     = 6
)

// Thread returns the thread of a thing, of things in whatever state: who asks for
// it shows civic.Thread.Visible. It returns civic.ErrNotFound when the district has
// no thing with the id.
func (s *Store) Thread(ctx context.Context, d *civic.District, id int64) (civic.Thread, error) {
	thread, err := s.thread(ctx, d, id)
	if err != nil {
		return civic.Thread{}, fmt.Errorf("read the thread of thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	return thread, nil
}

func (s *Store) thread(ctx context.Context, d *civic.District, id int64) (thread civic.Thread, err error) {
	rows, _ := s.readPool.Query(ctx, threadSQL, pgx.NamedArgs{
		"district": d.ID, "thing": id, "most": mostDistance, "things": mostThreadThings,
	}) // CollectRows returns the error
	if thread.Things, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.ThreadThing, error) { return scanThreadThing(row, d) }); err != nil {
		return thread, fmt.Errorf("read the things: %w", err)
	}
	if len(thread.Things) == 0 {
		return thread, civic.ErrNotFound
	}
	ids := make([]int64, len(thread.Things))
	for i, t := range thread.Things {
		ids[i] = t.ID
	}
	if thread.Entries, err = histories(ctx, s.readPool, d, ids); err != nil {
		return thread, fmt.Errorf("read the entries: %w", err)
	}
	links, _ := s.readPool.Query(ctx, `
		select from_id, relation, to_id
		from links
		where district_id = @district
		  and from_id = any(@ids)
		  and to_id = any(@ids)
		order by created_at, from_id, relation, to_id`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // CollectRows returns the error
	if thread.Links, err = pgx.CollectRows(links, scanLink); err != nil {
		return thread, fmt.Errorf("read the links: %w", err)
	}
	return thread, nil
}

func scanThreadThing(row pgx.Row, d *civic.District) (t civic.ThreadThing, err error) {
	var pinKind string
	var lon, lat *float64
	if t.Thing, err = scanThing(row, d, &t.Distance, &t.HexOnly, &pinKind, &t.ReportedOn, &t.DueOn, &lon, &lat); err != nil {
		return t, err
	}
	if lon != nil && lat != nil {
		t.Place = &orb.Point{*lon, *lat}
	}
	if pinKind != "" {
		t.PinKind, err = civic.ParseKind(pinKind)
	}
	return t, err
}

func scanLink(row pgx.CollectableRow) (l civic.Link, err error) {
	var relation string
	if err := row.Scan(&l.From, &relation, &l.To); err != nil {
		return l, err
	}
	l.Relation, err = civic.ParseRelation(relation)
	return l, err
}
