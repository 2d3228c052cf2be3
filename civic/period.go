package civic

import "time"

// DigestHour is the hour of the day in a district at which digests are due.
const DigestHour = 7

// LastDigest returns when a digest of the cadence was last due at the time now, in
// the time zone of the district, or the zero time for Instant. It is the same all
// summer and all winter by the clock of the district. Where the clock skips the
// hour, the digest is due when the hour would have begun by the clock before, and
// where it repeats the hour, the first time.
func (d *District) LastDigest(c Cadence, now time.Time) time.Time {
	return d.lastDue(c, DigestHour, now)
}

// lastDue returns the last beginning of an hour of a day that is not after now.
func (d *District) lastDue(c Cadence, hour int, now time.Time) time.Time {
	if c != Daily && c != Weekly {
		return time.Time{}
	}
	local := now.In(d.Zone())
	year, month, day := local.Date()
	if c == Weekly {
		day -= (int(local.Weekday()) + 6) % 7 // to Monday
	}
	due := beginningOfHour(year, month, day, hour, local.Location())
	for due.After(now) {
		day--
		if c == Weekly {
			day -= 6
		}
		due = beginningOfHour(year, month, day, hour, local.Location())
	}
	return due
}

// beginningOfHour returns when the clock first shows the hour. Where it skips it,
// that is when it would have begun by the clock before.
func beginningOfHour(year int, month time.Month, day, hour int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, hour, 0, 0, 0, zone)
	if before := t.Add(-time.Hour); before.Hour() == t.Hour() {
		return before
	}
	return t
}
