package tiles

import (
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
		days  = make([]byKind, civic.MaxDay+1)
	)
	b := v.brush()
	defer v.done(b)
	b.prepare(v, m, false)
	for part := ofDelta; part < len(v.parts); part++ {
		c, s := b.of(int32(part))
		for i := range s.each(0, c.len()) {
			category := c.category[i]
			k := v.legend.kinds[category] & 3
			whats[int(category)<<statusBits|int(c.status[i]&(1<<statusBits-1))]++
			areas[c.area[i]][k]++
			days[c.day[i]][k]++
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
	s.ByMonth = foldMonths(days)
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

// foldMonths sums counts by day, from the first month that has any to the last.
func foldMonths(days []byKind) []MonthCounts {
	var out []MonthCounts
	full := 0 // months up to the last that is not empty
	for day := civic.Day(0); int(day) < len(days); {
		month := MonthCounts{Month: day.Month()}
		for ; int(day) < len(days) && day <= month.Month.Last(); day++ {
			for _, k := range civic.Kinds() {
				month.Add(k, int(days[day][k]))
			}
		}
		if month.Total() == 0 && len(out) == 0 {
			continue
		}
		out = append(out, month)
		if month.Total() > 0 {
			full = len(out)
		}
	}
	return out[:full]
}
