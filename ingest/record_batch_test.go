package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

var errBroken = errors.New("broken")

// reused returns n records, every third of them without a place, and then
// errBroken. It overwrites the source of a record at the next Read, and takes
// very different times to convert.
type reused struct {
	n, row  int
	columns *record.Columns
	source  []byte
}

func (r *reused) Columns() []string { return r.columns.Names() }

func (r *reused) Read() (record.Record, error) {
	if r.row == r.n {
		return record.Record{}, errBroken
	}
	r.row++
	r.source = fmt.Appendf(r.source[:0], "%06d", r.row)
	rec := record.Record{Row: r.row, Columns: r.columns, Values: []string{"title", strings.Repeat("x ", r.row*7919%2000)}, Source: r.source}
	if r.row%3 != 0 {
		rec.Geometry = orb.Point{19.97, 50.02}
	}
	return rec, nil
}

// eventSink records what is added, and when, in relation to what is rejected.
type eventSink struct {
	events []string
	full   int // number of events after which Add returns an error
}

var errFull = errors.New("full")

func (s *eventSink) Add(_ context.Context, row int, _ civic.NewPin) error {
	if len(s.events) == s.full {
		return errFull
	}
	s.events = append(s.events, fmt.Sprintf("%06d added", row))
	return nil
}

func (s *eventSink) reject(r Rejection) error {
	s.events = append(s.events, string(r.Record.Source)+" rejected")
	return nil
}

// TestRunKeepsOrder checks that pins and rejections come in the order of the
// file, up to the row at which reading or adding fails, although other
// goroutines convert the records.
func TestRunKeepsOrder(t *testing.T) {
	const n = 20*maxBatch + 7
	for _, test := range []struct {
		full int
		want error
		read int
	}{
		{full: n + 1, want: errBroken, read: n},
		{full: 3*maxBatch + 4, want: errFull, read: 3*maxBatch + 5},
	} {
		sink := &eventSink{full: test.full}
		counts, err := Run(t.Context(), Config{
			Reader:   &reused{n: n, columns: record.NewColumns("title", "body")},
			Mapping:  Mapping{Column: map[Target]string{Title: "title", Body: "body"}, Default: map[Target]string{Category: "green", Date: "2024-03-05"}},
			District: podgorze(), Today: civic.MaxDay, Sink: sink, Rejected: sink.reject,
		})
		if !errors.Is(err, test.want) || counts.Read != test.read {
			t.Errorf("read %d, %v; want %d, %v", counts.Read, err, test.read, test.want)
		}
		if len(sink.events) != min(test.full, n) || !slices.IsSorted(sink.events) {
			t.Errorf("%d events, in order: %t", len(sink.events), slices.IsSorted(sink.events))
		}
	}
}

// TestReadBatchLimitsMemory checks that few large records are read at once.
func TestReadBatchLimitsMemory(t *testing.T) {
	large := record.Record{Values: []string{strings.Repeat("x", maxBatchSize/2)}}
	records := &sequence{large, large, large}
	var got []int
	for range 2 {
		got = append(got, len(readBatch(records).records))
	}
	if diff := cmp.Diff([]int{2, 1}, got); diff != "" {
		t.Errorf("records of the batches (-want +got):\n%s", diff)
	}
}
