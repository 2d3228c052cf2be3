package localpostgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestLongSocketPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), strings.Repeat("długa", 15), "it's \"quoted\"")
	c := open(t, dir)
	t.Cleanup(func() { removeSocketDir(t, c) })
	checkValue(t, c.URL(), "select 1", 1)
	openInOtherProcess(t, dir)
}

// removeSocketDir removes the socket directory in /tmp of a long path.
func removeSocketDir(t *testing.T, c *Cluster) {
	t.Helper()
	closeCluster(t, c)
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

// TestReplaceFileFollowsNoLink replaces a link, which the user of the server can
// make in its own directory, to a file of somebody else.
func TestReplaceFileFollowsNoLink(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	d, err := openDataDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	other, link := filepath.Join(dir, "other"), filepath.Join(dir, "postgresql.conf")
	if err := os.WriteFile(other, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, link); err != nil {
		t.Fatal(err)
	}
	if err := d.replaceFile(link, "settings"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{other: "other", link: "settings"} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s contains %q (%v), want %q", path, got, err, want)
		}
	}
	if info, err := os.Lstat(link); err != nil || info.Mode() != 0o600 || fileOwner(info) != d.user.uid {
		t.Errorf("%v %v, want a file of the user %s", info, err, d.user.name)
	}
}
