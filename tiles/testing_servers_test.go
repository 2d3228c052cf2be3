package tiles_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/web"
)

// node contains what one serving process has: a store, a live index that
// follows it, and the HTTP handler.
type node struct {
	*tiles.Live
	store   *store.Store
	visited atomic.Int64                 // pins that the source has sent
	pause   sync.Mutex                   // locked during each reading, and by a test while the node must not read
	handler func() (http.Handler, error) // made once
}

// pausable is the source of a node. It does not read while the node is paused.
// A reading asks for the timeline and, without an error, for the changes.
type pausable struct {
	*store.Store
	node *node
}

func (p pausable) Timeline(ctx context.Context) (string, error) {
	p.node.pause.Lock()
	timeline, err := p.Store.Timeline(ctx)
	if err != nil {
		p.node.pause.Unlock()
	}
	return timeline, err
}

func (p pausable) Changes(ctx context.Context, since civic.Position, pin func(civic.MapPin)) (civic.Changes, error) {
	defer p.node.pause.Unlock()
	return p.Store.Changes(ctx, since, func(m civic.MapPin) {
		p.node.visited.Add(1)
		pin(m)
	})
}

// startNode starts a node on the database at a URL; it stops with the test.
func startNode(t testing.TB, url string, cfg tiles.Config) *node {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	n := &node{store: s}
	n.handler = sync.OnceValues(func() (http.Handler, error) {
		server, err := web.New(web.Config{Live: n.Live, Store: n.store})
		if err != nil {
			return nil, err
		}
		return server.Handler(), nil
	})
	cfg.Source, cfg.Logger = pausable{s, n}, slog.New(slog.DiscardHandler)
	n.Live = tiles.New(tiles.Small(cfg))
	t.Cleanup(s.Close)
	run(t, n.Live)
	n.eventually(t, "is ready", func() bool { return n.State().Ready })
	return n
}

// frequent returns a configuration that polls and merges often.
func frequent() tiles.Config { return tiles.Config{Poll: 20 * time.Millisecond, MergeAfter: 40} }

// eventually waits until ok returns true.
func (n *node) eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	eventually(t, n.Live, what, ok)
}

// waitUntilFailed waits until the last reading of the node has failed.
func (n *node) waitUntilFailed(t testing.TB) {
	t.Helper()
	n.eventually(t, "reports an error", func() bool { return n.State().Err != nil })
}

// waitUntilRecovered waits until the last reading of the node has succeeded.
func (n *node) waitUntilRecovered(t testing.TB) {
	t.Helper()
	n.eventually(t, "reports no error", func() bool { return n.State().Err == nil })
}

// checkReady checks that /readyz responds with 200 and reports whether the
// index is stale.
func (n *node) checkReady(t testing.TB, stale bool) {
	t.Helper()
	h, err := n.handler()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
	var body struct {
		Stale bool `json:"stale"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != http.StatusOK || body.Stale != stale {
		t.Errorf("/readyz responds %d %q, want stale %v: %v", w.Code, w.Body, stale, err)
	}
}

// count returns the number of pins that the node serves; -1 without the
// district.
func (n *node) count() int {
	v, ok := n.District("test")
	if !ok {
		return -1
	}
	return v.Len()
}

// compareWithDatabase compares a node that has caught up with a new one.
func compareWithDatabase(t *testing.T, what string, n *node, url string) {
	t.Helper()
	compareNodes(t, what, startNode(t, url, frequent()), n)
}

// compareNodes compares two nodes that have caught up: statistics, hexes, and
// every byte of the tiles.
func compareNodes(t *testing.T, what string, want, got *node) {
	t.Helper()
	w, ok := want.District("test")
	g, served := got.District("test")
	if !ok || !served {
		t.Fatalf("%s: the district exists: %v, is served: %v", what, ok, served)
	}
	if diff := cmp.Diff(w.District, g.District); diff != "" {
		t.Errorf("%s: districts differ (-want +got):\n%s", what, diff)
	}
	r := rand.New(rand.NewPCG(3, 3))
	for i := range 3 {
		f, maxZoom := civic.Filter{}, maptile.Zoom(14)
		if i > 0 {
			f, maxZoom = tilestest.RandomFilter(r), 12
		}
		if diff := cmp.Diff(w.Stats(f), g.Stats(f)); diff != "" {
			t.Fatalf("%s: %+v: statistics differ (-want +got):\n%s", what, f, diff)
		}
		compareHexes(t, what, w, g, f)
		for z := maptile.Zoom(10); z <= maxZoom; z++ {
			compareTiles(t, what, w, g, f, tilestest.TilesOver(w.District.Boundary.Bound(), z))
		}
	}
}

func compareHexes(t *testing.T, what string, want, got *index.Version, f civic.Filter) {
	t.Helper()
	for r := index.MinResolution; r <= 10; r++ {
		a, err := want.Hexes(r, f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := got.Hexes(r, f)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(a, b) {
			t.Errorf("%s: %+v: hexes of resolution %d differ", what, f, r)
		}
	}
}

func compareTiles(t *testing.T, what string, want, got *index.Version, f civic.Filter, list []maptile.Tile) {
	t.Helper()
	for _, at := range list {
		for name, draw := range map[string]func(v *index.Version) []byte{
			draw.LayerPins:   func(v *index.Version) []byte { return draw.Pins(nil, v, at, v.Filter(f)) },
			draw.LayerHexes:  func(v *index.Version) []byte { return draw.Hexes(nil, v, at, draw.ZoomResolution(at.Z), v.Filter(f)) },
			draw.LayerAreas:  func(v *index.Version) []byte { return draw.Areas(nil, v, at, f) },
			draw.LayerThings: func(v *index.Version) []byte { return draw.Things(nil, v, at) },
		} {
			if !bytes.Equal(draw(want), draw(got)) {
				t.Fatalf("%s: %+v: tile %v of %s differs", what, f, at, name)
			}
		}
	}
}

// server is a PostgreSQL server of a test.
type server struct {
	*localpostgres.Cluster
	dir string
}

// startServer starts the server in dir; it stops with the test.
func startServer(t testing.TB, dir string) *server {
	t.Helper()
	s := &server{dir: dir}
	s.start(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *server) start(t testing.TB) {
	t.Helper()
	c, err := localpostgres.Open(t.Context(), localpostgres.Config{Dir: s.dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Cluster = c
}

// stop stops the server with a fast shutdown.
func (s *server) stop(t testing.TB) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// crash stops the server with an immediate shutdown.
func (s *server) crash(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGQUIT)
	s.stop(t) // waits for the exit, and keeps the cluster from restarting the server
}

// signal sends a signal to the process of the server, and returns its id.
func (s *server) signal(t testing.TB, signal syscall.Signal) int {
	t.Helper()
	lines, err := os.ReadFile(filepath.Join(s.dir, "postgres", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(lines), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, signal); err != nil {
		t.Fatal(err)
	}
	return pid
}

// serverDir returns a directory that the user account of the server can access.
func serverDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pinezka-servers-") //nolint:usetesting // only the user of the test can enter that of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

// startStandby starts a hot standby that replicates the primary.
func startStandby(t testing.TB, primary *server) *server {
	t.Helper()
	dir := serverDir(t)
	data := filepath.Join(dir, "postgres")
	programs := query[string](t, primary.URL(), `select setting from pg_config where name = 'BINDIR'`)
	cmd := exec.CommandContext(t.Context(), filepath.Join(programs, "pg_basebackup"),
		"--dbname", primary.URL(), "--pgdata", data, "--wal-method", "stream", "--checkpoint", "fast", "--write-recovery-conf", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v: %s", err, out)
	}
	// As root, this process owns the copied directory, but the server must own
	// it.
	owner, err := os.Stat(filepath.Join(primary.dir, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	user := owner.Sys().(*syscall.Stat_t)
	err = filepath.WalkDir(data, func(path string, _ os.DirEntry, err error) error {
		if err != nil || os.Geteuid() != 0 {
			return err
		}
		return os.Lchown(path, int(user.Uid), int(user.Gid))
	})
	if err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(data, "postgresql.auto.conf")
	conf, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	// The default is 5 s.
	if err := os.WriteFile(settings, append(conf, "wal_retrieve_retry_interval = '100ms'\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	standby := startServer(t, dir)
	if !query[bool](t, standby.URL(), `select pg_is_in_recovery()`) {
		t.Fatal("the standby is not in recovery")
	}
	return standby
}

// query returns one value from a database, on a connection of its own.
func query[T any](t testing.TB, url, sql string, args ...any) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var out T
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&out); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

// waitForReplay waits until the standby has replayed all that the primary has
// flushed.
func waitForReplay(t testing.TB, primary, standby *server) {
	t.Helper()
	end := query[string](t, primary.URL(), `select pg_current_wal_flush_lsn()::text`)
	for deadline := time.Now().Add(time.Minute); !query[bool](t, standby.URL(), `select pg_last_wal_replay_lsn() >= $1::text::pg_lsn`, end); {
		if time.Now().After(deadline) {
			t.Fatal("timeout while the standby replays the log")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// terminate terminates the connections of stores to a database.
func terminate(t testing.TB, url string) int {
	t.Helper()
	return query[int](t, url, `
		select count(pg_terminate_backend(pid))
		from pg_stat_activity
		where application_name = 'pinezka'
		  and datname = current_database()`)
}

// setSetting runs an alter system statement and reloads the settings.
func setSetting(t testing.TB, pool *pgxpool.Pool, statement string) {
	t.Helper()
	for _, statement := range []string{statement, `select pg_reload_conf()`} {
		if _, err := pool.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// writableURL returns a URL that connects to the one of two servers that
// accepts writes.
func writableURL(t testing.TB, a, b *server) string {
	t.Helper()
	var hosts []string
	var out *url.URL
	for _, s := range []*server{a, b} {
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		hosts = append(hosts, u.Query().Get("host"))
		out = u
	}
	out.RawQuery = url.Values{
		"host": {strings.Join(hosts, ",")}, "port": {"5432,5432"}, "target_session_attrs": {"read-write"},
	}.Encode()
	return out.String()
}
