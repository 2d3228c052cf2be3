package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/storetest"
)

// waitTimeout is the longest time that a test waits for an event, which on an idle
// machine occurs within a moment. Beside all other tests of the cluster, some took more
// than a minute.
const waitTimeout = 3 * time.Minute

// dataDir returns a new directory that the user of the database can access.
func dataDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pinezka-serve-") //nolint:usetesting // only the user of the test can enter that of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user when this is root
		t.Fatal(err)
	}
	return dir
}

// ownHost returns a random loopback address, so that no other program takes the
// port of a service while that is restarted. Only Linux has more than one such
// address.
func ownHost() string {
	if runtime.GOOS != "linux" {
		return "127.0.0.1"
	}
	return fmt.Sprintf("127.%d.%d.%d", 1+rand.IntN(254), rand.IntN(255), 1+rand.IntN(254))
}

// service is a running "pinezka serve".
type service struct {
	t     testing.TB
	cmd   *exec.Cmd
	addr  string
	lines []string      // of standard output
	took  time.Duration // until it had printed its address
	log   *bytes.Buffer // complete once exited is closed
	rest  chan []string // the lines after the address

	exited chan struct{}
}

var addressLine = regexp.MustCompile(`^Pinezka is at http://(127\.\d+\.\d+\.\d+:\d+) \(Ctrl-C stops it\)$`)

// startServe starts the program and waits until it prints its address. It ends
// with the test at the latest.
func startServe(t testing.TB, args ...string) *service {
	t.Helper()
	s := &service{
		t: t, cmd: command(t, append([]string{"serve"}, args...)...),
		log: new(bytes.Buffer), rest: make(chan []string, 1), exited: make(chan struct{}),
	}
	s.cmd.Stderr = s.log
	out, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stdout = writer
	begun := time.Now()
	err = s.cmd.Start()
	_ = writer.Close()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.exited)
	}()
	t.Cleanup(func() {
		s.end(syscall.SIGINT)
		if t.Failed() {
			t.Logf("%v logged\n%s", s.cmd.Args, s.log)
		}
	})

	found := make(chan struct{})
	go func() {
		defer out.Close()
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			s.lines = append(s.lines, scanner.Text())
			if m := addressLine.FindStringSubmatch(scanner.Text()); m != nil {
				s.addr, s.took = m[1], time.Since(begun)
				break
			}
		}
		close(found)
		var rest []string
		for scanner.Scan() {
			rest = append(rest, scanner.Text())
		}
		s.rest <- rest
	}()
	select {
	case <-found:
	case <-time.After(waitTimeout):
	}
	if s.addr == "" {
		t.Fatalf("it did not print its address but %q", s.lines)
	}
	return s
}

// end sends the signal, waits for the end, and returns how long that took.
func (s *service) end(signal os.Signal) time.Duration {
	begun := time.Now()
	_ = s.cmd.Process.Signal(signal) // it may have ended
	select {
	case <-s.exited:
	case <-time.After(waitTimeout):
		s.t.Errorf("it did not end by %s", signal)
		_ = s.cmd.Process.Kill()
		<-s.exited
	}
	return time.Since(begun)
}

// call sends a request and decodes the response into out unless that is nil. It
// returns the status.
func (s *service) call(method, path string, body, out any) int {
	s.t.Helper()
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+s.addr+path, in)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return response.StatusCode
}

// awaitDemo waits until the demonstration is on the map, and returns the number of
// its pins there: some sensitive ones wait until they can be counted with others.
func (s *service) awaitDemo(t *testing.T) int {
	t.Helper()
	eventually(t, "the demonstration on the map", func() bool { return ready(s) })
	n := s.total()
	if n < 1900 || n > 2000 {
		t.Fatalf("%d pins of the demonstration are on the map", n)
	}
	return n
}

// total returns the number of pins on the map.
func (s *service) total() int {
	s.t.Helper()
	var stats struct{ Total int }
	if code := s.call("GET", "/api/v1/districts/podgorze/stats", nil, &stats); code != http.StatusOK {
		s.t.Fatalf("stats: %d", code)
	}
	return stats.Total
}

// titles returns the titles of the listed pins that contain the text.
func (s *service) titles(text string) []string {
	s.t.Helper()
	var list struct {
		Features []struct{ Properties struct{ Title string } }
	}
	if code := s.call("GET", "/api/v1/districts/podgorze/pins?q="+url.QueryEscape(text), nil, &list); code != http.StatusOK {
		s.t.Fatalf("list: %d", code)
	}
	var titles []string
	for _, f := range list.Features {
		titles = append(titles, f.Properties.Title)
	}
	return titles
}

// eventually polls until the condition is true, and returns how long that took.
func eventually(t testing.TB, what string, is func() bool) time.Duration {
	t.Helper()
	begun := time.Now()
	for !is() {
		if time.Since(begun) > waitTimeout {
			t.Fatalf("not true after %s: %s", waitTimeout, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(begun)
}

// processes returns the processes whose command line contains the directory.
func processes(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(files) == 0 {
		t.Skip("this system does not list processes in /proc")
	}
	var found []string
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err == nil && bytes.Contains(line, []byte(dir)) {
			found = append(found, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

// postmaster returns the process id of the private database in the directory, or
// 0 while that is starting.
func postmaster(t testing.TB, dir string) (pid int) {
	t.Helper()
	lines, err := os.ReadFile(filepath.Join(dir, "postgres", "postmaster.pid"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	_, _ = fmt.Sscan(string(lines), &pid)
	return pid
}

// TestServe tests one installation in order: a first start, an import while it
// runs, a kill, a second start and a shutdown.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)

	first := startServe(t, "--demo", "--data-dir", dir, "--listen", ownHost()+":0")
	t.Logf("the first start took %s", first.took.Round(time.Millisecond))
	if want := "Creating a demonstration district with 2000 made-up pins …"; len(first.lines) != 3 || first.lines[0] != want {
		t.Errorf("the first start printed %q, want the line of the demonstration, that of mails and the address", first.lines)
	}
	demoPins := first.awaitDemo(t)

	t.Run("doctor", func(t *testing.T) {
		d := finish(t, command(t, "doctor", "--data-dir", dir, "--listen", first.addr))
		if d.code != 1 || !strings.Contains(d.out, "FAIL  The address "+first.addr+" is in use.\n      Stop the program that listens there") {
			t.Errorf("doctor while the service runs: exit code %d\n%s%s", d.code, d.out, d.err)
		}
		if !regexp.MustCompile(`(?m)^ok    The cluster is running \(process \d+\)`).MatchString(d.out) {
			t.Errorf("doctor does not see the running cluster:\n%s", d.out)
		}
		if strings.Count(d.out, "FAIL") != 1 || d.err != "pinezka: 1 of 7 checks failed\n" {
			t.Errorf("doctor finds another fault than the port:\n%s%s", d.out, d.err)
		}
	})

	t.Run("port in use", func(t *testing.T) {
		other := filepath.Join(dir, "other")
		d := finish(t, command(t, "serve", "--data-dir", other, "--listen", first.addr))
		if want := "pinezka: listen on " + first.addr + ": "; d.code != 1 || !strings.HasPrefix(d.err, want) ||
			!strings.HasSuffix(d.err, "address already in use; choose another with --listen\n") || strings.Count(d.err, "\n") != 1 || d.out != "" {
			t.Errorf("exit code %d\n%s%s", d.code, d.out, d.err)
		}
		if _, err := os.Stat(other); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a database was created nevertheless: %v", err)
		}
	})

	t.Run("import", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "bagry.csv")
		var rows strings.Builder
		rows.WriteString("id,nazwa,lat,lon\n")
		for i := range 150 {
			fmt.Fprintf(&rows, "%d,Kosz nad Bagrami %d,%.5f,%.5f\n", i, i, 50.0330+float64(i)*1e-5, 19.9700)
		}
		if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		printed := mustFinish(t, command(t, "import", file, "--data-dir", dir, "--district", "podgorze", "--map", "id=id", "--map", "title=nazwa",
			"--map", "lat=lat", "--map", "lon=lon", "--default", "category=waste", "--default", "date=2024-05-01"))
		if want := "Import 1 of podgorze: 150 read = 150 created + 0 updated + 0 unchanged + 0 rejected\n"; !strings.HasPrefix(printed, want) {
			t.Errorf("import printed %q", printed)
		}
		took := eventually(t, "the import on the map", func() bool { return first.total() == demoPins+150 })
		t.Logf("150 imported pins were on the map %s after the import had ended", took.Round(time.Millisecond))
		mustFinish(t, command(t, "undo", "1", "--data-dir", dir, "--district", "podgorze"))
		eventually(t, "the undone import off the map", func() bool { return first.total() == demoPins })
	})

	pin := map[string]any{"category": "waste", "title": "Kosz przed samym końcem", "lon": 19.97, "lat": 50.033}
	var created struct {
		ID          int64
		Publication string
	}
	if code := first.call("POST", "/api/v1/districts/podgorze/pins", pin, &created); code != http.StatusCreated || created.Publication != "published" {
		t.Fatalf("a new pin: %d %+v", code, created)
	}
	first.end(syscall.SIGKILL)

	// The address is the same: a bookmark must work, and the port be free.
	second := startServe(t, "--demo", "--data-dir", dir, "--listen", first.addr)
	t.Logf("the second start, after kill -9, took %s", second.took.Round(time.Millisecond))
	if len(second.lines) != 2 {
		t.Errorf("the second start printed %q, want the line of mails and the address", second.lines)
	}
	eventually(t, "the demonstration and the pin on the map", func() bool { return ready(second) && second.total() == demoPins+1 })
	if got := second.titles("przed samym końcem"); !slices.Equal(got, []string{"Kosz przed samym końcem"}) {
		t.Errorf("the pin that was acknowledged before kill -9 is listed as %q", got)
	}
	if code := second.call("GET", fmt.Sprintf("/api/v1/districts/podgorze/pins/%d", created.ID), nil, nil); code != http.StatusOK {
		t.Errorf("its URL responds with %d", code)
	}

	took := second.end(os.Interrupt)
	t.Logf("Ctrl-C took %s", took.Round(time.Millisecond))
	if code := second.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("Ctrl-C: exit code %d", code)
	}
	if rest := <-second.rest; len(rest) != 0 {
		t.Errorf("it printed more after its address: %q", rest)
	}
	if left := processes(t, dir); len(left) != 0 {
		t.Errorf("processes remain: %q", left)
	}
	l, err := net.Listen("tcp", second.addr)
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	_ = l.Close()

	t.Run("doctor afterwards", func(t *testing.T) {
		d := finish(t, command(t, "doctor", "--data-dir", dir, "--listen", second.addr))
		if d.code != 0 || !strings.HasSuffix(d.out, "ok    The cluster is not running.\nAll checks passed.\n") || strings.Contains(d.out, "FAIL") {
			t.Errorf("exit code %d\n%s%s", d.code, d.out, d.err)
		}
	})
}

// ready reports whether the map of the service is loaded.
func ready(s *service) bool { return s.call("GET", "/readyz", nil, nil) == http.StatusOK }

// TestServeWithDatabaseURL checks that no private database is started.
func TestServeWithDatabaseURL(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(dataDir(t), "none")
	cmd := startServe(t, "--database-url", storetest.URL(t), "--data-dir", dir, "--listen", "127.0.0.1:0")
	if len(cmd.lines) != 2 {
		t.Errorf("it printed %q, want only the line of mails and the address", cmd.lines)
	}
	var list struct{ Districts []struct{ Slug string } }
	if code := cmd.call("GET", "/api/v1/districts", nil, &list); code != http.StatusOK || len(list.Districts) != 0 {
		t.Errorf("%d %+v", code, list)
	}
	cmd.end(syscall.SIGTERM)
	if code := cmd.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("SIGTERM: exit code %d", code)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a database was created nevertheless: %v", err)
	}
}

// TestServeStopsWithHungDatabase stops the process of the private database, as
// when its disk hangs. A stop then kills it, and must not report success.
func TestServeStopsWithHungDatabase(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := startServe(t, "--data-dir", dir, "--listen", "127.0.0.1:0")
	pid := postmaster(t, dir)
	if pid == 0 {
		t.Fatal("the database does not run")
	}
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	s.end(syscall.SIGTERM)
	want := "pinezka: close cluster: stop the database server: it did not exit within 30s and received the signal killed\n"
	if code := s.cmd.ProcessState.ExitCode(); code != 1 || !strings.HasSuffix(s.log.String(), want) {
		t.Errorf("exit code %d, want 1 and %q", code, want)
	}
	if left := processes(t, dir); len(left) != 0 {
		t.Errorf("processes remain: %q", left)
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"address":   {[]string{"--listen", "nonsense"}, "pinezka: listen on nonsense: "},
		"basemap":   {[]string{"--listen", "127.0.0.1:0", "--basemap", "/none/krakow.pmtiles"}, "pinezka: --basemap: open /none/krakow.pmtiles: no such file or directory\n"},
		"prefix":    {[]string{"--listen", "127.0.0.1:0", "--ipv6-prefix", "129"}, "pinezka: --ipv6-prefix 129 is not 1 to 128\n"},
		"rate":      {[]string{"--listen", "127.0.0.1:0", "--pins-per-minute", "0"}, "pinezka: --pins-per-minute 0 is not at least 1\n"},
		"directory": {[]string{"--listen", "127.0.0.1:0", "--data-dir", "/proc/pinezka"}, "pinezka: open cluster: create data directory: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := finish(t, command(t, append([]string{"serve", "--data-dir", "/proc/none"}, test.args...)...))
			if d.code != 1 || d.out != "" || !strings.HasPrefix(d.err, test.want) {
				t.Errorf("exit code %d\n%s%s", d.code, d.out, d.err)
			}
		})
	}
}

func TestDoctorWithoutDirectory(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(dataDir(t), "new")
	d := finish(t, command(t, "doctor", "--data-dir", dir, "--listen", "127.0.0.1:0"))
	if d.code != 0 || !strings.Contains(d.out, "ok    The data directory "+dir+" does not exist yet and can be created.\n") {
		t.Errorf("a new directory: exit code %d\n%s%s", d.code, d.out, d.err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("doctor created the directory: %v", err)
	}
	d = finish(t, command(t, "doctor", "--data-dir", "/proc/pinezka", "--listen", "127.0.0.1:0"))
	if d.code != 1 || !strings.Contains(d.out, "FAIL  The data directory /proc/pinezka is not writable.\n      Choose another directory or make it writable for this user") {
		t.Errorf("a directory that is not writable: exit code %d\n%s%s", d.code, d.out, d.err)
	}
}

// TestImportInterrupted ends an import by Ctrl-C while its transaction is open.
// The file has no end, so that the import cannot be faster.
func TestImportInterrupted(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	mustFinish(t, command(t, "district", "add", "--slug", "d", "--bbox", "19.9,50,20,50.1", "--database-url", url))
	file := filepath.Join(t.TempDir(), "d.csv")
	if err := syscall.Mkfifo(file, 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	writing.Go(func() {
		for _, err := pipe.WriteString("nazwa,lat,lon\n"); err == nil; {
			_, err = pipe.WriteString("Kosz,50.05,19.95\n")
		}
	})
	defer writing.Wait()
	defer pipe.Close()
	cmd := command(t, "import", file, "--database-url", url, "--district", "d", "--map", "title=nazwa", "--map", "lat=lat", "--map", "lon=lon",
		"--default", "category=waste", "--default", "date=2024-05-01")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	eventually(t, "the import has begun", func() bool {
		var open bool
		err := conn.QueryRow(t.Context(), `
			select exists (
			  select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
			)`).Scan(&open)
		if err != nil {
			t.Fatal(err)
		}
		return open
	})
	_ = cmd.Process.Signal(os.Interrupt)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 1 || stderr.String() != "pinezka: interrupted; nothing was left half done\n" {
		t.Errorf("exit code %d: %s", code, &stderr)
	}
	if left, _ := filepath.Glob(filepath.Join(cmd.Dir, "*")); len(left) != 0 {
		t.Errorf("files remain: %q", left)
	}
	if printed := mustFinish(t, command(t, "imports", "--district", "d", "--database-url", url)); !strings.HasPrefix(printed, "Nothing has been imported yet") {
		t.Errorf("imports: %s", printed)
	}
}
