package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/seat_waiting.sql
var seatWaitingSQL string

// lockOccurrences locks an occurrence of a thing until the transaction has ended, or all
// for the day 0, so that nobody else takes a place meanwhile.
func lockOccurrences(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64, day civic.Day) error {
	_, err := tx.Exec(ctx, `
		select
		from occurrences
		where district_id = @district
		  and thing_id = @thing
		  and (@day::date is null or day = @day)
		order by day
		for update`, pgx.NamedArgs{"district": d.ID, "thing": thing, "day": nullDay(day)})
	if err != nil {
		return fmt.Errorf("lock occurrences: %w", err)
	}
	return nil
}

// queueSeating queues the statement that seats those who wait for a thing.
func queueSeating(b *pgx.Batch, d *civic.District, thing int64) {
	b.Queue(seatWaitingSQL, pgx.NamedArgs{
		"district": d.ID, "thing": thing, "kind": string(civic.MailSeated), "job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
}

// seatWaiting seats those who wait for a thing whose occurrences are locked.
func seatWaiting(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64) error {
	var b pgx.Batch
	queueSeating(&b, d, thing)
	if err := tx.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("seat those who wait: %w", err)
	}
	return nil
}

// registeredFor returns the things for which a contact has registered, and locks their
// occurrences.
func registeredFor(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64) ([]int64, error) {
	rows, _ := tx.Query(ctx, `
		select distinct thing_id
		from registrations
		where district_id = @district
		  and contact_id = @contact
		order by 1`, pgx.NamedArgs{"district": d.ID, "contact": contact}) // CollectRows returns the error
	things, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read for what somebody has registered: %w", err)
	}
	for _, thing := range things {
		if err := lockOccurrences(ctx, tx, d, thing, 0); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// TakenSeats returns how many seats of the occurrences of a thing are taken, by their
// days; those without any are missing.
func (s *Store) TakenSeats(ctx context.Context, d *civic.District, thing int64) (map[civic.Day]civic.Taken, error) {
	rows, _ := s.readPool.Query(ctx, `
		select day - date '1970-01-01', coalesce(sum(seats) filter (where state = 'seated'), 0), coalesce(sum(seats) filter (where state = 'waiting'), 0)
		from registrations
		where district_id = @district
		  and thing_id = @thing
		  and state in ('seated', 'waiting')
		group by day`, pgx.NamedArgs{"district": d.ID, "thing": thing}) // ForEachRow returns the error
	taken := map[civic.Day]civic.Taken{}
	var day int32
	var of civic.Taken
	if _, err := pgx.ForEachRow(rows, []any{&day, &of.Seated, &of.Waiting}, func() error { taken[civic.Day(day)] = of; return nil }); err != nil {
		return nil, fmt.Errorf("count the seats of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return taken, nil
}
