package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Changes returns what has changed since a position, and calls visit for every
// pin that has changed, deleted ones first, and for every pin of a leaf: a count of
// pins that are published in no other way (PublishCounts). It reads everything
// from one snapshot, also on a hot standby.
//
// Changes never misses a row, and reports none again, however long somebody
// keeps a transaction open: Next is the snapshot, so that the next call reads
// what is not visible to this one. Next does not exceed the newest transaction
// id in the snapshot by more than one: after a crash, PostgreSQL may assign the
// ids of transactions that were rolled back again, but never the id of a
// transaction whose rows are visible.
func (s *Store) Changes(ctx context.Context, since civic.Position, visit func(civic.MapPin)) (civic.Changes, error) {
	var changes civic.Changes
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := pgx.BeginTxFunc(ctx, s.changesPool, snapshot, func(tx pgx.Tx) (err error) {
		if changes.Next, err = nextPosition(ctx, tx); err != nil {
			return err
		}
		if changes.Districts, err = districts(ctx, tx, nil, since); err != nil {
			return fmt.Errorf("read districts: %w", err)
		}
		if since.Next > 0 {
			if changes.Removed, err = tombstones(ctx, tx, since, visit); err != nil {
				return err
			}
		}
		if changes.Things, err = mapThings(ctx, tx, since); err != nil {
			return err
		}
		return mapPins(ctx, tx, since, visit)
	})
	if err != nil {
		return civic.Changes{}, fmt.Errorf("read changes: %w", err)
	}
	return changes, nil
}

// nextPosition returns the position from which to read after the snapshot of
// tx.
func nextPosition(ctx context.Context, tx pgx.Tx) (civic.Position, error) {
	var standby bool
	var xmin, xmax, newest uint64
	var open []uint64
	err := tx.QueryRow(ctx, `
		select pg_is_in_recovery(), pg_snapshot_xmin(snapshot), pg_snapshot_xmax(snapshot),
		  array(select pg_snapshot_xip(snapshot)), coalesce((
		    select changed
		    from (
		      (select changed from districts order by changed desc limit 1)
		      union all (select changed from tombstones order by changed desc limit 1)
		      union all (select changed from pins order by changed desc limit 1)
		      union all (select changed from leaf_cells order by changed desc limit 1)
		      union all (select changed from things where changed is not null order by changed desc limit 1)
		    ) as newest
		    order by changed desc
		    limit 1
		  ), '0')
		from pg_current_snapshot() as snapshot`).Scan(&standby, &xmin, &xmax, &open, &newest)
	if err != nil {
		return civic.Position{}, fmt.Errorf("read snapshot: %w", err)
	}
	next := min(xmax, newest+1)
	switch {
	case !standby:
		return civic.Position{Next: next, Open: slices.DeleteFunc(open, func(id uint64) bool { return id >= next })}, nil
	case next > xmin+maxOpenOnStandby:
		return civic.Position{Next: xmin}, nil
	}
	if open, err = openOnStandby(ctx, tx, xmin, next); err != nil {
		return civic.Position{}, err
	}
	return civic.Position{Next: next, Open: open}, nil
}

// maxOpenOnStandby is the number of transaction ids from which openOnStandby
// would take longer than it takes to read their rows again.
const maxOpenOnStandby = 10_000

// openOnStandby returns the transaction ids from xmin to below next that no
// visible row has. The snapshot of a standby does not list the transactions in
// progress, but all rows of a transaction become visible at once.
func openOnStandby(ctx context.Context, tx pgx.Tx, xmin, next uint64) ([]uint64, error) {
	rows, _ := tx.Query(ctx, `
		select id::text::xid8
		from generate_series(@xmin::bigint, @next::bigint - 1) as id
		where not exists (select from pins where changed = id::text::xid8)
		  and not exists (select from things where changed = id::text::xid8)
		  and not exists (select from leaf_cells where changed = id::text::xid8)
		  and not exists (select from tombstones where changed = id::text::xid8)
		  and not exists (select from districts where changed = id::text::xid8)`,
		pgx.NamedArgs{"xmin": xmin, "next": next}) // CollectRows returns the error
	open, err := pgx.CollectRows(rows, pgx.RowTo[uint64])
	if err != nil {
		return nil, fmt.Errorf("read transactions in progress: %w", err)
	}
	return open, nil
}

// tombstones calls visit for the pins that were deleted since a position, and
// returns the ids of the deleted districts.
func tombstones(ctx context.Context, tx pgx.Tx, since civic.Position, visit func(civic.MapPin)) ([]int32, error) {
	rows, _ := tx.Query(ctx, `
		select district_id, pin_id
		from tombstones
		where changed >= @next::xid8 or changed = any(@open::xid8[])`,
		pgx.NamedArgs{"next": since.Next, "open": since.Open}) // ForEachRow returns the error
	var districts []int32
	pin := civic.MapPin{Deleted: true}
	_, err := pgx.ForEachRow(rows, []any{&pin.DistrictID, &pin.ID}, func() error {
		if pin.ID == 0 {
			districts = append(districts, pin.DistrictID)
		} else {
			visit(pin)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read tombstones: %w", err)
	}
	return districts, nil
}

//go:embed sql/map_things.sql
var mapThingsSQL string

// mapThings returns the things other than pins that have changed since a position.
func mapThings(ctx context.Context, tx pgx.Tx, since civic.Position) ([]civic.MapThing, error) {
	rows, _ := tx.Query(ctx, mapThingsSQL, pgx.NamedArgs{"next": since.Next, "open": since.Open, "private": kindNames(civic.PrivateKinds())}) // CollectRows returns the error
	changed, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t civic.MapThing, err error) {
		var kind string
		if err := row.Scan(&t.DistrictID, &t.ID, &kind, &t.State, &t.Point[0], &t.Point[1], &t.Deleted); err != nil {
			return t, err
		}
		t.Kind, err = civic.ParseThingKind(kind)
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("read things: %w", err)
	}
	return changed, nil
}

// Timeline returns an id of the database and of the timeline of its write-ahead
// log. Positions on different timelines cannot be compared. A new timeline
// begins with a failover or a point-in-time recovery, where later transactions
// are lost and their ids assigned again. A standby has the timeline of its
// primary and switches to a new timeline at its next restart point.
//
// The id also changes when the database is replaced in place, since a restored
// dump has the transaction ids of the past: with the id of the database, with
// the file of the pins, which truncate replaces too, and with the triggers,
// which pg_restore creates or enables last. Then Timeline also closes the
// connections, to which the types of PostGIS may have other ids.
func (s *Store) Timeline(ctx context.Context) (string, error) {
	var timeline string
	err := s.changesPool.QueryRow(ctx, timelineSQL).Scan(&timeline)
	if err != nil {
		return "", fmt.Errorf("read timeline: %w", err)
	}
	if before := s.timeline.Swap(&timeline); before != nil && *before != timeline {
		return timeline, s.Reconnect(ctx)
	}
	return timeline, nil
}

//go:embed sql/timeline.sql
var timelineSQL string
