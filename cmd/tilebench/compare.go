package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/web"
)

// contender is one of the ways to the same tiles that are compared. prepare
// prepares the request of the i-th tile, and what it returns is timed.
type contender struct {
	name    string
	prepare func(i int) func() error
}

// result contains the times of a contender.
type result struct {
	name string
	cold times  // of the first request of each tile
	hot  series // later, of all tiles in each run
}

// compare times all contenders the same number of times: one request of every
// tile just after PostgreSQL and the handler were started, and then one in each
// run.
func (b *bench) compare(ctx context.Context, contenders ...contender) ([]result, error) {
	if err := b.restartPostgres(ctx); err != nil {
		return nil, err
	}
	if err := b.newHandler(); err != nil {
		return nil, err
	}
	results := make([]result, len(contenders))
	for run := range 1 + b.runs {
		for c, contender := range contenders {
			runtime.GC() // so that a contender does not collect the garbage of another
			taken, err := b.timeAll(contender)
			if err != nil {
				return nil, err
			}
			r := &results[c]
			r.name = contender.name
			if run == 0 {
				r.cold = taken
			} else {
				r.hot = append(r.hot, taken)
			}
		}
	}
	return results, nil
}

// timeAll times a contender for each tile.
func (b *bench) timeAll(c contender) (taken times, err error) {
	for i := range b.tiles {
		f := c.prepare(i)
		begun := time.Now()
		if err := f(); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		taken = append(taken, time.Since(begun))
	}
	return taken, nil
}

// way is one of the ways to the same result that are compared.
type way struct {
	name string
	f    func() error
}

// timeWays times each way some times in each run.
func (b *bench) timeWays(ways []way, calls int) ([]series, error) {
	taken := make([]series, len(ways))
	for range b.runs {
		for i, w := range ways {
			runtime.GC()
			var run times
			for range calls {
				begun := time.Now()
				if err := w.f(); err != nil {
					return nil, fmt.Errorf("%s: %w", w.name, err)
				}
				run = append(run, time.Since(begun))
			}
			taken[i] = append(taken[i], run)
		}
	}
	return taken, nil
}

// printComparison prints the results, of which the first is the reference.
func (b *bench) printComparison(results []result) {
	rows := [][]string{{"", "cold: median", "largest", "hot: median (of runs)", "p95", "p99", "largest", "speed-up: median (of runs)", "p99"}}
	reference := results[0]
	for _, r := range results {
		rows = append(rows, []string{
			r.name, duration(r.cold.median()), duration(r.cold.at(1)),
			r.hot.median(), r.hot.quantile(0.95), r.hot.quantile(0.99), duration(r.hot.all().at(1)),
			r.hot.speedUp(reference.hot, 0.5), r.hot.speedUp(reference.hot, 0.99),
		})
	}
	b.out.table(rows)
	b.out.note("Each: %d requests cold, %d hot (%d tiles in %d runs).", len(b.tiles), len(b.tiles)*b.runs, len(b.tiles), b.runs)
}

// printWorst prints the least speed-up of a tile over its own reference, of
// those for which the reference takes at least two milliseconds.
func (b *bench) printWorst(reference, served result) {
	const least = 2 * time.Millisecond
	n, under := 0, 0
	worst, at := 0.0, 0
	for i := range b.tiles {
		own, other := reference.hot.ofTile(i).median(), served.hot.ofTile(i).median()
		if own < least {
			continue
		}
		n++
		speedUp := over(own, other)
		if speedUp < 20 {
			under++
		}
		if worst == 0 || speedUp < worst {
			worst, at = speedUp, i
		}
	}
	if n == 0 {
		b.out.note("No tile takes SQL %s.", duration(least))
		return
	}
	b.out.note("Of the %d tiles that take SQL at least %s: the least speed-up of a tile over its own SQL, both at their median, is %s× (%s and %s, zoom %d); %d are under 20×.",
		n, duration(least), number(worst), duration(reference.hot.ofTile(at).median()), duration(served.hot.ofTile(at).median()), b.tiles[at].Z, under)
}

// ofTile returns the times of the i-th tile.
func (s series) ofTile(i int) (out times) {
	for _, run := range s {
		out = append(out, run[i])
	}
	return out
}

// newHandler creates a server without a cache of tiles, which has seen no query
// yet.
func (b *bench) newHandler() error {
	s, err := web.New(web.Config{Live: b.live, Store: b.database, TileCache: -1})
	if err != nil {
		return err
	}
	b.handler = s.Handler()
	return nil
}

// served is the handler of the service.
func (b *bench) served(ctx context.Context, name, layer string, filter func(int) tileFilter) contender {
	return contender{name, func(i int) func() error {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, b.tiles[i].path(layer, filter(i).query.Encode()), nil)
		return func() error { return handle(b.handler, r) }
	}}
}

// inSQL is a query of the reference.
func inSQL[T any](ctx context.Context, b *bench, name, sql string, filter func(int) tileFilter) contender {
	return contender{name, func(i int) func() error {
		f := filter(i)
		return func() error { _, err := query[T](ctx, b, sql, b.tiles[i], f); return err }
	}}
}

// discard is a ResponseWriter that keeps the status alone.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(s int)           { d.status = s }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }

// handle serves a request, and discards the response unless it is an error.
func handle(h http.Handler, r *http.Request) error {
	w := &discard{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(w, r)
	if w.status != http.StatusOK {
		return fmt.Errorf("%s: status %d", r.URL, w.status)
	}
	return nil
}

// timeRequest sends a GET to a handler and returns the time that it takes.
func timeRequest(ctx context.Context, h http.Handler, path string) (time.Duration, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	begun := time.Now()
	err := handle(h, r)
	return time.Since(begun), err
}

// fetch returns the body of a response of the handler in an encoding.
func (b *bench) fetch(ctx context.Context, path, encoding string) ([]byte, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", path, w.Code)
	}
	return w.Body.Bytes(), nil
}

// static serves bodies by path, with their length.
func static(bodies map[string][]byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bodies[r.URL.Path]
		w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})
}

// statusError is the status of a response other than 200.
type statusError int

func (e statusError) Error() string { return "status " + strconv.Itoa(int(e)) }

// get gets a URL and reads the body. It returns a statusError for a response
// with another status than 200.
func get(ctx context.Context, client *http.Client, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("get %s: %w", url, err)
	}
	resp, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("get %s: %w", url, err)
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = statusError(resp.StatusCode)
	}
	if err != nil {
		return fmt.Errorf("get %s: %w", url, err)
	}
	return nil
}
