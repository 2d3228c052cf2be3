package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"

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
// in the order of the file.
//
// Run returns the error of an invalid mapping before it reads the first record.
// After any later error (a broken file, an error of the sink or the context, a
// column that no feature has), the sink may have received pins, so it should
// commit them only when Run has returned nil.
func Run(ctx context.Context, cfg Config) (Counts, error) {
	var counts Counts
	c, err := newConverter(cfg.Mapping, cfg.District, cfg.Today, cfg.Reader.Columns())
	if err != nil {
		return counts, fmt.Errorf("mapping: %w", err)
	}
	for {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		rec, err := cfg.Reader.Read()
		if errors.Is(err, io.EOF) {
			return counts, c.missing.err()
		}
		if err != nil {
			return counts, fmt.Errorf("read: %w", err)
		}
		counts.Read++
		c.missing.remove(rec.Columns)
		pin, err := c.pin(rec)
		if err == nil {
			if err := cfg.Sink.Add(ctx, rec.Row, pin); err != nil {
				return counts, fmt.Errorf("add row %d: %w", rec.Row, err)
			}
			counts.Added++
			continue
		}
		counts.Rejected++
		if cfg.Rejected == nil {
			continue
		}
		if err := cfg.Rejected(Rejection{rec, err}); err != nil {
			return counts, fmt.Errorf("report the rejection of row %d: %w", rec.Row, err)
		}
	}
}
