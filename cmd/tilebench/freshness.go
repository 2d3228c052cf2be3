package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// writtenTitle is the title of the pins that are written.
const writtenTitle = "Written by tilebench"

const (
	writers   = 4
	writeRate = 500 // pins a second, all writers together
)

// freshness adds 500 pins a second, measures when each is in the index, and
// compares the latency of tiles meanwhile with that without writes. It does so
// with PostgreSQL, the writers and the tiles on the same cores, and again with
// PostgreSQL on a core of its own.
func (b *bench) freshness(ctx context.Context) error {
	if err := b.whileWriting(ctx, "all on the same cores"); err != nil {
		return err
	}
	restore, err := b.separateCores(ctx)
	if err != nil {
		b.out.note("PostgreSQL has no core of its own: %v.", err)
		return nil
	}
	return errors.Join(b.whileWriting(ctx, "PostgreSQL on a core of its own"), restore())
}

func (b *bench) whileWriting(ctx context.Context, where string) error {
	prober, err := b.newProber(ctx)
	if err != nil {
		return err
	}
	var idle, busy latencies
	for range b.runs {
		idle.begin()
		if err := prober.measure(ctx, &idle, 200); err != nil {
			return err
		}
	}
	before := b.live.Metrics()
	spending := measureAllocation(b.live)
	writing, stop := context.WithTimeout(ctx, b.writing)
	defer stop()
	var all sync.WaitGroup
	var failed error
	all.Go(func() {
		begun := time.Now()
		for run := 0; writing.Err() == nil && failed == nil; {
			if run < b.runs && time.Since(begun) >= time.Duration(run)*b.writing/time.Duration(b.runs) {
				busy.begin()
				run++
			}
			failed = prober.measure(ctx, &busy, 20)
			time.Sleep(10 * time.Millisecond)
		}
	})
	seen, err := b.write(ctx, writing)
	stop()
	all.Wait()
	spent := spending.end()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	b.out.subtitle("Freshness while %d pins a second are written for %s (%d were): %s", writeRate, b.writing, len(seen), where)
	row := func(name string, idle, busy series) []string {
		return []string{name, idle.median(), idle.quantile(0.99), busy.median(), busy.quantile(0.99), idle.speedUp(busy, 0.5), idle.speedUp(busy, 0.99)}
	}
	b.out.table([][]string{
		{"", "idle: median (of runs)", "p99", "meanwhile: median (of runs)", "p99", "meanwhile relative to idle: median (of runs)", "p99"},
		row("tile at the handler", idle.live, busy.live),
		row("control: the same tile of an index that does not follow", idle.still, busy.still),
		row("control: a copy of 1 MB in memory", idle.copied, busy.copied),
	})
	b.out.note("Each: %d requests idle, %d meanwhile, in %d runs.", len(idle.live.all()), len(busy.live.all()), b.runs)
	b.out.note("Times of tiles of the index that follows relative to one that does not, both while pins are written: %s at the median, %s at p99.",
		busy.still.speedUp(busy.live, 0.5), busy.still.speedUp(busy.live, 0.99))
	b.out.note("From a commit until the pin is in the index: %s at the median, %s at p99.", duration(seen.median()), series{seen}.quantile(0.99))
	after := b.live.Metrics()
	b.out.note("Merges meanwhile: %d, which took %s together. Allocated: %s in each tenth of a second at the median, %s at most, %s at most in one with a merge.",
		after.Merges-before.Merges, duration(after.MergeTime-before.MergeTime), megabytes(spent.all.median()), megabytes(spent.all.at(1)), megabytes(spent.merging.at(1)))
	return nil
}

// latencies are those of tiles, and of two controls measured in turn with them:
// the same tile of an index that does not follow, and a copy in memory.
type latencies struct{ live, still, copied series }

// begin begins a run.
func (l *latencies) begin() {
	for _, s := range []*series{&l.live, &l.still, &l.copied} {
		*s = append(*s, nil)
	}
}

// prober measures tiles of an index that follows and of one that does not.
type prober struct {
	live, still http.Handler
	tiles       []tile
	next        int
	from, to    []byte
}

func (b *bench) newProber(ctx context.Context) (*prober, error) {
	loaded, err := tiles.Load(ctx, b.database)
	if err != nil {
		return nil, err
	}
	still, err := web.New(web.Config{Live: loaded, Store: b.database, TileCache: -1})
	if err != nil {
		return nil, err
	}
	return &prober{b.handler, still.Handler(), b.tiles, 0, make([]byte, 256<<10), make([]byte, 256<<10)}, nil
}

// measure measures the next n tiles, for the run that has begun last.
func (p *prober) measure(ctx context.Context, l *latencies, n int) error {
	run := len(l.live) - 1
	for range n {
		path := p.tiles[p.next%len(p.tiles)].path("pins", "")
		p.next++
		for _, side := range []struct {
			http.Handler
			series
		}{{p.live, l.live}, {p.still, l.still}} {
			took, err := timeRequest(ctx, side, path)
			if err != nil {
				return err
			}
			side.series[run] = append(side.series[run], took)
		}
		begun := time.Now()
		for range 4 {
			copy(p.to, p.from)
		}
		l.copied[run] = append(l.copied[run], time.Since(begun))
	}
	return nil
}

// write adds pins until writing ends, and returns the time from the commit of
// each until it is in the index.
func (b *bench) write(ctx, writing context.Context) (seen times, err error) {
	type written struct {
		n  int // number of pins in the index that has this one
		at time.Time
	}
	in := func() int {
		v, _ := b.live.District(demo.Slug)
		return v.Len()
	}
	all := make(chan written, 1<<20)
	n := in()
	var failed error
	go func() {
		defer close(all)
		failed = b.addPins(writing, func(time.Duration) { n++; all <- written{n, time.Now()} })
	}()
	for w := range all {
		for in() < w.n {
			if err := wait(ctx, time.Millisecond); err != nil {
				return nil, err
			}
		}
		seen = append(seen, time.Since(w.at))
	}
	return seen, failed
}

// addPins adds pins at the points of others until ctx ends, writeRate a second.
// It calls added after each commit, with the time that it took, one at a time.
func (b *bench) addPins(ctx context.Context, added func(took time.Duration)) error {
	d := b.v.District
	var mu sync.Mutex
	var group sync.WaitGroup
	failed := make([]error, writers)
	for w := range writers {
		group.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 11))
			tick := time.NewTicker(time.Second * writers / writeRate)
			defer tick.Stop()
			for ctx.Err() == nil {
				<-tick.C
				begun := time.Now()
				pin, err := d.Accept(civic.Draft{Category: "greenery", Title: writtenTitle, Point: b.points[r.IntN(len(b.points))], ReportedOn: b.lastDay()}, b.lastDay())
				if err == nil {
					_, err = b.database.AddPin(context.WithoutCancel(ctx), &d, civic.Actor{}, pin, civic.Published)
				}
				if err != nil {
					failed[w] = fmt.Errorf("write a pin: %w", err)
					return
				}
				mu.Lock()
				added(time.Since(begun))
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return errors.Join(failed...)
}
