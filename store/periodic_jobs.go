package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"github.com/pinezka/pinezka/civic"
)

// periodicArgs are the arguments of the job that does what is due.
type periodicArgs struct{}

// Kind returns the name of the kind of job.
func (periodicArgs) Kind() string { return "periodic" }

// periodicJobs returns the one job that the elected node queues every minute, and
// when it has been elected. What is due, the job reads from the database: the
// times of River are in the memory of that node, so that a task that is due once a
// day would never be done by a service that is restarted more often.
func periodicJobs() []*river.PeriodicJob {
	queue := func() (river.JobArgs, *river.InsertOpts) {
		// One at a time, and none is repeated: the next does what it left.
		return periodicArgs{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: time.Minute}}
	}
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(time.Minute), queue, &river.PeriodicJobOpts{RunOnStart: true})}
}

// periodicTask is work that is done once a period in each district. One that is
// overdue is done once, however many periods have passed.
type periodicTask struct {
	name string
	due  func(d *civic.District, now time.Time) time.Time                  // when it was last due; zero for never
	run  func(ctx context.Context, d *civic.District, due time.Time) error // must be repeatable: it is run again after an error
}

// periodicTasks returns all tasks.
func (s *Store) periodicTasks() []periodicTask {
	hourly := func(_ *civic.District, now time.Time) time.Time { return now.Truncate(time.Hour) }
	daily := func(d *civic.District, now time.Time) time.Time { return d.LastDigest(civic.Daily, now) }
	return []periodicTask{
		{"delete_old_requests", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error {
			_, err := s.DeleteOldRequests(ctx, d)
			return err
		}},
		{"delete_old_mails", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error { return s.deleteOldMails(ctx, d.ID) }},
		{"delete_unconfirmed", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error { return s.deleteUnconfirmed(ctx, d) }},
		{"delete_unconfirmed_registrations", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error {
			return s.deleteUnconfirmedRegistrations(ctx, d)
		}},
		{"erase_unconfirmed", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error {
			_, err := s.EraseUnconfirmed(ctx, d, time.Now())
			return err
		}},
		{"remind", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error { return s.remind(ctx, d) }},
		{"publish_counts", hourly, func(ctx context.Context, d *civic.District, _ time.Time) error {
			_, err := s.PublishCounts(ctx, d.Slug, time.Now())
			return err
		}},
		s.overdueTask(),
		s.assignTask(),
		{"ask_still_true", daily, func(ctx context.Context, d *civic.District, _ time.Time) error { return s.askStillTrue(ctx, d) }},
		{"ask_year_later", daily, func(ctx context.Context, d *civic.District, due time.Time) error {
			return s.askYearLater(ctx, d, d.DayOf(due))
		}},
		s.digestTask(civic.Daily),
		s.digestTask(civic.Weekly),
	}
}

// periodicWorker does what is due.
type periodicWorker struct {
	river.WorkerDefaults[periodicArgs]

	store *Store
	pool  *pgxpool.Pool
}

// Work runs the tasks that are due and have not been run. One that fails does not
// keep the others from being run.
func (w *periodicWorker) Work(ctx context.Context, _ *river.Job[periodicArgs]) error {
	rows, _ := w.pool.Query(ctx, `
		select district_id, slug, time_zone
		from districts
		order by district_id`) // CollectRows returns the error
	districts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d civic.District, err error) {
		return d, row.Scan(&d.ID, &d.Slug, &d.TimeZone)
	})
	if err != nil {
		return fmt.Errorf("read districts: %w", err)
	}
	var failed []error
	for _, d := range districts {
		for _, task := range w.store.periodicTasks() {
			if err := w.runOnce(ctx, &d, task); err != nil {
				failed = append(failed, fmt.Errorf("%s in %s: %w", task.name, d.Slug, err))
			}
		}
	}
	failed = append(failed, w.store.deleteOldMails(ctx, 0)) // those of the installation
	return errors.Join(failed...)
}

// runOnce runs a task in a district unless it has been run since it was last due,
// and records that. Of the records it keeps the newest.
func (w *periodicWorker) runOnce(ctx context.Context, d *civic.District, task periodicTask) error {
	due := task.due(d, time.Now())
	if due.IsZero() {
		return nil
	}
	args := pgx.NamedArgs{"district": d.ID, "task": task.name, "due": due}
	var done bool
	err := w.pool.QueryRow(ctx, `
		select exists (
		  select
		  from periodic_runs
		  where district_id = @district
		    and task = @task
		    and due_at >= @due
		)`, args).Scan(&done)
	if err != nil {
		return fmt.Errorf("look up whether it was run: %w", err)
	}
	if done {
		return nil
	}
	if err := task.run(ctx, d, due); err != nil {
		return err
	}
	_, err = w.pool.Exec(ctx, `
		with older as (
		  delete from periodic_runs
		  where district_id = @district
		    and task = @task
		    and due_at < @due
		)
		insert into periodic_runs (district_id, task, due_at)
		values (@district, @task, @due)
		on conflict do nothing`, args)
	if err != nil {
		return fmt.Errorf("record that it was run: %w", err)
	}
	return nil
}

// deleteOldMails deletes, in a district or of the installation, the deliveries
// that are no longer needed: those that may be repeated, after 90 days, and mails
// in the outbox after outboxLifetime.
func (s *Store) deleteOldMails(ctx context.Context, district int32) error {
	var b pgx.Batch
	args := pgx.NamedArgs{"district": district, "lifetime": outboxLifetime}
	b.Queue(`
		delete from deliveries
		where district_id = @district
		  and fact = ''
		  and created_at < now() - interval '90 days'`, args)
	b.Queue(`
		delete from outbox
		where district_id = @district
		  and created_at < now() - @lifetime::interval`, args)
	if err := s.writePool.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("delete old mails: %w", civicError(err))
	}
	return nil
}
