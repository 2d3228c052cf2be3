package index

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// windowGroups is the number of groups that are filtered at a time.
const windowGroups = 16

// rowFilter evaluates a Filter on the rows of bit planes.
type rowFilter struct {
	planes   bitPlanes
	deleted  rowSet            // rows to leave out
	kinds    [kindCount]uint64 // all ones for those that are selected
	points   uint64            // zero to leave out what must not be drawn as points, otherwise all ones
	values   []valueFilter
	days     bool   // whether some days are not selected
	from, to uint32 // the selected days minus the least day, both included

	window     [windowGroups]uint64 // the matching rows of the groups from first to end-1
	first, end int
}

// valueFilter selects some values of a field.
type valueFilter struct {
	field
	values []uint16
}

// prepare prepares the filter. If points is true, it selects only pins that may
// be drawn as points.
func (f *rowFilter) prepare(m *Filter, p *bitPlanes, deleted rowSet, points bool) {
	*f = rowFilter{planes: *p, deleted: deleted, values: f.values[:0]}
	if !points && !m.pointsOnly {
		f.points = ^uint64(0)
	}
	for _, column := range []struct {
		field
		selected []uint16
		any      bool
	}{{p.category, m.categories, m.anyCategory}, {p.status, m.statuses, m.anyStatus}, {p.area, m.areas, m.anyArea}} {
		if !column.any {
			f.values = append(f.values, valueFilter{column.field, column.selected})
		}
	}
	least, most := p.day.span()
	from, to := max(least, uint32(m.from)), min(most, uint32(m.until-1))
	if from > to {
		return // selects no kind
	}
	for k := range f.kinds {
		f.kinds[k] = -uint64(m.kinds >> (k + 1) & 1)
	}
	f.days = from > least || to < most
	f.from, f.to = from-least, to-least
}

// release removes all references to a version.
func (f *rowFilter) release() {
	clear(f.values)
	*f = rowFilter{values: f.values[:0]}
}

// match returns the matching rows of one or more groups from g on, up to end-1
// at most: a word for each group. The slice is valid until the next call.
func (f *rowFilter) match(g, end int) []uint64 {
	if g < f.first || g >= f.end {
		f.fill(g)
	}
	return f.window[g-f.first : min(end, f.end)-f.first]
}

// rangeMask returns the set of the rows of group g that are in lo to hi-1.
// There must be at least one.
func rangeMask(g, lo, hi int) uint64 {
	return ^uint64(0) << (max(0, lo-g<<6) & 63) & (^uint64(0) >> (max(0, (g+1)<<6-hi) & 63))
}

// fill fills the window from group g on.
func (f *rowFilter) fill(g int) {
	p := &f.planes
	n := min(windowGroups, p.groups-g)
	f.first, f.end = g, g+n
	window := f.window[:n]
	need, potential, organisation := p.kinds(g, n)
	points := p.plane(planePoints, g, n)
	for i := range window {
		window[i] = (need[i]&f.kinds[0] | potential[i]&f.kinds[1] | organisation[i]&f.kinds[2]) & (points[i] | f.points)
	}
	for i := range f.values {
		f.values[i].apply(window, p, g)
	}
	if f.days {
		applyRange(window, p, g, f.from, f.to)
	}
	if f.deleted != nil {
		for i, deleted := range f.deleted[g:][:n] {
			window[i] &^= deleted
		}
	}
}

// apply removes the rows from the window that have none of the values.
func (m *valueFilter) apply(window []uint64, p *bitPlanes, g int) {
	var found, equals [windowGroups]uint64
	for _, value := range m.values {
		v := uint32(value) - m.least
		if v>>m.bits > 0 {
			continue // no row has it
		}
		equal := equals[:len(window)]
		for i := range equal {
			equal[i] = ^uint64(0)
		}
		for b := range m.bits {
			flip := uint64(v>>b&1) - 1
			for i, word := range p.plane(m.at+b, g, len(window)) {
				equal[i] &= word ^ flip
			}
		}
		for i := range equal {
			found[i] |= equal[i]
		}
	}
	for i := range window {
		window[i] &= found[i]
	}
}

// applyRange removes the rows from the window whose day is not in from to to,
// both included. It subtracts bit by bit: a row remains when day - from leaves
// no borrow and day - (to + 1) leaves one.
func applyRange(window []uint64, p *bitPlanes, g int, from, to uint32) {
	var borrows, others [windowGroups]uint64
	below, upTo := borrows[:len(window)], others[:len(window)]
	for i := range upTo {
		upTo[i] = ^uint64(0)
	}
	for b := range p.day.bits {
		plane := p.plane(p.day.at+b, g, len(window))
		switch from>>b&1<<1 | to>>b&1 {
		case 0b00:
			for i, word := range plane {
				below[i] &^= word
				upTo[i] &^= word
			}
		case 0b01:
			for i, word := range plane {
				below[i] &^= word
				upTo[i] |= ^word
			}
		case 0b10:
			for i, word := range plane {
				below[i] |= ^word
				upTo[i] &^= word
			}
		case 0b11:
			for i, word := range plane {
				below[i] |= ^word
				upTo[i] |= ^word
			}
		}
	}
	for i := range window {
		window[i] &= upTo[i] &^ below[i]
	}
}

// count returns the number of matching rows in lo to hi-1 by kind.
func (f *rowFilter) count(lo, hi int) (n civic.Counts) {
	for g, end := lo>>6, (hi+63)>>6; g < end; {
		matching := f.match(g, end)
		need, potential, organisation := f.planes.kinds(g, len(matching))
		for i, rows := range matching {
			rows &= rangeMask(g+i, lo, hi)
			n.Need += bits.OnesCount64(rows & need[i])
			n.Potential += bits.OnesCount64(rows & potential[i])
			n.Organisation += bits.OnesCount64(rows & organisation[i])
		}
		g += len(matching)
	}
	return n
}

// each iterates over the matching rows in lo to hi-1.
func (f *rowFilter) each(lo, hi int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for g, end := lo>>6, (hi+63)>>6; g < end; g++ {
			for rows := f.match(g, g+1)[0] & rangeMask(g, lo, hi); rows != 0; rows &= rows - 1 {
				if !yield(g<<6 | bits.TrailingZeros64(rows)) {
					return
				}
			}
		}
	}
}
