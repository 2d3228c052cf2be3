package cluster

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

// stopOrphan ends the server that an owner left behind when it was killed. The lock is held, so nobody else uses it.
func (c *Cluster) stopOrphan(ctx context.Context) error {
	path := filepath.Join(c.home.data, "postmaster.pid")
	pid, err := readPid(path)
	if err != nil {
		return fmt.Errorf("look for an orphaned server: %w", err)
	}
	if pid != 0 && serves(pid, c.home.data) {
		c.logger.Info("stopping an orphaned server", "pid", pid)
		if err := endOrphan(ctx, pid, c.home.data); err != nil {
			return fmt.Errorf("stop the orphaned server, process %d: %w", pid, err)
		}
	}
	// A server that ended by itself has removed its lock files. After a power cut or in a new container the number in them
	// may belong to any process, beside which PostgreSQL would refuse to start. Should processes of a killed server still
	// be ending, PostgreSQL sees that by the shared memory they hold.
	for _, stale := range []string{path, socketPath(c.home.run) + ".lock"} {
		if err := os.Remove(stale); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove stale lock file: %w", err)
		}
	}
	return nil
}

// endOrphan asks for a fast shutdown, and after the deadline for an immediate one.
func endOrphan(ctx context.Context, pid int, data string) error {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
		for asked := time.Now(); time.Since(asked) < stopDeadline; {
			if !serves(pid, data) {
				return nil
			}
			if err := sleep(ctx, 20*time.Millisecond); err != nil {
				return err
			}
		}
	}
	return errors.New("it does not end")
}

// readPid is the first line of postmaster.pid, or 0 when there is none.
func readPid(path string) (int, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return 0, nil // half written at a power cut
	}
	return pid, nil
}
