package index

import (
	"sort"

	"github.com/pinezka/pinezka/geo"
)

// segment contains the rows of the cells from first up to the first cell of the
// next segment, in order of their sort keys. It is immutable.
type segment struct {
	first geo.Cell // of MaxResolution; 0 for the first segment of a district
	columns
	byID        []uint32 // rows in order of their ids
	directories *directories
	bins        bins
	bounds      Box // of all rows and cells; emptyBox without rows

	planes *bitPlanes
}

// newSegments returns segments, at least one, of rows in any order, for the
// cells from first on.
func (v *Version) newSegments(rows *Rows, first geo.Cell, known *directories) (out []*segment) {
	order := rows.sortOrder()
	cell := func(i int) geo.Cell { return rows.cell[order[i]] }
	size := v.shared.SegmentRows
	for lo := 0; ; {
		hi := len(order)
		if hi-lo > 2*size {
			hi = lo + size
			for hi < len(order) && cell(hi) == cell(hi-1) { // a cell is in one segment
				hi++
			}
		}
		part := rows.pick(order[lo:hi])
		out = append(out, v.newSegment(part, part.byID(), first, known))
		if hi == len(order) {
			return out
		}
		lo, first = hi, cell(hi)
	}
}

// newSegment returns a segment of sorted rows. byID are the numbers of these
// rows in order of their ids.
func (v *Version) newSegment(rows Rows, byID []uint32, first geo.Cell, known *directories) *segment {
	s := &segment{first: first, columns: rows.columns, byID: byID, directories: newDirectories(&rows, known), planes: newBitPlanes(&rows.columns, v.categories)}
	s.bins = s.directories[MaxResolution].listBins(&s.columns, v.shared.BinRows)
	s.bounds = emptyBox
	for _, bounds := range s.directories[MinResolution].bounds {
		s.bounds = s.bounds.union(bounds)
	}
	return s
}

// withCategories returns a segment whose bit planes are made with another
// table.
func (s *segment) withCategories(t *categoryTable) *segment {
	out := *s
	out.planes = newBitPlanes(&s.columns, t)
	return &out
}

// find returns the row of a pin.
func (s *segment) find(id int64) (int, bool) {
	end := len(s.byID)
	if end == 0 || id > s.id[s.byID[end-1]] { // usual for a new pin
		return 0, false
	}
	i := sort.Search(end, func(i int) bool { return s.id[s.byID[i]] >= id })
	return int(s.byID[i]), s.id[s.byID[i]] == id
}

// cell returns the cell of a row.
func (s *segment) cell(row int) geo.Cell {
	d := &s.directories[MaxResolution]
	return d.cells[sort.Search(len(d.cells), func(i int) bool { return int(d.firstRow[i+1]) > row })]
}

// copyRow appends row i of the segment to dst.
func (s *segment) copyRow(dst *Rows, i int) {
	dst.columns.copyRows(&s.columns, i, i+1)
	dst.cell = append(dst.cell, s.cell(i))
}
