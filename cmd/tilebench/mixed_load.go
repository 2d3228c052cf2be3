package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// The mixed load.
const (
	readRate   = 300 // requests a second
	readers    = 32  // connections
	importRows = 100_000
	source     = "tilebench" // of the imported pins
)

// request is a request of the mixed load.
type request struct{ kind, path string }

// requests returns one request of each kind for the i-th tile.
func (b *bench) requests(i int) []request {
	t, filter := b.tiles[i], b.filterOf(i).query.Encode()
	return []request{
		{"point tile", t.path("pins", "")},
		{"point tile with a filter", t.path("pins", filter)},
		{"hex tile with a filter", t.path("hexes", filter)},
		{"statistics with a filter", "/api/v1/districts/" + demo.Slug + "/stats?" + filter},
	}
}

// mixedLoad measures requests through HTTP to the program as a process of its
// own: alone, and while pins are written and a file is imported.
func (b *bench) mixedLoad(ctx context.Context) (err error) {
	b.stopFollowing() // only the program follows the database
	p, err := b.startProgram(ctx, "--data-dir", b.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop(), b.deleteWritten(ctx)) }()
	dir, err := os.MkdirTemp("", "tilebench")
	if err != nil {
		return fmt.Errorf("create a directory for the file to import: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "pins.csv")
	if err := b.writeImportFile(file); err != nil {
		return err
	}

	alone, err := b.readFor(ctx, p.url, func(ctx context.Context) error { return wait(ctx, b.writing/2) })
	if err != nil {
		return err
	}
	var imported time.Duration
	var written times
	busy, err := b.readFor(ctx, p.url, func(ctx context.Context) error {
		writing, stop := context.WithCancel(ctx)
		defer stop()
		var failed error
		var group sync.WaitGroup
		group.Go(func() {
			failed = b.addPins(writing, func(took time.Duration) { written = append(written, took) })
		})
		begun := time.Now()
		err := b.importPins(ctx, file)
		imported = time.Since(begun)
		stop()
		group.Wait()
		return errors.Join(err, failed)
	})
	if err != nil {
		return err
	}
	b.out.subtitle("Mixed load: %d requests a second to the program, while %d pins a second are written and a file of %d pins is imported", readRate, writeRate, importRows)
	rows := [][]string{{"", "alone: requests", "median", "p95", "p99", "meanwhile: requests", "median", "p95", "p99", "largest", "refused"}}
	for _, r := range append(b.requests(0), request{kind: listKind}) {
		before, during := alone.taken[r.kind], busy.taken[r.kind]
		rows = append(rows, []string{
			r.kind, strconv.Itoa(len(before)), duration(before.median()), series{before}.quantile(0.95), series{before}.quantile(0.99),
			strconv.Itoa(len(during)), duration(during.median()), series{during}.quantile(0.95), series{during}.quantile(0.99), duration(during.at(1)), strconv.Itoa(alone.refused[r.kind] + busy.refused[r.kind]),
		})
	}
	b.out.table(rows)
	b.out.note("Requests are sent at that rate whether or not those before them have been answered, and one that waits behind others counts in full. Refused are those with status 503, when the database takes too long. What does not count is how late they were sent, since client and server share the cores: %s at the median and %s at p99 alone, %s and %s meanwhile. While pins were imported (%s, %.0f pins a second), %d pins were written one by one, each of which took %s at the median, %s at p99.",
		duration(alone.late.median()), series{alone.late}.quantile(0.99), duration(busy.late.median()), series{busy.late}.quantile(0.99), duration(imported), importRows/imported.Seconds(), len(written), duration(written.median()), series{written}.quantile(0.99))
	return nil
}

const listKind = "list of pins, from PostGIS"

// load is what came of the requests of readFor.
type load struct {
	taken   map[string]times // by kind
	refused map[string]int   // with status 503, by kind; they count in taken
	late    times            // how late they were sent
}

// readFor sends requests for random tiles at a constant rate while f runs. Of
// ten requests six are point tiles, as on a map.
func (b *bench) readFor(ctx context.Context, url string, f func(context.Context) error) (*load, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type sent struct {
		request
		at time.Time
	}
	queue := make(chan sent, readRate*60)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var group sync.WaitGroup
	all := &load{taken: map[string]times{}, refused: map[string]int{}}
	var failed error // the first
	for range readers {
		group.Go(func() {
			for r := range queue {
				err := get(ctx, client, url+r.path)
				took := time.Since(r.at)
				mu.Lock()
				all.taken[r.kind] = append(all.taken[r.kind], took)
				if errors.Is(err, statusError(http.StatusServiceUnavailable)) {
					all.refused[r.kind]++
				} else {
					failed = cmp.Or(failed, err)
				}
				mu.Unlock()
			}
		})
	}
	ended := make(chan error, 1)
	go func() { ended <- f(ctx) }()
	random := rand.New(rand.NewPCG(7, 7))
	for i, begun := 0, time.Now(); ; i++ {
		due := begun.Add(time.Duration(i) * time.Second / readRate)
		select {
		case err := <-ended:
			close(queue)
			group.Wait()
			return all, errors.Join(err, failed)
		case <-time.After(time.Until(due)):
		}
		all.late = append(all.late, time.Since(due))
		tile := random.IntN(len(b.tiles))
		of := append(b.requests(tile), request{listKind, "/api/v1/districts/" + demo.Slug + "/pins?limit=50&" + b.filterOf(tile).query.Encode()})
		queue <- sent{of[max(0, random.IntN(10)-5)], time.Now()}
	}
}

func importColumns() []string { return []string{"id", "title", "category", "lon", "lat", "date"} }

// writeImportFile writes a CSV file of pins at the points of others.
func (b *bench) writeImportFile(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("create a file to import: %w", err)
	}
	w := csv.NewWriter(f)
	rows := [][]string{importColumns()}
	for i := range importRows {
		p := b.points[i%len(b.points)]
		rows = append(rows, []string{strconv.Itoa(i), writtenTitle, "greenery", fmt.Sprint(p.Lon()), fmt.Sprint(p.Lat()), (b.lastDay() - 1).String()})
	}
	if err := errors.Join(w.WriteAll(rows), f.Close()); err != nil {
		return fmt.Errorf("write a file to import: %w", err)
	}
	return nil
}

// importPins imports a file with the program.
func (b *bench) importPins(ctx context.Context, file string) error {
	rejects := file + ".rejected.csv"
	args := []string{"import", file, "--data-dir", b.dir, "--district", demo.Slug, "--source", source, "--rejects", rejects}
	for _, column := range importColumns() {
		args = append(args, "--map", column+"="+column)
	}
	cmd := exec.CommandContext(ctx, b.program, args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("import: %w: %s", err, out)
	}
	return nil
}

// deleteWritten deletes what an earlier run wrote or imported.
func (b *bench) deleteWritten(ctx context.Context) error {
	if _, err := b.pool.Exec(ctx, `delete from pins where title = $1`, writtenTitle); err != nil {
		return fmt.Errorf("delete the pins of an earlier run: %w", err)
	}
	if _, err := b.pool.Exec(ctx, `delete from things where title = $1 and kind <> 'pin'`, writtenTitle); err != nil {
		return fmt.Errorf("delete the other things of an earlier run: %w", err)
	}
	return nil
}
