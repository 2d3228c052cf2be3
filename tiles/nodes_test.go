package tiles_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/cluster"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// node is what one serve process has: a store, and a live index that follows it
// while the gate is open.
type node struct {
	*tiles.Live
	store *store.Store
	gate  sync.Mutex
	face  func() (http.Handler, error) // what the process shows, made once
}

// gated is the source of a node.
type gated struct {
	*store.Store
	node *node
}

func (g gated) History(ctx context.Context) (string, error) {
	g.node.gate.Lock()
	defer g.node.gate.Unlock()
	return g.Store.History(ctx)
}

// nodeOn starts a node on the database at url; it ends with the test.
func nodeOn(t testing.TB, url string, cfg tiles.Config) *node {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	n := &node{store: s}
	n.face = sync.OnceValues(func() (http.Handler, error) {
		server, err := web.New(web.Config{Live: n.Live, Store: n.store})
		if err != nil {
			return nil, err
		}
		return server.Handler(), nil
	})
	cfg.Source, cfg.Logger = gated{s, n}, slog.New(slog.DiscardHandler)
	n.Live = tiles.New(cfg)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); n.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done; s.Close() })
	n.eventually(t, "is ready", func() bool { return n.State().Ready })
	return n
}

// quick polls often and merges often, so that a test sees much of both.
func quick() tiles.Config { return tiles.Config{Poll: 20 * time.Millisecond, MergeAfter: 40} }

// eventually waits until ok.
func (n *node) eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it is not so that the node %s: %+v", what, n.State())
		}
	}
}

// readyz is what the node's /readyz says.
func (n *node) readyz(t testing.TB) (status int, stale bool) {
	t.Helper()
	face, err := n.face()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	face.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
	var body struct {
		Stale bool `json:"stale"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatalf("/readyz says %q: %v", w.Body, err)
	}
	return w.Code, body.Stale
}

// write lets four writers run to their end.
func (rec *record) write(t testing.TB, seed uint64, changes int) {
	t.Helper()
	var writers sync.WaitGroup
	for w := range uint64(4) {
		writers.Go(func() { rec.writer(t.Context(), t, seed*10+w, changes) })
	}
	writers.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

// insertPin adds a published pin like the first one.
const insertPin = `
	insert into pins (district_id, publication, title, shown, shown_cell, geom, cell, category_id, kind, status, reported_on)
	select district_id, 'published', 'added', shown, shown_cell, geom, cell, category_id, kind, status, reported_on
	from pins
	where publication = 'published'
	order by pin_id
	limit 1
	returning changed`

// add a published pin through a pool or a transaction, and answer its stamp.
func add(t testing.TB, db interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}) (stamp uint64) {
	t.Helper()
	if err := db.QueryRow(t.Context(), insertPin).Scan(&stamp); err != nil {
		t.Fatal(err)
	}
	return stamp
}

// count the pins that the node serves; -1 without the district.
func (n *node) count() int {
	v, ok := n.District("test")
	if !ok {
		return -1
	}
	return v.Len()
}

// holdToTruth compares a node that has caught up with one that reads the whole
// record afresh.
func holdToTruth(t *testing.T, what string, n *node, url string) {
	t.Helper()
	compare(t, what, nodeOn(t, url, quick()), n)
}

// compare two nodes that have caught up: statistics, hexes, and every tile, byte
// for byte.
func compare(t *testing.T, what string, want, got *node) {
	t.Helper()
	w, found := want.District("test")
	g, served := got.District("test")
	if !found || !served {
		t.Fatalf("%s: the district is there: %v, is served: %v", what, found, served)
	}
	if diff := cmp.Diff(w.District, g.District); diff != "" {
		t.Errorf("%s: districts differ (-want +got):\n%s", what, diff)
	}
	r := rand.New(rand.NewPCG(3, 3))
	for i := range 3 {
		f := civic.Filter{}
		if i > 0 {
			f = filter(r)
		}
		if diff := cmp.Diff(w.Stats(f), g.Stats(f)); diff != "" {
			t.Fatalf("%s: %+v: stats differ (-want +got):\n%s", what, f, diff)
		}
		for res := tiles.MinResolution; res <= 10; res++ {
			a, err := w.Hexes(res, f)
			if err != nil {
				t.Fatal(err)
			}
			b, err := g.Hexes(res, f)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(a, b) {
				t.Errorf("%s: %+v: hexes of resolution %d differ", what, f, res)
			}
		}
		deepest := maptile.Zoom(14)
		if i > 0 {
			deepest = 12
		}
		for z := maptile.Zoom(10); z <= deepest; z++ {
			for _, at := range tilesOver(w.District.Boundary.Bound(), z) {
				for name, draw := range map[string]func(v *tiles.Version) []byte{
					tiles.LayerPins:  func(v *tiles.Version) []byte { return v.AppendPins(nil, at, v.Match(f)) },
					tiles.LayerHexes: func(v *tiles.Version) []byte { return v.AppendHexes(nil, at, tiles.ZoomResolution(z), v.Match(f)) },
					tiles.LayerAreas: func(v *tiles.Version) []byte { return v.AppendAreas(nil, at, f) },
				} {
					if !bytes.Equal(draw(w), draw(g)) {
						t.Fatalf("%s: %+v: tile %v of %s differs", what, f, at, name)
					}
				}
			}
		}
	}
}

// TestNodesStayInStep lets two nodes follow one database under writers.
func TestNodesStayInStep(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	rec := loadRecord(t, url, 500)
	one, two := nodeOn(t, url, quick()), nodeOn(t, url, tiles.Config{Poll: 33 * time.Millisecond})
	for round := range uint64(2) {
		rec.write(t, 100+round, 25)
		caughtUp(t, one.Live)
		caughtUp(t, two.Live)
		compare(t, fmt.Sprintf("round %d", round), one, two)
	}
	holdToTruth(t, "in the end", one, url)
}

// A server is a private PostgreSQL cluster of the test, and how to stop it.
type server struct {
	*cluster.Cluster
	dir string
}

// startServer opens the cluster in dir.
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
	c, err := cluster.Open(t.Context(), cluster.Config{Dir: s.dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Cluster = c
}

// stop it in the fast way.
func (s *server) stop(t testing.TB) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// crash it: an immediate shutdown. Its owner, the cluster, restarts it.
func (s *server) crash(t testing.TB) {
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
	if err := syscall.Kill(pid, syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
}

// serverDir is a directory that the account of the server can reach.
func serverDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pinezka-nodes-")
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

// standbyOf starts a hot standby that streams from the primary.
func standbyOf(t testing.TB, primary *server) *server {
	t.Helper()
	dir := serverDir(t)
	data := filepath.Join(dir, "postgres")
	programs := ask[string](t, primary.URL(), `select setting from pg_config where name = 'BINDIR'`)
	cmd := exec.CommandContext(t.Context(), filepath.Join(programs, "pg_basebackup"),
		"--dbname", primary.URL(), "--pgdata", data, "--wal-method", "stream", "--checkpoint", "fast", "--write-recovery-conf", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v: %s", err, out)
	}
	// it belongs to who made it: as root, that is not who may run it
	owner, err := os.Stat(filepath.Join(primary.dir, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	who := owner.Sys().(*syscall.Stat_t)
	err = filepath.WalkDir(data, func(path string, _ os.DirEntry, err error) error {
		if err != nil || os.Geteuid() != 0 {
			return err
		}
		return os.Lchown(path, int(who.Uid), int(who.Gid))
	})
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(data, "postgresql.auto.conf")
	conf, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	// 5 s would only make the test wait
	if err := os.WriteFile(own, append(conf, "wal_retrieve_retry_interval = '100ms'\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	standby := startServer(t, dir)
	if !ask[bool](t, standby.URL(), `select pg_is_in_recovery()`) {
		t.Fatal("the standby is none")
	}
	return standby
}

// ask a database for one value, on a connection of its own.
func ask[T any](t testing.TB, url, sql string, args ...any) T {
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

// replayed waits until the standby has all that the primary has flushed.
func replayed(t testing.TB, primary, standby *server) {
	t.Helper()
	end := ask[string](t, primary.URL(), `select pg_current_wal_flush_lsn()::text`)
	for deadline := time.Now().Add(20 * time.Second); !ask[bool](t, standby.URL(), `select pg_last_wal_replay_lsn() >= $1::text::pg_lsn`, end); {
		if time.Now().After(deadline) {
			t.Fatal("the standby does not replay")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// terminate ends the followers' connections to a database.
func terminate(t testing.TB, url string) int {
	t.Helper()
	return ask[int](t, url, `
		select count(pg_terminate_backend(pid))
		from pg_stat_activity
		where application_name = 'pinezka'
		  and datname = current_database()`)
}

// TestNodesAcrossServers follows a primary and a hot standby of it through all
// that befalls a database.
func TestNodesAcrossServers(t *testing.T) {
	t.Parallel()
	primary := startServer(t, serverDir(t))
	rec := loadRecord(t, primary.URL(), 500)
	standby := standbyOf(t, primary)
	if err := store.Migrate(t.Context(), standby.URL()); err != nil { // as serve does, even here
		t.Fatal(err)
	}
	impatient := quick()
	impatient.Patience = 2 * time.Second
	near, far := nodeOn(t, primary.URL(), impatient), nodeOn(t, standby.URL(), quick())
	inStep := func(t *testing.T, what string) {
		t.Helper()
		replayed(t, primary, standby)
		caughtUp(t, near.Live)
		caughtUp(t, far.Live)
		compare(t, what, near, far)
		holdToTruth(t, what, far, primary.URL())
	}

	t.Run("lag", func(t *testing.T) {
		usual := nodeOn(t, standby.URL(), tiles.Config{}) // as serve follows
		var late []time.Duration
		for range 10 {
			want := usual.count() + 1
			add(t, rec.pool)
			committed := time.Now()
			usual.eventually(t, "shows the pin", func() bool { return usual.count() == want })
			late = append(late, time.Since(committed))
		}
		slices.Sort(late)
		t.Logf("from commit on the primary to the index on the standby: median %s, worst %s", late[len(late)/2], late[len(late)-1])
		if late[len(late)-1] > 2*time.Second {
			t.Error("the standby follows too late")
		}
	})

	t.Run("writers", func(t *testing.T) {
		rec.write(t, 200, 40)
		inStep(t, "after the last")
	})

	t.Run("commits out of order", func(t *testing.T) {
		// three transactions write in one order and commit in the other; the
		// first has more savepoints than a snapshot keeps track of
		var open [3]pgx.Tx
		var oldest uint64
		for i := range open {
			tx, err := rec.pool.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback(context.WithoutCancel(t.Context()))
			open[i] = tx
			stamp := add(t, tx)
			if i == 0 {
				oldest = stamp
			}
			for range []int{100, 1, 0}[i] {
				part, err := tx.Begin(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				add(t, part)
				if err := part.Commit(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		before := far.count()
		if err := open[2].Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		far.eventually(t, "shows the newest", func() bool { return far.count() == before+1 })
		rec.write(t, 230, 10) // much newer still
		for range 5 {
			caughtUp(t, far.Live)
		}
		inStep(t, "while a transaction is open")
		// the rule that this rests on: no list on a standby, yet the same xmin
		if n := ask[int](t, standby.URL(), `select count(*)::int from pg_snapshot_xip(pg_current_snapshot())`); n != 0 {
			t.Errorf("a standby lists %d transactions in progress", n)
		}
		if xmin := ask[uint64](t, standby.URL(), `select pg_snapshot_xmin(pg_current_snapshot())`); xmin > oldest {
			t.Errorf("xmin on the standby is %d, a transaction in progress is %d", xmin, oldest)
		}
		before = far.count()
		for i, want := range []int{0: before + 101, 1: before + 103} {
			if err := open[i].Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			far.eventually(t, "shows the older", func() bool { return far.count() == want })
		}
		inStep(t, "after the oldest")
	})

	t.Run("killed connections", func(t *testing.T) {
		var killer sync.WaitGroup
		ctx, stop := context.WithCancel(t.Context())
		killed := 0
		killer.Go(func() {
			for ctx.Err() == nil {
				killed += terminate(t, primary.URL()) + terminate(t, standby.URL())
				time.Sleep(15 * time.Millisecond)
			}
		})
		rec.write(t, 240, 40)
		stop()
		killer.Wait()
		t.Logf("%d connections killed", killed)
		if killed < 10 {
			t.Error("too few to say anything")
		}
		inStep(t, "after the last")
	})

	t.Run("primary away", func(t *testing.T) {
		was := near.count()
		primary.stop(t)
		near.eventually(t, "notices", func() bool { return near.State().Err != nil })
		if near.count() != was {
			t.Errorf("%d pins are served, were %d", near.count(), was)
		}
		if status, stale := near.readyz(t); status != 200 || !stale {
			t.Errorf("/readyz says %d, stale %v", status, stale)
		}
		if status, stale := far.readyz(t); status != 200 || stale {
			t.Errorf("/readyz on the standby says %d, stale %v", status, stale)
		}
		primary.start(t)
		rec.pool.Reset()
		rec.write(t, 250, 10)
		inStep(t, "after a fast stop")
		if m := near.Metrics(); m.Failures == 0 || m.Reloads != 0 || m.Err != nil {
			t.Errorf("metrics do not tell of it: %+v", m)
		}
	})

	t.Run("standby away", func(t *testing.T) {
		standby.stop(t)
		far.eventually(t, "notices", func() bool { return far.State().Err != nil })
		if status, stale := far.readyz(t); status != 200 || !stale {
			t.Errorf("/readyz says %d, stale %v", status, stale)
		}
		rec.write(t, 260, 25)
		standby.start(t)
		replayed(t, primary, standby)
		caughtUp(t, far.Live)
		standby.crash(t)
		far.eventually(t, "notices", func() bool { return far.State().Err != nil })
		rec.write(t, 270, 25)
		far.eventually(t, "follows again", func() bool { return far.State().Err == nil })
		inStep(t, "after an immediate stop")
	})

	t.Run("crash", func(t *testing.T) {
		rec.write(t, 300, 10)
		lost, err := rec.pool.Begin(t.Context()) // and with it what was not committed
		if err != nil {
			t.Fatal(err)
		}
		add(t, lost)
		caughtUp(t, near.Live)
		was := near.count()
		primary.crash(t)
		near.eventually(t, "notices", func() bool { return near.State().Err != nil })
		if status, stale := near.readyz(t); status != 200 || !stale || near.count() != was {
			t.Errorf("/readyz says %d, stale %v; %d pins, were %d", status, stale, near.count(), was)
		}
		near.eventually(t, "follows again", func() bool { return near.State().Err == nil })
		_ = lost.Rollback(t.Context()) // its connection is gone
		caughtUp(t, near.Live)
		rec.pool.Reset()
		rec.write(t, 310, 10)
		caughtUp(t, near.Live)
		holdToTruth(t, "after recovery", near, primary.URL())
	})

	// A transaction that leaves nothing may leave nothing in the log either: after
	// a crash PostgreSQL gives its id out again.
	t.Run("ids used again", func(t *testing.T) {
		set(t, rec.pool, `alter system set wal_writer_delay = '10s'`)
		time.Sleep(300 * time.Millisecond) // its last early round
		var seen uint64
		for range 20 {
			tx, err := rec.pool.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := tx.QueryRow(t.Context(), `select pg_current_xact_id()`).Scan(&seen); err != nil {
				t.Fatal(err)
			}
			if err := tx.Rollback(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		caughtUp(t, near.Live)
		near.gate.Lock()
		primary.crash(t)
		want := near.count() + 1
		rec.pool.Reset()
		for deadline := time.Now().Add(20 * time.Second); rec.pool.Ping(t.Context()) != nil; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the server does not come back")
			}
		}
		stamp := add(t, rec.pool)
		near.gate.Unlock()
		if stamp > seen {
			t.Fatalf("the pin has the new id %d, not one up to %d", stamp, seen)
		}
		near.eventually(t, "shows the pin", func() bool { return near.count() == want })
		caughtUp(t, near.Live)
		holdToTruth(t, "after recovery", near, primary.URL())
	})

	// A connection can also die without a word. Here its backend stands still.
	t.Run("silence", func(t *testing.T) {
		caughtUp(t, near.Live)
		var still []int
		rows, err := rec.pool.Query(t.Context(), `
			select pid
			from pg_stat_activity
			where application_name = 'pinezka'
			  and state = 'idle'`)
		if err != nil {
			t.Fatal(err)
		}
		still, err = pgx.CollectRows(rows, pgx.RowTo[int])
		if err != nil || len(still) == 0 {
			t.Fatal("no idle connection", err)
		}
		for _, pid := range still {
			if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			defer syscall.Kill(pid, syscall.SIGCONT)
		}
		near.eventually(t, "notices", func() bool {
			err := near.State().Err
			return err != nil && strings.Contains(err.Error(), "said nothing")
		})
		rec.write(t, 320, 5)
		near.eventually(t, "follows again", func() bool { return near.State().Err == nil })
		caughtUp(t, near.Live)
		for _, pid := range still {
			_ = syscall.Kill(pid, syscall.SIGCONT)
		}
		holdToTruth(t, "after silence", near, primary.URL())
	})

	// The standby takes over before it has read the last transactions: they are
	// lost, and their ids used again.
	t.Run("failover", func(t *testing.T) {
		either := nodeOn(t, eitherOf(t, primary, standby), quick())
		inStep(t, "before")
		direct, err := pgxpool.New(t.Context(), standby.URL())
		if err != nil {
			t.Fatal(err)
		}
		defer direct.Close()
		set(t, direct, `alter system set primary_conninfo = ''`)
		near.eventually(t, "is alone", func() bool {
			return ask[int](t, primary.URL(), `select count(*)::int from pg_stat_replication`) == 0
		})
		for range 5 {
			add(t, rec.pool)
		}
		rec.write(t, 410, 20)
		caughtUp(t, near.Live)
		caughtUp(t, either.Live)
		compare(t, "what will be lost", near, either)

		primary.stop(t)
		either.eventually(t, "notices", func() bool { return either.State().Err != nil })
		if !ask[bool](t, standby.URL(), `select pg_promote()`) {
			t.Fatal("the standby is not promoted")
		}
		next := &record{far.store, rec.district, direct}
		next.write(t, 420, 5)
		either.eventually(t, "follows again", func() bool { return either.State().Err == nil })
		next.write(t, 430, 5)
		caughtUp(t, either.Live)
		caughtUp(t, far.Live)
		holdToTruth(t, "after the failover", either, standby.URL())
		if m := either.Metrics(); m.Reloads != 1 || m.Pins != either.count() || m.Versions == 0 || m.Merges == 0 || m.Merging == 0 {
			t.Errorf("metrics do not tell of it: %+v", m)
		}
		holdToTruth(t, "after the promotion", far, standby.URL())
	})
}

// set a setting of a server.
func set(t testing.TB, pool *pgxpool.Pool, statement string) {
	t.Helper()
	for _, statement := range []string{statement, `select pg_reload_conf()`} {
		if _, err := pool.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// eitherOf is the URL of whichever of two servers takes writes.
func eitherOf(t testing.TB, a, b *server) string {
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
