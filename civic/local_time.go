package civic

import (
	"fmt"
	"time"
)

// LocalTime is a day and a time of day by the clocks of a district, to the minute.
type LocalTime struct {
	Day    Day
	Minute int // of the day, 0 to 1439
}

// localTimeLayout is how a LocalTime is written, as in forms of HTML.
const localTimeLayout = "2006-01-02T15:04"

// ParseLocalTime reads a time such as 2026-12-05T18:00, or returns ErrInvalid.
func ParseLocalTime(s string) (LocalTime, error) {
	t, err := time.Parse(localTimeLayout, s)
	if err != nil || len(s) != len(localTimeLayout) || checkDay(DayOf(t)) != nil {
		return LocalTime{}, fmt.Errorf("%w: %q is no day and time, such as 2026-12-05T18:00", ErrInvalid, s)
	}
	return LocalTimeAt(t), nil
}

// LocalTimeOf returns what the clocks of the district show at an instant.
func (d *District) LocalTimeOf(t time.Time) LocalTime { return LocalTimeAt(t.In(d.Zone())) }

// LocalTimeAt returns what the clocks in the location of t show.
func LocalTimeAt(t time.Time) LocalTime { return LocalTime{DayOf(t), t.Hour()*60 + t.Minute()} }

// String returns the time as ParseLocalTime reads it.
func (t LocalTime) String() string { return t.floating().Format(localTimeLayout) }

// Clock returns the time of day, such as 18:00.
func (t LocalTime) Clock() string { return t.floating().Format("15:04") }

// floating returns the time as if the clocks showed UTC.
func (t LocalTime) floating() time.Time {
	return t.Day.Time().Add(time.Duration(t.Minute) * time.Minute)
}

// farthest is more than clocks anywhere differ from UTC.
const farthest = 15 * time.Hour

// In returns the instant at which the clocks of a zone show the time. Where they
// show it twice, it is the first; where they skip it, it is when they would have
// shown it by the clock before (RFC 5545, section 3.3.5).
func (t LocalTime) In(zone *time.Location) time.Time {
	floating := t.floating()
	var first time.Time
	for _, near := range []time.Duration{-farthest, farthest} {
		_, offset := floating.Add(near).In(zone).Zone()
		at := floating.Add(-time.Duration(offset) * time.Second).In(zone)
		if LocalTimeAt(at) == t && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if first.IsZero() {
		_, offset := floating.Add(-farthest).In(zone).Zone()
		return floating.Add(-time.Duration(offset) * time.Second).In(zone)
	}
	return first
}
