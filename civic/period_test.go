package civic

import (
	"testing"
	"time"
)

// TestDueByTheClock checks the last due time through the changes of the clock in
// Warsaw: on 29 March 2026 it skips from 2:00 to 3:00, on 25 October it goes back
// from 3:00 to 2:00.
func TestDueByTheClock(t *testing.T) {
	d := District{TimeZone: "Europe/Warsaw"}
	for name, test := range map[string]struct {
		cadence Cadence
		hour    int
		now     string
		want    string
	}{
		"winter":                   {Daily, 7, "2026-01-15T06:00:00Z", "2026-01-15T07:00:00+01:00"},
		"a second before":          {Daily, 7, "2026-01-15T05:59:59Z", "2026-01-14T07:00:00+01:00"},
		"summer":                   {Daily, 7, "2026-07-15T05:00:00Z", "2026-07-15T07:00:00+02:00"},
		"the day of the change":    {Daily, 7, "2026-03-29T05:00:00Z", "2026-03-29T07:00:00+02:00"},
		"skipped hour":             {Daily, 2, "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"},
		"before the skipped hour":  {Daily, 2, "2026-03-29T00:59:59Z", "2026-03-28T02:00:00+01:00"},
		"repeated hour":            {Daily, 2, "2026-10-25T00:00:00Z", "2026-10-25T02:00:00+02:00"},
		"repeated hour, once more": {Daily, 2, "2026-10-25T01:30:00Z", "2026-10-25T02:00:00+02:00"},
		"after an outage of days":  {Daily, 7, "2026-01-20T12:00:00Z", "2026-01-20T07:00:00+01:00"},
		"Monday":                   {Weekly, 7, "2026-11-23T06:00:00Z", "2026-11-23T07:00:00+01:00"},
		"Monday before the hour":   {Weekly, 7, "2026-11-29T23:30:00Z", "2026-11-23T07:00:00+01:00"},
		"instant":                  {Instant, 7, "2026-11-29T12:00:00Z", ""},
	} {
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		got := d.lastDue(test.cadence, test.hour, now)
		want, _ := time.Parse(time.RFC3339, test.want)
		if !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
	if d.LastDigest(Daily, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)).Hour() != DigestHour {
		t.Error("a digest is due at another hour")
	}
}

func TestCadenceNames(t *testing.T) {
	for _, c := range []Cadence{Instant, Daily, Weekly} {
		if again, err := ParseCadence(c.String()); err != nil || again != c {
			t.Errorf("%s: %v, %v", c, again, err)
		}
	}
}
