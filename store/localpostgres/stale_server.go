package localpostgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stopStaleServer stops a server that is still running although its owner was
// killed, and removes its lock files. The caller holds the lock, so that no
// other process uses the server.
func (c *Cluster) stopStaleServer(ctx context.Context) error {
	pid, err := readPostmasterPID(c.dir.pgdata)
	if err != nil {
		return err
	}
	if pid != 0 && isServerProcess(pid, c.dir.pgdata) {
		c.logger.Info("stopping a stale server", "pid", pid)
		if err := stopOtherProcess(ctx, pid, c.dir.pgdata); err != nil {
			return fmt.Errorf("stop the stale server, process %d: %w", pid, err)
		}
	}
	// A server removes its lock files when it stops. After a crash of the
	// machine or in a new container, they may name any other process, and
	// PostgreSQL would refuse to start. It detects processes of a killed server
	// that are still running by their shared memory.
	for _, path := range []string{postmasterPID(c.dir.pgdata), socketPath(c.dir.socketDir) + ".lock"} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove stale lock file: %w", err)
		}
	}
	return nil
}

// stopOtherProcess requests a fast shutdown of a server that is not a child of
// this process, and after stopTimeout an immediate one.
func stopOtherProcess(ctx context.Context, pid int, pgdata string) error {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("send the signal %s: %w", signal, err)
		}
		for sent := time.Now(); time.Since(sent) < stopTimeout; {
			if !isServerProcess(pid, pgdata) {
				return nil
			}
			if err := sleep(ctx, 20*time.Millisecond); err != nil {
				return err
			}
		}
	}
	return errors.New("it does not exit")
}

func postmasterPID(pgdata string) string { return filepath.Join(pgdata, "postmaster.pid") }

// readPostmasterPID returns the process id in postmaster.pid, or 0 when the
// file does not exist or is incomplete.
func readPostmasterPID(pgdata string) (int, error) {
	text, err := os.ReadFile(postmasterPID(pgdata))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look for a running server: %w", err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	if pid, err := strconv.Atoi(strings.TrimSpace(first)); err == nil && pid > 1 {
		return pid, nil
	}
	return 0, nil
}
