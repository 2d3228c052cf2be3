package civic

import (
	"fmt"
	"time"
)

// Day is a calendar day in the time zone of the district, as the number of days
// since 1970-01-01.
type Day int32

// MaxDay is the last valid day, 2149-06-06; the live index stores days in 16
// bits.
const MaxDay Day = 65535

const secondsPerDay = 24 * 60 * 60

// DayOf returns the calendar day of t in the location of t.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Time returns the beginning of the day in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String returns the day as YYYY-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText returns the same text as String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Month is a calendar month, as the number of months since January 1970.
type Month int32

// Month returns the month that contains the day.
func (d Day) Month() Month {
	t := d.Time()
	return Month((t.Year()-1970)*12 + int(t.Month()) - 1)
}

// First returns the first day of the month.
func (m Month) First() Day {
	return DayOf(time.Date(1970, time.January+time.Month(m), 1, 0, 0, 0, 0, time.UTC))
}

// Last returns the last day of the month.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// String returns the month as YYYY-MM.
func (m Month) String() string { return m.First().Time().Format("2006-01") }

// ParsePeriod reads a day, YYYY-MM-DD, or a month, YYYY-MM, and returns its
// first and its last valid day. It returns ErrInvalid for anything else, and
// when there is none.
func ParsePeriod(s string) (first, last Day, err error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		d := DayOf(t)
		return d, d, checkDay(d)
	}
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %q is not a month (YYYY-MM) or a day (YYYY-MM-DD)", ErrInvalid, s)
	}
	m := DayOf(t).Month()
	return m.First(), min(m.Last(), MaxDay), checkDay(m.First())
}

func checkDay(d Day) error {
	if d < 0 || d > MaxDay {
		return fmt.Errorf("%w: %s is outside %s to %s", ErrInvalid, d, Day(0), MaxDay)
	}
	return nil
}
