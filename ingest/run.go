package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

// Sink stores pins. An error ends the run.
type Sink interface {
	Add(ctx context.Context, row int, pin civic.NewPin) error
}

// Config configures a run. All fields but Rejected are required.
type Config struct {
	Reader   record.Reader
	Mapping  Mapping
	District *civic.District
	Today    civic.Day // in the time zone of the district; no pin can be reported later
	Sink     Sink
	Rejected func(Rejection) error // called for each rejected record; default: none
}

// Counts are the numbers of records of a run. Read is the sum of the others,
// unless the run ended with an error.
type Counts struct {
	Read     int
	Added    int
	Rejected int
}

// Run converts all records to pins and adds them to the sink, or rejects them,
// in the order of the file. While it does so, other goroutines read and convert
// the next records.
//
// Run returns the error of an invalid mapping before it reads the first record.
// After any later error (a broken file, an error of the sink or the context, a
// column that no feature has), the sink may have received pins, so it should
// commit them only when Run has returned nil. Run no longer uses the reader when
// it returns, which may have read further.
func Run(ctx context.Context, cfg Config) (Counts, error) {
	var counts Counts
	c, err := newConverter(cfg.Mapping, cfg.District, cfg.Today, cfg.Reader.Columns())
	if err != nil {
		return counts, fmt.Errorf("mapping: %w", err)
	}
	batches, stop := startReading(cfg.Reader, c)
	defer stop()
	for {
		b := <-batches
		<-b.converted
		for i, rec := range b.records {
			if err := ctx.Err(); err != nil {
				return counts, err
			}
			counts.Read++
			if err := cfg.deliver(ctx, rec, b.pins[i], b.errs[i], &counts); err != nil {
				return counts, err
			}
		}
		switch err := ctx.Err(); {
		case err != nil:
			return counts, err
		case errors.Is(b.err, io.EOF):
			return counts, c.missing.err()
		case b.err != nil:
			return counts, fmt.Errorf("read: %w", b.err)
		}
	}
}

// startReading returns the batches of the records in order, the last of which has
// an error. As many are converted at the same time as there are CPUs, and a few
// more. The caller must call stop, which waits until all of that has ended.
func startReading(r record.Reader, c *converter) (batches <-chan *batch, stop func()) {
	out, stopped := make(chan *batch, runtime.GOMAXPROCS(0)), make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		for more := true; more; {
			b := readBatch(r)
			for _, rec := range b.records {
				c.missing.remove(rec.Columns)
			}
			running.Go(func() { b.convert(c) })
			more = b.err == nil
			select {
			case out <- b:
			case <-stopped:
				return
			}
		}
	})
	return out, func() { close(stopped); running.Wait() }
}

// deliver adds the pin of a record to the sink, or reports that it is rejected,
// and counts it.
func (cfg Config) deliver(ctx context.Context, rec record.Record, pin civic.NewPin, rejected error, counts *Counts) error {
	if rejected == nil {
		if err := cfg.Sink.Add(ctx, rec.Row, pin); err != nil {
			return fmt.Errorf("add row %d: %w", rec.Row, err)
		}
		counts.Added++
		return nil
	}
	counts.Rejected++
	if cfg.Rejected == nil {
		return nil
	}
	if err := cfg.Rejected(Rejection{rec, rejected}); err != nil {
		return fmt.Errorf("report the rejection of row %d: %w", rec.Row, err)
	}
	return nil
}
