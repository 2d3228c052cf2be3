package tiles_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestTotalsAgree compares, after concurrent changes and for random filters,
// the totals of tiles, hexes, statistics, the list and plain SQL, and those of the
// tiles of other things.
func TestTotalsAgree(t *testing.T) {
	live, db := follow(t, 400)
	r := rand.New(rand.NewPCG(9, 9))
	for round := range uint64(4) {
		db.changeConcurrently(t, round, 25)
		if round == 2 { // the boundary of 'west' is extended over part of 'east'
			if _, err := db.pool.Exec(t.Context(), `update areas set boundary = st_multi(st_makeenvelope(19.9, 50, 19.96, 50.06, 4326)) where slug = 'west'`); err != nil {
				t.Fatal(err)
			}
		}
		catchUp(t, live)
		v, _ := live.District("test")
		want, z := db.thingsInSQL(t), maptile.Zoom(8+round*3)
		if diff := cmp.Diff(want, thingsInTiles(t, v, z)); diff != "" || len(want) == 0 {
			t.Errorf("round %d, tiles of things of zoom %d (-SQL +got):\n%s", round, z, diff)
		}
		for kind, n := range want {
			if got := v.ThingCount(kind); got != n {
				t.Errorf("round %d: %d things of kind %s, SQL %d", round, got, kind, n)
			}
		}
		for range 30 {
			db.compareTotals(t, v, tilestest.RandomFilter(r), index.MinResolution+geo.Resolution(r.IntN(8)))
		}
	}
}

// compareTotals compares the totals of a filter.
func (db *database) compareTotals(t *testing.T, v *index.Version, f civic.Filter, r geo.Resolution) {
	t.Helper()
	listed, hexOnly := db.sqlCounts(t, f, false), civic.Counts{}
	if f.CountsHexOnly() {
		hexOnly = db.sqlCounts(t, f, true)
	}
	want := listed.Plus(hexOnly)
	if got := v.Stats(f); got.Counts != want || got.HexOnly != hexOnly.Total() {
		t.Errorf("%+v: statistics %v, of which %d only in counts, SQL %v and %v", f, got.Counts, got.HexOnly, want, hexOnly)
	}
	if got := db.listCounts(t, f); got != listed {
		t.Errorf("%+v: list %v, SQL %v", f, got, listed)
	}
	hexes, err := v.Hexes(r, f)
	if err != nil {
		t.Fatal(err)
	}
	var sum civic.Counts
	for _, h := range hexes {
		sum = sum.Plus(h.Counts)
	}
	if sum != want {
		t.Errorf("%+v at %d: hexes %v, SQL %v", f, r, sum, want)
	}
	points, inTiles := tileTotals(t, v, f, 13, 9)
	if inTiles != want {
		t.Errorf("%+v: tiles of hexes %v, SQL %v", f, inTiles, want)
	}
	if points != listed {
		t.Errorf("%+v: tiles of pins %v, SQL %v", f, points, listed)
	}
}

func TestDeletedDistrictIsNotServed(t *testing.T) {
	live, db := follow(t, 10)
	if err := db.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	catchUp(t, live)
	if _, found := live.District("test"); found {
		t.Error("a deleted district is still served")
	}
}

// TestRepeatedChangesMakeNoVersion reads the same changes again and again,
// which must not notify watchers or invalidate drawn tiles.
func TestRepeatedChangesMakeNoVersion(t *testing.T) {
	synctest.Test(t, testRepeatedChangesMakeNoVersion)
}

func testRepeatedChangesMakeNoVersion(t *testing.T) {
	live := tiles.New(tiles.Config{Source: memoryOf(t, 1000), Poll: time.Millisecond})
	run(t, live)
	waitFor(t, live, func(v *index.Version) bool { return v.Len() == 1000 })
	v, _ := live.District("test")
	for range 10 {
		catchUp(t, live)
	}
	if now, _ := live.District("test"); now != v {
		t.Errorf("version %d became %d", v.Number, now.Number)
	}
}

// TestCategoriesChange changes the categories of a district while it is
// followed.
func TestCategoriesChange(t *testing.T) {
	live, db := follow(t, 600)
	for i, statements := range [][]string{
		{`insert into categories (district_id, category_id, slug, kind, visibility, colour, label, position)
			select district_id, 5, 'benches', kind, visibility, colour, label, 5 from categories where slug = 'trees'`},
		{`update pins set category_id = 5 where category_id = 1 and pin_id % 3 = 0`},
		{`delete from pins where category_id = 5`, `delete from categories where category_id = 5`},
	} {
		for _, statement := range statements {
			if _, err := db.pool.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		db.changeConcurrently(t, uint64(500+i), 4)
		catchUp(t, live)
		v, _ := live.District("test")
		for _, f := range []civic.Filter{{}, {Kinds: []civic.Kind{civic.Need}}} {
			hexOnly := db.sqlCounts(t, f, true)
			want := db.sqlCounts(t, f, false).Plus(hexOnly)
			points, hexes := tileTotals(t, v, f, 13, 9)
			points = points.Plus(hexOnly)
			if diff := cmp.Diff([]civic.Counts{want, want, want}, []civic.Counts{v.Stats(f).Counts, hexes, points}); diff != "" {
				t.Errorf("step %d, %+v: statistics, hexes and pins (-SQL +got):\n%s", i, f, diff)
			}
		}
	}
}

// TestNodesAgree follows one database with two nodes.
func TestNodesAgree(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	db := newDatabase(t, url, 500)
	one, two := startNode(t, url, frequent()), startNode(t, url, tiles.Config{Poll: 33 * time.Millisecond})
	for round := range uint64(2) {
		db.changeConcurrently(t, 100+round, 25)
		catchUp(t, one.Live)
		catchUp(t, two.Live)
		compareNodes(t, fmt.Sprintf("round %d", round), one, two)
	}
	compareWithDatabase(t, "at the end", one, url)
}

// servers is a primary and a hot standby, each with a node.
type servers struct {
	primary, standby     *server
	db                   *database // on the primary
	onPrimary, onStandby *node     // on the primary and on the standby
}

// TestPrimaryAndStandby follows a primary and a hot standby through failures of
// several kinds. Some of its tests are in database_retry_test.go.
func TestPrimaryAndStandby(t *testing.T) {
	t.Parallel()
	var s servers
	s.primary = startServer(t, serverDir(t))
	s.db = newDatabase(t, s.primary.URL(), 500)
	s.standby = startStandby(t, s.primary)
	if err := store.Migrate(t.Context(), s.standby.URL()); err != nil { // as serve does
		t.Fatal(err)
	}
	shortTimeout := frequent()
	shortTimeout.Timeout = 2 * time.Second
	s.onPrimary, s.onStandby = startNode(t, s.primary.URL(), shortTimeout), startNode(t, s.standby.URL(), frequent())
	for _, c := range []struct {
		name string
		test func(*testing.T)
	}{
		{"default configuration", s.testDefaultConfiguration},
		{"concurrent changes", func(t *testing.T) { s.db.changeConcurrently(t, 200, 40); s.compare(t, "after the last change") }},
		{"commits out of order", s.testCommitsOutOfOrder},
		{"terminated connections", s.testTerminatedConnections},
		{"primary unavailable", s.testPrimaryUnavailable},
		{"standby unavailable", s.testStandbyUnavailable},
		{"crash", s.testCrash},
		{"server killed", s.testServerKilled},
		{"reused transaction ids", s.testReusedTransactionIDs},
		{"silent connections", s.testSilentConnections},
		{"failover", s.testFailover}, // the last: it ends with another primary
	} {
		t.Run(c.name, c.test)
	}
}

// compare waits until both nodes have caught up, and compares them with each
// other and with the database.
func (s *servers) compare(t *testing.T, what string) {
	t.Helper()
	waitForReplay(t, s.primary, s.standby)
	catchUp(t, s.onPrimary.Live)
	catchUp(t, s.onStandby.Live)
	compareNodes(t, what, s.onPrimary, s.onStandby)
	compareWithDatabase(t, what, s.onStandby, s.primary.URL())
}

func (s *servers) testDefaultConfiguration(t *testing.T) {
	n := startNode(t, s.standby.URL(), tiles.Config{}) // as serve follows
	for range 10 {
		n.waitForNewPin(t, s.db)
	}
}

// waitForNewPin adds a pin, and returns the time from its commit until the node
// has it.
func (n *node) waitForNewPin(t testing.TB, db *database) time.Duration {
	t.Helper()
	want := n.count() + 1
	addPin(t, db.pool)
	committed := time.Now()
	n.eventually(t, "has the pin", func() bool { return n.count() == want })
	return time.Since(committed)
}

// BenchmarkStandbyLag measures the time from a commit on the primary until a
// node that follows a hot standby, as serve does, has the pin.
func BenchmarkStandbyLag(b *testing.B) {
	primary := startServer(b, serverDir(b))
	db := newDatabase(b, primary.URL(), 500)
	n := startNode(b, startStandby(b, primary).URL(), tiles.Config{})
	var lags []time.Duration
	for b.Loop() {
		lags = append(lags, n.waitForNewPin(b, db))
	}
	slices.Sort(lags)
	b.ReportMetric(lags[len(lags)/2].Seconds(), "s-median")
	b.ReportMetric(lags[len(lags)-1].Seconds(), "s-max")
}

// testCommitsOutOfOrder has three transactions that write in one order and
// commit in the opposite one; the first has more savepoints than a snapshot
// lists.
func (s *servers) testCommitsOutOfOrder(t *testing.T) {
	var open [3]pgx.Tx
	var oldest uint64
	for i := range open {
		tx, err := s.db.pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
		open[i] = tx
		if id := addPin(t, tx); i == 0 {
			oldest = id
		}
		for range []int{100, 1, 0}[i] {
			savepoint, err := tx.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			addPin(t, savepoint)
			if err := savepoint.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := s.onStandby.count()
	if err := open[2].Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.onStandby.eventually(t, "has the newest pin", func() bool { return s.onStandby.count() == before+1 })
	s.db.changeConcurrently(t, 230, 10) // even newer transactions
	s.compare(t, "while a transaction is open")
	for name, n := range map[string]*node{"primary": s.onPrimary, "standby": s.onStandby} {
		visited := n.visited.Load()
		for range 5 {
			catchUp(t, n.Live)
		}
		if again := n.visited.Load() - visited; again != 0 {
			t.Errorf("the node on the %s has read %d pins again", name, again)
		}
	}
	// Positions rely on this: a standby lists no transactions in progress, but
	// has the same xmin.
	if n := query[int](t, s.standby.URL(), `select count(*)::int from pg_snapshot_xip(pg_current_snapshot())`); n != 0 {
		t.Errorf("the standby lists %d transactions in progress", n)
	}
	if xmin := query[uint64](t, s.standby.URL(), `select pg_snapshot_xmin(pg_current_snapshot())`); xmin > oldest {
		t.Errorf("xmin on the standby is %d, a transaction in progress is %d", xmin, oldest)
	}
	before = s.onStandby.count()
	for i, want := range []int{0: before + 101, 1: before + 103} {
		if err := open[i].Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.onStandby.eventually(t, "has the older pins", func() bool { return s.onStandby.count() == want })
	}
	s.compare(t, "after the oldest")
}

// testReusedTransactionIDs checks that a node has a pin whose transaction id
// was used before. A transaction that writes nothing may not be in the
// write-ahead log, and PostgreSQL then assigns its id again after a crash. If the
// log was flushed before the crash, the test crashes the server again.
func (s *servers) testReusedTransactionIDs(t *testing.T) {
	setSetting(t, s.db.pool, `alter system set wal_writer_delay = '10s'`) // flushes rarely
	for deadline := time.Now().Add(time.Minute); !s.crashReusesTransactionID(t); {
		if time.Now().After(deadline) {
			t.Fatal("no transaction id is used again")
		}
	}
	compareWithDatabase(t, "after recovery", s.onPrimary, s.primary.URL())
}

// crashReusesTransactionID crashes the primary after some transactions that write
// nothing, adds a pin, and waits until the node has it. It reports whether the
// id of its transaction was used before.
func (s *servers) crashReusesTransactionID(t *testing.T) bool {
	t.Helper()
	var newest uint64
	for range 20 {
		tx, err := s.db.pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow(t.Context(), `select pg_current_xact_id()`).Scan(&newest); err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	catchUp(t, s.onPrimary.Live)
	s.onPrimary.pause.Lock()
	resume := sync.OnceFunc(s.onPrimary.pause.Unlock)
	defer resume()
	s.primary.crash(t)
	want := s.onPrimary.count() + 1
	s.primary.start(t)
	s.db.pool.Reset()
	id := addPin(t, s.db.pool)
	resume()
	s.onPrimary.eventually(t, "has the pin", func() bool { return s.onPrimary.count() == want })
	catchUp(t, s.onPrimary.Live)
	return id <= newest
}

// testFailover promotes the standby before it has replayed the last
// transactions, which are lost; their ids are assigned again on a new timeline.
func (s *servers) testFailover(t *testing.T) {
	n := startNode(t, writableURL(t, s.primary, s.standby), frequent())
	s.compare(t, "before")
	promoted, err := pgxpool.New(t.Context(), s.standby.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer promoted.Close()
	setSetting(t, promoted, `alter system set primary_conninfo = ''`)
	n.eventually(t, "has a primary without a standby", func() bool {
		return query[int](t, s.primary.URL(), `select count(*)::int from pg_stat_replication`) == 0
	})
	for range 5 {
		addPin(t, s.db.pool)
	}
	s.db.changeConcurrently(t, 410, 20)
	catchUp(t, s.onPrimary.Live)
	catchUp(t, n.Live)
	compareNodes(t, "changes that will be lost", s.onPrimary, n)

	s.primary.stop(t)
	n.waitUntilFailed(t)
	if !query[bool](t, s.standby.URL(), `select pg_promote()`) {
		t.Fatal("the standby is not promoted")
	}
	db := &database{s.onStandby.store, s.db.district, promoted, s.db.year}
	db.changeConcurrently(t, 420, 5)
	n.waitUntilRecovered(t)
	db.changeConcurrently(t, 430, 5)
	catchUp(t, n.Live)
	catchUp(t, s.onStandby.Live)
	compareWithDatabase(t, "after the failover", n, s.standby.URL())
	n.eventually(t, "has merged a segment in the background", func() bool { return n.Metrics().Merges > 0 })
	if m := n.Metrics(); m.Reloads != 1 || m.Pins != n.count() || m.Versions == 0 || m.MergeTime == 0 {
		t.Errorf("metrics after the failover: %+v", m)
	}
	compareWithDatabase(t, "after the promotion", s.onStandby, s.standby.URL())
}
