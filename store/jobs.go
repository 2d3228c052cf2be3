package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/pinezka/pinezka/civic"
)

// JobsConfig configures RunJobs.
type JobsConfig struct {
	Deliver func(context.Context, civic.Letter) error // hands a letter over to a mail server; required
	Mails   int                                       // that are delivered at once; default 4
	Poll    time.Duration                             // how often new jobs are looked for; default one second
	Logger  *slog.Logger                              // default slog.Default()
}

const (
	mailQueue  = "mail"
	jobTimeout = time.Minute
	// What a node that was killed was doing is done again by another after this
	// time.
	rescueAfter = 3 * time.Minute
	// How long what has failed for good can be tried again.
	deadLifetime = 60 * 24 * time.Hour
	// The connections that River needs besides those of the mails: for what is
	// done periodically, for fetching and completing jobs, and for electing the
	// node that queues what is due.
	otherJobConns = 4
	standbyPoll   = time.Minute
)

// RunJobs works on the jobs of the database until ctx ends, and then has those in
// progress end. Every node may do so: each job is done by one, and one of them,
// which they elect, queues what is due. The jobs have connections of their own, so
// that visitors, writers and the live index never wait for them. On a standby,
// RunJobs waits until it is promoted.
func (s *Store) RunJobs(ctx context.Context, cfg JobsConfig) error {
	if cfg.Deliver == nil {
		return errors.New("jobs: Deliver is required")
	}
	if cfg.Mails == 0 {
		cfg.Mails = 4
	}
	if cfg.Poll == 0 {
		cfg.Poll = time.Second
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	if err := s.waitForPrimary(ctx); err != nil {
		return err
	}
	pc := s.writePool.Config()
	pc.MaxConns = int32(cfg.Mails + otherJobConns)
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return fmt.Errorf("open the database pool of jobs: %w", err)
	}
	defer pool.Close()
	client, err := s.jobClient(pool, cfg)
	if err != nil {
		return fmt.Errorf("prepare jobs: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	<-client.Stopped()
	return nil
}

// waitForPrimary waits until the database accepts writes.
func (s *Store) waitForPrimary(ctx context.Context) error {
	for {
		var standby bool
		if err := s.writePool.QueryRow(ctx, `select pg_is_in_recovery()`).Scan(&standby); err != nil {
			return fmt.Errorf("look up whether the database is a standby: %w", err)
		}
		if !standby {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(standbyPoll):
		}
	}
}

// jobClient returns a client of River that works on all jobs.
func (s *Store) jobClient(pool *pgxpool.Pool, cfg JobsConfig) (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	if err := errors.Join(
		river.AddWorkerSafely(workers, &mailWorker{store: s, pool: pool, deliver: cfg.Deliver}),
		river.AddWorkerSafely(workers, &notifyWorker{pool: pool}),
		river.AddWorkerSafely(workers, &periodicWorker{store: s, pool: pool}),
	); err != nil {
		return nil, fmt.Errorf("register workers: %w", err)
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: 1},
			mailQueue:          {MaxWorkers: cfg.Mails},
			noticeQueue:        {MaxWorkers: 1},
		},
		Workers:                     workers,
		PeriodicJobs:                periodicJobs(),
		Logger:                      cfg.Logger,
		JobTimeout:                  jobTimeout,
		RescueStuckJobsAfter:        rescueAfter,
		SoftStopTimeout:             5 * time.Second,
		CompletedJobRetentionPeriod: time.Hour,
		CancelledJobRetentionPeriod: deadLifetime,
		DiscardedJobRetentionPeriod: deadLifetime,
		PollOnly:                    true, // a connection less, and no job is in more of a hurry than a second
		FetchPollInterval:           cfg.Poll,
		FetchCooldown:               min(cfg.Poll, river.FetchCooldownDefault),
	})
	if err != nil {
		return nil, fmt.Errorf("create a client of River: %w", err)
	}
	return client, nil
}
