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
func (s *Store) Changes(ctx context.Context, since civic.Mark, each func(civic.MapPin)) (civic.Changes, error) {
	var out civic.Changes
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		err = tx.QueryRow(ctx, `select pg_snapshot_xmin(pg_current_snapshot())`).Scan((*uint64)(&out.Next))
		if err != nil {
			return fmt.Errorf("read snapshot: %w", err)
		}
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

func tombstones(ctx context.Context, tx pgx.Tx, since civic.Mark, out *civic.Changes, each func(civic.MapPin)) error {
	rows, err := tx.Query(ctx, `
		select district_id, pin_id
		from tombstones
		where changed >= $1::xid8`, uint64(since))
	if err != nil {
		return err
	}
	gone := civic.MapPin{Gone: true}
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
