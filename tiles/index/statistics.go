package index

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// Stats contains the counts of the pins that a filter selects.
type Stats struct {
	civic.Counts
	ByCategory map[string]int          // by slug, of the kinds and categories of the filter; zeros included
	ByStatus   map[civic.Status]int    // without zeros and without HexOnly
	ByArea     map[string]civic.Counts // by slug, of the areas of the filter, zeros included; "" is outside all areas
	ByMonth    []MonthCounts           // consecutive months, in order; without outliers
	Earlier    civic.Counts            // outliers before the first of the months; see monthAxis
	Later      civic.Counts            // outliers after the last

	HexOnly  int  // the pins among them that are published only in counts
	SetAside bool // whether f could select such pins, but their counts are set aside under it
}

// MonthCounts are the counts of one month.
type MonthCounts struct {
	Month civic.Month
	civic.Counts
}

// Stats returns the counts of the pins that f selects.
func (v *Version) Stats(f civic.Filter) Stats {
	firstDay, lastDay := v.dayRange()
	t := tally{
		category: make([]int32, len(v.categories.kinds)<<statusBits),
		area:     make([]kindCounts, v.lastArea()+1),
		day:      make([]kindCounts, lastDay-firstDay+1),
		firstDay: firstDay,
	}
	scratch := v.getScratch()
	defer v.putScratch(scratch)
	scratch.prepare(v, v.Filter(f), false)
	for segment := inDelta; segment < len(v.segments); segment++ {
		t.addRows(scratch.segment(int32(segment)))
	}
	s := Stats{ByCategory: map[string]int{}, ByStatus: map[civic.Status]int{}, ByArea: map[string]civic.Counts{}}
	t.sumCategories(&s, v.District.Categories, f)
	for _, a := range v.District.Areas {
		if emptyOrContains(f.Areas, a.Slug) {
			s.ByArea[a.Slug] = t.area[a.ID].counts()
		}
	}
	if none := t.area[0].counts(); none.Total() > 0 {
		s.ByArea[""] = none
	}
	s.ByMonth, s.Earlier, s.Later = monthAxis(sumMonths(civic.Day(firstDay), t.day))
	s.SetAside = s.SetAside && (v.narrowed || !f.CountsHexOnly())
	return s
}

// statusBits is the number of bits of a civic.Status.
const statusBits = 5

// tally counts pins in one pass over the rows.
type tally struct {
	category  []int32 // by category id << statusBits | status
	area, day []kindCounts
	firstDay  uint32 // of day
}

// kindCounts are numbers of pins by civic.Kind.
type kindCounts [kindCount + 1]int32

func (n kindCounts) counts() (c civic.Counts) {
	for _, k := range civic.Kinds() {
		c.Add(k, int(n[k]))
	}
	return c
}

// addRows counts the rows that match the filter.
func (t *tally) addRows(c *columns, f *rowFilter) {
	categories, areas, days, first := t.category, t.area, t.day, t.firstDay
	category, status, area, day := c.category, c.status, c.area, c.day
	for g, end := 0, (c.len()+63)>>6; g < end; {
		matching := f.match(g, end)
		for j, rows := range matching {
			for k := range kindCount {
				for rest := rows & f.planes.word(planeKinds+k, g+j); rest != 0; rest &= rest - 1 {
					i := (g+j)<<6 | bits.TrailingZeros64(rest)
					categories[int(category[i])<<statusBits|int(status[i]&(1<<statusBits-1))]++
					areas[area[i]][k+1]++
					days[uint32(day[i])-first][k+1]++
				}
			}
		}
		g += len(matching)
	}
}

// sumCategories sets the counts by category, by status and by kind.
func (t *tally) sumCategories(s *Stats, categories []civic.Category, f civic.Filter) {
	for _, c := range categories {
		total := 0
		for status, n := range t.category[c.ID<<statusBits:][:1<<statusBits] {
			total += int(n)
			if n > 0 && c.Visibility != civic.HexOnly {
				s.ByStatus[civic.Status(status)] += int(n)
			}
		}
		s.Add(c.Kind, total)
		selected := f.SelectsCategory(c)
		if selected {
			s.ByCategory[c.Slug] = total
		}
		if c.Visibility == civic.HexOnly {
			s.HexOnly += total
			s.SetAside = s.SetAside || selected
		}
	}
}

// lastArea returns the highest area id of the district.
func (v *Version) lastArea() int32 {
	last := int32(0)
	for _, a := range v.District.Areas {
		last = max(last, a.ID)
	}
	return last
}

// dayRange returns the first and the last day that rows can have.
func (v *Version) dayRange() (first, last uint32) {
	first = uint32(civic.MaxDay)
	for i := inDelta; i < len(v.segments); i++ {
		p := v.delta.planes
		if i != inDelta {
			p = v.segments[i].planes
		}
		if p.groups > 0 {
			from, to := p.day.span()
			first, last = min(first, from), max(last, to)
		}
	}
	return first, max(first, last)
}

// sumMonths sums counts by day, beginning with a first day, to counts by month.
func sumMonths(first civic.Day, days []kindCounts) (out []MonthCounts) {
	isEmpty := func(n kindCounts) bool { return n == kindCounts{} }
	for len(days) > 0 && isEmpty(days[0]) {
		first, days = first+1, days[1:]
	}
	for len(days) > 0 && isEmpty(days[len(days)-1]) {
		days = days[:len(days)-1]
	}
	for len(days) > 0 {
		month := first.Month()
		n := min(len(days), int(month.Last()-first)+1)
		var sum kindCounts
		for _, day := range days[:n] {
			for k, n := range day {
				sum[k] += n
			}
		}
		out = append(out, MonthCounts{month, sum.counts()})
		first, days = first+civic.Day(n), days[n:]
	}
	return out
}
