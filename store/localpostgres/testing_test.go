package localpostgres

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain runs the tests or, when the environment variable
// PINEZKA_TEST_PROCESS names a directory, acts as another process that uses the
// cluster in it.
func TestMain(m *testing.M) {
	dir := os.Getenv("PINEZKA_TEST_PROCESS")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := useCluster(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// useCluster opens the cluster in dir, prints its URL and closes it at the end
// of the standard input.
func useCluster(dir string) error {
	c, err := Open(context.Background(), Config{Dir: dir})
	if err != nil {
		return err
	}
	fmt.Println(c.URL())
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, c.Close())
}

// openInOtherProcess starts another process that uses the cluster in dir, and
// waits until the process has opened it. leave ends the process.
func openInOtherProcess(t *testing.T, dir string) (cmd *exec.Cmd, leave func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(exe)
	cmd.Env = append(os.Environ(), "PINEZKA_TEST_PROCESS="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal("the other process did not open the cluster:", err, cmd.Wait())
	}
	var once sync.Once
	leave = func() {
		once.Do(func() {
			in.Close()
			_ = cmd.Wait()
		})
	}
	t.Cleanup(leave)
	return cmd, leave
}

// tempDir returns a directory that the user of the server can access.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pinezka-cluster-") //nolint:usetesting // only the user of the test can enter that of t.TempDir
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

// open opens the cluster in dir and closes it after the test.
func open(t *testing.T, dir string) *Cluster {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(t.Output(), nil))
	c, err := Open(t.Context(), Config{Dir: dir, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeCluster(t, c) })
	return c
}

// closeCluster closes the cluster.
func closeCluster(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// query returns the single value that a query selects.
func query[T any](url, sql string) (T, error) {
	var value T
	ctx, cancel := context.WithTimeout(context.Background(), waitTimeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return value, err
	}
	defer conn.Close(ctx)
	return value, conn.QueryRow(ctx, sql).Scan(&value)
}

// checkValue checks the single value that a query selects.
func checkValue[T comparable](t *testing.T, url, sql string, want T) {
	t.Helper()
	got, err := query[T](url, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if got != want {
		t.Errorf("%s: got %v, want %v", sql, got, want)
	}
}

// waitTimeout is the longest time that a test waits for a state, which on an
// idle machine is reached within a moment.
const waitTimeout = time.Minute

// waitUntil polls until reached returns nil.
func waitUntil(t *testing.T, what string, reached func() error) {
	t.Helper()
	for deadline := time.Now().Add(waitTimeout); ; time.Sleep(20 * time.Millisecond) {
		err := reached()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("timeout while waiting until %s: %v", what, err)
		}
	}
}

// waitForQuery waits until the query succeeds, while the cluster restarts or
// gets another owner.
func waitForQuery(t *testing.T, url, sql string) {
	t.Helper()
	waitUntil(t, "the query succeeds: "+sql, func() error {
		_, err := query[int](url, sql)
		return err
	})
}

const insertPin = `with t as (insert into pin values (1) returning 1) select count(*) from t`

func createTable(t *testing.T, url string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "create table pin (id int)"); err != nil {
		t.Fatal(err)
	}
}

// postmaster returns the process id of the server.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "postgres", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscan(string(text), &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}
