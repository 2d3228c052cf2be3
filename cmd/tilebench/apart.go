package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// apart gives PostgreSQL the first core and this process the others, by taskset of
// util-linux, so that one does not take the processor from the other; together
// lets both have all again.
func (b *bench) apart(ctx context.Context) (together func() error, err error) {
	if runtime.NumCPU() < 2 {
		return nil, fmt.Errorf("one core cannot be shared out")
	}
	rest, all := fmt.Sprintf("1-%d", runtime.NumCPU()-1), fmt.Sprintf("0-%d", runtime.NumCPU()-1)
	if err := b.assign(ctx, "0", rest); err != nil {
		return nil, err
	}
	return func() error { return b.assign(ctx, all, all) }, nil
}

// assign cores to PostgreSQL and to this process.
func (b *bench) assign(ctx context.Context, database, own string) error {
	rows, err := b.pool.Query(ctx, `select pid from pg_stat_activity`)
	if err != nil {
		return err
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return err
	}
	parent, err := parentOf(pids[0]) // which makes the processes of new connections
	if err != nil {
		return err
	}
	for _, pid := range append(pids, parent) {
		if err := taskset(database, pid); err != nil {
			return err
		}
	}
	return taskset(own, os.Getpid())
}

func taskset(cores string, pid int) error {
	out, err := exec.Command("taskset", "-a", "-c", "-p", cores, strconv.Itoa(pid)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("taskset: %w: %s", err, out)
	}
	return nil
}

// parentOf a process, on Linux (proc_pid_stat(5)).
func parentOf(pid int) (int, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	return strconv.Atoi(string(fields[1]))
}
