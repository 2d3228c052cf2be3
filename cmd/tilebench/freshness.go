package main

import (
	"context"
	"sync"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// freshTitle of the pins that freshness writes.
const freshTitle = "Written by tilebench"

// freshness writes 500 pins a second and measures when each is in its tile, and
// tile latency meanwhile beside idle.
func (b *bench) freshness(ctx context.Context) error {
	const rate = 500 // pins a second
	long := b.writing
	d := b.v.District
	h := b.server.Handler()
	// The control is work of the processor alone, about as long as a tile: what
	// becomes of it is what the machine does to both.
	from, to := make([]byte, 256<<10), make([]byte, 256<<10)
	latency := func(n int) (t, control times, err error) {
		for i := range n {
			took, _, err := handle(h, b.tiles[i%len(b.tiles)].path("pins", ""))
			if err != nil {
				return nil, nil, err
			}
			t = append(t, took)
			begun := time.Now()
			for range 4 {
				copy(to, from)
			}
			control = append(control, time.Since(begun))
		}
		return t, control, nil
	}
	idle, idleControl, err := latency(400)
	if err != nil {
		return err
	}
	before := b.live.Metrics()
	number := b.v.Len()
	type write struct {
		n  int // pins in the index once this one is there
		at time.Time
	}
	writes := make(chan write, rate*int(long.Seconds())+100)
	const writers = 4
	failed := make(chan error, writers+1)
	var written sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for w := range writers {
		written.Go(func() {
			tick := time.NewTicker(time.Second * writers / time.Duration(rate))
			defer tick.Stop()
			for end := time.Now().Add(long); time.Now().Before(end); {
				<-tick.C
				pin, err := d.Accept(civic.Draft{
					Category: "greenery", Title: freshTitle, Point: orb.Point{19.96 + float64(w)*0.001, 50.04}, ReportedOn: b.lastDay(),
				})
				if err == nil {
					_, err = b.record.AddPin(ctx, &d, pin, civic.Published)
				}
				if err != nil {
					failed <- err
					return
				}
				mu.Lock()
				total++
				writes <- write{number + total, time.Now()}
				mu.Unlock()
			}
		})
	}
	var seen, busy, busyControl times
	over := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for w := range writes {
			for {
				if v, ok := b.live.District(d.Slug); ok && v.Len() >= w.n {
					break
				}
				time.Sleep(time.Millisecond)
			}
			seen = append(seen, time.Since(w.at))
		}
	})
	watch.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
			}
			t, control, err := latency(20)
			if err != nil {
				failed <- err
				return
			}
			busy, busyControl = append(busy, t...), append(busyControl, control...)
			time.Sleep(10 * time.Millisecond)
		}
	})
	written.Wait()
	close(writes)
	close(over)
	watch.Wait()
	select {
	case err := <-failed:
		return err
	default:
	}
	after := b.live.Metrics()
	b.out.title("Freshness while %d pins a second are written for %s (%d were)", rate, long, total)
	b.out.table([][]string{
		{"", "median", "p99"},
		{"from commit until the pin is in the index", round(seen.median()), round(seen.at(0.99))},
		{"tile at the handler, idle", round(idle.median()), round(idle.at(0.99))},
		{"tile at the handler, meanwhile", round(busy.median()), round(busy.at(0.99))},
		{"meanwhile beside idle", ratio(busy.median(), idle.median()), ratio(busy.at(0.99), idle.at(0.99))},
		{"the same of a control, a copy of 1 MB in memory", ratio(busyControl.median(), idleControl.median()), ratio(busyControl.at(0.99), idleControl.at(0.99))},
	})
	merges := after.Merges - before.Merges
	b.out.note("Merges of the delta meanwhile: %d, which took %s together.", merges, round(after.Merging-before.Merging))
	return nil
}
