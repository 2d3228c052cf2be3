package index

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// PointsIn returns the number of pins in the cell that f selects and that may be
// drawn as points. The cell must have a resolution of the index.
func (v *Version) PointsIn(cell geo.Cell, f civic.Filter) int {
	m := *v.Filter(f)
	m.pointsOnly = true
	s := v.getScratch()
	defer v.putScratch(s)
	found := cellCount{cell: cell}
	v.VisitCells(s, cell.Resolution(), &m, nil, &found)
	return found.n
}

// cellCount is a visitor that keeps the count of one cell.
type cellCount struct {
	cell geo.Cell
	n    int
}

// VisitCell implements CellVisitor.
func (c *cellCount) VisitCell(h Hex, _ *Outline) {
	if h.Cell == c.cell {
		c.n = h.Total()
	}
}
