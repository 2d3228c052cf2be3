package ingest

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

func openFile(t testing.TB, name string, opt Options) record.Reader {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	r, err := Open(name, f, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openText(t testing.TB, name, content string) record.Reader {
	t.Helper()
	r, err := Open(name, strings.NewReader(content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sequence is a reader that returns the records in order.
type sequence []record.Record

func (s *sequence) Columns() []string { return nil }

func (s *sequence) Read() (record.Record, error) {
	if len(*s) == 0 {
		return record.Record{}, io.EOF
	}
	r := (*s)[0]
	*s = (*s)[1:]
	return r, nil
}

// district returns a rectangular district with one category of needs and one of
// potentials.
func district(west, south, east, north float64) *civic.District {
	return &civic.District{
		ID: 1, Slug: "test", Name: civic.Text{"en": "Test"}, TimeZone: "Europe/Warsaw",
		Boundary: orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()},
		Categories: []civic.Category{
			{ID: 1, Slug: "waste", Kind: civic.Need, Visibility: civic.Exact, Colour: "#aa0000", Label: civic.Text{"pl": "Śmieci i czystość", "en": "Waste"}},
			{ID: 2, Slug: "green", Kind: civic.Potential, Visibility: civic.Exact, Colour: "#00aa00", Label: civic.Text{"pl": "Zieleń", "en": "Green"}},
		},
	}
}

func podgorze() *civic.District { return district(19.8, 49.9, 20.2, 50.2) }

// pinSink is a sink that keeps the pins in memory.
type pinSink struct {
	rows []int
	pins []civic.NewPin
}

func (s *pinSink) Add(_ context.Context, row int, pin civic.NewPin) error {
	s.rows, s.pins = append(s.rows, row), append(s.pins, pin)
	return nil
}

// reasons contains the number of rejections for each reason.
type reasons map[string]int

func (r reasons) add(rejection Rejection) error {
	r[rejection.Err.Error()]++
	return nil
}

// rejected is a rejection in a form that package cmp can compare.
type rejected struct {
	Row    int
	Reason string
}

// rejections are those of a run, in order.
type rejections []rejected

func (r *rejections) add(rejection Rejection) error {
	*r = append(*r, rejected{rejection.Record.Row, rejection.Err.Error()})
	return nil
}
