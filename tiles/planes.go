package tiles

import (
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// planes hold what filters ask of rows, turned by a right angle: for each group
// of 64 rows a word for each bit of their values, and in it a bit for each row.
//
//	row                 0  1  2  3  …  63
//	is a need           1  0  0  1  …   0    a word
//	is a potential      0  1  0  0  …   1
//	…
//	lowest bit of day   0  1  1  0  …   1
//	next bit of day     1  1  0  0  …   0
//
// So a few logical operations choose 64 rows at once: Li and Patel, "BitWeaving:
// Fast Scans for Main Memory Data Processing" (SIGMOD 2013), its vertical layout.
type planes struct {
	words                       []uint64 // width of them for each group
	width                       int
	category, status, area, day field
}

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
	p.width = p.day.end() // 10 + 16 + 4 + 16 + 16 at most: a row's bits fit a word
	p.words = make([]uint64, 0, (c.len()+63)/64*p.width)
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
		p.words = append(p.words, group[:p.width]...)
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

// sieve is a filter made ready for some planes.
type sieve struct {
	planes   planes
	gone     rowSet             // rows to leave out
	kinds    [kindsDrawn]uint64 // all ones for those chosen
	drawn    uint64             // zero, or all ones where what may not be drawn as points may pass too
	members  []member
	days     bool   // not all will do
	from, to uint32 // those that will, above the least, both included
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
		any    bool
	}{{p.category, m.categories, m.anyCategory}, {p.status, m.statuses, m.anyStatus}, {p.area, m.areas, m.anyArea}} {
		if !f.any {
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

// rows from lo to hi that match, as a set: the words of group g.
func (s *sieve) rows(g, lo, hi int) (chosen uint64, words []uint64) {
	words = s.planes.words[g*s.planes.width:][:s.planes.width]
	chosen = words[planeKinds]&s.kinds[0] | words[planeKinds+1]&s.kinds[1] | words[planeKinds+2]&s.kinds[2]
	chosen &= words[planeDrawn] | s.drawn
	for i := range s.members {
		chosen &= s.members[i].of(words)
	}
	if s.days {
		chosen &= between(words[s.planes.day.at:s.planes.day.end()], s.from, s.to)
	}
	if first := lo - g<<6; first > 0 {
		chosen &= ^uint64(0) << first
	}
	if last := hi - g<<6; last < 64 {
		chosen &= 1<<last - 1
	}
	return chosen &^ s.gone.group(g), words
}

// of the group, the rows that have one of the values. Inlined, it would lack
// registers.
//
//go:noinline
func (m *member) of(words []uint64) (any uint64) {
	words = words[m.at:m.end()]
	for _, value := range m.values {
		v := uint32(value) - m.least
		if v>>m.bits > 0 {
			continue // none has it
		}
		equal := ^uint64(0)
		for _, plane := range words {
			equal &= plane ^ (uint64(v&1) - 1)
			v >>= 1
		}
		any |= equal
	}
	return any
}

// between is the rows whose number, its bits in planes, is from one to another,
// both included: those that leave no borrow when one is subtracted from them, and
// a borrow when the other is, and one more. Inlined, it would lack registers.
//
//go:noinline
func between(planes []uint64, from, to uint32) uint64 {
	below, upTo := uint64(0), ^uint64(0)
	for _, plane := range planes {
		if from&1 > 0 {
			below |= ^plane
		} else {
			below &^= plane
		}
		if to&1 > 0 {
			upTo |= ^plane
		} else {
			upTo &^= plane
		}
		from, to = from>>1, to>>1
	}
	return upTo &^ below
}

// count the matching rows from lo to hi by kind.
func (s *sieve) count(lo, hi int) (n civic.Counts) {
	for g := lo >> 6; g<<6 < hi; g++ {
		chosen, words := s.rows(g, lo, hi)
		n.Need += bits.OnesCount64(chosen & words[planeKinds])
		n.Potential += bits.OnesCount64(chosen & words[planeKinds+1])
		n.Organisation += bits.OnesCount64(chosen & words[planeKinds+2])
	}
	return n
}

// each matching row from lo to hi.
func (s *sieve) each(lo, hi int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for g := lo >> 6; g<<6 < hi; g++ {
			for chosen, _ := s.rows(g, lo, hi); chosen != 0; chosen &= chosen - 1 {
				if !yield(g<<6 | bits.TrailingZeros64(chosen)) {
					return
				}
			}
		}
	}
}
