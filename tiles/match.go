package tiles

import (
	"github.com/pinezka/pinezka/civic"
)

// Match is a filter made ready to scan columns.
type Match struct {
	categories []bool // by ID
	points     []bool // by ID: those of them that may be drawn as points
	open       bool   // nothing but categories is chosen
	statuses   uint32 // a bit each
	areas      []bool // by ID; nil: all
	from, to   uint16
}

// Match makes f ready for this version. Slugs that the district lacks match
// nothing.
func (v *Version) Match(f civic.Filter) *Match {
	m := &Match{statuses: ^uint32(0), to: uint16(civic.MaxDay), categories: make([]bool, len(v.kinds)), points: make([]bool, len(v.kinds))}
	for _, c := range v.District.Categories {
		m.categories[c.ID] = holds(f.Kinds, c.Kind) && holds(f.Categories, c.Slug)
		m.points[c.ID] = m.categories[c.ID] && v.drawn[c.ID]
	}
	if len(f.Statuses) > 0 {
		m.statuses = 0
		for _, s := range f.Statuses {
			m.statuses |= 1 << s
		}
	}
	if len(f.Areas) > 0 {
		m.areas = []bool{}
		for _, a := range v.District.Areas {
			for int(a.ID) >= len(m.areas) {
				m.areas = append(m.areas, false)
			}
			m.areas[a.ID] = holds(f.Areas, a.Slug)
		}
	}
	if f.From > 0 {
		m.from = uint16(f.From)
	}
	if f.To > 0 {
		m.to = uint16(f.To)
	}
	m.open = len(f.Statuses) == 0 && len(f.Areas) == 0 && f.From == 0 && f.To == 0
	return m
}

// holds reports whether the list is empty or has the value.
func holds[T comparable](list []T, value T) bool {
	for _, x := range list {
		if x == value {
			return true
		}
	}
	return len(list) == 0
}

// draws reports whether row i of c matches and may be drawn as a point.
func (m *Match) draws(c *columns, i int) bool {
	return int(c.category[i]) < len(m.points) && m.points[c.category[i]] && m.rest(c, i)
}

// row reports whether row i of c matches.
func (m *Match) row(c *columns, i int) bool {
	return int(c.category[i]) < len(m.categories) && m.categories[c.category[i]] && m.rest(c, i)
}

// rest of what must match, beside the category.
func (m *Match) rest(c *columns, i int) bool {
	return m.open || c.day[i] >= m.from && c.day[i] <= m.to &&
		m.statuses>>c.status[i]&1 != 0 &&
		(m.areas == nil || int(c.area[i]) < len(m.areas) && m.areas[c.area[i]])
}
