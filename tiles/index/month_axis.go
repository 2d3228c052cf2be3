package index

import "github.com/pinezka/pinezka/civic"

// Limits of an axis of time, in months.
const (
	legibleAxis   = 20 * 12 // an axis of up to that length shows all pins
	outlierMargin = 5 * 12  // an outlier is further than that from the other pins
)

// monthAxis returns the part of consecutive months that an axis of time shows,
// which has pins in its first and its last month, and the counts of the months
// before and after it.
//
// One wrong date, such as the beginning of the epoch or a mistyped year, would
// otherwise stretch the axis over two centuries, in which the bars of all other
// pins are thinner than a pixel. So a longer axis than a legible one leaves out
// outliers at both ends: at most a hundredth of the pins, or two of a few, that
// are further from the others than those are from each other, and further than
// the margin.
//
//	│▁                    ▂▅▇▆█▃                    ▁│
//	 earlier  │   span  │  span  │   span  │    later
//	          └──── the axis is within ────┘
//
// Old pins of a district that has collected them for decades are therefore not
// outliers, and where more dates are wrong than a hundredth, nothing is hidden.
func monthAxis(months []MonthCounts) (axis []MonthCounts, earlier, later civic.Counts) {
	if len(months) <= legibleAxis {
		return months, earlier, later
	}
	total := 0
	for i := range months {
		total += months[i].Total()
	}
	outliers := max(total/100, min(2, total/4)) // at each end
	first, last := 0, len(months)-1
	for n := months[first].Total(); n <= outliers; n += months[first].Total() {
		first++
	}
	for n := months[last].Total(); n <= outliers; n += months[last].Total() {
		last--
	}
	margin := max(outlierMargin, last-first+1)
	from, to := max(0, first-margin), min(len(months), last+1+margin)
	for months[from].Total() == 0 {
		from++
	}
	for months[to-1].Total() == 0 {
		to--
	}
	return months[from:to], sumOf(months[:from]), sumOf(months[to:])
}

func sumOf(months []MonthCounts) (sum civic.Counts) {
	for _, m := range months {
		sum = sum.Plus(m.Counts)
	}
	return sum
}
