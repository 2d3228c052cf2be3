package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// fill measures how long filling an index takes, from the database and from
// memory, and compares it with a bare COPY.
func (b *bench) fill(ctx context.Context) error {
	var source memorySource
	var err error
	source.changes, err = b.database.Changes(ctx, 0, func(p civic.MapPin) { source.pins = append(source.pins, p) })
	if err != nil {
		return err
	}
	ready, _, err := load(ctx, b.database)
	if err != nil {
		return err
	}
	begun := time.Now()
	if _, err = b.database.Changes(ctx, 0, func(civic.MapPin) {}); err != nil {
		return err
	}
	read := time.Since(begun)
	conn, err := b.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	begun = time.Now()
	_, err = conn.Conn().PgConn().CopyTo(ctx, io.Discard, `copy (
		select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id, status,
		  area_id, reported_on - date '1970-01-01', publication <> 'published'
		from pins where publication = 'published') to stdout (format binary)`)
	bare := time.Since(begun)
	conn.Release()
	if err != nil {
		return err
	}
	built, size, err := load(ctx, source)
	if err != nil {
		return err
	}
	n := float64(len(source.pins))
	row := func(name string, took time.Duration, relative string) []string {
		return []string{name, round(took), fmt.Sprintf("%.2f M", n/took.Seconds()/1e6), relative}
	}
	b.out.table([][]string{
		{"filling", "time", "pins a second", "relative to bare COPY"},
		row("bare `COPY … TO STDOUT (FORMAT binary)`, discarded", bare, "1×"),
		row("the same, read as pins, discarded", read, ratio(read, bare)),
		row("index from the database, until it is ready", ready, ratio(ready, bare)),
		row("index from rows in memory, one core", built, ratio(built, bare)),
	})
	b.out.note("Memory: %.1f bytes a pin.", float64(size)/n)
	return nil
}

// load loads an index and returns the time and the memory that it takes.
func load(ctx context.Context, source tiles.Source) (time.Duration, uint64, error) {
	before := liveHeap()
	begun := time.Now()
	loaded, err := tiles.Load(ctx, source)
	took := time.Since(begun)
	size := liveHeap() - before
	runtime.KeepAlive(loaded)
	return took, size, err
}

// discard is a ResponseWriter that counts bytes.
type discard struct {
	header http.Header
	status int
	n      int
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(s int)   { d.status = s }
func (d *discard) Write(p []byte) (int, error) {
	d.n += len(p)
	return len(p), nil
}

// handle sends a GET to the handler and returns the time and the number of
// bytes.
func handle(h http.Handler, path string) (time.Duration, int, error) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	w := &discard{header: http.Header{}, status: http.StatusOK}
	begun := time.Now()
	h.ServeHTTP(w, r)
	took := time.Since(begun)
	if w.status != http.StatusOK {
		return 0, 0, fmt.Errorf("%s: status %d", path, w.status)
	}
	return took, w.n, nil
}

// twice handles a path twice and returns the shorter time.
func twice(h http.Handler, path string) (time.Duration, int, error) {
	first, _, err := handle(h, path)
	if err != nil {
		return 0, 0, err
	}
	again, n, err := handle(h, path)
	return min(first, again), n, err
}

// pointTiles compares ST_AsMVT, every pin encoded from its row in memory, and
// tiles as served.
func (b *bench) pointTiles(ctx context.Context) error {
	h := b.server.Handler()
	var sql, every, served, copied times
	var sqlBytes, everyBytes, servedBytes int
	var agree [2]int // every-pin tiles, and those of SQL, with as many points as SQL counts
	var layer mvt.Layer
	var rows []row
	buffer := make([]byte, 0, 1<<20)
	for _, t := range b.tiles {
		begun := time.Now()
		body, err := b.sqlTile(ctx, t, "")
		if err != nil {
			return err
		}
		sql = append(sql, time.Since(begun))
		sqlBytes += len(body)
		rows = b.rowsIn(rows[:0], t)
		every = append(every, least(3, func() { buffer = b.encodeRows(buffer[:0], &layer, rows, t) }))
		everyBytes += len(buffer)
		want, err := b.sqlCount(ctx, t, "")
		if err != nil {
			return err
		}
		for i, body := range [][]byte{buffer, body} {
			points, err := countFeatures(body)
			if err != nil {
				return fmt.Errorf("read tile %v: %w", t.Tile, err)
			}
			if points == want {
				agree[i]++
			}
		}
		spare := make([]byte, len(buffer))
		copied = append(copied, least(3, func() { copy(spare, buffer) }))
		took, n, err := twice(h, t.path("pins", ""))
		if err != nil {
			return err
		}
		served = append(served, took)
		servedBytes += n
	}
	line := func(name string, t times, bytes int) []string {
		return []string{name, round(t.median()), round(t.at(0.95)), round(t.at(0.99)), ratio(sql.median(), t.median()), ratio(sql.at(0.99), t.at(0.99)), fmt.Sprintf("%.0f KB", float64(bytes)/float64(len(b.tiles))/1e3)}
	}
	b.out.subtitle("Point tiles")
	b.out.table([][]string{
		{"", "median", "p95", "p99", "speed-up over (a): median", "p99", "mean size"},
		line("(a) `ST_AsMVT` through pgx", sql, sqlBytes),
		line("every pin, from its rows in memory", every, everyBytes),
		line("as served: thinned, at the handler", served, servedBytes),
		line("(c) copy of the every-pin bytes", copied, everyBytes),
	})
	b.out.note("Read by paulmach/protoscan: as many points as SQL counts in %d of %d every-pin tiles, and in %d of those of ST_AsMVT (it draws a pin on an edge in both tiles).", agree[0], len(b.tiles), agree[1])
	return nil
}

// filteredTiles compares ST_AsMVT with tiles as served, each with a filter.
func (b *bench) filteredTiles(ctx context.Context) error {
	sql, served, err := b.timeFiltered("pins", func(t tile, where string) error { _, err := b.sqlTile(ctx, t, where); return err })
	if err != nil {
		return err
	}
	agree := 0
	for i, t := range b.tiles {
		f := b.filterOf(i)
		body, err := fetch(b.server.Handler(), t.path("pins", f.query.Encode()), "identity")
		if err != nil {
			return err
		}
		sum, err := decodedSum(body, "n")
		if err != nil {
			return err
		}
		want, err := b.sqlCount(ctx, t, f.where)
		if err != nil {
			return err
		}
		if sum == want {
			agree++
		}
	}
	b.out.subtitle("Point tiles, each with a filter: months, a category, a status, an area, or kind, area and months")
	b.compareWithSQL("`ST_AsMVT` of what the filter selects", "as served: thinned, at the handler", sql, served)
	b.out.note("In %d of %d the sum of n is what SQL counts.", agree, len(b.tiles))
	return nil
}

// hexTiles compares the aggregation in SQL with tiles of hexes at the handler,
// each with a filter.
func (b *bench) hexTiles(ctx context.Context) error {
	sql, served, err := b.timeFiltered("hexes", func(t tile, where string) error { _, err := b.sqlHexes(ctx, t, where); return err })
	if err != nil {
		return err
	}
	b.out.subtitle("Hex tiles, each with a filter as above")
	b.compareWithSQL("the same aggregation in SQL", "hex tile at the handler", sql, served)
	return nil
}

// timeFiltered measures all tiles, each with a filter, in SQL and at the
// handler.
func (b *bench) timeFiltered(layer string, query func(t tile, where string) error) (sql, served times, err error) {
	for i, t := range b.tiles {
		f := b.filterOf(i)
		begun := time.Now()
		if err := query(t, f.where); err != nil {
			return nil, nil, err
		}
		sql = append(sql, time.Since(begun))
		took, _, err := twice(b.server.Handler(), t.path(layer, f.query.Encode()))
		if err != nil {
			return nil, nil, err
		}
		served = append(served, took)
	}
	return sql, served, nil
}

// compareWithSQL prints times, and compares them with those of SQL.
func (b *bench) compareWithSQL(reference, name string, sql, served times) {
	worst := 0.0
	for i := range sql {
		worst = max(worst, float64(served[i])/float64(sql[i]))
	}
	b.out.table([][]string{
		{"", "median", "p95", "p99", "speed-up over SQL: median", "p99"},
		{reference, round(sql.median()), round(sql.at(0.95)), round(sql.at(0.99)), "1×", "1×"},
		{name, round(served.median()), round(served.at(0.95)), round(served.at(0.99)), ratio(sql.median(), served.median()), ratio(sql.at(0.99), served.at(0.99))},
	})
	b.out.note("The smallest speed-up of a tile over its own SQL: %.0f×.", 1/worst)
}

func (b *bench) lastDay() civic.Day { return civic.DayOf(time.Now()) }

// numbers compares the hexes and the statistics of the whole district with one
// pass over rows in memory.
func (b *bench) numbers(context.Context) error {
	last := b.lastDay()
	f := civic.Filter{From: last - 400, To: last - 100}
	n := 0
	pass := least(5, func() {
		for i := range b.rows {
			if day := b.rows[i].day; day >= f.From && day <= f.To {
				n++
			}
		}
	})
	stats := least(5, func() { b.v.Stats(f) })
	var err error
	hexes := least(5, func() { _, err = b.v.Hexes(9, f) })
	if err != nil {
		return err
	}
	b.out.subtitle("Numbers of a whole district, with a month range")
	b.out.table([][]string{
		{"", "time", "relative to one pass"},
		{fmt.Sprintf("one pass over rows in memory that counts what matches (%d)", n/5), round(pass), "1×"},
		{"statistics", round(stats), ratio(stats, pass)},
		{"hexes of resolution 9", round(hexes), ratio(hexes, pass)},
	})
	return nil
}

// loopback compares tiles through HTTP on loopback with a static GET of the same
// bytes, at concurrency 1 and 16, and with ST_AsMVT behind the same server, at
// concurrency 1.
func (b *bench) loopback(ctx context.Context) error {
	own := httptest.NewServer(b.server.Handler())
	defer own.Close()
	static := map[string][]byte{}
	bodies := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
		_, _ = w.Write(static[r.URL.Path])
	})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32, DisableCompression: true}}
	get := func(url string) ([]byte, error) {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		return io.ReadAll(resp.Body)
	}
	var paths []string
	for _, t := range b.tiles {
		path := t.path("pins", "")
		body, err := get(own.URL + path)
		if err != nil {
			return err
		}
		if len(body) > 64<<10 {
			continue
		}
		static[path] = body
		paths = append(paths, path)
	}
	reference := httptest.NewServer(bodies)
	defer reference.Close()
	sql := httptest.NewServer(b.sqlHandler(ctx))
	defer sql.Close()
	measure := func(base string, workers, rounds int) (times, float64) {
		return getConcurrently(get, base, paths, workers, rounds)
	}
	b.out.subtitle("Through HTTP on loopback (tiles up to 64 KB: %d of %d)", len(paths), len(b.tiles))
	rows := [][]string{{"", "concurrency", "median", "p99", "a second", "relative to (b)"}}
	for _, workers := range []int{1, 16} {
		rounds := max(6, 5000/len(paths)/workers) // enough for some tenths of a second
		bodies, bodyRate := measure(reference.URL, workers, rounds)
		served, servedRate := measure(own.URL, workers, rounds)
		add := func(name string, t times, rate float64) {
			rows = append(rows, []string{name, fmt.Sprint(workers), round(t.median()), round(t.at(0.99)), fmt.Sprintf("%.1f", rate), fmt.Sprintf("%.4f×", rate/bodyRate)})
		}
		if workers == 1 {
			fromSQL, sqlRate := measure(sql.URL, workers, 1)
			add("(a) `ST_AsMVT` through pgx", fromSQL, sqlRate)
		}
		add("(b) static GET of the same bytes", bodies, bodyRate)
		add("tiles as served", served, servedRate)
	}
	b.out.table(rows)
	return nil
}

// getConcurrently gets all paths in rounds by each worker, and returns the
// times and the number of responses in a second.
func getConcurrently(get func(url string) ([]byte, error), base string, paths []string, workers, rounds int) (all times, rate float64) {
	var mu sync.Mutex
	var group sync.WaitGroup
	begun := time.Now()
	for w := range workers {
		group.Go(func() {
			var mine times
			for i := range rounds * len(paths) {
				start := time.Now()
				if _, err := get(base + paths[(i*7+w*13)%len(paths)]); err == nil {
					mine = append(mine, time.Since(start))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, mine...)
		})
	}
	group.Wait()
	return all, float64(len(all)) / time.Since(begun).Seconds()
}
