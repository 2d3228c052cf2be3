package tiles

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// planes hold what filters ask of rows, turned by a right angle: a plane for each
// bit of their values, and in it a bit for each row, 64 of them, a group, a word.
//
//	row                 0  1  2  3  …  63   64 65 …
//	is a need           1  0  0  1  …   0    1  1 …
//	is a potential      0  1  0  0  …   1    0  0 …
//	…
//	lowest bit of day   0  1  1  0  …   1    0  1 …
//	next bit of day     1  1  0  0  …   0    1  1 …
//
// So a few logical operations choose 64 rows at once: Li and Patel, "BitWeaving:
// Fast Scans for Main Memory Data Processing" (SIGMOD 2013), its vertical layout.
type planes struct {
	words                       []uint64
	stride                      int // words from one plane to the next
	groups                      int
	category, status, area, day field
}

// plane is n words of one, from group g on.
func (p *planes) plane(at, g, n int) []uint64 { return p.words[at*p.stride+g:][:n] }

// kinds are n words of the planes of each kind, from group g on.
func (p *planes) kinds(g, n int) (need, potential, organisation []uint64) {
	return p.plane(planeKinds, g, n), p.plane(planeKinds+1, g, n), p.plane(planeKinds+2, g, n)
}

// word of a plane, for a group.
func (p *planes) word(at, g int) uint64 { return p.words[at*p.stride+g] }

// The planes that all planes begin with.
const (
	planeKinds   = 0                        // one for each kind: is the row's category of it?
	planeDrawn   = planeKinds + kindsDrawn  // may it be drawn as a point?
	planeSamples = planeDrawn + 1           // is its mixed id among the least 4th, 16th, … 4096th of all ids?
	planeFields  = planeSamples + sampleMax // the bits of values
)

const (
	sampleMax  = 6
	sampleBits = 2
)

// sampleOf a mixed id: in how many of the sample planes its row is.
func sampleOf(mixed uint64) int { return min(sampleMax, bits.LeadingZeros64(mixed)/sampleBits) }

// field is where the planes hold a column: the bits of its values, lowest first,
// above the least value.
type field struct {
	at, bits int
	least    uint32
}

func fieldOf[T ~uint8 | ~uint16](values []T, at int) field {
	if len(values) == 0 {
		return field{at: at}
	}
	least, most := values[0], values[0]
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	return field{at, bits.Len(uint(most - least)), uint32(least)}
}

func (f field) end() int { return f.at + f.bits }

// newPlanes of columns, whose categories are as l says.
func newPlanes(c *columns, l *legend) *planes {
	p := &planes{}
	p.category = fieldOf(c.category, planeFields)
	p.status = fieldOf(c.status, p.category.end())
	p.area = fieldOf(c.area, p.status.end())
	p.day = fieldOf(c.day, p.area.end())
	width := p.day.end() // 10 + 16 + 4 + 16 + 16 at most: a row's bits fit a word
	p.groups = (c.len() + 63) / 64
	const line = 8                                 // words of a line of the processor's cache
	p.stride = ((p.groups+line-1)/line | 1) * line // an odd number of lines: no two planes contend for a place in it
	p.words = make([]uint64, width*p.stride)
	const samples = 1<<sampleMax - 1
	of := make([]uint64, len(l.kinds)) // what a category says
	for id, kind := range l.kinds {
		if kind != 0 {
			of[id] = 1<<(planeKinds+kind-1) | uint64(bit(l.drawn[id]))<<planeDrawn
		}
	}
	for lo := 0; lo < c.len(); lo += 64 {
		var group [64]uint64
		for i := lo; i < min(lo+64, c.len()); i++ {
			group[i-lo] = of[c.category[i]] |
				samples>>(sampleMax-sampleOf(mix(c.id[i])))<<planeSamples |
				uint64(uint32(c.category[i])-p.category.least)<<p.category.at |
				uint64(uint32(c.status[i])-p.status.least)<<p.status.at |
				uint64(uint32(c.area[i])-p.area.least)<<p.area.at |
				uint64(uint32(c.day[i])-p.day.least)<<p.day.at
		}
		transpose(&group)
		for at, word := range group[:width] {
			p.words[at*p.stride+lo/64] = word
		}
	}
	return p
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// transpose a matrix of 64 by 64 bits: bit j of word i becomes bit i of word j.
// Warren, Hacker's Delight (2nd edition), 7-3, with the lowest bit first.
func transpose(m *[64]uint64) {
	mask := uint64(1)<<32 - 1
	for half := 32; half > 0; half >>= 1 {
		for i := 0; i < 64; i = (i + half + 1) &^ half {
			swap := (m[i]>>half ^ m[i+half]) & mask
			m[i] ^= swap << half
			m[i+half] ^= swap
		}
		mask ^= mask << (half >> 1)
	}
}

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

// sift makes the sieve ready for a filter.
func (s *sieve) sift(m *Match, p *planes, gone rowSet, drawn bool) {
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
	least, most := p.day.least, p.day.least+1<<p.day.bits-1 // that the planes can hold
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
