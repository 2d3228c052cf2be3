package index

import "slices"

// binZoom is the highest zoom at which tiles are thinned bin by bin: a tile of
// a higher zoom has few enough rows to scan them.
const binZoom = 14

// binShift is the shift from units of geo.Mercator to bins.
const binShift = 32 - binZoom - gridBits

// bin is a square of the thinning grid of the tiles of binZoom. A square of a
// tile of a lower zoom consists of whole bins.
type bin struct{ x, y uint32 }

func binOf(x, y uint32) bin { return bin{x >> binShift, y >> binShift} }

// rank returns the position of the bin in the sort order of a cell. No cell is
// wider than 16 bins except near a pole, where a cell may have some bins twice.
func (b bin) rank() uint8 { return uint8(b.y&15<<4 | b.x&15) }

func (b bin) box() Box {
	const last = 1<<binShift - 1
	return Box{b.x << binShift, b.y << binShift, b.x<<binShift | last, b.y<<binShift | last}
}

// bins are the ranges of rows that share a cell of MaxResolution and a bin, in
// order, for cells with many rows a bin. The directory of MaxResolution has the
// first of each cell in firstChild.
type bins struct {
	bins     []bin
	firstRow []uint32 // of each bin; after the last bin of a cell, the end of that
}

// listBins returns the bins of sorted rows, for the cells that have at least
// minRows rows a bin on average, and sets firstChild.
func (d *directory) listBins(c *columns, minRows uint32) bins {
	var out bins
	for i := range d.cells {
		first, from, to := len(out.bins), d.firstRow[i], d.firstRow[i+1]
		d.firstChild = append(d.firstChild, uint32(first))
		for row := from; row < to; row++ {
			b := binOf(c.x[row], c.y[row])
			if row == from || b != out.bins[len(out.bins)-1] {
				out.bins, out.firstRow = append(out.bins, b), append(out.firstRow, row)
			}
		}
		if to-from < minRows*uint32(len(out.bins)-first) {
			out.bins, out.firstRow = out.bins[:first], out.firstRow[:first]
			continue
		}
		out.bins, out.firstRow = append(out.bins, bin{}), append(out.firstRow, to)
	}
	d.firstChild = append(d.firstChild, uint32(len(out.bins)))
	return bins{slices.Clip(out.bins), slices.Clip(out.firstRow)}
}

// appendBins appends the bins first to end-1 of a cell that are in the box,
// each as a run in one square of the grid. (The box consists of whole squares,
// and so of whole bins.)
func (s *segment) appendBins(dst []run, segment int32, first, end uint32, in Box, g *grid) []run {
	for i := first; i < end-1; i++ {
		at := s.bins.bins[i].box()
		if at.Meets(in) {
			dst = appendRun(dst, run{lo: s.bins.firstRow[i], hi: s.bins.firstRow[i+1], segment: segment, inside: true, square: int16(g.square(at.minX, at.minY))})
		}
	}
	return dst
}
