package cluster

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestOrphan starts a server that outlives its parent, as on systems that cannot tie the two.
func TestOrphan(t *testing.T) {
	t.Parallel()
	dir := reachableDir(t)
	c, err := Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	orphan, err := c.spawn(&syscall.SysProcAttr{Credential: c.home.account.credential(), Setpgid: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := orphan.ready(t.Context(), c.URL()); err != nil {
		t.Fatal(err)
	}
	c, err = Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	<-orphan.exited
	if err := ping(t.Context(), c.URL()); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestTrimLog(t *testing.T) {
	t.Parallel()
	h, err := openHome(reachableDir(t))
	if err != nil {
		t.Fatal(err)
	}
	log, err := openLog(h)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	line := strings.Repeat("x", 1023) + "\n"
	for range maxLog/1024 + 1 {
		if _, err := log.WriteString(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := trimLog(h); err != nil {
		t.Fatal(err)
	}
	if _, err := log.WriteString("new\n"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int64{h.log: 4, h.log + ".1": maxLog + 1024} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() != want {
			t.Errorf("%s has %d bytes, want %d", path, info.Size(), want)
		}
	}
}

func TestRestartEndsWithContext(t *testing.T) {
	t.Parallel()
	h, err := openHome(reachableDir(t))
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{home: h, programs: Programs{Dir: "/nowhere"}, logger: slog.New(slog.DiscardHandler)}
	ctx, cancel := context.WithTimeout(t.Context(), 3*firstBackoff)
	defer cancel()
	if s := c.restart(ctx, 0); s != nil {
		t.Errorf("restarted process %d from nothing", s.pid())
	}
}

func reachableDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pinezka-cluster-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
