package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Changes returns what has changed since a position, and calls visit for every
// pin that has changed, deleted ones first. It reads everything from one
// snapshot, also on a hot standby.
//
// Changes may report a row again, but never misses one: Next is the oldest
// transaction that was still running (the xmin of the snapshot), so that the
// next call begins with everything that is not visible to this one. Nor does
// Next exceed the newest transaction id in the snapshot by more than one: after
// a crash, PostgreSQL may assign the ids of transactions that were rolled back
// again, but never the id of a transaction whose rows are visible.
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
		if since > 0 {
			if changes.Removed, err = tombstones(ctx, tx, since, visit); err != nil {
				return err
			}
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
	var xmin, newest uint64
	err := tx.QueryRow(ctx, `
		select pg_snapshot_xmin(pg_current_snapshot()), coalesce((
		  select changed
		  from (
		    (select changed from districts order by changed desc limit 1)
		    union all (select changed from tombstones order by changed desc limit 1)
		    union all (select changed from pins order by changed desc limit 1)
		  ) as newest
		  order by changed desc
		  limit 1
		), '0')`).Scan(&xmin, &newest)
	if err != nil {
		return 0, fmt.Errorf("read snapshot: %w", err)
	}
	return civic.Position(min(xmin, newest+1)), nil
}

// tombstones calls visit for the pins that were deleted since a position, and
// returns the ids of the deleted districts.
func tombstones(ctx context.Context, tx pgx.Tx, since civic.Position, visit func(civic.MapPin)) ([]int32, error) {
	rows, _ := tx.Query(ctx, `
		select district_id, pin_id
		from tombstones
		where changed >= @since::xid8`, pgx.NamedArgs{"since": uint64(since)}) // ForEachRow returns the error
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

// Timeline returns the system identifier of the database cluster and the
// timeline of its write-ahead log. Positions on different timelines cannot be
// compared: a new timeline begins with a failover or a point-in-time recovery,
// where later transactions are lost and their ids assigned again. A standby has
// the timeline of its primary and switches to a new timeline at its next
// restart point.
func (s *Store) Timeline(ctx context.Context) (string, error) {
	var timeline string
	err := s.changesPool.QueryRow(ctx, `
		select system_identifier || '/' || case
		    when pg_is_in_recovery() then lpad(to_hex((pg_control_checkpoint()).timeline_id), 8, '0')
		    else lower(left(pg_walfile_name(pg_current_wal_lsn()), 8))
		  end
		from pg_control_system()`).Scan(&timeline)
	if err != nil {
		return "", fmt.Errorf("read timeline: %w", err)
	}
	return timeline, nil
}
