package civic_test

import (
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// TestYearLater checks which state an initiative had a year after it began.
func TestYearLater(t *testing.T) {
	day := func(year int, month time.Month, n int) civic.Day {
		return civic.DayOf(time.Date(year, month, n, 0, 0, 0, 0, time.UTC))
	}
	entry := func(action civic.Action, after string, on civic.Day) civic.ThreadEntry {
		return civic.ThreadEntry{ThingID: 1, HistoryEntry: civic.HistoryEntry{Action: action, After: after, At: on.Time().Add(12 * time.Hour)}}
	}
	thread := civic.Thread{
		Things: []civic.ThreadThing{{Thing: civic.Thing{ID: 1, Kind: civic.PracticumThing}}},
		Entries: []civic.ThreadEntry{
			entry(civic.Publish, "published", day(2025, 3, 1)), entry(civic.Start, "running", day(2025, 4, 1)),
			entry(civic.Complete, "done", day(2026, 2, 28)), entry(civic.Evaluate, "evaluated", day(2026, 5, 1)),
		},
	}
	for _, test := range []struct {
		begins, today civic.Day
		want          civic.State
	}{
		{0, day(2026, 2, 28), ""}, {0, day(2026, 3, 1), "done"}, {0, day(2027, 1, 1), "done"},
		{day(2025, 6, 1), day(2026, 5, 31), ""}, {day(2025, 6, 1), day(2026, 6, 1), "evaluated"}, {day(2024, 1, 1), day(2026, 6, 1), "idea"},
	} {
		got, ok := thread.YearLater(district(), 1, test.begins, test.today)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("begun on %s, seen on %s: %q, want %q", test.begins, test.today, got, test.want)
		}
	}
}
