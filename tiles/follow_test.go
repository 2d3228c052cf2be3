package tiles_test

import (
	"context"
	"flag"
	"iter"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() == "" {
		tiles.SetOverviews(100, 0)
		tiles.SetPartRows(400)
	}
	storetest.Main(m)
}

// record is a database with the test district, and what a test needs to write.
type record struct {
	*store.Store
	district civic.District
	pool     *pgxpool.Pool
}

// follow a fresh database with n pins: the live index has them when it returns.
func follow(t testing.TB, n int) (*tiles.Live, *record) {
	t.Helper()
	rec := loadRecord(t, storetest.URL(t), n)
	live := tiles.New(tiles.Config{Source: rec.Store, Poll: 20 * time.Millisecond, MergeAfter: 40})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); live.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	until(t, live, func(v *tiles.Version) bool { return v.Len() == n })
	return live, rec
}

// loadRecord puts the test district with n pins into the database at url.
func loadRecord(t testing.TB, url string, n int) *record {
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
	rec := &record{s, district(), pool}
	r := rand.New(rand.NewPCG(uint64(n), 1))
	err = s.LoadDistrict(t.Context(), &rec.district, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for range n {
				if !yield(rec.district.Accept(draft(r))) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// until the district's version is as wanted.
func until(t testing.TB, live *tiles.Live, ok func(*tiles.Version) bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		if v, found := live.District("test"); found && ok(v) {
			return
		}
		if time.Now().After(deadline) {
			v, found := live.District("test")
			t.Fatalf("the index does not get there: %v, %+v", found, live.State())
			_ = v
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// caughtUp waits until the index has read the record once from after now: the
// second reading that ends is one that began after now.
func caughtUp(t testing.TB, live *tiles.Live) {
	t.Helper()
	for range 2 {
		was := live.State().Followed
		for deadline := time.Now().Add(20 * time.Second); live.State().Followed.Equal(was); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("the index does not follow: %+v", live.State())
			}
		}
	}
}

// sqlCounts counts in plain SQL.
func (rec *record) sqlCounts(t testing.TB, f civic.Filter) civic.Counts {
	t.Helper()
	rows, err := rec.pool.Query(t.Context(), `
		select p.kind, count(*)::int
		from pins p
		join categories c using (district_id, category_id)
		left join areas a on (a.district_id, a.area_id) = (p.district_id, p.area_id)
		where p.publication = 'published'
		  and (cardinality($1::text[]) = 0 or p.kind = any ($1))
		  and (cardinality($2::text[]) = 0 or c.slug = any ($2))
		  and (cardinality($3::text[]) = 0 or p.status = any ($3))
		  and (cardinality($4::text[]) = 0 or a.slug = any ($4))
		  and ($5 = 0 or p.reported_on >= date '1970-01-01' + $5::int)
		  and ($6 = 0 or p.reported_on <= date '1970-01-01' + $6::int)
		group by p.kind`,
		texts(f.Kinds), append([]string{}, f.Categories...), texts(f.Statuses), append([]string{}, f.Areas...), int(f.From), int(f.To))
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

// listCounts counts by reading all pages of the list.
func (rec *record) listCounts(t testing.TB, f civic.Filter) civic.Counts {
	t.Helper()
	var out civic.Counts
	q := civic.PinQuery{Filter: f, Limit: 200}
	for {
		page, err := rec.Pins(t.Context(), &rec.district, q)
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

// writer makes random changes, some in transactions that stay open for a while
// and so commit in another order than they began.
func (rec *record) writer(ctx context.Context, t testing.TB, seed uint64, changes int) {
	r := rand.New(rand.NewPCG(seed, 7))
	for range changes {
		tx, err := rec.pool.Begin(ctx)
		if err != nil {
			t.Error(err)
			return
		}
		for range 1 + r.IntN(4) {
			var statement string
			var args []any
			pin, err := rec.district.Accept(draft(r))
			if err != nil {
				t.Error(err)
				return
			}
			args = []any{pin.Shown.Point[0], pin.Shown.Point[1], int64(pin.Shown.Cell), pin.Exact.Point[0], pin.Exact.Point[1], int64(pin.Exact.Cell),
				pin.Category.ID, pin.Category.Kind.String(), pin.Status.String(), pin.ReportedOn.Time()}
			one := `(select pin_id from pins where pin_id % 7 = ` + string(rune('0'+r.IntN(7))) + ` order by hashtext(pin_id::text || '` + pin.Title + `') limit 1 for update skip locked)`
			switch r.IntN(5) {
			case 0, 1:
				statement = `insert into pins (district_id, publication, title, shown, shown_cell, geom, cell, category_id, kind, status, reported_on)
					values (1, 'published', 'x', st_setsrid(st_point($1, $2), 4326), $3, st_setsrid(st_point($4, $5), 4326), $6, $7, $8, $9, $10)`
			case 2:
				statement = `update pins set shown = st_setsrid(st_point($1, $2), 4326), shown_cell = $3, geom = st_setsrid(st_point($4, $5), 4326), cell = $6,
					category_id = $7, kind = $8, status = $9, reported_on = $10 where pin_id in ` + one
			case 3:
				statement, args = `update pins set publication = case publication when 'published' then 'hidden' else 'published' end where pin_id in `+one, nil
			case 4:
				statement, args = `delete from pins where pin_id in `+one, nil
			}
			if _, err := tx.Exec(ctx, statement, args...); err != nil {
				t.Error(err)
				return
			}
		}
		if r.IntN(3) == 0 {
			select {
			case <-time.After(time.Duration(r.IntN(60)) * time.Millisecond):
			case <-ctx.Done():
			}
		}
		if r.IntN(10) == 0 {
			err = tx.Rollback(ctx)
		} else {
			err = tx.Commit(ctx)
		}
		if err != nil {
			t.Error(err)
			return
		}
	}
}

// TestTotalsAgree is the invariant: after concurrent writers, for random
// filters, the totals of tiles, hexes, stats, list and plain SQL are the same.
func TestTotalsAgree(t *testing.T) {
	live, rec := follow(t, 400)
	r := rand.New(rand.NewPCG(9, 9))
	for round := range 4 {
		var writers sync.WaitGroup
		for w := range 4 {
			writers.Go(func() { rec.writer(t.Context(), t, uint64(round*10+w), 25) })
		}
		writers.Wait()
		if t.Failed() {
			return
		}
		if round == 2 { // a boundary moves: 'west' grows over part of 'east'
			if _, err := rec.pool.Exec(t.Context(), `update areas set boundary = st_multi(st_makeenvelope(19.9, 50, 19.96, 50.06, 4326)) where slug = 'west'`); err != nil {
				t.Fatal(err)
			}
		}
		committed := time.Now()
		caughtUp(t, live)
		if late := time.Since(committed); late > time.Second {
			t.Errorf("the index took %s to show what was committed", late)
		}
		v, _ := live.District("test")
		for range 30 {
			f := filter(r)
			want := rec.sqlCounts(t, f)
			if got := v.Stats(f).Counts; got != want {
				t.Errorf("%+v: stats %v, SQL %v", f, got, want)
			}
			if got := rec.listCounts(t, f); got != want {
				t.Errorf("%+v: list %v, SQL %v", f, got, want)
			}
			res := tiles.MinResolution + geo.Resolution(r.IntN(8))
			hexes, err := v.Hexes(res, f)
			if err != nil {
				t.Fatal(err)
			}
			var sum civic.Counts
			for _, h := range hexes {
				sum.Need += h.Need
				sum.Potential += h.Potential
				sum.Organisation += h.Organisation
			}
			if sum != want {
				t.Errorf("%+v at %d: hexes %v, SQL %v", f, res, sum, want)
			}
			points, inTiles := tileTotals(t, v, f, 13, 9)
			if inTiles != want {
				t.Errorf("%+v: hex tiles %v, SQL %v", f, inTiles, want)
			}
			hexed := f
			hexed.Categories = []string{"fear"}
			if len(f.Categories) > 0 && f.Categories[0] != "fear" && len(f.Categories) < 2 {
				hexed.Kinds = []civic.Kind{civic.Organisation} // fear is not chosen: none
			}
			want.Need -= rec.sqlCounts(t, hexed).Need
			if points != want {
				t.Errorf("%+v: point tiles %v, SQL without hexed ones %v", f, points, want)
			}
		}
	}
}

func TestRemovedDistrictLeavesTheIndex(t *testing.T) {
	live, rec := follow(t, 10)
	if err := rec.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		if _, found := live.District("test"); !found {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("a removed district is still served")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
