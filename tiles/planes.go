package tiles

import "math/bits"

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

// span of the values that the field can hold.
func (f field) span() (least, most uint32) { return f.least, f.least + 1<<f.bits - 1 }

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
