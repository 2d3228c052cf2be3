package areas

import (
	"math"

	"github.com/pinezka/pinezka/analysis/rates"
)

// change states in a word how two counts differ.
type change string

// The changes. Their texts are "areas.change.<change>".
const (
	more    change = "more"    // clearly
	fewer   change = "fewer"   // clearly
	similar change = "similar" // no clear difference
	tooFew  change = "too_few" // to tell
	grouped change = "grouped" // released in groups of people and months, so not compared
)

// notCompared returns the counts of a category whose pins are only counted. They
// are published in groups of people and months, so a season may have those of
// another.
func notCompared(now, before int) comparison {
	nan := math.NaN()
	return comparison{now, before, nan, rates.Interval{Low: nan, High: nan}, grouped}
}

// leastToCompare is the least sum of two counts of which a page says how they
// differ. With fewer, even a count of 0 beside all of them would rarely be clear.
const leastToCompare = 10

// comparison compares the counts of two seasons.
type comparison struct {
	now, before int
	ratio       float64        // of the counts a day; not a number, or infinite, where there were none before
	interval    rates.Interval // of the ratio, 95 %
	change      change
}

// compare compares a count of a season of some days with that of another.
func compare(now, days, before, daysBefore int) comparison {
	c := comparison{now: now, before: before}
	c.ratio, c.interval = rates.Ratio(now, float64(days), before, float64(daysBefore))
	switch {
	case now+before < leastToCompare:
		c.change = tooFew
	case c.interval.Contains(1):
		c.change = similar
	case c.interval.Low > 1:
		c.change = more
	default:
		c.change = fewer
	}
	return c
}
