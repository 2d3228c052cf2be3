package ingest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

var (
	errDate      = errors.New("the date has none of the known layouts; state its layout")
	errDayMonth  = errors.New("the day or the month of the date could come first; state its layout")
	errZeroDate  = errors.New("the date is 1970-01-01, which programs write where there is none")
	errNoSuchDay = errors.New("the calendar has no such day or time")
)

// dateParser parses dates and times in the time zone of a district.
type dateParser struct {
	layout    string // "" for none
	hasOffset bool   // whether times in the layout state their offset from UTC
	zone      *time.Location
}

// newDateParser returns a parser that tries the layout first, unless it is "",
// and then the notations that mean one day only; 01/02/2006 does not.
func newDateParser(layout string, zone *time.Location) (dateParser, error) {
	p := dateParser{layout: layout, zone: zone}
	if layout == "" {
		return p, nil
	}
	want := time.Date(2031, time.December, 29, 0, 0, 0, 0, time.UTC)
	got, err := time.Parse(layout, want.Format(layout))
	if err != nil || civic.DayOf(got) != civic.DayOf(want) {
		return p, fmt.Errorf("date layout %q does not contain a day, a month and a year in the notation of Go: 2006 or 06, 01 or 1, 02 or 2", record.Shorten(layout))
	}
	elsewhere, err := time.ParseInLocation(layout, want.Format(layout), time.FixedZone("", 3600))
	p.hasOffset = err == nil && elsewhere.Equal(got)
	return p, nil
}

// parse returns the day of s: that of the calendar in the time zone of the
// district if s states its offset from UTC, else the day that s names.
func (p dateParser) parse(s string) (civic.Day, error) {
	t, hasOffset, err := p.time(s)
	if err != nil {
		return 0, err
	}
	zero := hasOffset && t.Unix() == 0
	if hasOffset {
		t = t.In(p.zone)
	}
	day := civic.DayOf(t)
	if zero || day == 0 {
		return 0, errZeroDate
	}
	return day, nil
}

func (p dateParser) time(s string) (t time.Time, hasOffset bool, err error) {
	if p.layout != "" {
		zone := time.UTC
		if p.hasOffset {
			zone = p.zone // which knows names such as CEST
		}
		if t, err := time.ParseInLocation(p.layout, s, zone); err == nil {
			return t, p.hasOffset, nil
		}
	}
	return parseTime(strings.Join(strings.Fields(s), " "))
}
