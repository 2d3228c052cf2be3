package charts

import (
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// Months is a chart of counts by month, in which the kinds are stacked. Its
// template is "months".
type Months struct {
	Head

	Months []index.MonthCounts // consecutive
	Bands  []Band              // periods that are marked above the columns
}

// Band is a period of months, both included.
type Band struct {
	Label    string
	From, To civic.Month
}

// plotHeight is the height of the columns in pixels, from the line of the highest
// tick to the base.
const plotHeight = 150

// Kinds returns the kinds that have pins.
func (c Months) Kinds() (kinds []civic.Kind) {
	for _, k := range civic.Kinds() {
		for _, m := range c.Months {
			if m.Of(k) > 0 {
				kinds = append(kinds, k)
				break
			}
		}
	}
	return kinds
}

// Segment is a part of a column. X and Width are percentages of the width, Y and
// Height are pixels.
type Segment struct {
	Kind      string
	X, Width  float64
	Y, Height float64
	Month     civic.Month
	Count     int
}

// Segments returns the parts of all columns.
func (c Months) Segments() (all []Segment) {
	top := c.top()
	for i, m := range c.Months {
		x, width := c.across(i, i)
		base := float64(plotHeight)
		for _, k := range c.Kinds() {
			n := m.Of(k)
			if n == 0 {
				continue
			}
			height := float64(n) / top * plotHeight
			all = append(all, Segment{Kind: k.String(), X: x + width*.1, Width: width * .8, Y: base - height, Height: height, Month: m.Month, Count: n})
			base -= height
		}
	}
	return all
}

// across returns where the columns of two indexes and those between are.
func (c Months) across(first, last int) (x, width float64) {
	n := float64(max(1, len(c.Months)))
	return percent(float64(first) / n), percent(float64(last-first+1) / n)
}

// top returns the count at the top of the chart.
func (c Months) top() float64 {
	highest := 0
	for _, m := range c.Months {
		highest = max(highest, m.Total())
	}
	step := c.step(highest)
	return float64(max(1, (highest+step-1)/step) * step)
}

// step returns the distance of ticks, of which there are at most five.
func (c Months) step(highest int) int { return max(1, int(ceiling(float64(highest)/5))) }

// Tick is a line across the chart at a count.
type Tick struct {
	Count int
	Y     float64
}

// Ticks returns the ticks from the base to the top.
func (c Months) Ticks() (ticks []Tick) {
	top := int(c.top())
	step := c.step(top)
	for n := 0; n <= top; n += step {
		ticks = append(ticks, Tick{n, plotHeight - float64(n)/float64(top)*plotHeight})
	}
	return ticks
}

// YearMark is a January with its year.
type YearMark struct {
	X    float64
	Year string
}

// Years returns the Januaries that are marked: each but the first month, or each
// of some years where there are many.
func (c Months) Years() (years []YearMark) {
	every := civic.Month(12 * max(1, len(c.Months)/72))
	for i, m := range c.Months {
		if x, _ := c.across(i, i); i > 0 && m.Month%every == 0 {
			years = append(years, YearMark{x, strconv.Itoa(1970 + int(m.Month)/12)})
		}
	}
	return years
}

// BandMark is a band with its place in percent of the width.
type BandMark struct {
	Label            string
	X, Width, Middle float64
}

// BandMarks returns the bands that are within the months.
func (c Months) BandMarks() (marks []BandMark) {
	if len(c.Months) == 0 {
		return nil
	}
	first := c.Months[0].Month
	last := len(c.Months) - 1
	for _, b := range c.Bands {
		from, to := max(0, int(b.From-first)), min(last, int(b.To-first))
		if from > to {
			continue
		}
		x, width := c.across(from, to)
		marks = append(marks, BandMark{b.Label, x + .4, width - .8, x + width/2})
	}
	return marks
}

// First returns the first month.
func (c Months) First() civic.Month { return c.Months[0].Month }

// Last returns the last month.
func (c Months) Last() civic.Month { return c.Months[len(c.Months)-1].Month }
