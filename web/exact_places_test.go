package web_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// target is a district that is attacked.
type target struct {
	civic.District
	number int
	pins   []targetPin
	others []int64 // ids of other things
	since  string  // version in the page of the map; of every fifth district
}

type targetPin struct {
	civic.NewPin
	id int64
}

// attack compares all that is published before and after pins that are not exact are
// moved within the cells at which they are shown.
type attack struct {
	outlets
	random  *rand.Rand
	live    *tiles.Live
	store   *store.Store
	used    web.Store // by the server
	sql     *pgxpool.Pool
	targets []*target
}

// TestExactPlacesStayPrivate attacks 1,000 random districts: it reads every
// outlet, then moves each blurred and each hex pin to another place of the cell
// at which it is shown, in another area where there is one, changes what a hex
// pin says, and reads every outlet again. As nothing differs, no outlet depends
// on the exact place, and so none discloses more of it than the cell does: the
// area that is published, too, is a function of the cell alone.
func TestExactPlacesStayPrivate(t *testing.T) {
	a := newAttack(t, 1000, 50, func(s *store.Store, _ *pgxpool.Pool) web.Store { return s })
	leaks := a.run()
	for i, leak := range leaks {
		if i == 20 {
			t.Fatalf("… and %d other leaks", len(leaks)-i)
		}
		t.Error(leak)
	}
}

// TestAttackFindsLeak checks that the attack, with every variant of every request,
// finds a store that returns the area of the exact place of a pin, and nothing
// else.
func TestAttackFindsLeak(t *testing.T) {
	a := newAttack(t, 10, 1, func(s *store.Store, sql *pgxpool.Pool) web.Store { return leakyStore{s, sql} })
	leaks := a.run()
	if len(leaks) == 0 {
		t.Error("the attack finds nothing")
	}
	for _, leak := range leaks {
		if request, _, _ := strings.Cut(leak, " "); !strings.Contains(request, "/pins/") || strings.HasPrefix(request, "/tiles/") {
			t.Error(leak)
		}
	}
}

// newAttack loads n random districts, whose server uses a store. Each uses one
// of every variants of a request.
func newAttack(t *testing.T, n, every int, use func(*store.Store, *pgxpool.Pool) web.Store) *attack {
	site := webtest.Open(t, civic.ModerateAfter)
	s, err := store.Open(t.Context(), store.Config{URL: site.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	sql, err := pgxpool.New(t.Context(), site.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sql.Close)
	a := &attack{outlets: outlets{TB: t, every: every, answered: map[string]bool{}}, random: rand.New(rand.NewPCG(11, 1000)), live: site.Live, store: s, used: use(s, sql), sql: sql}
	a.serve(site.Live)
	for i := range n {
		a.load(i)
	}
	a.readIDs()
	a.follow()
	return a
}

// serve makes the requests those of a server with an index.
func (a *attack) serve(live *tiles.Live) {
	now := time.Now()
	server, err := web.New(web.Config{
		Live: live, Store: a.used, TileCache: -1, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return now },
	})
	if err != nil {
		a.Fatal(err)
	}
	a.handler, a.routes = server.Handler(), server.Readable()
}

// load adds a random district with its pins, and publishes counts of those that
// have no page.
func (a *attack) load(number int) {
	d := &target{District: randomDistrict(a.random, fmt.Sprintf("d%d", number)), number: number}
	a.targets = append(a.targets, d)
	err := a.store.LoadDistrict(a.Context(), &d.District, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for _, pin := range randomPins(a.random, &d.District) {
				d.pins = append(d.pins, targetPin{NewPin: pin})
				if !yield(pin, nil) {
					return
				}
			}
		}
	})
	if err != nil {
		a.Fatal(err)
	}
	if _, err := a.store.PublishCounts(a.Context(), d.Slug, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		a.Fatal(err)
	}
}

// readIDs reads the ids of the pins, in whose order they were added.
func (a *attack) readIDs() {
	for _, d := range a.targets {
		rows, _ := a.sql.Query(a.Context(), `select pin_id from pins where district_id = $1 order by pin_id`, d.ID)
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil || len(ids) != len(d.pins) {
			a.Fatalf("%s has %d pins, want %d: %v", d.Slug, len(ids), len(d.pins), err)
		}
		for i, id := range ids {
			d.pins[i].id = id
		}
	}
}

// follow waits until the live index has read what is in the database now.
func (a *attack) follow() { follow(a, a.live) }

// follow waits until an index has read what is in the database now: the second
// reading that ends has begun afterwards.
func follow(t testing.TB, live *tiles.Live) {
	deadline := time.Now().Add(time.Minute)
	for range 2 {
		for last := live.State().Followed; !live.State().Followed.After(last); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("the index does not follow: %+v", live.State())
			}
		}
	}
}

// run attacks all districts and returns what differs.
func (a *attack) run() (leaks []string) {
	archives := map[*target][]byte{}
	areas := a.exactAreas()
	for group := range slices.Chunk(a.targets, 50) {
		requests, versions := make([][]request, len(group)), make([]uint64, len(group))
		for i, d := range group {
			if d.number%5 == 0 {
				page := "/d/" + d.Slug
				_, rest, _ := strings.Cut(a.responses([]request{{"/d/{district}", page, ""}})[page], "/changes?since=")
				d.since, _, _ = strings.Cut(rest, "&#34;")
				archives[d] = a.archive(a.version(a.live, d))
			}
			requests[i], versions[i] = a.requests(d), a.version(a.live, d).Number
		}
		before := a.all(requests)
		a.move(group)
		a.follow()
		after := a.all(requests)
		for i, d := range group {
			if n := a.version(a.live, d).Number; n != versions[i] {
				leaks = append(leaks, fmt.Sprintf("%s: the version changes from %d to %d", d.Slug, versions[i], n))
			}
			for _, r := range requests[i] {
				a.answered[r.route()] = a.answered[r.route()] || strings.HasPrefix(before[i][r.String()], "200")
			}
			leaks = append(leaks, differences(before[i], after[i])...)
		}
	}
	a.checkAnswered()
	a.checkMoved(areas)
	return append(leaks, a.restarted(archives)...)
}

// version returns the version of a district in an index.
func (a *attack) version(live *tiles.Live, d *target) *index.Version {
	v, ok := live.District(d.Slug)
	if !ok {
		a.Fatalf("the index has no %s", d.Slug)
	}
	return v
}

// all makes the requests for several districts at the same time.
func (a *attack) all(requests [][]request) []responses {
	out := make([]responses, len(requests))
	var group errgroup.Group
	group.SetLimit(4)
	for i := range requests {
		group.Go(func() error { out[i] = a.responses(requests[i]); return nil })
	}
	_ = group.Wait() // no request returns an error
	return out
}

// differences returns the requests whose responses differ.
func differences(before, after responses) (all []string) {
	for _, request := range slices.Sorted(maps.Keys(before)) {
		if before[request] != after[request] {
			all = append(all, fmt.Sprintf("%s differs (-before +after):\n%s", request, cmp.Diff(before[request], after[request])))
		}
	}
	return all
}

// move moves the pins of districts that are not exact, in one transaction.
func (a *attack) move(group []*target) {
	var ids, cells []int64
	var lons, lats []float64
	var titles, bodies, statuses []string
	var days []int32
	for _, d := range group {
		for _, pin := range d.pins {
			if pin.Category.Visibility == civic.Exact {
				continue
			}
			to := moved(a.random, &d.District, pin.NewPin)
			ids, cells = append(ids, pin.id), append(cells, int64(to.Exact.Cell))
			lons, lats = append(lons, to.Exact.Point.Lon()), append(lats, to.Exact.Point.Lat())
			titles, bodies, statuses = append(titles, to.Title), append(bodies, to.Body), append(statuses, to.Status.String())
			days = append(days, int32(to.ReportedOn))
		}
	}
	tag, err := a.sql.Exec(a.Context(), `
		update pins
		set geom = st_setsrid(st_makepoint(lon, lat), 4326),
		  cell = moved.cell,
		  title = moved.title,
		  body = moved.body,
		  reported_on = date '1970-01-01' + day,
		  status = moved.status
		from unnest($1::bigint[], $2::float8[], $3::float8[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::text[])
		  as moved (pin_id, lon, lat, cell, title, body, day, status)
		where pins.pin_id = moved.pin_id`,
		ids, lons, lats, cells, titles, bodies, days, statuses)
	if err != nil || int(tag.RowsAffected()) != len(ids) {
		a.Fatalf("%d of %d pins moved: %v", tag.RowsAffected(), len(ids), err)
	}
}

// exactAreas returns the area of the exact place of each pin.
func (a *attack) exactAreas() map[int64]int32 {
	rows, _ := a.sql.Query(a.Context(), `select pin_id, coalesce(area_id, 0) from pins`) // ForEachRow returns the error
	areas := map[int64]int32{}
	var id int64
	var area int32
	if _, err := pgx.ForEachRow(rows, []any{&id, &area}, func() error { areas[id] = area; return nil }); err != nil {
		a.Fatal(err)
	}
	return areas
}

// checkMoved checks that many pins have another exact area than before.
func (a *attack) checkMoved(before map[int64]int32) {
	changed := 0
	for id, area := range a.exactAreas() {
		if area != before[id] {
			changed++
		}
	}
	a.Logf("%d of %d pins have another exact area", changed, len(before))
	if changed < 2*len(a.targets) {
		a.Errorf("only %d pins of %d districts have another exact area", changed, len(a.targets))
	}
}

// restarted returns the archives that differ when a process that has started
// since then writes them.
func (a *attack) restarted(archives map[*target][]byte) (leaks []string) {
	live, err := tiles.Load(a.Context(), a.store)
	if err != nil {
		a.Fatal(err)
	}
	for _, d := range a.targets {
		before, ok := archives[d]
		if !ok {
			continue
		}
		if after := a.archive(a.version(live, d)); !bytes.Equal(before, after) {
			leaks = append(leaks, fmt.Sprintf("%s: the archive differs: %d bytes, then %d", d.Slug, len(before), len(after)))
		}
	}
	return leaks
}

// archive returns the archive of all tiles of a version.
func (a *attack) archive(v *index.Version) []byte {
	spool, err := os.CreateTemp(a.TempDir(), "")
	if err != nil {
		a.Fatal(err)
	}
	defer spool.Close()
	var out bytes.Buffer
	if _, err := (tiles.Archive{Spool: spool}).Write(a.Context(), &out, v); err != nil {
		a.Fatal(err)
	}
	return out.Bytes()
}

// leakyStore is a store whose pins have the area of their exact place.
type leakyStore struct {
	*store.Store
	sql *pgxpool.Pool
}

func (s leakyStore) Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error) {
	pin, err := s.Store.Pin(ctx, d, id)
	if err != nil {
		return pin, err
	}
	return pin, s.sql.QueryRow(ctx, `select coalesce(area_id, 0) from pins where pin_id = $1`, id).Scan(&pin.AreaID)
}
