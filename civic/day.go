package civic

import (
	"fmt"
	"time"
)

// Day is a calendar day, counted from 1970-01-01 = 0, without a time zone: the
// day in the district. The live index holds 0 to 65535 (to the year 2149).
type Day int32

// MaxDay is the last day that the live index can hold, 2149-06-06.
const MaxDay Day = 65535

const secondsPerDay = 24 * 60 * 60

// DayOf is the calendar day of t in t's own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String is the day as YYYY-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText is String, for JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Month is a calendar month, counted from January 1970 = 0.
type Month int32

// Month of the day.
func (d Day) Month() Month {
	t := d.Time()
	return Month((t.Year()-1970)*12 + int(t.Month()) - 1)
}

// First day of the month.
func (m Month) First() Day {
	return DayOf(time.Date(1970, time.January+time.Month(m), 1, 0, 0, 0, 0, time.UTC))
}

// Last day of the month.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// String is the month as YYYY-MM.
func (m Month) String() string { return m.First().Time().Format("2006-01") }

// ParseRange reads one end of a period: YYYY-MM-DD, or YYYY-MM for the whole
// month. It answers the first and the last day meant.
func ParseRange(s string) (first, last Day, err error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		d := DayOf(t)
		return d, d, checkDay(d)
	}
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %q is not a month (YYYY-MM) or a day (YYYY-MM-DD)", ErrInvalid, s)
	}
	m := DayOf(t).Month()
	return m.First(), m.Last(), checkDay(m.First())
}

func checkDay(d Day) error {
	if d < 0 || d > MaxDay {
		return fmt.Errorf("%w: %s is outside %s to %s", ErrInvalid, d, Day(0), MaxDay)
	}
	return nil
}
