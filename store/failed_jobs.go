package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/pinezka/pinezka/civic"
)

// failedJobs is the number of jobs that FailedJobs returns at most.
const failedJobs = 500

// FailedJobs returns the jobs whose last attempt failed, the newest first, at most
// 500.
func (s *Store) FailedJobs(ctx context.Context) ([]civic.FailedJob, error) {
	rows, _ := s.readPool.Query(ctx, `
		select id, kind, args::text, coalesce(errors[cardinality(errors)] ->> 'error', ''), attempt,
		  coalesce(attempted_at, created_at), finalized_at is not null, scheduled_at
		from river_job
		where state in ('retryable', 'cancelled', 'discarded')
		order by coalesce(attempted_at, created_at) desc, id desc
		limit @limit`, pgx.NamedArgs{"limit": failedJobs}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (j civic.FailedJob, err error) {
		return j, row.Scan(&j.ID, &j.Kind, &j.Args, &j.Error, &j.Attempts, &j.FailedAt, &j.Dead, &j.Next)
	})
	if err != nil {
		return nil, fmt.Errorf("read the failed jobs: %w", civicError(err))
	}
	return found, nil
}

// RetryJob makes a failed job due now. It returns civic.ErrNotFound when no job has
// the id.
func (s *Store) RetryJob(ctx context.Context, id int64) error {
	return s.changeJob(ctx, id, "retry", (*river.Client[pgx.Tx]).JobRetryTx)
}

// DropJob deletes a failed job, which is not tried again. What it was to send stays
// recorded as dead. It returns civic.ErrNotFound when no job has the id, and
// civic.ErrConflict when it is running.
func (s *Store) DropJob(ctx context.Context, id int64) error {
	return s.changeJob(ctx, id, "drop", (*river.Client[pgx.Tx]).JobDeleteTx)
}

func (s *Store) changeJob(ctx context.Context, id int64, what string, change func(*river.Client[pgx.Tx], context.Context, pgx.Tx, int64) (*rivertype.JobRow, error)) error {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = s.inTx(ctx, func(tx pgx.Tx) error {
			_, err := change(client, ctx, tx, id)
			return err
		})
	}
	switch {
	case errors.Is(err, rivertype.ErrNotFound):
		err = civic.ErrNotFound
	case errors.Is(err, rivertype.ErrJobRunning):
		err = fmt.Errorf("it is running: %w", civic.ErrConflict)
	}
	if err != nil {
		return fmt.Errorf("%s job %d: %w", what, id, civicError(err))
	}
	return nil
}

// BouncedContacts returns the contacts whose addresses receive no mails, the newest
// first, at most 500.
func (s *Store) BouncedContacts(ctx context.Context) ([]civic.BouncedContact, error) {
	rows, _ := s.readPool.Query(ctx, `
		select slug, contact_id, bounced_at, coalesce((
		  select status
		  from bounces
		  join deliveries using (district_id, delivery_id)
		  where deliveries.district_id = contacts.district_id
		    and deliveries.contact_id = contacts.contact_id
		  order by received_at desc
		  limit 1
		), '')
		from contacts
		join districts using (district_id)
		where bounced_at is not null
		order by bounced_at desc
		limit @limit`, pgx.NamedArgs{"limit": failedJobs}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c civic.BouncedContact, err error) {
		return c, row.Scan(&c.District, &c.Contact, &c.Since, &c.Status)
	})
	if err != nil {
		return nil, fmt.Errorf("read the contacts whose mails bounce: %w", civicError(err))
	}
	return found, nil
}

// DeadMails returns the mails of a district that could not be delivered, and are not
// tried again unless an operator asks for it, the newest first, at most 500.
func (s *Store) DeadMails(ctx context.Context, d *civic.District) ([]civic.DeadMail, error) {
	rows, _ := s.readPool.Query(ctx, `
		select id, deliveries.kind, coalesce(thing_id, 0), finalized_at, error
		from river_job
		join deliveries on deliveries.district_id = @district
		  and delivery_id = (args ->> 'delivery')::bigint
		where river_job.kind = @job
		  and state in ('cancelled', 'discarded')
		  and (args ->> 'district')::int = @district
		order by finalized_at desc, id desc
		limit @limit`, pgx.NamedArgs{"district": d.ID, "job": sendMailArgs{}.Kind(), "limit": failedJobs}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m civic.DeadMail, err error) {
		return m, row.Scan(&m.Job, &m.Kind, &m.ThingID, &m.At, &m.Error)
	})
	if err != nil {
		return nil, fmt.Errorf("read the mails of %s that could not be delivered: %w", d.Slug, civicError(err))
	}
	return found, nil
}
