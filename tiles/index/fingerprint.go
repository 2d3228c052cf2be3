package index

import "github.com/pinezka/pinezka/civic"

// Fingerprint returns a hash of the rows that f selects: of what they are counted by,
// which is all but their status, since that has only decided whether f selects them.
// The same rows have the same one in every process, whatever the number of the
// version is; others have another one, but for one chance in 2^64.
func (v *Version) Fingerprint(f civic.Filter) (sum uint64) {
	s := v.getScratch()
	defer v.putScratch(s)
	s.prepare(v, v.Filter(f), false)
	for segment := inDelta; segment < len(v.segments); segment++ {
		rows, filter := s.segment(int32(segment))
		for i := range filter.each(0, rows.len()) {
			sum += rows.hash(i)
		}
	}
	return sum
}

// hash returns a hash of a row.
func (c *columns) hash(i int) uint64 {
	h := mix(uint64(c.id[i]))
	h = mix(h ^ uint64(c.x[i])<<32 ^ uint64(c.y[i]))
	return mix(h ^ uint64(c.category[i])<<48 ^ uint64(c.area[i])<<32 ^ uint64(c.day[i]))
}

// mix distributes the bits of a number.
//
// Source: the finalizer of SplitMix64, Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators" (2014).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
