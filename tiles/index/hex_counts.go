package index

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Hex is a cell with its counts.
type Hex struct {
	Cell geo.Cell
	civic.Counts
}

// MaxHexes is the largest number of cells that Hexes returns.
const MaxHexes = 100_000

// CheckResolution returns civic.ErrInvalid for a resolution that hexes do not
// have.
func CheckResolution(r geo.Resolution) error {
	if r < MinResolution || r > MaxResolution {
		return fmt.Errorf("%w: resolution %d is not %d to %d", civic.ErrInvalid, r, MinResolution, MaxResolution)
	}
	return nil
}

// Hexes returns the cells of resolution r of the areas of f, or of the whole
// district if f has no areas, in order: every cell that overlaps them,
// including cells without pins, and every cell that has a pin that f selects.
// The latter can be beyond a border, since an H3 parent does not quite cover
// its children. The sum over all hexes is therefore the number of pins that f
// selects, at every resolution.
//
// It returns geo.ErrTooManyCells for more than MaxHexes cells.
func (v *Version) Hexes(r geo.Resolution, f civic.Filter) ([]Hex, error) {
	if err := CheckResolution(r); err != nil {
		return nil, err
	}
	cells, err := v.covers.cells(r, f.Areas)
	if err != nil {
		return nil, fmt.Errorf("cover %s at resolution %d: %w", v.District.Slug, r, err)
	}
	s := v.getScratch()
	defer v.shared.scratch.Put(s)
	out := hexList{cells, make([]Hex, 0, len(cells))}
	v.VisitCells(s, r, v.Filter(f), nil, &out)
	for _, c := range out.cells {
		out.hexes = append(out.hexes, Hex{Cell: c})
	}
	return out.hexes, nil
}

// HexesWithPins returns the cells of resolution r that have a pin that f
// selects, in order.
func (v *Version) HexesWithPins(r geo.Resolution, f civic.Filter) []Hex {
	s := v.getScratch()
	defer v.shared.scratch.Put(s)
	var out hexList
	v.VisitCells(s, r, v.Filter(f), nil, &out)
	return out.hexes
}

// hexList merges the cells with pins and the cells of a cover, in order.
type hexList struct {
	cells []geo.Cell // of the cover, that remain
	hexes []Hex
}

// VisitCell appends a cell after those of the cover before it.
func (l *hexList) VisitCell(h Hex, _ *Outline) {
	for len(l.cells) > 0 && l.cells[0] <= h.Cell {
		if l.cells[0] < h.Cell {
			l.hexes = append(l.hexes, Hex{Cell: l.cells[0]})
		}
		l.cells = l.cells[1:]
	}
	l.hexes = append(l.hexes, h)
}
