package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// separateCores assigns the first core to PostgreSQL and the others to this
// process, with taskset of util-linux, so that they do not compete for one.
// The returned function assigns all cores to both again.
func (b *bench) separateCores(ctx context.Context) (restore func() error, err error) {
	if runtime.NumCPU() < 2 {
		return nil, fmt.Errorf("there is only one core")
	}
	rest, all := fmt.Sprintf("1-%d", runtime.NumCPU()-1), fmt.Sprintf("0-%d", runtime.NumCPU()-1)
	if err := b.assign(ctx, "0", rest); err != nil {
		return nil, err
	}
	return func() error { return b.assign(ctx, all, all) }, nil
}

// assign assigns cores to PostgreSQL and to this process.
func (b *bench) assign(ctx context.Context, database, own string) error {
	// the postmaster starts the processes of new connections
	rows, err := b.pool.Query(ctx, `
		select pid from pg_stat_activity where backend_type not like '%worker%' -- which may end meanwhile
		union all
		select split_part(pg_read_file('postmaster.pid'), e'\n', 1)::int`)
	if err != nil {
		return fmt.Errorf("find the processes of PostgreSQL: %w", err)
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return fmt.Errorf("find the processes of PostgreSQL: %w", err)
	}
	for _, pid := range pids {
		if err := taskset(ctx, database, pid); err != nil {
			return err
		}
	}
	return taskset(ctx, own, os.Getpid())
}

func taskset(ctx context.Context, cores string, pid int) error {
	out, err := exec.CommandContext(ctx, "taskset", "-a", "-c", "-p", cores, strconv.Itoa(pid)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("taskset: %w: %s", err, out)
	}
	return nil
}
