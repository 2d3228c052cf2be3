// Command tilebench measures the live index and its references in one run, on
// the same rows and the same tiles, and prints tables with ratios.
//
// The references are ST_AsMVT on an indexed geometry with the same attributes,
// through pgx; every pin encoded from its row in memory; a GET of an encoded
// tile of the same size from net/http; and a copy of the same bytes in memory.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web"
)

func main() {
	dir := flag.String("data-dir", "", "data directory with the demonstration district (pinezka demo --pins N)")
	count := flag.Int("tiles", 140, "how many tiles, spread evenly over zooms 10 to 16")
	seconds := flag.Int("seconds", 40, "how long to write, twice, while freshness is measured")
	only := flag.String("only", "", "measure this part only: "+strings.Join(partNames(), ", ")+" (default: all)")
	flag.Parse()
	if err := run(context.Background(), *dir, *count, time.Duration(*seconds)*time.Second, *only); err != nil {
		fmt.Fprintln(os.Stderr, "tilebench:", err)
		os.Exit(1)
	}
}

// bench contains the data that all parts use.
type bench struct {
	pool     *pgxpool.Pool
	database *store.Store
	live     *tiles.Live
	v        *index.Version
	rows     []row // all pins
	server   *web.Server
	tiles    []tile
	points   []orb.Point // of some pins
	out      report

	writing time.Duration // duration of the measurement of freshness
}

func run(ctx context.Context, dir string, count int, writing time.Duration, only string) error {
	c, err := localpostgres.Open(ctx, localpostgres.Config{Dir: dir, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer c.Close()
	if err := store.Migrate(ctx, c.URL()); err != nil {
		return err
	}
	b := &bench{writing: writing}
	if b.database, err = store.Open(ctx, store.Config{URL: c.URL()}); err != nil {
		return err
	}
	defer b.database.Close()
	if b.pool, err = pgxpool.New(ctx, c.URL()); err != nil {
		return err
	}
	defer b.pool.Close()
	if err := b.prepareReference(ctx); err != nil {
		return fmt.Errorf("prepare reference: %w", err)
	}

	b.live = tiles.New(tiles.Config{Source: b.database})
	following, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); b.live.Run(following) }()
	defer func() { stop(); <-done }()
	for !b.live.State().Ready {
		time.Sleep(10 * time.Millisecond)
	}
	var ok bool
	if b.v, ok = b.live.District(demo.Slug); !ok {
		return fmt.Errorf("%s has no demonstration district: add it with pinezka demo --pins N --data-dir %s", dir, dir)
	}
	if b.server, err = web.New(web.Config{Live: b.live, Store: b.database, TileCache: -1}); err != nil {
		return err
	}
	if err := b.readRows(ctx); err != nil {
		return fmt.Errorf("read pins: %w", err)
	}
	if b.points, err = b.choosePoints(ctx, max(count, 1000)); err != nil {
		return fmt.Errorf("choose points: %w", err)
	}
	b.points = slices.DeleteFunc(b.points, func(p orb.Point) bool { return !geo.Contains(b.v.District.Boundary, p) })
	b.tiles = tilesAt(b.points[:min(count, len(b.points))])
	b.out.title("%d pins, %d tiles of zooms 10 to 16 at random pins, %d cores, %s", b.v.Len(), len(b.tiles), runtime.NumCPU(), runtime.Version())
	for _, part := range parts() {
		if only != "" && only != part.name {
			continue
		}
		if err := part.measure(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// part is a group of measurements.
type part struct {
	name    string
	measure func(*bench, context.Context) error
}

func parts() []part {
	return []part{
		{"fill", (*bench).fill}, {"points", (*bench).pointTiles}, {"filters", (*bench).filteredTiles}, {"sizes", (*bench).tileSizes},
		{"hexes", (*bench).hexTiles}, {"numbers", (*bench).numbers}, {"http", (*bench).loopback}, {"freshness", (*bench).freshness},
	}
}

func partNames() (names []string) {
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return names
}
