package civic

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// What is not shown exactly is moved to the centre of its cell: at these
// resolutions a cell is about 0.015 km² and 0.1 km² (a block of houses, a small
// neighbourhood).
const (
	BlurResolution geo.Resolution = 10
	HexResolution  geo.Resolution = 9
)

// Shown is a place and its resolution-15 cell.
type Shown struct {
	Point orb.Point
	Cell  geo.Cell
}

// At is the exact place of p.
func At(p orb.Point) (Shown, error) {
	cell, err := geo.CellAt(p)
	return Shown{p, cell}, err
}

// Show is the place at which the public sees what lies exactly at s. It is the
// one rule of visibility: the live index, tiles, lists and exports hold shown
// places only, so none of them can give away more. A blurred pin is shown at
// the centre of its cell of BlurResolution. A hexed pin is counted at the
// centre of its cell of HexResolution and drawn nowhere, so in finer cells it
// counts in the central one and totals stay the same at every resolution.
func (v Visibility) Show(s Shown) Shown {
	switch v {
	case Exact:
		return s
	case Blurred:
		return centred(s.Cell.Parent(BlurResolution))
	default:
		return centred(s.Cell.Parent(HexResolution))
	}
}

func centred(c geo.Cell) Shown { return Shown{c.Centre(), c.CentreChild()} }

// ShownCell is the coarsest cell that says where a pin is shown: its own for an
// exact one, the one whose centre stands for it otherwise.
func (p *Pin) ShownCell() geo.Cell {
	switch p.Category.Visibility {
	case Exact:
		return p.Where.Cell
	case Blurred:
		return p.Where.Cell.Parent(BlurResolution)
	default:
		return p.Where.Cell.Parent(HexResolution)
	}
}
