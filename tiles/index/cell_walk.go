package index

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// CellVisitor receives the cells of VisitCells. The outline is nil for cells
// of which only the delta has matching rows (see Version.Outline).
type CellVisitor interface {
	VisitCell(h Hex, o *Outline)
}

// VisitCells calls the visitor for every cell of resolution r that has a pin
// that f selects, in order. With a box, it calls it for all cells that may meet
// the box, and perhaps for others, whose counts are then too low.
func (v *Version) VisitCells(s *Scratch, r geo.Resolution, f *Filter, in *Box, visitor CellVisitor) {
	s.prepare(v, f, false)
	near := worldBox
	if in != nil {
		near = in.around(r)
	}
	s.runs = v.delta.appendRuns(s.runs[:0], near, nil)
	w := cellWalk{v: v, s: s, r: r, visitor: visitor, runs: s.runs}
	for i := range v.segments {
		d := &v.segments[i].directories[r]
		if in == nil {
			for cell := range d.cells {
				if w.mayMatch(i, d, cell) {
					w.visit(i, cell)
				}
			}
		} else if v.segments[i].bounds.Meets(*in) {
			w.descend(i, MinResolution, 0, uint32(len(v.segments[i].directories[MinResolution].cells)), *in)
		}
	}
	w.visitDeltaBefore(^geo.Cell(0))
	w.flush()
	s.release()
}

// cellWalk is one pass over the cells of a resolution, in which it merges those
// of the segments and those of the delta.
type cellWalk struct {
	v        *Version
	s        *Scratch // prepared
	r        geo.Resolution
	visitor  CellVisitor
	runs     []run // of the delta, after the current one
	row, end int   // what remains of the current run
	last     Hex   // not passed on yet: the next segment may have more of the cell
	outline  *Outline
}

// visit visits cell i of the directory of a segment, after the cells before it
// that only the delta has.
func (w *cellWalk) visit(segment, i int) {
	d := &w.v.segments[segment].directories[w.r]
	w.visitDeltaBefore(d.cells[i])
	_, f := w.s.segment(int32(segment))
	n := f.count(int(d.firstRow[i]), int(d.firstRow[i+1]))
	w.add(Hex{d.cells[i], n.Plus(w.countDelta(d.cells[i]))}, &d.outlines[i])
}

// mayMatch reports whether cell i of a directory may have a matching row.
func (w *cellWalk) mayMatch(segment int, d *directory, i int) bool {
	return w.v.segments[segment].planes.mayMatch(w.s.filter, d.firstRow[i], d.firstRow[i+1])
}

// visitDeltaBefore visits cells of the delta below the limit.
func (w *cellWalk) visitDeltaBefore(limit geo.Cell) {
	for w.hasDelta() {
		cell := w.deltaCell(w.row)
		if cell >= limit {
			return
		}
		w.add(Hex{cell, w.countDelta(cell)}, nil)
	}
}

// hasDelta reports whether a row of the delta remains.
func (w *cellWalk) hasDelta() bool {
	if w.row == w.end && len(w.runs) > 0 {
		w.row, w.end = int(w.runs[0].lo), int(w.runs[0].hi)
		w.runs = w.runs[1:]
	}
	return w.row < w.end
}

func (w *cellWalk) deltaCell(row int) geo.Cell { return w.v.delta.cell[row].Parent(w.r) }

// countDelta counts the rows of the delta in the cell.
func (w *cellWalk) countDelta(cell geo.Cell) (n civic.Counts) {
	for w.hasDelta() && w.deltaCell(w.row) == cell {
		from := w.row
		for w.row < w.end && w.deltaCell(w.row) == cell {
			w.row++
		}
		n = n.Plus(w.s.deltaFilter.count(from, w.row))
	}
	return n
}

// add adds counts of a cell.
func (w *cellWalk) add(h Hex, o *Outline) {
	if h.Cell == w.last.Cell {
		w.last.Counts = w.last.Plus(h.Counts)
		return
	}
	w.flush()
	w.last, w.outline = h, o
}

// flush passes the last cell to the visitor.
func (w *cellWalk) flush() {
	if w.last.Total() > 0 {
		w.visitor.VisitCell(w.last, w.outline)
	}
}

// descend visits the cells below the cells lo to hi-1 of resolution at that may
// meet the box.
func (w *cellWalk) descend(segment int, at geo.Resolution, lo, hi uint32, in Box) {
	d := &w.v.segments[segment].directories[at]
	for i := lo; i < hi; i++ {
		switch {
		case !d.bounds[i].Meets(in) || !w.mayMatch(segment, d, int(i)):
		case at == w.r:
			w.visit(segment, int(i))
		default:
			w.descend(segment, at+1, d.firstChild[i], d.firstChild[i+1], in)
		}
	}
}
