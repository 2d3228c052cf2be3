package areas

import (
	"math"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
)

// grouped is the verdict on pins that are published in groups of people and months.
// The text of a verdict is "area.change.<verdict>".
const grouped rates.Verdict = "grouped"

// comparison compares the counts of two seasons.
type comparison struct {
	rates.Comparison // of the counts a day

	now, before int
	hexOnly     *civic.HexOnlyCount // of pins that are only counted: what is published of them now; nil if unknown
}

// compare compares a count of a season of some days with that of another.
func compare(now, days, before, daysBefore int) comparison {
	return comparison{rates.Compare(now, float64(days), before, float64(daysBefore)), now, before, nil}
}

// notCompared returns the counts of a category whose pins are only counted. They
// are published in groups of people and months, so a season may have those of
// another.
func notCompared(now, before int, published *civic.HexOnlyCount) comparison {
	nan := math.NaN()
	return comparison{rates.Comparison{Ratio: nan, Interval: rates.Interval{Low: nan, High: nan}, Verdict: grouped}, now, before, published}
}
