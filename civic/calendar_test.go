package civic_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

func TestDays(t *testing.T) {
	for day := civic.Day(0); day <= civic.MaxDay; day += 13 {
		if got := civic.DayOf(day.Time()); got != day {
			t.Fatalf("day %d is %d after conversion to a time and back", day, got)
		}
		if m := day.Month(); day < m.First() || day > m.Last() || m.First().Month() != m {
			t.Fatalf("%s is not in its month %s", day, m)
		}
	}
	midnight := time.Date(2026, 3, 1, 0, 30, 0, 0, time.FixedZone("east", 2*3600))
	if got := civic.DayOf(midnight).String(); got != "2026-03-01" {
		t.Errorf("00:30 on 1 March is on %s", got)
	}
	for _, s := range []string{"", "2026", "2026-13", "2026-02-30", "1969-12", "2150-01", "03-2026", "2026-3"} {
		if _, _, err := civic.ParsePeriod(s); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%q: %v, want invalid", s, err)
		}
	}
}

func ExampleParsePeriod() {
	first, last, _ := civic.ParsePeriod("2024-02")
	fmt.Println(first, last)
	// Output: 2024-02-01 2024-02-29
}
