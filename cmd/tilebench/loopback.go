package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/pinezka/pinezka/web"
)

// loopback compares tiles through HTTP on loopback with a static GET of the same
// bytes.
func (b *bench) loopback(ctx context.Context) error {
	cached, err := web.New(web.Config{Live: b.live, Store: b.database})
	if err != nil {
		return err
	}
	bodies := map[string][]byte{}
	var paths []string
	for _, t := range b.tiles {
		path := t.path("pins", "")
		body, err := b.fetch(ctx, path, "identity")
		if err != nil {
			return err
		}
		if len(body) <= 64<<10 {
			bodies[path] = body
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return errors.New("no tile has up to 64 KB")
	}
	servers := []struct {
		name string
		http.Handler
	}{{"static GET of the same bytes", static(bodies)}, {"tiles, each rendered", b.handler}, {"tiles, cached", cached.Handler()}}
	rows := [][]string{{"", "concurrency", "requests", "median (of runs)", "p99", "a second: median (of runs)", "relative to static (of runs)"}}
	for _, workers := range []int{1, 16} {
		rounds := max(1, 5000/len(paths)/workers) // 5000 requests a run
		taken := make([]series, len(servers))
		rates := make([]samples[float64], len(servers))
		for range b.runs {
			for i, s := range servers {
				run, rate, err := getAll(ctx, s.Handler, paths, workers, rounds)
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				taken[i], rates[i] = append(taken[i], run), append(rates[i], rate)
			}
		}
		for i, s := range servers {
			var relative samples[float64]
			for run, rate := range rates[i] {
				relative = append(relative, rate/rates[0][run])
			}
			rows = append(rows, []string{
				s.name, strconv.Itoa(workers), strconv.Itoa(len(taken[i].all())), taken[i].median(), taken[i].quantile(0.99),
				fmt.Sprintf("%.0f (%.0f–%.0f)", rates[i].median(), slices.Min(rates[i]), slices.Max(rates[i])),
				fmt.Sprintf("%.2f× (%.2f–%.2f)", relative.median(), slices.Min(relative), slices.Max(relative)),
			})
		}
	}
	b.out.subtitle("Through HTTP on loopback, client and server on the same cores (tiles up to 64 KB: %d of %d)", len(paths), len(b.tiles))
	b.out.table(rows)
	return nil
}

// getAll gets all paths from a new server in rounds by each worker, after one
// round that is not counted, and returns the times and the number of responses
// in a second.
func getAll(ctx context.Context, h http.Handler, paths []string, workers, rounds int) (all times, rate float64, err error) {
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers, DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, path := range paths {
		if err := get(ctx, client, server.URL+path); err != nil {
			return nil, 0, err
		}
	}
	var group sync.WaitGroup
	perWorker, failed := make([]times, workers), make([]error, workers)
	begun := time.Now()
	for w := range workers {
		group.Go(func() {
			for i := range rounds * len(paths) {
				start := time.Now()
				if failed[w] = get(ctx, client, server.URL+paths[(i+w*13)%len(paths)]); failed[w] != nil {
					return
				}
				perWorker[w] = append(perWorker[w], time.Since(start))
			}
		})
	}
	group.Wait()
	took := time.Since(begun)
	all = slices.Concat(perWorker...)
	return all, float64(len(all)) / took.Seconds(), errors.Join(failed...)
}
