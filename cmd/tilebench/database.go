package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sys/unix"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
)

// openDatabase starts PostgreSQL with memory for the data, and opens the store
// of the program and a pool for the references.
func (b *bench) openDatabase(ctx context.Context) (err error) {
	if err := b.startPostgres(ctx); err != nil {
		return err
	}
	if err := store.Migrate(ctx, b.cluster.URL()); err != nil {
		return err
	}
	if b.database, err = store.Open(ctx, store.Config{URL: b.cluster.URL()}); err != nil {
		return err
	}
	// A statement is prepared once for each connection. Each execution has a plan
	// for its own tile and filter, without which PostgreSQL would use a generic
	// one, that is not parallel, from the sixth on.
	config, err := pgxpool.ParseConfig(b.cluster.URL())
	if err != nil {
		return fmt.Errorf("configure the pool of the references: %w", err)
	}
	config.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	config.ConnConfig.RuntimeParams["max_parallel_workers_per_gather"] = strconv.Itoa(runtime.NumCPU())
	config.ConnConfig.RuntimeParams["work_mem"] = "256MB"
	config.ConnConfig.RuntimeParams["maintenance_work_mem"] = "1GB"
	config.ConnConfig.RuntimeParams["jit"] = "off"
	if b.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("open the pool of the references: %w", err)
	}
	memory, err := totalMemory()
	if err != nil {
		return err
	}
	if err := b.execute(ctx,
		fmt.Sprintf(`alter system set shared_buffers = '%dMB'`, memory>>20/4), // as the manual of PostgreSQL advises
		fmt.Sprintf(`alter system set effective_cache_size = '%dMB'`, memory>>20*3/4),
		fmt.Sprintf(`alter system set max_parallel_workers = %d`, max(8, runtime.NumCPU())),
		fmt.Sprintf(`alter system set max_worker_processes = %d`, max(8, runtime.NumCPU())+8),
	); err != nil {
		return err
	}
	return b.restartPostgres(ctx)
}

func (b *bench) startPostgres(ctx context.Context) (err error) {
	b.cluster, err = localpostgres.Open(ctx, localpostgres.Config{Dir: b.dir, Logger: slog.New(slog.DiscardHandler)})
	return err
}

// restartPostgres restarts PostgreSQL, so that its buffers are empty, and waits
// until the index follows it again. The page cache of the operating system
// remains.
func (b *bench) restartPostgres(ctx context.Context) error {
	b.pool.Reset()
	if err := b.cluster.Close(); err != nil {
		return err
	}
	if err := b.startPostgres(ctx); err != nil {
		return err
	}
	if err := b.pool.Ping(ctx); err != nil { // a pool has connections before its first request
		return fmt.Errorf("connect the pool of the references: %w", err)
	}
	if b.live == nil {
		return nil
	}
	for restarted := time.Now(); b.live.State().Err != nil || b.live.State().Followed.Before(restarted); {
		if err := wait(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) closeDatabase() {
	if b.pool != nil {
		b.pool.Close()
	}
	if b.database != nil {
		b.database.Close()
	}
	if b.cluster != nil {
		_ = b.cluster.Close()
	}
}

// totalMemory returns the memory of the machine in bytes.
func totalMemory() (int, error) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0, fmt.Errorf("read the size of the memory: %w", err)
	}
	return int(info.Totalram) * int(info.Unit), nil
}

// wait waits for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
