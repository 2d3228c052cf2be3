package serve

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/pinezka/pinezka/civic"
)

const (
	maxMonths     = 12
	earliestMonth = civic.Month(24) // that a period may end with: one can be compared with the year before, which begins in 1970
)

// ParseMonths returns the first and the last month of a period of whole months that have
// ended, which the parameters month, its last, and months, its length, choose: by default
// the usual number of months up to last.
func ParseMonths(q url.Values, last civic.Month, usual int) (from, to civic.Month, err error) {
	months := usual
	if q.Has("months") {
		if months, err = strconv.Atoi(q.Get("months")); err != nil || months < 1 || months > maxMonths {
			return 0, 0, BadParameter("months", fmt.Sprintf("must be a whole number from 1 to %d", maxMonths))
		}
	}
	to = last
	if q.Has("month") {
		first, end, err := civic.ParsePeriod(q.Get("month"))
		to = first.Month()
		if err != nil || first == end || to < earliestMonth || to > last {
			return 0, 0, BadParameter("month", fmt.Sprintf("must be a month that has ended, from %s to %s", earliestMonth, last))
		}
	}
	return to - civic.Month(months) + 1, to, nil
}
