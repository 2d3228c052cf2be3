package tiles

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// legend is what a version knows of its categories.
type legend struct { // by category ID
	kinds []civic.Kind
	slugs []string
	drawn []bool // may its pins be drawn as points?
}

// legendOf a district. It has room for all that the one before had: rows that are
// gone may still name a category that is no more.
func legendOf(d *civic.District, before *legend) *legend {
	size := 0
	if before != nil {
		size = len(before.kinds)
	}
	for _, c := range d.Categories {
		size = max(size, int(c.ID)+1)
	}
	l := &legend{make([]civic.Kind, size), make([]string, size), make([]bool, size)}
	for _, c := range d.Categories {
		l.kinds[c.ID], l.slugs[c.ID], l.drawn[c.ID] = c.Kind, c.Slug, c.Visibility != civic.HexOnly
	}
	return l
}

// means reports whether pins are counted and drawn by l as by the one before.
func (l *legend) means(before *legend) bool {
	n := len(before.kinds)
	return slices.Equal(l.kinds[:n], before.kinds) && slices.Equal(l.drawn[:n], before.drawn)
}

// Match is a filter in the numbers of a version. A sieve makes it ready for rows.
type Match struct {
	kinds                           uint8 // bit k-1 for kind k
	categories, statuses, areas     []uint16
	anyCategory, anyStatus, anyArea bool
	from, to                        civic.Day // both included
	wholeKinds                      bool      // all pins of a kind, or none
}

// Match makes f ready for this version. Slugs that the district lacks match
// nothing.
func (v *Version) Match(f civic.Filter) *Match {
	if v.all != nil && len(f.Kinds)+len(f.Categories)+len(f.Statuses)+len(f.Areas) == 0 && f.From == 0 && f.To == 0 {
		return v.all
	}
	m := &Match{
		anyCategory: len(f.Categories) == 0, anyStatus: len(f.Statuses) == 0, anyArea: len(f.Areas) == 0,
		from: f.From, to: f.To,
	}
	if m.to == 0 {
		m.to = civic.MaxDay
	}
	m.wholeKinds = m.anyCategory && m.anyStatus && m.anyArea && f.From == 0 && f.To == 0
	for _, k := range civic.Kinds() {
		if holds(f.Kinds, k) {
			m.kinds |= 1 << (k - 1)
		}
	}
	if m.wholeKinds {
		return m
	}
	ids := make([]uint16, 0, len(f.Categories)+len(f.Statuses)+len(f.Areas))
	for _, slug := range f.Categories {
		if c, ok := v.District.Category(slug); ok {
			ids = append(ids, uint16(c.ID))
		}
	}
	m.categories, ids = distinct(ids)
	for _, s := range f.Statuses {
		ids = append(ids, uint16(s))
	}
	m.statuses, ids = distinct(ids)
	for _, slug := range f.Areas {
		if a, ok := v.District.Area(slug); ok {
			ids = append(ids, uint16(a.ID))
		}
	}
	m.areas, _ = distinct(ids)
	return m
}

// distinct numbers of a list, and the room behind it.
func distinct(ids []uint16) (sorted, rest []uint16) {
	slices.Sort(ids)
	return slices.Compact(ids), ids[len(ids):]
}

// takes reports whether a filter of whole kinds chooses a kind.
func (m *Match) takes(k civic.Kind) bool { return m.kinds>>(k-1)&1 > 0 }

// holds reports whether the list is empty or has the value.
func holds[T comparable](list []T, value T) bool {
	for _, x := range list {
		if x == value {
			return true
		}
	}
	return len(list) == 0
}
