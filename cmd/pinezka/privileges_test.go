package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/pinezka/pinezka/store/storetest"
)

// TestServeIsNotRoot starts the service as root. It must give up that right in
// every thread, and still restart the private database, whose log is due to be
// rotated.
func TestServeIsNotRoot(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can become another user")
	}
	dir := dataDir(t)
	s := startServe(t, "--demo", "--data-dir", dir, "--listen", "127.0.0.1:0", "--operator-listen", "127.0.0.1:0")
	s.checkUser(t, owner(t, filepath.Join(dir, "postgres")))
	demoPins := s.awaitDemo(t)

	if err := os.Truncate(filepath.Join(dir, "postgres.log"), 5<<20); err != nil {
		t.Fatal(err)
	}
	killed := postmaster(t, dir)
	if killed == 0 {
		t.Fatal("the database does not run")
	}
	if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the database can be read again", func() bool {
		return postmaster(t, dir) != killed && s.call("GET", "/api/v1/districts/podgorze/pins", nil, nil) == http.StatusOK
	})
	pin := map[string]any{"category": "waste", "title": "Kosz po awarii", "lon": 19.97, "lat": 50.033}
	if code := s.call("POST", "/api/v1/districts/podgorze/pins", pin, nil); code != http.StatusCreated {
		t.Errorf("adding a pin: %d", code)
	}
	eventually(t, "the pin is on the map", func() bool { return s.total() == demoPins+1 })
	if info, err := os.Stat(filepath.Join(dir, "postgres.log.1")); err != nil || info.Size() < 5<<20 {
		t.Errorf("the log was not rotated: %v %v", info, err)
	}
	s.end(syscall.SIGTERM)
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("SIGTERM: exit code %d", code)
	}
	if left := processes(t, dir); len(left) != 0 {
		t.Errorf("processes remain: %q", left)
	}
}

func TestServeAsUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		d := finish(t, command(t, "serve", "--listen", "127.0.0.1:0", "--database-url", storetest.URL(t), "--user", "root"))
		if d.code != 1 || !strings.Contains(d.err, "pinezka: --user root: only root can start the service as another user than ") {
			t.Errorf("as another user: exit code %d\n%s", d.code, d.err)
		}
		return
	}
	url := storetest.URL(t)
	startServe(t, "--listen", "127.0.0.1:0", "--database-url", url, "--user", "root").checkUser(t, "0")
	for name, want := range map[string]string{
		"nikt-taki": "pinezka: --user: user: unknown user nikt-taki\n",
		"nobody":    "pinezka: as the user nobody: connect to database: ", // which may not reach the socket
	} {
		d := finish(t, command(t, "serve", "--listen", "127.0.0.1:0", "--database-url", url, "--user", name))
		if d.code != 1 || !strings.Contains(d.err, want) {
			t.Errorf("--user %s: exit code %d\n%s", name, d.code, d.err)
		}
	}
}

func TestUnprivilegedUser(t *testing.T) {
	t.Parallel()
	u, err := unprivilegedUser("", "")
	if err != nil || u.Username != "nobody" {
		t.Errorf("for a database in the network: %v %v, want nobody", u, err)
	}
	current, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "socket")
	if err := os.WriteFile(socket, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := current.Username
	if os.Geteuid() == 0 {
		want = "nobody"
	}
	if u, err := unprivilegedUser("", socket); err != nil || u.Username != want {
		t.Errorf("for a socket of %s: %v %v, want %s", current.Username, u, err, want)
	}
}

// checkUser checks that all threads of the service have the user id, real,
// effective, saved and for files, and that no capability is left unless that is
// root.
func (s *service) checkUser(t *testing.T, uid string) {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", s.cmd.Process.Pid))
	if err != nil || len(files) == 0 {
		t.Skip("this system does not list threads in /proc")
	}
	want := regexp.MustCompile(`(?m)^Uid:(\t` + uid + `){4}$`)
	for _, file := range files {
		status, err := os.ReadFile(file)
		if err != nil {
			continue // the thread has ended
		}
		if !want.Match(status) || uid != "0" && !bytes.Contains(status, []byte("\nCapEff:\t0000000000000000\n")) {
			t.Errorf("%s: want the user id %s and no capability:\n%s", file, uid, status)
		}
	}
}

// owner returns the user id of the owner of a file.
func owner(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(info.Sys().(*syscall.Stat_t).Uid)
}
