package index

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// Filter is a civic.Filter with the ids of a district instead of slugs. It is
// valid for all versions with the same Since.
type Filter struct {
	kinds                           uint8    // bit k for kind k
	categories, statuses, areas     []uint16 // distinct ids, in order
	anyCategory, anyStatus, anyArea bool
	from, until                     civic.Day // until is after the last day
	wholeKinds                      bool      // selects all pins of some kinds
	pointsOnly                      bool      // selects only pins that may be drawn as points
	values                          blockValues
}

// Filter returns f for the district of the version. Slugs that the district
// does not have select nothing. This is where the index decides whether pins
// that are published only in counts are counted (civic.Filter.CountsHexOnly); all
// counts of the index are numbers of the rows that a Filter selects.
func (v *Version) Filter(f civic.Filter) *Filter {
	whole := len(f.Categories)+len(f.Statuses)+len(f.Areas) == 0 && f.From == 0 && f.Until == 0
	if v.all != nil && whole && len(f.Kinds) == 0 {
		return v.all
	}
	m := &Filter{
		anyCategory: len(f.Categories) == 0, anyStatus: len(f.Statuses) == 0, anyArea: len(f.Areas) == 0,
		from: f.From, until: f.Until, wholeKinds: whole, pointsOnly: !f.CountsHexOnly(),
	}
	if m.until == 0 {
		m.until = civic.MaxDay + 1
	}
	for _, k := range civic.Kinds() {
		if emptyOrContains(f.Kinds, k) {
			m.kinds |= 1 << k
		}
	}
	if whole {
		return m
	}
	ids := make([]uint16, 0, len(f.Categories)+len(f.Statuses)+len(f.Areas))
	kinds := uint8(0)
	for _, slug := range f.Categories {
		if c, ok := v.District.Category(slug); ok {
			ids = append(ids, uint16(c.ID))
			kinds |= 1 << c.Kind
		}
	}
	if !m.anyCategory {
		m.kinds &= kinds
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
	m.values = m.selectedValues()
	return m
}

// SelectsKind reports whether f can select pins of kind k; false for 0.
func (f *Filter) SelectsKind(k civic.Kind) bool { return f.kinds>>k&1 > 0 }

// distinct sorts ids and returns the distinct ones, and the unused capacity
// behind them.
func distinct(ids []uint16) (sorted, rest []uint16) {
	slices.Sort(ids)
	return slices.Compact(ids), ids[len(ids):]
}

func emptyOrContains[T comparable](list []T, value T) bool {
	return len(list) == 0 || slices.Contains(list, value)
}
