package ingest

import (
	"errors"
	"fmt"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

var errDate = errors.New("the date has none of the known layouts; state its layout")

// dateParser parses dates and times in the time zone of a district.
type dateParser struct {
	layouts []string
	zone    *time.Location
}

// newDateParser returns a parser that tries the layout first, unless it is "",
// and then the layouts that are unambiguous; 01/02/2006 is not.
func newDateParser(layout string, zone *time.Location) (dateParser, error) {
	p := dateParser{zone: zone, layouts: []string{
		time.DateOnly,
		time.RFC3339, // also with a fraction of a second
		time.DateTime,
		"2006-01-02T15:04:05",
		"2006-01-02 15:04",
		"2.1.2006",
		"2.1.2006 15:04",
		"2.1.2006 15:04:05",
	}}
	if layout == "" {
		return p, nil
	}
	want := time.Date(2031, time.December, 29, 0, 0, 0, 0, time.UTC)
	if got, err := time.Parse(layout, want.Format(layout)); err != nil || civic.DayOf(got) != civic.DayOf(want) {
		return p, fmt.Errorf("date layout %q does not contain a day, a month and a year in the notation of Go: 2006 or 06, 01 or 1, 02 or 2", record.Shorten(layout))
	}
	p.layouts = append([]string{layout}, p.layouts...)
	return p, nil
}

// parse returns the day of s in the time zone of the district, even if s states
// a zone of its own.
func (p dateParser) parse(s string) (civic.Day, error) {
	for _, layout := range p.layouts {
		if t, err := time.ParseInLocation(layout, s, p.zone); err == nil {
			return civic.DayOf(t.In(p.zone)), nil
		}
	}
	return 0, errDate
}
