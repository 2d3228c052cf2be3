package civic_test

import (
	"errors"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

func TestLocalTime(t *testing.T) {
	for _, c := range []struct{ zone, local, want string }{
		{"Europe/Warsaw", "2026-07-01T18:00", "2026-07-01T16:00:00Z"},
		{"Europe/Warsaw", "2026-12-01T18:00", "2026-12-01T17:00:00Z"},
		{"Europe/Warsaw", "2026-10-25T02:30", "2026-10-25T00:30:00Z"}, // twice: the first
		{"Europe/Warsaw", "2026-03-29T02:30", "2026-03-29T01:30:00Z"}, // skipped: 3:30 in summer time
		{"Europe/Warsaw", "2026-03-29T03:00", "2026-03-29T01:00:00Z"},
		{"America/St_Johns", "2026-11-01T01:30", "2026-11-01T04:00:00Z"},
		{"Pacific/Auckland", "2026-04-05T02:30", "2026-04-04T13:30:00Z"},
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"}, // half an hour
		{"Pacific/Kiritimati", "2026-01-01T00:00", "2025-12-31T10:00:00Z"},
		{"UTC", "2026-01-01T00:00", "2026-01-01T00:00:00Z"},
	} {
		local, err := civic.ParseLocalTime(c.local)
		if err != nil {
			t.Fatal(err)
		}
		d := civic.District{TimeZone: c.zone}
		at := local.In(d.Zone())
		if got := at.UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s is %s, not %s", c.local, c.zone, got, c.want)
		}
		if back := d.LocalTimeOf(at); local.String() != c.local || c.local != "2026-03-29T02:30" && back != local {
			t.Errorf("%s in %s is %s again", c.local, c.zone, back)
		}
	}
	for _, s := range []string{"", "2026-12-05", "2026-12-05 18:00", "2026-12-05T18:00:00", "2026-13-05T18:00", "2026-12-05T24:00", "1969-12-31T23:00", "2200-01-01T00:00", "2026-12-05T8:00"} {
		if got, err := civic.ParseLocalTime(s); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
}

func TestLocalTimeEveryHour(t *testing.T) {
	d := civic.District{TimeZone: "Europe/Warsaw"}
	for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() == 2026; at = at.Add(30 * time.Minute) {
		got := d.LocalTimeOf(at).In(d.Zone())
		if !got.Equal(at) && !got.Equal(at.Add(-time.Hour)) { // the hour that comes twice
			t.Fatalf("%s is %s again", at, got)
		}
	}
}
