package tiles

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// windowGroups are sifted at a time.
const windowGroups = 16

// sieve is a filter made ready for some planes.
type sieve struct {
	planes   planes
	gone     rowSet             // rows to leave out
	kinds    [kindsDrawn]uint64 // all ones for those chosen
	drawn    uint64             // zero, or all ones where what may not be drawn as points may pass too
	members  []member
	days     bool   // not all will do
	from, to uint32 // those that will, above the least, both included

	window     [windowGroups]uint64 // what was sifted last, from group first
	first, end int
}

// member asks for some values of a field.
type member struct {
	field
	values []uint16
}

// prepare the sieve for a filter.
func (s *sieve) prepare(m *Match, p *planes, gone rowSet, drawn bool) {
	*s = sieve{planes: *p, gone: gone, members: s.members[:0]}
	if !drawn {
		s.drawn = ^uint64(0)
	}
	for _, f := range []struct {
		field
		chosen []uint16
		all    bool
	}{{p.category, m.categories, m.anyCategory}, {p.status, m.statuses, m.anyStatus}, {p.area, m.areas, m.anyArea}} {
		if !f.all {
			s.members = append(s.members, member{f.field, f.chosen})
		}
	}
	least, most := p.day.span()
	from, to := max(least, uint32(m.from)), min(most, uint32(m.to))
	if from > to {
		return // no kind, no row
	}
	for k := range s.kinds {
		s.kinds[k] = -uint64(m.kinds >> k & 1)
	}
	s.days = from > least || to < most
	s.from, s.to = from-least, to-least
}

// sets of the matching rows of groups from g on, a word each: some of those up to
// end, at least one. They stay until the next call.
func (s *sieve) sets(g, end int) []uint64 {
	if g < s.first || g >= s.end {
		s.fill(g)
	}
	return s.window[g-s.first : min(end, s.end)-s.first]
}

// span is the set of the rows of group g that are from lo to hi; some are.
func span(g, lo, hi int) uint64 {
	return ^uint64(0) << (max(0, lo-g<<6) & 63) & (^uint64(0) >> (max(0, (g+1)<<6-hi) & 63))
}

// fill the window from group g on.
func (s *sieve) fill(g int) {
	p := &s.planes
	n := min(windowGroups, p.groups-g)
	s.first, s.end = g, g+n
	window := s.window[:n]
	need, potential, organisation := p.kinds(g, n)
	drawn := p.plane(planeDrawn, g, n)
	for i := range window {
		window[i] = (need[i]&s.kinds[0] | potential[i]&s.kinds[1] | organisation[i]&s.kinds[2]) & (drawn[i] | s.drawn)
	}
	for i := range s.members {
		s.members[i].sift(window, p, g)
	}
	if s.days {
		between(window, p, g, s.from, s.to)
	}
	if s.gone != nil {
		for i, gone := range s.gone[g:][:n] {
			window[i] &^= gone
		}
	}
}

// sift out of the window the rows that have none of the values.
func (m *member) sift(window []uint64, p *planes, g int) {
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

// between sifts out the rows whose day is not from one to another, both included.
// Those stay that leave no borrow when one is subtracted from them, and one when
// the other and one more is.
func between(window []uint64, p *planes, g int, from, to uint32) {
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

// count the matching rows from lo to hi by kind.
func (s *sieve) count(lo, hi int) (n civic.Counts) {
	for g, end := lo>>6, (hi+63)>>6; g < end; {
		sets := s.sets(g, end)
		need, potential, organisation := s.planes.kinds(g, len(sets))
		for i, chosen := range sets {
			chosen &= span(g+i, lo, hi)
			n.Need += bits.OnesCount64(chosen & need[i])
			n.Potential += bits.OnesCount64(chosen & potential[i])
			n.Organisation += bits.OnesCount64(chosen & organisation[i])
		}
		g += len(sets)
	}
	return n
}

// each matching row from lo to hi.
func (s *sieve) each(lo, hi int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for g, end := lo>>6, (hi+63)>>6; g < end; g++ {
			for chosen := s.sets(g, g+1)[0] & span(g, lo, hi); chosen != 0; chosen &= chosen - 1 {
				if !yield(g<<6 | bits.TrailingZeros64(chosen)) {
					return
				}
			}
		}
	}
}
