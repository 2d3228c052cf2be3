package ical

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"
)

// timezone returns the rules of the clocks of a zone over a time: what they show at its
// beginning, and each change until its end. Readers take these, rather than what they
// know of a name (RFC 5545, section 3.6.5).
func timezone(zone *time.Location, first, last time.Time) *ics.VTimezone {
	out := ics.NewTimezone(zone.String())
	at := first.In(zone)
	begun, ends := at.ZoneBounds()
	if begun.IsZero() || begun.Before(at.AddDate(-1, 0, 0)) {
		begun = at.AddDate(-1, 0, 0)
	}
	from := offsetOf(begun.Add(-time.Second))
	addObservance(out, begun, from)
	for !ends.IsZero() && !ends.After(last) {
		from := offsetOf(ends.Add(-time.Second))
		addObservance(out, ends, from)
		_, ends = ends.In(zone).ZoneBounds()
	}
	return out
}

func offsetOf(t time.Time) int { _, offset := t.Zone(); return offset }

// addObservance adds that the clocks are set at an instant, before which they were some
// seconds ahead of UTC.
func addObservance(zone *ics.VTimezone, at time.Time, from int) {
	name, to := at.Zone()
	properties := func(base *ics.ComponentBase) {
		base.SetProperty(ics.ComponentPropertyDtStart, at.In(time.FixedZone("", from)).Format(floating))
		base.SetProperty("TZOFFSETFROM", offset(from))
		base.SetProperty("TZOFFSETTO", offset(to))
		base.SetProperty("TZNAME", name)
	}
	if at.IsDST() {
		daylight := &ics.Daylight{}
		properties(&daylight.ComponentBase)
		zone.Components = append(zone.Components, daylight)
		return
	}
	standard := ics.NewStandard()
	properties(&standard.ComponentBase)
	zone.Components = append(zone.Components, standard)
}

// offset returns seconds ahead of UTC as "+0200".
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
}
