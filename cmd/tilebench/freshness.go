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
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// freshTitle is the title of the pins that freshness writes.
const freshTitle = "Written by tilebench"

const (
	writers = 4
	rate    = 500 // pins a second, all writers together
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
	if err := prober.measure(&idle, 10*len(b.tiles)); err != nil {
		return err
	}
	before := b.live.Metrics()
	spending := measureAllocation(b.live)
	writing, stop := context.WithTimeout(ctx, b.writing)
	defer stop()
	var all sync.WaitGroup
	var failed error
	all.Go(func() {
		for writing.Err() == nil && failed == nil {
			failed = prober.measure(&busy, 20)
			time.Sleep(10 * time.Millisecond)
		}
	})
	seen, err := b.write(writing)
	stop()
	all.Wait()
	spent := spending.end()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	b.out.subtitle("Freshness while %d pins a second are written for %s (%d were): %s", rate, b.writing, len(seen), where)
	row := func(name string, idle, busy times) []string {
		return []string{name, round(idle.median()), round(idle.at(0.99)), round(busy.median()), round(busy.at(0.99)), ratio(busy.median(), idle.median()), ratio(busy.at(0.99), idle.at(0.99))}
	}
	b.out.table([][]string{
		{"", "idle: median", "p99", "meanwhile: median", "p99", "relative to idle: median", "p99"},
		row("tile at the handler", idle.live, busy.live),
		row("control: the same tile of an index that does not follow", idle.still, busy.still),
		row("control: a copy of 1 MB in memory", idle.copied, busy.copied),
	})
	b.out.note("Times of tiles of the index that follows relative to one that does not, both while pins are written: %s at the median, %s at p99.",
		ratio(busy.live.median(), busy.still.median()), ratio(busy.live.at(0.99), busy.still.at(0.99)))
	b.out.note("From a commit until the pin is in the index: %s at the median, %s at p99.", round(seen.median()), round(seen.at(0.99)))
	after := b.live.Metrics()
	b.out.note("Merges meanwhile: %d, which took %s together. Allocated: %s in each tenth of a second at the median, %s at most, %s at most in one with a merge.",
		after.Merges-before.Merges, round(after.MergeTime-before.MergeTime), megabytes(spent.all.median()), megabytes(spent.all.at(1)), megabytes(spent.merging.at(1)))
	return nil
}

// latencies are those of tiles, and of two controls measured in turn with them:
// the same tile of an index that does not follow, and a copy in memory.
type latencies struct{ live, still, copied times }

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
	return &prober{b.server.Handler(), still.Handler(), b.tiles, 0, make([]byte, 256<<10), make([]byte, 256<<10)}, nil
}

// measure measures the next n tiles.
func (p *prober) measure(l *latencies, n int) error {
	for range n {
		path := p.tiles[p.next%len(p.tiles)].path("pins", "")
		p.next++
		for _, side := range []struct {
			http.Handler
			took *times
		}{{p.live, &l.live}, {p.still, &l.still}} {
			took, _, err := handle(side, path)
			if err != nil {
				return err
			}
			*side.took = append(*side.took, took)
		}
		begun := time.Now()
		for range 4 {
			copy(p.to, p.from)
		}
		l.copied = append(l.copied, time.Since(begun))
	}
	return nil
}

// write adds pins at the points of others until ctx ends, and returns the time
// from the commit of each until it is in the index.
func (b *bench) write(ctx context.Context) (seen times, err error) {
	d := b.v.District
	type written struct {
		n  int // number of pins in the index that has this one
		at time.Time
	}
	in := func() int {
		v, _ := b.live.District(d.Slug)
		return v.Len()
	}
	all := make(chan written, rate*int(b.writing.Seconds()+1)+writers)
	number, total := in(), 0
	failed := make([]error, writers)
	var mu sync.Mutex
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 11))
			tick := time.NewTicker(time.Second * writers / rate)
			defer tick.Stop()
			for ctx.Err() == nil {
				<-tick.C
				pin, err := d.Accept(civic.Draft{Category: "greenery", Title: freshTitle, Point: b.points[r.IntN(len(b.points))], ReportedOn: b.lastDay()})
				if err == nil {
					_, err = b.database.AddPin(context.WithoutCancel(ctx), &d, pin, civic.Published)
				}
				if err != nil {
					failed[w] = fmt.Errorf("write a pin: %w", err)
					return
				}
				mu.Lock()
				total++
				all <- written{number + total, time.Now()}
				mu.Unlock()
			}
		})
	}
	go func() { group.Wait(); close(all) }()
	for w := range all {
		for in() < w.n {
			time.Sleep(time.Millisecond)
		}
		seen = append(seen, time.Since(w.at))
	}
	return seen, errors.Join(failed...)
}
