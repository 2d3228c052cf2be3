package civic_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// exchange returns an ask or an offer of a room, without what is not given.
func exchange(change func(*civic.Exchange)) civic.Exchange {
	e := civic.Exchange{What: "room"}
	if change != nil {
		change(&e)
	}
	return e
}

// at returns a place that is so many metres north of another one.
func at(metres float64) *orb.Point { return &orb.Point{19.95, 50.05 + metres/111_195} }

func TestMatchOf(t *testing.T) {
	t.Parallel()
	during := func(from, until civic.Day) func(*civic.Exchange) {
		return func(e *civic.Exchange) { e.From, e.Until = from, until }
	}
	place := func(metres float64) func(*civic.Exchange) {
		return func(e *civic.Exchange) { e.Place = at(metres) }
	}
	categories := func(what string, ids ...int32) func(*civic.Exchange) {
		return func(e *civic.Exchange) { e.What, e.CategoryIDs = what, ids }
	}
	for _, test := range []struct {
		name       string
		ask, offer func(*civic.Exchange)
		score      float64 // 0 for no match
	}{
		{"nothing is known", nil, nil, 0.6},
		{"something else is offered", nil, categories("tool"), 0},
		{"at the same place", place(0), place(0), 0.85},
		{"half as far as it may be", place(0), place(1500), 0.6},
		{"too far", place(0), place(3100), 0},
		{"one place is unknown", place(0), nil, 0.6},
		{"all categories", categories("room", 1, 2), categories("room", 1, 2, 3), 0.75},
		{"one of two categories", categories("room", 1, 2), categories("room", 2), 0.6},
		{"no category in common", categories("room", 1), categories("room", 2), 0.45},
		{"anything else without a category", categories("other", 1), categories("other", 2), 0},
		{"anything else with a category", categories("other", 1), categories("other", 1), 0.75},
		{"all days", during(10, 13), during(1, 0), 0.6},
		{"half of the days", during(10, 13), during(12, 20), 0.5},
		{"the last day", during(10, 10), during(0, 10), 0.6},
		{"the day after", during(11, 12), during(5, 10), 0},
		{"before", during(1, 4), during(5, 10), 0},
		{"from a day on", during(5, 0), during(0, 5), 0.6},
	} {
		m, ok := civic.MatchOf(exchange(test.ask), exchange(test.offer))
		if ok != (test.score > 0) || ok && math.Abs(m.Score-test.score) > 0.001 {
			t.Errorf("%s: %v with the score %g, want %g", test.name, ok, m.Score, test.score)
		}
	}
}
