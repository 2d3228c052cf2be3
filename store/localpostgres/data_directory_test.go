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
