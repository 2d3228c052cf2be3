package localpostgres

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestStopStaleServer checks that Open stops a server that is still running
// after its parent was killed, as happens on systems other than Linux.
func TestStopStaleServer(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c, err := Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	stale, err := c.spawn(&syscall.SysProcAttr{Credential: c.dir.user.credential(), Setpgid: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := stale.waitUntilReady(t.Context(), c.URL()); err != nil {
		t.Fatal(err)
	}
	c, err = Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	<-stale.exited
	if err := ping(t.Context(), c.URL()); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestStalePostmasterPID(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	closeCluster(t, open(t, dir))
	text := fmt.Sprintf("%d\n%s/postgres\n1700000000\n5432\n%s/run\n\n  5432001         0\nready   \n", os.Getpid(), dir, dir)
	if err := os.WriteFile(filepath.Join(dir, "postgres", "postmaster.pid"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, dir)
	checkValue(t, c.URL(), "select 1", 1)
}
