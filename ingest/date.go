package ingest

import (
	"errors"
	"fmt"
	"time"

	"github.com/pinezka/pinezka/civic"
)

var errDate = errors.New("the date is in none of the known forms; say its form with the date layout")

// dates reads days in the district's time zone.
type dates struct {
	layouts []string
	zone    *time.Location
}

// newDates tries the layout first if there is one. After it come the forms that
// mean one day only; 01/02/2006 means two, so it needs a layout.
func newDates(layout string, zone *time.Location) (dates, error) {
	d := dates{zone: zone, layouts: []string{
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
		return d, nil
	}
	want := time.Date(2031, time.December, 29, 0, 0, 0, 0, time.UTC)
	if got, err := time.Parse(layout, want.Format(layout)); err != nil || civic.DayOf(got) != civic.DayOf(want) {
		return d, fmt.Errorf("date layout %q does not hold a day, a month and a year as Go writes them: 2006 or 06, 01 or 1, 02 or 2", shorten(layout))
	}
	d.layouts = append([]string{layout}, d.layouts...)
	return d, nil
}

// day of s. A moment with its own zone is the day that it was in the district.
func (d dates) day(s string) (civic.Day, error) {
	for _, layout := range d.layouts {
		if t, err := time.ParseInLocation(layout, s, d.zone); err == nil {
			return civic.DayOf(t.In(d.zone)), nil
		}
	}
	return 0, errDate
}
