package compare

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// maxAreas is the number of areas that are compared at most.
const maxAreas = 4

// dimension is what the sides of a comparison are.
type dimension string

// The dimensions.
const (
	byArea     dimension = "area"
	byCategory dimension = "category"
	byPeriod   dimension = "period"
	byNothing  dimension = "nothing" // there is one side, in one period
)

// question is what is compared.
type question struct {
	filter  civic.Filter // of what is counted, without a period
	periods []period     // one, or two in the order of their beginnings
	split   civic.Day    // the day on which the second period begins, and before which the first ends; 0 if the periods were chosen one by one
}

// period is a period and the part of it that has passed.
type period struct {
	civic.Filter           // From and Until alone
	first, end   civic.Day // the days that count: end is after the last, and not after today; equal if there are none
}

// days returns the number of days that have passed.
func (p period) days() int { return int(p.end - p.first) }

// ended reports whether the whole period has passed.
func (p period) ended() bool { return p.Until > 0 && p.end == p.Until }

// months returns the number of months if the days that count are whole months, or
// else 0.
func (p period) months() int {
	if p.first != p.first.Month().First() || p.end != p.end.Month().First() {
		return 0
	}
	return int(p.end.Month() - p.first.Month())
}

// by returns the dimension of the sides.
func (q *question) by() dimension {
	switch {
	case len(q.filter.Areas) > 1:
		return byArea
	case len(q.filter.Categories) == 2:
		return byCategory
	case len(q.periods) == 2:
		return byPeriod
	}
	return byNothing
}

// during returns the filter of what is counted in a period.
func (q *question) during(p period) civic.Filter {
	f := q.filter
	f.From, f.Until = p.From, p.Until
	return f
}

// equalSpans reports whether the periods are equally long: so many whole months,
// or else so many days.
func (q *question) equalSpans() bool {
	if len(q.periods) < 2 {
		return true
	}
	a, b := q.periods[0], q.periods[1]
	return a.days() == b.days() || a.months() > 0 && a.months() == b.months()
}

// overlap reports whether a day is in both periods.
func (q *question) overlap() bool {
	return len(q.periods) == 2 && q.periods[1].first < q.periods[0].end
}

// otherSeason reports whether the periods are whole months, but not the same
// months of the year.
func (q *question) otherSeason() bool {
	if len(q.periods) < 2 || q.periods[0].months() == 0 || q.periods[1].months() == 0 {
		return false
	}
	a, b := q.periods[0], q.periods[1]
	return (b.first.Month()-a.first.Month())%12 != 0 && (a.months() < 12 || b.months() < 12)
}

// parse reads a question from the parameters. opened is the day of the first
// pin, with which a period without a first day begins. The problem that it
// returns names the parameter at fault.
func parse(values url.Values, d *civic.District, today, opened civic.Day) (*question, error) {
	f, err := serve.ParseFilter(serve.Pick(values, "area", "kind", "category", "from", "to"), d)
	if err != nil {
		return nil, err
	}
	if len(f.Areas) > maxAreas {
		return nil, serve.BadParameter("area", fmt.Sprintf("at most %d areas can be compared", maxAreas))
	}
	q := &question{filter: f}
	q.filter.From, q.filter.Until = 0, 0
	second, err := d.ParseFilter(url.Values{"from": values["from2"], "to": values["to2"]})
	var faults civic.Faults
	if errors.As(err, &faults) {
		return nil, serve.BadParameter(faults[0].Field+"2", faults[0].Detail)
	}
	if err != nil {
		return nil, err
	}
	add := func(from, until civic.Day) {
		p := period{Filter: civic.Filter{From: from, Until: until}, first: from, end: today + 1}
		if from == 0 {
			p.first = opened
		}
		if until > 0 {
			p.first, p.end = min(p.first, until), min(p.end, until)
		}
		p.end = max(p.first, p.end)
		q.periods = append(q.periods, p)
	}
	switch {
	case values.Get("split") != "":
		before, after, err := parseSplit(values.Get("split"), f, second, today)
		if err != nil {
			return nil, err
		}
		q.split = after.From
		add(before.From, before.Until)
		add(after.From, after.Until)
	case second.From > 0 || second.Until > 0:
		if second.From < f.From {
			f, second = second, f
		}
		add(f.From, f.Until)
		add(second.From, second.Until)
	default:
		add(f.From, f.Until)
	}
	return q, nil
}

// parseSplit returns the periods before and after the beginning of a day or
// month. A side that chosen does not limit is as long as has passed since then,
// at most a year: in whole months where it begins with one, else in days.
func parseSplit(s string, chosen, second civic.Filter, today civic.Day) (before, after civic.Filter, err error) {
	day, _, err := civic.ParsePeriod(s)
	switch {
	case err != nil:
		return before, after, serve.BadParameter("split", err.Error())
	case second.From > 0 || second.Until > 0:
		return before, after, serve.BadParameter("split", "from2 and to2 choose the second period already")
	case day > today:
		return before, after, serve.BadParameter("split", fmt.Sprintf("%s has not come yet", day))
	case day <= chosen.From, chosen.Until > 0 && day >= chosen.Until:
		return before, after, serve.BadParameter("split", fmt.Sprintf("%s is not within from and to", day))
	}
	const year = 365 // days
	before, after = civic.Filter{From: chosen.From, Until: day}, civic.Filter{From: day, Until: chosen.Until}
	if months := min(12, today.Month()-day.Month()); months > 0 && day == day.Month().First() {
		if after.Until == 0 {
			after.Until = (day.Month() + months).First()
		}
		if before.From == 0 {
			before.From = max(0, day.Month()-months).First()
		}
		return before, after, nil
	}
	if after.Until == 0 {
		after.Until = min(today+1, day+year)
	}
	if before.From == 0 {
		before.From = max(0, 2*day-after.Until)
	}
	return before, after, nil
}
