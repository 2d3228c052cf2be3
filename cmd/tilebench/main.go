// Command tilebench measures the live index and its references in one run, on
// the same rows and the same tiles, and prints tables with ratios.
//
// The references are SQL with ST_AsMVT through pgx, on tables sorted and indexed
// for it; a GET of the same bytes from net/http; rows in
// memory; and a copy of the same bytes. Both sides of a comparison are timed the
// same number of times, in the same runs.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/cmd/pinezka/garbage"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
)

func main() {
	b := &bench{out: report{out: os.Stdout}}
	flag.StringVar(&b.dir, "data-dir", "", "data directory with the demonstration district (pinezka demo --pins N)")
	flag.StringVar(&b.program, "program", "bin/pinezka", "the program, to measure it as a process")
	flag.IntVar(&b.count, "tiles", 100, "how many tiles, spread evenly over zooms 10 to 16")
	flag.IntVar(&b.runs, "runs", 5, "how many runs")
	seconds := flag.Int("seconds", 40, "how long to write, twice, while freshness is measured")
	only := flag.String("only", "", "measure these parts only, separated by commas: "+strings.Join(partNames(), ", ")+" (default: all)")
	flag.Parse()
	b.writing = time.Duration(*seconds) * time.Second
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "tilebench:", err)
		os.Exit(1)
	}
}

// bench contains the data that all parts use.
type bench struct {
	dir, program string
	count, runs  int
	writing      time.Duration // duration of the measurement of freshness
	out          report

	cluster  *localpostgres.Cluster
	pool     *pgxpool.Pool // of the references
	database *store.Store
	live     *tiles.Live
	v        *index.Version
	rows     []row        // all pins
	handler  http.Handler // without a cache of tiles
	tiles    []tile
	points   []orb.Point // of some pins

	stopFollowing func() // ends the following of the database by live
}

func (b *bench) run(ctx context.Context, only string) error {
	wanted := partNames()
	if only != "" {
		wanted = strings.Split(only, ",")
	}
	for _, name := range wanted {
		if !slices.Contains(partNames(), name) {
			return fmt.Errorf("there is no part %q, only %s", name, strings.Join(partNames(), ", "))
		}
	}
	defer b.closeDatabase()
	if err := b.openDatabase(ctx); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if err := b.deleteWritten(ctx); err != nil {
		return err
	}
	b.live = tiles.New(tiles.Config{Source: b.database, Logger: slog.New(slog.DiscardHandler)}) // the restarts of PostgreSQL would be logged
	following, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); b.live.Run(following) }()
	b.stopFollowing = func() { stop(); <-done }
	defer b.stopFollowing()
	for !b.live.State().Ready {
		if err := wait(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	var ok bool
	if b.v, ok = b.live.District(demo.Slug); !ok {
		return fmt.Errorf("%s has no demonstration district: add it with pinezka demo --pins N --data-dir %s", b.dir, b.dir)
	}
	if err := b.readRows(ctx); err != nil {
		return err
	}
	if err := b.createReference(ctx); err != nil {
		return fmt.Errorf("create the reference: %w", err)
	}
	if err := b.newHandler(); err != nil {
		return err
	}
	b.points = b.randomPoints(max(b.count, 1000))
	b.tiles = tilesAt(b.points[:min(b.count, len(b.points))])
	b.out.title("%d pins, %d tiles of zooms %d to %d at random pins, %d cores, %s", b.v.Len(), len(b.tiles), lowestZoom, highestZoom, runtime.NumCPU(), runtime.Version())
	go garbage.Limit(ctx) // as the program does
	for _, part := range parts() {
		if !slices.Contains(wanted, part.name) {
			continue
		}
		b.out.command = fmt.Sprintf("go run ./cmd/tilebench --data-dir DIR --tiles %d --runs %d --seconds %.0f --only %s", b.count, b.runs, b.writing.Seconds(), part.name)
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
		{"process", (*bench).process}, {"fill", (*bench).filling}, {"points", (*bench).pointTiles}, {"filters", (*bench).filteredTiles},
		{"every-pin", (*bench).everyPin}, {"hexes", (*bench).hexTiles}, {"sizes", (*bench).tileSizes}, {"numbers", (*bench).numbers},
		{"http", (*bench).loopback}, {"freshness", (*bench).freshness}, {"things", (*bench).otherTiles}, {"mixed", (*bench).mixedLoad}, {"submissions", (*bench).submissions}, {"import", (*bench).importing},
	}
}

func partNames() (names []string) {
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return names
}

// The zooms of the tiles that are measured.
const lowestZoom, highestZoom maptile.Zoom = 10, 16

// tile is a tile that is measured.
type tile struct{ maptile.Tile }

func (t tile) path(layer, query string) string {
	p := fmt.Sprintf("/tiles/%s/%s/%d/%d/%d.mvt", demo.Slug, layer, t.Z, t.X, t.Y)
	if query != "" {
		p += "?" + query
	}
	return p
}

// squareShift returns the number of bits from a place on the Z-order curve to
// the square that it is in: of 32 by 32 in a tile.
func squareShift(z maptile.Zoom) int { return 2 * (zBits - int(z) - 5) }

// tilesAt returns a tile that contains each point, with the zooms in turn.
// Since the points are those of random pins, dense tiles are more frequent, as
// they are in use.
func tilesAt(points []orb.Point) (out []tile) {
	for i, p := range points {
		out = append(out, tile{maptile.At(p, lowestZoom+maptile.Zoom(i)%(highestZoom-lowestZoom+1))})
	}
	return out
}
