package tiles_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// draft returns a random pin of the district.
func draft(r *rand.Rand) civic.Draft {
	d := civic.Draft{
		Category: []string{"trees", "help", "fear", "club"}[r.IntN(4)], Title: fmt.Sprintf("Pin %d", r.IntN(1e6)),
		Point:      orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()},
		ReportedOn: civic.Day(20000 + r.IntN(700)),
	}
	if r.IntN(2) == 0 { // clustered
		d.Point = orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
	}
	if d.Category == "trees" || d.Category == "fear" {
		d.Status = civic.Statuses()[r.IntN(9)]
	}
	return d
}

// number returns a property as an integer.
func number(v any) int {
	f, _ := v.(float64)
	return int(f)
}

// tileTotals returns the counts of the tiles of pins of a zoom, and those of
// its tiles of hexes, each hex once.
func tileTotals(t *testing.T, v *index.Version, f civic.Filter, z maptile.Zoom, r geo.Resolution) (points, hexes civic.Counts) {
	t.Helper()
	m := v.Filter(f)
	seen := map[string]civic.Counts{}
	for _, tile := range tilestest.TilesOver(v.District.Boundary.Bound().Pad(0.02), z) {
		for _, layer := range tilestest.Decode(t, draw.Pins(nil, v, tile, m)) {
			for _, feature := range layer.Features {
				k, err := civic.ParseKind(feature.Properties.MustString("kind"))
				if err != nil {
					t.Fatal(err)
				}
				points.Add(k, number(feature.Properties["n"]))
			}
		}
		for _, layer := range tilestest.Decode(t, draw.Hexes(nil, v, tile, r, m)) {
			for _, feature := range layer.Features {
				p := feature.Properties
				c := civic.Counts{Need: number(p["need"]), Potential: number(p["potential"]), Organisation: number(p["organisation"])}
				if c.Total() != number(p["total"]) || c.Total() == 0 {
					t.Fatalf("the counts of hex %v do not add up", p)
				}
				h3 := p.MustString("h3")
				if other, ok := seen[h3]; ok && other != c {
					t.Fatalf("hex %s has %v in one tile and %v in another", h3, other, c)
				}
				seen[h3] = c
			}
		}
	}
	for _, c := range seen {
		hexes = hexes.Plus(c)
	}
	return points, hexes
}

// database is a database with the test district.
type database struct {
	*store.Store
	district civic.District
	pool     *pgxpool.Pool
	year     int // the last whose counts were published, with all before it
}

// follow returns a new database with n pins, and a live index that has them.
func follow(t testing.TB, n int) (*tiles.Live, *database) {
	t.Helper()
	db := newDatabase(t, storetest.URL(t), n)
	live := tiles.New(tiles.Small(tiles.Config{Source: db.Store, Poll: 20 * time.Millisecond, MergeAfter: 40}))
	run(t, live)
	waitFor(t, live, func(*index.Version) bool { return true })
	return live, db
}

// newDatabase adds the test district with n pins to the database at a URL.
func newDatabase(t testing.TB, url string, n int) *database {
	t.Helper()
	if err := store.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	pool, err := pgxpool.New(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	db := &database{Store: s, district: tilestest.District(), pool: pool, year: 2030}
	r := rand.New(rand.NewPCG(uint64(n), 1))
	err = s.LoadDistrict(t.Context(), &db.district, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for range n {
				if !yield(db.district.Accept(draft(r), civic.MaxDay)) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	db.publishCounts(t)
	return db
}

// publishCounts publishes the counts of a year after all others.
func (db *database) publishCounts(t testing.TB) {
	t.Helper()
	db.year++
	err := civic.ErrUnavailable
	for errors.Is(err, civic.ErrUnavailable) { // as the task that is run again
		_, err = db.PublishCounts(t.Context(), db.district.Slug, time.Date(db.year, 1, 1, 12, 0, 0, 0, time.UTC))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until the version of the district satisfies ok.
func waitFor(t testing.TB, live *tiles.Live, ok func(*index.Version) bool) {
	t.Helper()
	eventually(t, live, "has the version", func() bool {
		v, found := live.District("test")
		return found && ok(v)
	})
}

// eventually waits until ok returns true. The limit only ends a test that has
// failed: what a test waits for is reached, however busy the machine is.
func eventually(t testing.TB, live *tiles.Live, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("timeout while waiting until the index %s: %+v", what, live.State())
		}
	}
}

// run runs the index until the test ends.
func run(t testing.TB, live *tiles.Live) {
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); live.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
}

// catchUp waits until the index has read everything that is committed now. It
// waits for the end of two readings, of which the second began after the call.
func catchUp(t testing.TB, live *tiles.Live) {
	t.Helper()
	for range 2 {
		before := live.State().Followed
		eventually(t, live, "reads the database", func() bool { return !live.State().Followed.Equal(before) })
	}
}

// sqlCounts counts pins in plain SQL: those with a public record, or those of the
// published counts of others.
func (db *database) sqlCounts(t testing.TB, f civic.Filter, hexOnly bool) civic.Counts {
	t.Helper()
	rows, err := db.pool.Query(t.Context(), `
		with published as (
		  select district_id, category_id, status, shown_area_id, reported_on, 1 as pins
		  from pins
		  where publication = 'published'
		    and visibility <> 'hex'
		    and not $7
		  union all
		  select district_id, category_id, null, leaf_cells.shown_area_id, to_month, leaf_cells.pins
		  from leaf_cells
		  join leaves using (district_id, leaf_id)
		  where $7
		)
		select c.kind, sum(p.pins)::int
		from published p
		join categories c using (district_id, category_id)
		left join areas a on (a.district_id, a.area_id) = (p.district_id, p.shown_area_id)
		where (cardinality($1::text[]) = 0 or c.kind = any ($1))
		  and (cardinality($2::text[]) = 0 or c.slug = any ($2))
		  and (cardinality($3::text[]) = 0 or p.status = any ($3))
		  and (cardinality($4::text[]) = 0 or a.slug = any ($4))
		  and ($5 = 0 or p.reported_on >= date '1970-01-01' + $5::int)
		  and ($6 = 0 or p.reported_on < date '1970-01-01' + $6::int)
		group by c.kind`,
		texts(f.Kinds), append([]string{}, f.Categories...), texts(f.Statuses), append([]string{}, f.Areas...), int(f.From), int(f.Until), hexOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out civic.Counts
	defer rows.Close()
	for rows.Next() {
		var kind string
		var n int
		if err := rows.Scan(&kind, &n); err != nil {
			t.Fatal(err)
		}
		k, err := civic.ParseKind(kind)
		if err != nil {
			t.Fatal(err)
		}
		out.Add(k, n)
	}
	return out
}

func texts[T interface{ String() string }](values []T) []string {
	out := []string{}
	for _, v := range values {
		out = append(out, v.String())
	}
	return out
}

// listCounts counts the pins of all pages of the list.
func (db *database) listCounts(t testing.TB, f civic.Filter) civic.Counts {
	t.Helper()
	var out civic.Counts
	q := civic.PinQuery{Filter: f, Limit: 200}
	for {
		page, err := db.Pins(t.Context(), &db.district, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Pins {
			out.Add(p.Category.Kind, 1)
		}
		if page.Next == nil {
			return out
		}
		q.After = page.Next
	}
}

// change makes random changes, some in transactions that remain open for a
// while and so commit in another order than they began.
func (db *database) change(ctx context.Context, t testing.TB, seed uint64, transactions int) {
	r := rand.New(rand.NewPCG(seed, 7))
	for range transactions {
		if err := db.changeOnce(ctx, r); err != nil {
			t.Error(err)
			return
		}
	}
}

// changeOnce runs one transaction of random changes; it rolls some back.
func (db *database) changeOnce(ctx context.Context, r *rand.Rand) error {
	tx, err := db.pool.Begin(ctx)
	if err != nil {
		return err
	}
	for range 1 + r.IntN(4) {
		pin, err := db.district.Accept(draft(r), civic.MaxDay)
		if err != nil {
			return err
		}
		statement, args := randomStatement(r, pin)
		if r.IntN(4) == 0 {
			statement, args = randomThingStatement(r, pin.Exact.Point)
		}
		if _, err := tx.Exec(ctx, statement, args...); err != nil {
			return err
		}
	}
	if r.IntN(3) == 0 {
		select {
		case <-time.After(time.Duration(r.IntN(60)) * time.Millisecond):
		case <-ctx.Done():
		}
	}
	if r.IntN(10) == 0 {
		return tx.Rollback(ctx)
	}
	return tx.Commit(ctx)
}

// randomStatement returns a statement that adds a pin, or changes, hides or
// deletes one.
func randomStatement(r *rand.Rand, pin civic.NewPin) (statement string, args []any) {
	visibility := pin.Category.Visibility.String()
	args = []any{
		pin.Shown.Point[0], pin.Shown.Point[1], int64(pin.Shown.Cell), pin.Exact.Point[0], pin.Exact.Point[1], int64(pin.Exact.Cell),
		pin.Category.ID, pin.Category.Kind.String(), pin.Status.String(), pin.ReportedOn.Time(), visibility,
	}
	one := `(select pin_id from pins where pin_id % 7 = ` + string(rune('0'+r.IntN(7))) + ` order by hashtext(pin_id::text || '` + pin.Title + `') limit 1 for update skip locked)`
	switch r.IntN(5) {
	case 2:
		return `update pins set shown = st_setsrid(st_point($1, $2), 4326), shown_cell = $3, geom = st_setsrid(st_point($4, $5), 4326), cell = $6,
			category_id = $7, kind = $8, status = $9, reported_on = $10, visibility = $11 where pin_id in ` + one, args
	case 3:
		return `update pins set publication = case publication when 'published' then 'hidden' else 'published' end where pin_id in ` + one, nil
	case 4:
		return `delete from pins where pin_id in ` + one, nil
	}
	return `insert into pins (district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, status, reported_on, visibility)
		values (1, 'published', 'x', 'x', st_setsrid(st_point($1, $2), 4326), $3, st_setsrid(st_point($4, $5), 4326), $6, $7, $8, $9, $10, $11)`, args
}

// randomThingStatement returns a statement that adds an initiative or an offer with or
// without a place, moves one, takes a step with it, or hides it.
func randomThingStatement(r *rand.Rand, p orb.Point) (statement string, args []any) {
	const one = `(select thing_id from things where kind <> 'pin' order by hashtext(thing_id::text || $1::text) limit 1 for update skip locked)`
	state := []string{"idea", "running", "done"}[r.IntN(3)]
	switch r.IntN(5) {
	case 2:
		return `with moved as (update things set version = version + 1 where thing_id in ` + one + ` returning thing_id)
			update contents set geom = st_setsrid(st_point($2, $3), 4326) from moved where contents.thing_id = moved.thing_id`, []any{state, p[0], p[1]}
	case 3:
		return `update things set state = $1 where thing_id in ` + one, []any{state}
	case 4:
		return `update things set publication = case publication when 'published' then 'hidden' else 'published' end where thing_id in ` + one, []any{state}
	}
	return `with added as (insert into things (district_id, kind, publication, title, state) values (1, $4, 'published', 'x', $1) returning thing_id)
		insert into contents (district_id, thing_id, content, geom) select 1, thing_id, '{}', case when thing_id % 4 > 0 then st_setsrid(st_point($2, $3), 4326) end from added`,
		[]any{state, p[0], p[1], []string{"initiative", "offer"}[r.IntN(2)]}
}

// thingsInSQL counts the things on the map by kind in plain SQL.
func (db *database) thingsInSQL(t testing.TB) map[civic.ThingKind]int {
	t.Helper()
	rows, err := db.pool.Query(t.Context(), `
		select kind, count(*)
		from things
		join contents using (district_id, thing_id)
		where publication = 'published'
		  and geom is not null
		group by kind`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[civic.ThingKind]int{}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		kind, err := civic.ParseThingKind(name)
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = n
	}
	return out
}

// thingsInTiles counts the things of the tiles of a zoom by kind.
func thingsInTiles(t testing.TB, v *index.Version, z maptile.Zoom) map[civic.ThingKind]int {
	t.Helper()
	out := map[civic.ThingKind]int{}
	for _, tile := range tilestest.TilesOver(v.District.Boundary.Bound(), z) {
		for _, layer := range tilestest.Decode(t, draw.Things(nil, v, tile)) {
			for _, feature := range layer.Features {
				kind, err := civic.ParseThingKind(feature.Properties.MustString("kind"))
				if err != nil {
					t.Fatal(err)
				}
				out[kind] += number(feature.Properties["n"])
			}
		}
	}
	return out
}

// changeConcurrently makes changes with four writers.
func (db *database) changeConcurrently(t testing.TB, seed uint64, transactions int) {
	t.Helper()
	var writers sync.WaitGroup
	for w := range uint64(4) {
		writers.Go(func() { db.change(t.Context(), t, seed*10+w, transactions) })
	}
	writers.Wait()
	if t.Failed() {
		t.FailNow()
	}
	db.publishCounts(t)
}

// insertPin adds a published pin like the first one on the map.
const insertPin = `
	insert into pins (district_id, publication, title, search, shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on)
	select district_id, 'published', 'added', 'added', shown, shown_cell, geom, cell, category_id, kind, visibility, status, reported_on
	from pins
	where publication = 'published'
	  and visibility <> 'hex'
	order by pin_id
	limit 1
	returning changed`

// addPin adds a published pin through a pool or a transaction, and returns its
// transaction id.
func addPin(t testing.TB, db interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}) (changed uint64) {
	t.Helper()
	if err := db.QueryRow(t.Context(), insertPin).Scan(&changed); err != nil {
		t.Fatal(err)
	}
	return changed
}

// memory is a Source in memory that returns everything at every reading, as a
// database does after many transactions on a standby.
type memory struct {
	district civic.District
	pins     []civic.MapPin
}

func (m *memory) Timeline(context.Context) (string, error) { return "", nil }

func (m *memory) Changes(_ context.Context, _ civic.Position, pin func(civic.MapPin)) (civic.Changes, error) {
	for _, p := range m.pins {
		pin(p)
	}
	d := m.district
	d.Areas = slices.Clone(d.Areas) // equal, but another slice
	return civic.Changes{Next: civic.Position{Next: 5}, Districts: []civic.District{d}}, nil
}

// memoryOf returns a source with n random pins, the same ones for the same n.
func memoryOf(t testing.TB, n int) *memory {
	t.Helper()
	d := tilestest.District()
	r := rand.New(rand.NewPCG(uint64(n), 5))
	m := &memory{d, make([]civic.MapPin, n)}
	for i := range m.pins {
		p, err := d.Accept(draft(r), civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		m.pins[i] = civic.MapPin{
			DistrictID: d.ID, ID: int64(i + 1), Shown: p.Shown, CategoryID: uint16(p.Category.ID), Status: p.Status,
			AreaID: uint16(p.AreaID), Day: p.ReportedOn,
		}
	}
	return m
}

// loadVersion returns an index of n random pins.
func loadVersion(t testing.TB, n int) *index.Version {
	t.Helper()
	live, err := tiles.Load(t.Context(), memoryOf(t, n))
	if err != nil {
		t.Fatal(err)
	}
	v, ok := live.District("test")
	if !ok || v.Len() != n {
		t.Fatalf("the district with %d pins is not loaded", n)
	}
	return v
}
