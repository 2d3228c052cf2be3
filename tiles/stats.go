package tiles

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// Stats are the counts of the pins that a filter chooses, by what they are.
type Stats struct {
	civic.Counts
	ByCategory map[string]int          // slug, those of the filter's kinds; zeros included
	ByStatus   map[civic.Status]int    // zeros left out
	ByArea     map[string]civic.Counts // slug; zeros included; "" is in no area
	ByMonth    []MonthCounts           // in order, months between the first and the last included
}

// MonthCounts are the counts of one month.
type MonthCounts struct {
	Month civic.Month
	civic.Counts
}

// Stats of the pins that f chooses, in one pass.
func (v *Version) Stats(f civic.Filter) Stats {
	m := v.Match(f)
	const statusBits = 5
	var (
		whats = make([]int32, len(v.legend.kinds)<<statusBits) // by category and status
		areas = make([]byKind, v.lastArea()+1)
	)
	first, last := v.daysThatMayBe()
	days := make([]byKind, last-first+1)
	b := v.brush()
	defer v.done(b)
	b.prepare(v, m, false)
	for part := ofDelta; part < len(v.parts); part++ {
		c, s := b.of(int32(part))
		category, status, area, day := c.category, c.status, c.area, c.day
		for g, end := 0, (c.len()+63)>>6; g < end; {
			sets := s.sets(g, end)
			for j, chosen := range sets {
				for k := range kindsDrawn {
					for rest := chosen & s.planes.word(planeKinds+k, g+j); rest != 0; rest &= rest - 1 {
						i := (g+j)<<6 | bits.TrailingZeros64(rest)
						whats[int(category[i])<<statusBits|int(status[i]&(1<<statusBits-1))]++
						areas[area[i]][k+1]++
						days[uint32(day[i])-first][k+1]++
					}
				}
			}
			g += len(sets)
		}
	}

	categories := make([]int, len(v.legend.kinds))
	var statuses [1 << statusBits]int
	for i, n := range whats {
		categories[i>>statusBits] += int(n)
		statuses[i&(1<<statusBits-1)] += int(n)
	}
	s := Stats{ByCategory: map[string]int{}, ByStatus: map[civic.Status]int{}, ByArea: map[string]civic.Counts{}}
	for _, c := range v.District.Categories {
		if holds(f.Kinds, c.Kind) && holds(f.Categories, c.Slug) {
			s.ByCategory[c.Slug] = categories[c.ID]
		}
		s.Add(c.Kind, categories[c.ID])
	}
	for status, n := range statuses {
		if n > 0 {
			s.ByStatus[civic.Status(status)] = n
		}
	}
	for _, a := range v.District.Areas {
		if holds(f.Areas, a.Slug) {
			s.ByArea[a.Slug] = areas[a.ID].counts()
		}
	}
	if none := areas[0].counts(); none.Total() > 0 {
		s.ByArea[""] = none
	}
	s.ByMonth = foldMonths(civic.Day(first), days)
	return s
}

// lastArea is the highest area ID of the district.
func (v *Version) lastArea() int32 {
	last := int32(0)
	for _, a := range v.District.Areas {
		last = max(last, a.ID)
	}
	return last
}

// byKind counts pins by civic.Kind.
type byKind [civic.Organisation + 1]int32

func (n byKind) counts() (c civic.Counts) {
	for _, k := range civic.Kinds() {
		c.Add(k, int(n[k]))
	}
	return c
}

// daysThatMayBe are the first and the last that planes can hold.
func (v *Version) daysThatMayBe() (first, last uint32) {
	first = uint32(civic.MaxDay)
	add := func(rows int, p *planes) {
		if rows > 0 {
			from, to := p.day.span()
			first, last = min(first, from), max(last, to)
		}
	}
	add(v.delta.len(), v.delta.planes)
	for _, p := range v.parts {
		add(p.len(), p.planes)
	}
	return first, max(first, last)
}

// foldMonths sums counts by day, from the day given on: from the first month that
// has any to the last.
func foldMonths(first civic.Day, days []byKind) (out []MonthCounts) {
	empty := byKind{}
	for len(days) > 0 && days[0] == empty {
		first, days = first+1, days[1:]
	}
	for len(days) > 0 && days[len(days)-1] == empty {
		days = days[:len(days)-1]
	}
	for len(days) > 0 {
		month := first.Month()
		here := min(len(days), int(month.Last()-first)+1)
		var sum byKind
		for _, day := range days[:here] {
			for k, n := range day {
				sum[k] += n
			}
		}
		out = append(out, MonthCounts{month, sum.counts()})
		first, days = first+civic.Day(here), days[here:]
	}
	return out
}
