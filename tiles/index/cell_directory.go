package index

import "github.com/pinezka/pinezka/geo"

// The resolutions of hexes. A hex has 1,800 km² at the coarsest and 0.002 km²
// at the finest.
const (
	MinResolution geo.Resolution = 4
	MaxResolution geo.Resolution = 11
)

// directory lists the cells of one resolution that have rows, in order: each
// with its range of rows, its child cells in the next finer directory, and its
// outline.
//
//	resolution 8   ┌──── A ────┐┌─────── B ──────┐
//	resolution 9   │ a1 │  a2  ││  b1  │ b2 │ b3 │   firstChild: index of a1, b1
//	rows           │••• │ •••••││••••••│ •  │••••│   firstRow
type directory struct {
	cells      []geo.Cell
	firstRow   []uint32  // of each cell, and the number of rows at the end
	firstChild []uint32  // of each cell, and the number of children at the end; of MaxResolution, bins
	bounds     []Box     // of the outline, the rows and the children of each cell
	outlines   []Outline // of each cell
}

// directories contains a directory for each resolution from MinResolution on.
type directories [MaxResolution + 1]directory

// newDirectories returns the directories of sorted rows. Outlines that are in
// known are copied.
func newDirectories(r *Rows, known *directories) *directories {
	out := new(directories)
	for res := MaxResolution; res >= MinResolution; res-- {
		d := &out[res]
		if res == MaxResolution {
			d.listCells(r.cell)
		} else {
			d.listParents(&out[res+1], res) //nolint:gosec // res is less than MaxResolution
		}
		d.setOutlines(&known[res])
		d.setBounds(r, res, out)
	}
	return out
}

// listCells sets cells and firstRow from the cell of each row.
func (d *directory) listCells(cells []geo.Cell) {
	for i, cell := range cells {
		if i == 0 || cell != cells[i-1] {
			d.cells, d.firstRow = append(d.cells, cell), append(d.firstRow, uint32(i))
		}
	}
	d.firstRow = append(d.firstRow, uint32(len(cells)))
}

// listParents sets cells, firstRow and firstChild from the next finer
// directory.
func (d *directory) listParents(finer *directory, r geo.Resolution) {
	for i := 0; i < len(finer.cells); {
		cell := finer.cells[i].Parent(r)
		d.cells, d.firstRow, d.firstChild = append(d.cells, cell), append(d.firstRow, finer.firstRow[i]), append(d.firstChild, uint32(i))
		for i < len(finer.cells) && finer.cells[i].Parent(r) == cell {
			i++
		}
	}
	d.firstRow = append(d.firstRow, finer.firstRow[len(finer.cells)])
	d.firstChild = append(d.firstChild, uint32(len(finer.cells)))
}

// setOutlines sets the outlines. It copies those that are in known.
func (d *directory) setOutlines(known *directory) {
	d.outlines = make([]Outline, len(d.cells))
	at := 0
	for i, cell := range d.cells {
		for at < len(known.cells) && known.cells[at] < cell {
			at++
		}
		if at < len(known.cells) && known.cells[at] == cell {
			d.outlines[i] = known.outlines[at]
		} else {
			d.outlines[i] = outlineOf(cell)
		}
	}
}

// setBounds sets the bounds of each cell: they contain its outline, its rows
// and the bounds of its child cells. all are the directories of all
// resolutions.
func (d *directory) setBounds(r *Rows, res geo.Resolution, all *directories) {
	d.bounds = make([]Box, len(d.cells))
	for i := range d.cells {
		b := d.outlines[i].Bound()
		if res == MaxResolution {
			for row := d.firstRow[i]; row < d.firstRow[i+1]; row++ {
				b = b.union(Box{r.x[row], r.y[row], r.x[row], r.y[row]})
			}
		} else {
			for _, child := range all[res+1].bounds[d.firstChild[i]:d.firstChild[i+1]] {
				b = b.union(child)
			}
		}
		d.bounds[i] = b
	}
}

// HasCells reports whether a cell of resolution r that has pins may meet the
// box. It ignores the delta.
func (v *Version) HasCells(r geo.Resolution, in Box) bool {
	for i := range v.segments {
		s := v.segments[i].segment
		if s.bounds.Meets(in) && s.directories.hasCells(MinResolution, r, 0, uint32(len(s.directories[MinResolution].cells)), in) {
			return true
		}
	}
	return false
}

// hasCells searches the cells lo to hi-1 of resolution at for cells of
// resolution r.
func (ds *directories) hasCells(at, r geo.Resolution, lo, hi uint32, in Box) bool {
	d := &ds[at]
	for i := lo; i < hi; i++ {
		if d.bounds[i].Meets(in) && (at == r || d.bounds[i].within(in) || ds.hasCells(at+1, r, d.firstChild[i], d.firstChild[i+1], in)) {
			return true
		}
	}
	return false
}
