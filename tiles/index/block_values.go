package index

// blockRows is the number of rows of a block, for which the values of its rows
// are summarised: as many as are filtered at a time.
const blockRows = 64 * windowGroups

// blockValues are the values that the rows of a block have, or that a filter
// selects, so that blocks without a selected value are skipped: the rows of an
// area or of a rare category are in few of them. Bit v%64 stands for the value
// v of a column, so that more values than that share bits.
//
// This is the small materialised aggregate of Moerkotte (VLDB 1998), with sets
// in place of a least and a largest value.
type blockValues struct{ category, status, area uint64 }

func valueBit[T ~uint8 | ~uint16](v T) uint64 { return 1 << (v & 63) }

// newBlockValues returns the values of each block of the columns.
func newBlockValues(c *columns) []blockValues {
	out := make([]blockValues, (c.len()+blockRows-1)/blockRows)
	for i := range c.len() {
		b := &out[i/blockRows]
		b.category |= valueBit(c.category[i])
		b.status |= valueBit(c.status[i])
		b.area |= valueBit(c.area[i])
	}
	return out
}

// selectedValues returns the values that a filter selects.
func (f *Filter) selectedValues() blockValues {
	set := func(ids []uint16, all bool) (out uint64) {
		if all {
			return ^uint64(0)
		}
		for _, id := range ids {
			out |= valueBit(id)
		}
		return out
	}
	return blockValues{set(f.categories, f.anyCategory), set(f.statuses, f.anyStatus), set(f.areas, f.anyArea)}
}

// mayMatch reports whether rows lo to hi-1 may have one that f selects. A nil
// filter selects all.
func (p *bitPlanes) mayMatch(f *Filter, lo, hi uint32) bool {
	if f == nil || f.anyCategory && f.anyStatus && f.anyArea {
		return true
	}
	if lo == hi {
		return false
	}
	for _, b := range p.blocks[lo/blockRows : (hi-1)/blockRows+1] {
		if b.category&f.values.category != 0 && b.status&f.values.status != 0 && b.area&f.values.area != 0 {
			return true
		}
	}
	return false
}
