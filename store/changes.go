package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Changes reads what has changed since a mark, pins through each, all from one
// snapshot; what is gone comes before what is there. Rows written by
// transactions that overlapped the last reading may come again, none is ever
// missed: Next is the oldest transaction still running (the snapshot's xmin), so
// the next reading starts below whatever this one could not see. It holds on a
// hot standby too.
//
// Next is also never beyond the newest stamp in the snapshot. What has been
// rolled back may be in no log, and after a crash PostgreSQL gives its ids out
// again; those of what can be seen are safe.
func (s *Store) Changes(ctx context.Context, since civic.Position, each func(civic.MapPin)) (civic.Changes, error) {
	var out civic.Changes
	err := pgx.BeginTxFunc(ctx, s.following, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		var xmin, newest uint64
		err = tx.QueryRow(ctx, `
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
			return fmt.Errorf("read snapshot: %w", err)
		}
		out.Next = civic.Position(min(xmin, newest+1))
		if out.Districts, err = districts(ctx, tx, nil, since); err != nil {
			return fmt.Errorf("read districts: %w", err)
		}
		if since > 0 {
			if err = tombstones(ctx, tx, since, &out, each); err != nil {
				return fmt.Errorf("read tombstones: %w", err)
			}
		}
		if err = mapPins(ctx, tx, since, each); err != nil {
			return fmt.Errorf("read pins: %w", err)
		}
		return nil
	})
	if err != nil {
		return civic.Changes{}, fmt.Errorf("read changes: %w", err)
	}
	return out, nil
}

// Timeline is the database's cluster and its timeline, which a failover or a
// restore to a point in time ends: transactions beyond that point are lost, and
// their ids given out again. A standby follows its primary's, and learns of a
// new one at its next restart point.
func (s *Store) Timeline(ctx context.Context) (string, error) {
	var history string
	err := s.following.QueryRow(ctx, `
		select system_identifier || '/' || case
		    when pg_is_in_recovery() then lpad(to_hex((pg_control_checkpoint()).timeline_id), 8, '0')
		    else lower(left(pg_walfile_name(pg_current_wal_lsn()), 8))
		  end
		from pg_control_system()`).Scan(&history)
	if err != nil {
		return "", fmt.Errorf("read history: %w", err)
	}
	return history, nil
}

func tombstones(ctx context.Context, tx pgx.Tx, since civic.Position, out *civic.Changes, each func(civic.MapPin)) error {
	rows, err := tx.Query(ctx, `
		select district_id, pin_id
		from tombstones
		where changed >= $1::xid8`, uint64(since))
	if err != nil {
		return err
	}
	gone := civic.MapPin{Deleted: true}
	_, err = pgx.ForEachRow(rows, []any{&gone.DistrictID, &gone.ID}, func() error {
		if gone.ID == 0 {
			out.Removed = append(out.Removed, gone.DistrictID)
			return nil
		}
		each(gone)
		return nil
	})
	return err
}
