package cluster_test

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
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pinezka/pinezka/store/cluster"
)

// TestMain lets the test binary be another Pinezka process: it opens the cluster in its argument, says its URL and
// leaves when its input ends.
func TestMain(m *testing.M) {
	dir := os.Getenv("PINEZKA_TEST_PROCESS")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := process(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func process(dir string) error {
	c, err := cluster.Open(context.Background(), cluster.Config{Dir: dir})
	if err != nil {
		return err
	}
	fmt.Println(c.URL())
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, c.Close())
}

// other starts another process on the directory and returns when its cluster is open.
func other(t *testing.T, dir string) (cmd *exec.Cmd, leave func()) {
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
			cmd.Wait()
		})
	}
	t.Cleanup(leave)
	return cmd, leave
}

// tempDir is a directory that the server's user can reach.
func tempDir(t *testing.T) string {
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

func open(t *testing.T, dir string) *cluster.Cluster {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(t.Output(), nil))
	c, err := cluster.Open(t.Context(), cluster.Config{Dir: dir, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, c) })
	return c
}

func shut(t *testing.T, c *cluster.Cluster) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func query[T any](url, sql string) (T, error) {
	var value T
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return value, err
	}
	defer conn.Close(ctx)
	return value, conn.QueryRow(ctx, sql).Scan(&value)
}

func get[T comparable](t *testing.T, url, sql string, want T) {
	t.Helper()
	got, err := query[T](url, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if got != want {
		t.Errorf("%s: got %v, want %v", sql, got, want)
	}
}

// eventually is get for a cluster that is changing hands.
func eventually(t *testing.T, url, sql string) {
	t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(50 * time.Millisecond) {
		if _, err = query[int](url, sql); err == nil {
			return
		}
	}
	t.Fatalf("%s: %v", sql, err)
}

const insert = `with t as (insert into pin values (1) returning 1) select count(*) from t`

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

func TestReopenKeepsData(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "new", "data")
	c := open(t, dir)
	createTable(t, c.URL())
	get(t, c.URL(), insert, 1)
	shut(t, c)
	shut(t, c)
	if _, err := query[int](c.URL(), "select 1"); err == nil {
		t.Error("the server answers after Close")
	}
	c = open(t, dir)
	get(t, c.URL(), "select count(*) from pin", 1)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	c := open(t, tempDir(t))
	get(t, c.URL(), "select current_user::text", "pinezka")
	get(t, c.URL(), "select current_database()::text", "pinezka")
	for name, want := range map[string]string{
		"listen_addresses": "",
		"jit":              "off",
		"fsync":            "on",
		"data_checksums":   "on",
		"server_encoding":  "UTF8",
		"timezone":         "UTC",
		"shared_buffers":   "128MB",
	} {
		get(t, c.URL(), "select current_setting('"+name+"')", want)
	}
	get(t, c.URL(), "select lower('ŁÓDŹ')", "łódź")
}

func TestVolatile(t *testing.T) {
	t.Parallel()
	c, err := cluster.Open(t.Context(), cluster.Config{Dir: tempDir(t), Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, c)
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		get(t, c.URL(), "select current_setting('"+name+"')", "off")
	}
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), strings.Repeat("długa", 15), "it's \"quoted\"")
	c := open(t, dir)
	t.Cleanup(func() { removeSocketDir(t, c) })
	get(t, c.URL(), "select 1", 1)
	other(t, dir)
}

func removeSocketDir(t *testing.T, c *cluster.Cluster) {
	t.Helper()
	shut(t, c)
	cfg, err := pgx.ParseConfig(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(cfg.Host) != "/tmp" {
		t.Errorf("the socket is in %s", cfg.Host)
	}
	if err := os.Remove(cfg.Host); err != nil {
		t.Error(err)
	}
}

func TestOwnerKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	cmd, leave := other(t, dir)
	attached := open(t, dir)
	createTable(t, attached.URL())
	get(t, attached.URL(), insert, 1)
	shut(t, attached)

	cmd.Process.Kill()
	c := open(t, dir)
	leave()
	get(t, c.URL(), "select count(*) from pin", 1)
}

func TestOwnerAndServerKilled(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	cmd, leave := other(t, dir)
	attached := open(t, dir)
	createTable(t, attached.URL())
	get(t, attached.URL(), insert, 1)
	shut(t, attached)

	pid := postmaster(t, dir)
	cmd.Process.Kill()
	syscall.Kill(pid, syscall.SIGKILL)
	c := open(t, dir)
	leave()
	get(t, c.URL(), "select count(*) from pin", 1)
}

func TestTakeOver(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(cmd *exec.Cmd, leave func()){
		"owner leaves": func(_ *exec.Cmd, leave func()) { leave() },
		"owner killed": func(cmd *exec.Cmd, _ func()) { cmd.Process.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tempDir(t)
			cmd, leave := other(t, dir)
			c := open(t, dir)
			createTable(t, c.URL())
			get(t, c.URL(), insert, 1)
			before := postmaster(t, dir)
			end(cmd, leave)
			for began := time.Now(); time.Since(began) < 20*time.Second && syscall.Kill(before, 0) == nil; {
				time.Sleep(20 * time.Millisecond)
			}
			eventually(t, c.URL(), insert)
			get(t, c.URL(), "select count(*) from pin", 2)
		})
	}
}

func TestAttachedLeaves(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, dir)
	_, leave := other(t, dir)
	leave()
	get(t, c.URL(), "select 1", 1)
}

func TestServerDies(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	c := open(t, dir)
	createTable(t, c.URL())
	get(t, c.URL(), insert, 1)
	pid := postmaster(t, dir)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, c.URL(), "select count(*)::int from pin")
	if postmaster(t, dir) == pid {
		t.Error("the server was not restarted")
	}
}

func TestFirstOpensRace(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c, err := cluster.Open(t.Context(), cluster.Config{Dir: dir})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := query[int](c.URL(), "select 1"); err != nil {
				t.Error(err)
			}
			time.Sleep(300 * time.Millisecond)
			shut(t, c)
		})
	}
	wg.Wait()
}

func TestCancelledOpen(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := cluster.Open(ctx, cluster.Config{Dir: dir}); err == nil {
		t.Fatal("Open did not mind its context")
	}
	c := open(t, dir)
	get(t, c.URL(), "select 1", 1)
}

func TestStalePostmasterPid(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	shut(t, open(t, dir))
	text := fmt.Sprintf("%d\n%s/postgres\n1700000000\n5432\n%s/run\n\n  5432001         0\nready   \n", os.Getpid(), dir, dir)
	if err := os.WriteFile(filepath.Join(dir, "postgres", "postmaster.pid"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, dir)
	get(t, c.URL(), "select 1", 1)
}

func TestClosedDirectory(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs the server as another user")
	}
	dir := tempDir(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := cluster.Open(t.Context(), cluster.Config{Dir: filepath.Join(dir, "data")})
	if err == nil || !strings.Contains(err.Error(), dir+" is closed to it (mode 0700)") {
		t.Errorf("got %v", err)
	}
}

func TestWrongVersion(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	if err := os.Mkdir(filepath.Join(dir, "postgres"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "postgres", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := cluster.Open(t.Context(), cluster.Config{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "was made by PostgreSQL 9") {
		t.Errorf("got %v", err)
	}
}

func TestDiagnose(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	contains := func(phrase string) {
		t.Helper()
		var all []string
		for _, f := range cluster.Diagnose(t.Context(), cluster.Config{Dir: dir}) {
			if !f.OK || f.Remedy != "" {
				t.Errorf("not OK: %s %s", f.What, f.Remedy)
			}
			all = append(all, f.What)
		}
		if text := strings.Join(all, "\n"); !strings.Contains(text, phrase) {
			t.Errorf("%q is not among the findings:\n%s", phrase, text)
		}
	}
	contains("does not exist yet and can be made")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Diagnose made the directory: %v", err)
	}
	c := open(t, dir)
	contains(fmt.Sprintf("is running (process %d) and belongs to process %d", postmaster(t, dir), os.Getpid()))
	shut(t, c)
	contains("is not running")
}

// postmaster is the process of the server.
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
