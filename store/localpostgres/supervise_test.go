package localpostgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"syscall"
	"testing"
	"testing/synctest"
)

func TestOwnerKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	cmd, leave := openInOtherProcess(t, dir)
	attached := open(t, dir)
	createTable(t, attached.URL())
	checkValue(t, attached.URL(), insertPin, 1)
	closeCluster(t, attached)

	_ = cmd.Process.Kill()
	c := open(t, dir)
	leave()
	checkValue(t, c.URL(), "select count(*) from pin", 1)
}

func TestOwnerAndServerKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	cmd, leave := openInOtherProcess(t, dir)
	attached := open(t, dir)
	createTable(t, attached.URL())
	checkValue(t, attached.URL(), insertPin, 1)
	closeCluster(t, attached)

	pid := postmaster(t, dir)
	_ = cmd.Process.Kill()
	_ = syscall.Kill(pid, syscall.SIGKILL)
	c := open(t, dir)
	leave()
	checkValue(t, c.URL(), "select count(*) from pin", 1)
}

func TestBecomeOwner(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(cmd *exec.Cmd, leave func()){
		"owner closed": func(_ *exec.Cmd, leave func()) { leave() },
		"owner killed": func(cmd *exec.Cmd, _ func()) { _ = cmd.Process.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tempDir(t)
			cmd, leave := openInOtherProcess(t, dir)
			c := open(t, dir)
			createTable(t, c.URL())
			checkValue(t, c.URL(), insertPin, 1)
			before := postmaster(t, dir)
			end(cmd, leave)
			waitUntil(t, "there is another server", func() error {
				if pid, err := readPostmasterPID(c.dir.pgdata); err != nil || pid == 0 || pid == before {
					return errors.Join(err, fmt.Errorf("the server is process %d, was %d", pid, before))
				}
				return nil
			})
			waitForQuery(t, c.URL(), insertPin)
			checkValue(t, c.URL(), "select count(*) from pin", 2)
		})
	}
}

func TestCloseWithoutOwnership(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, dir)
	_, leave := openInOtherProcess(t, dir)
	leave()
	checkValue(t, c.URL(), "select 1", 1)
}

func TestServerKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, dir)
	createTable(t, c.URL())
	checkValue(t, c.URL(), insertPin, 1)
	pid := postmaster(t, dir)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	waitForQuery(t, c.URL(), "select count(*)::int from pin")
	if postmaster(t, dir) == pid {
		t.Error("the server was not restarted")
	}
}

func TestRestartEndsWithContext(t *testing.T) {
	t.Parallel()
	d, err := openDataDirectory(tempDir(t))
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{dir: d, programs: programs{dir: "/nowhere"}, logger: slog.New(slog.DiscardHandler)}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*minBackoff)
		defer cancel()
		if s := c.restart(ctx, 0); s != nil {
			t.Errorf("started process %d without programs", s.pid())
		}
	})
}
