package index

import "math/bits"

// bitPlanes stores the columns that filters test as bits: a plane for each bit
// of their values, which has a bit for each row. The bits of 64 rows, a group,
// are one word.
//
//	row                 0  1  2  3  …  63   64 65 …
//	is a need           1  0  0  1  …   0    1  1 …
//	is a potential      0  1  0  0  …   1    0  0 …
//	…
//	lowest bit of day   0  1  1  0  …   1    0  1 …
//	next bit of day     1  1  0  0  …   0    1  1 …
//
// So a few logical operations evaluate a filter on 64 rows at once: the
// vertical layout of Li and Patel, "BitWeaving: Fast Scans for Main Memory Data
// Processing" (SIGMOD 2013).
type bitPlanes struct {
	words                       []uint64
	stride                      int // words from one plane to the next
	groups                      int
	category, status, area, day field
	blocks                      []blockValues
}

// plane returns n words of a plane, from group g on.
func (p *bitPlanes) plane(at, g, n int) []uint64 { return p.words[at*p.stride+g:][:n] }

// kinds returns n words of the plane of each kind, from group g on.
func (p *bitPlanes) kinds(g, n int) (need, potential, organisation []uint64) {
	return p.plane(planeKinds, g, n), p.plane(planeKinds+1, g, n), p.plane(planeKinds+2, g, n)
}

// word returns the word of a plane for a group.
func (p *bitPlanes) word(at, g int) uint64 { return p.words[at*p.stride+g] }

// The planes before those of the fields.
const (
	planeKinds   = 0                             // for each kind, whether the category is of the kind
	planePoints  = planeKinds + kindCount        // whether the pin may be drawn as a point
	planeSamples = planePoints + 1               // for each sample level, whether the pin is in the sample
	planeFields  = planeSamples + maxSampleLevel // the bits of values
)

// The sample of level n consists of the pins whose hash begins with
// sampleBits*n zeros: one in 4, 16, … 4096.
const (
	maxSampleLevel = 6
	sampleBits     = 2
)

// sampleLevel returns the highest level whose sample has the pin with a hash.
func sampleLevel(hash uint64) int { return min(maxSampleLevel, bits.LeadingZeros64(hash)/sampleBits) }

// field is the position of a column in the planes: the bits of its values minus
// the least value, lowest bit first.
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

// span returns the least and the largest value that the field can have.
func (f field) span() (least, most uint32) { return f.least, f.least + 1<<f.bits - 1 }

func (f field) end() int { return f.at + f.bits }

// newBitPlanes returns the planes of columns.
func newBitPlanes(c *columns, t *categoryTable) *bitPlanes {
	p := &bitPlanes{blocks: newBlockValues(c)}
	p.category = fieldOf(c.category, planeFields)
	p.status = fieldOf(c.status, p.category.end())
	p.area = fieldOf(c.area, p.status.end())
	p.day = fieldOf(c.day, p.area.end())
	width := p.day.end() // at most 10 + 16 + 4 + 16 + 16: the bits of a row fit in a word
	p.groups = (c.len() + 63) / 64
	const line = 8                                 // words of a cache line
	p.stride = ((p.groups+line-1)/line | 1) * line // an odd number of lines, so that planes do not compete for the same cache sets
	p.words = make([]uint64, width*p.stride)
	const samples = 1<<maxSampleLevel - 1
	categoryBits := make([]uint64, len(t.kinds))
	for id, kind := range t.kinds {
		if kind != 0 {
			categoryBits[id] = 1 << (planeKinds + kind - 1)
			if t.points[id] {
				categoryBits[id] |= 1 << planePoints
			}
		}
	}
	for lo := 0; lo < c.len(); lo += 64 {
		var group [64]uint64
		for i := lo; i < min(lo+64, c.len()); i++ {
			group[i-lo] = categoryBits[c.category[i]] |
				samples>>(maxSampleLevel-sampleLevel(hash(c.id[i])))<<planeSamples |
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

// transpose transposes a matrix of 64 by 64 bits: bit j of word i becomes bit i
// of word j.
//
// Algorithm: Warren, Hacker's Delight (2nd edition), section 7–3, with the
// lowest bit first.
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
