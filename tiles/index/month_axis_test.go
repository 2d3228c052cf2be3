package index

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// monthsWith returns consecutive months with numbers of needs, by month.
func monthsWith(pins map[civic.Month]int) (months []MonthCounts) {
	keys := slices.Sorted(maps.Keys(pins))
	for m := keys[0]; m <= keys[len(keys)-1]; m++ {
		months = append(months, MonthCounts{m, civic.Counts{Need: pins[m]}})
	}
	return months
}

func TestMonthAxis(t *testing.T) {
	month := func(year, month int) civic.Month { return civic.Month((year-1970)*12 + month - 1) }
	epoch, typingError := month(1970, 1), month(2149, 6)
	steady := func(from, to civic.Month, n int) map[civic.Month]int {
		pins := map[civic.Month]int{}
		for m := from; m <= to; m++ {
			pins[m] = n
		}
		return pins
	}
	with := func(pins map[civic.Month]int, more ...civic.Month) map[civic.Month]int {
		for _, m := range more {
			pins[m]++
		}
		return pins
	}
	for name, c := range map[string]struct {
		pins           map[civic.Month]int
		first, last    civic.Month
		earlier, later int
	}{
		// Case http-one-bad-date-makes-2154-months.
		"a dozen and two wrong dates": {with(steady(month(2025, 1), month(2025, 12), 1), epoch, typingError), month(2025, 1), month(2025, 12), 1, 1},
		"two wrong dates at one end":  {with(steady(month(2025, 1), month(2025, 12), 1), epoch, epoch), month(2025, 1), month(2025, 12), 2, 0},
		"one month":                   {with(map[civic.Month]int{month(2025, 3): 20}, epoch), month(2025, 3), month(2025, 3), 1, 0},
		"many with many wrong dates":  {with(steady(month(2020, 1), month(2025, 12), 100), epoch, epoch, epoch, month(1999, 9), typingError), month(2020, 1), month(2025, 12), 4, 1},
		"no wrong date":               {steady(month(2020, 1), month(2025, 12), 1), month(2020, 1), month(2025, 12), 0, 0},
		"one old pin":                 {with(steady(month(2024, 1), month(2025, 12), 5), month(2009, 5)), month(2009, 5), month(2025, 12), 0, 0},
		"decades":                     {steady(month(1980, 1), month(2025, 12), 1), month(1980, 1), month(2025, 12), 0, 0},
		"decades and a wrong date":    {with(steady(month(1980, 1), month(2025, 12), 1), typingError), month(1980, 1), month(2025, 12), 0, 1},
		"a long beginning":            {with(steady(month(2018, 1), month(2025, 12), 50), month(2001, 1), month(2006, 1), month(2012, 1)), month(2012, 1), month(2025, 12), 2, 0},
		"a tenth are wrong":           {with(steady(month(2025, 1), month(2025, 10), 9), slices.Repeat([]civic.Month{epoch}, 10)...), epoch, month(2025, 10), 0, 0},
		"three pins":                  {with(map[civic.Month]int{}, epoch, month(2025, 1), month(2025, 2)), epoch, month(2025, 2), 0, 0},
		"one pin":                     {with(map[civic.Month]int{}, typingError), typingError, typingError, 0, 0},
	} {
		axis, earlier, later := monthAxis(monthsWith(c.pins))
		if first, last := axis[0].Month, axis[len(axis)-1].Month; first != c.first || last != c.last || earlier.Total() != c.earlier || later.Total() != c.later {
			t.Errorf("%s: %s to %s, %d earlier and %d later; want %s to %s, %d and %d", name, first, last, earlier.Total(), later.Total(), c.first, c.last, c.earlier, c.later)
		}
	}
	if axis, _, _ := monthAxis(nil); len(axis) > 0 {
		t.Errorf("an axis without pins has %d months", len(axis))
	}
}

// TestMonthAxisLosesNothing checks with random months that the axis and the
// counts outside it add up, and that few pins are outside.
func TestMonthAxisLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 54))
	for range 5000 {
		pins, total := map[civic.Month]int{}, 0
		for range 1 + r.IntN(60) {
			m := civic.Month(r.IntN(2154))
			if r.IntN(3) > 0 {
				m = civic.Month(660 + r.IntN(1+r.IntN(200)))
			}
			n := 1 + r.IntN(1+r.IntN(100))
			pins[m], total = pins[m]+n, total+n
		}
		axis, earlier, later := monthAxis(monthsWith(pins))
		if n := sumOf(axis).Total() + earlier.Total() + later.Total(); n != total {
			t.Fatalf("%v: %d pins, want %d", pins, n, total)
		}
		if most := max(2, total/100); earlier.Total() > most || later.Total() > most || axis[0].Total() == 0 || axis[len(axis)-1].Total() == 0 {
			t.Fatalf("%v: %d to %d, %d earlier, %d later", pins, axis[0].Month, axis[len(axis)-1].Month, earlier.Total(), later.Total())
		}
	}
}
