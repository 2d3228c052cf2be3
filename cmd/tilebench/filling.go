package main

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

// filling measures how long filling an index takes, from the database and from
// memory, and compares it with a bare COPY.
func (b *bench) filling(ctx context.Context) error {
	var source memorySource
	var err error
	source.changes, err = b.database.Changes(ctx, civic.Position{}, func(p civic.MapPin) { source.pins = append(source.pins, p) })
	if err != nil {
		return err
	}
	ways := []way{
		{"bare `COPY … TO STDOUT (FORMAT binary)`, discarded", func() error { return b.copyOut(ctx) }},
		{"the same, read as pins, discarded", func() error { _, err := b.database.Changes(ctx, civic.Position{}, func(civic.MapPin) {}); return err }},
		{"index from the database, until it is ready", func() error { _, err := tiles.Load(ctx, b.database); return err }},
		{"index from rows in memory, one core", func() error { _, err := tiles.Load(ctx, source); return err }},
	}
	taken, err := b.timeWays(ways, 1)
	if err != nil {
		return err
	}
	before := liveHeap()
	loaded, err := tiles.Load(ctx, source)
	if err != nil {
		return err
	}
	size := liveHeap() - before
	runtime.KeepAlive(loaded)

	n := float64(len(source.pins))
	rows := [][]string{{"filling", "time: median (of runs)", "pins a second", "relative to bare COPY"}}
	for i, way := range ways {
		median := taken[i].all().median()
		rows = append(rows, []string{way.name, taken[i].median(), fmt.Sprintf("%.2f M", n/median.Seconds()/1e6), number(over(median, taken[0].all().median())) + "×"})
	}
	b.out.subtitle("Filling the index, %d runs", b.runs)
	b.out.table(rows)
	b.out.note("The index itself takes %.1f bytes a pin; see the whole process for the rest.", float64(size)/n)
	return nil
}

// copyOut copies what the index reads of all pins.
func (b *bench) copyOut(ctx context.Context) error {
	conn, err := b.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("copy pins: %w", err)
	}
	defer conn.Release()
	_, err = conn.Conn().PgConn().CopyTo(ctx, io.Discard, `copy (
		select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id, status,
		  shown_area_id, reported_on - date '1970-01-01', publication <> 'published', visibility = 'hex'
		from pins where publication = 'published') to stdout (format binary)`)
	if err != nil {
		return fmt.Errorf("copy pins: %w", err)
	}
	return nil
}
