package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Sink keeps pins. Its errors stop the run.
type Sink interface {
	Add(ctx context.Context, row int, pin civic.NewPin) error
}

// Counts of a run: Read is the sum of the others unless it stopped early.
type Counts struct {
	Read     int
	Added    int
	Rejected int
}

const progressEvery = 1000

// Run takes every record of r to sink or to rejected, in order. progress is
// called every 1,000 records and at the end; it and rejected may be nil.
//
// A mapping that cannot work stops the run before the first record. An error
// afterwards (a broken file, the sink's, the context's, a column that no
// feature had) leaves pins behind in sink, so a sink should keep them for good
// only when Run has returned nil.
func Run(ctx context.Context, r Reader, m Mapping, d *civic.District, sink Sink, rejected func(Rejection) error, progress func(read int)) (Counts, error) {
	var counts Counts
	p, err := m.compile(d, r.Fields())
	if err != nil {
		return counts, fmt.Errorf("mapping: %w", err)
	}
	unseen := newUnseen(p, r)
	if progress == nil {
		progress = func(int) {}
	}
	for {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			progress(counts.Read)
			return counts, unseen.err()
		}
		if err != nil {
			return counts, fmt.Errorf("read: %w", err)
		}
		counts.Read++
		unseen.see(record.Columns)
		pin, reason := p.accept(record)
		if reason == "" {
			if err := sink.Add(ctx, record.Row, pin); err != nil {
				return counts, fmt.Errorf("add row %d: %w", record.Row, err)
			}
			counts.Added++
		} else {
			counts.Rejected++
			if rejected != nil {
				if err := rejected(Rejection{record.Row, safeID(p.id(record)), reason}); err != nil {
					return counts, fmt.Errorf("report the rejection of row %d: %w", record.Row, err)
				}
			}
		}
		if counts.Read%progressEvery == 0 {
			progress(counts.Read)
		}
	}
}

// accept the record, or say in one sentence why not.
func (p *plan) accept(r Record) (pin civic.NewPin, reason string) {
	if r.Err != nil {
		return civic.NewPin{}, r.Err.Error()
	}
	draft, faults := p.draft(r)
	pin, err := p.district.Accept(draft)
	var more civic.Faults
	if err != nil && !errors.As(err, &more) {
		return civic.NewPin{}, "the pin cannot be accepted"
	}
	for _, f := range more {
		if slices.ContainsFunc(faults, func(known civic.Fault) bool { return known.Field == f.Field }) {
			continue // it follows from what is known to be wrong
		}
		if f.Field == "place" && p.exchanged(draft.Point) {
			f.Detail += " (are latitude and longitude exchanged?)"
		}
		faults = append(faults, f)
	}
	if len(faults) > 0 {
		return civic.NewPin{}, faults.Error()
	}
	return pin, ""
}

func (p *plan) exchanged(at orb.Point) bool {
	swapped := orb.Point{at[1], at[0]}
	return geo.Valid(swapped) && geo.Contains(p.district.Boundary, swapped)
}

// unseen are the mapped columns that no record has had so far, for readers that
// cannot state their fields.
type unseen struct {
	missing map[string]bool
	present []string
	last    *Columns
}

func newUnseen(p *plan, r Reader) *unseen {
	u := &unseen{missing: map[string]bool{}}
	if r.Fields() == nil {
		for _, name := range p.columns() {
			u.missing[name] = true
		}
	}
	return u
}

func (u *unseen) see(c *Columns) {
	if len(u.missing) == 0 || c == nil || c == u.last {
		return
	}
	u.last = c
	for _, name := range c.names {
		delete(u.missing, name)
		if len(u.present) <= maxListed && !slices.Contains(u.present, name) {
			u.present = append(u.present, name)
		}
	}
}

func (u *unseen) err() error {
	if u.last == nil || len(u.missing) == 0 {
		return nil
	}
	var errs []string
	for name := range u.missing {
		errs = append(errs, unknown("column", name, u.present).Error())
	}
	slices.Sort(errs)
	return fmt.Errorf("mapping: no record has it: %s", strings.Join(errs, "; "))
}
