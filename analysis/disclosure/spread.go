package disclosure

import (
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// Spread returns a cell for each pin of a leaf, in the order of cells: the same
// number of pins in each of its units, as far as whole pins allow. It depends on
// nothing but what is published, so it discloses no more than the leaf, and
// orders cells much more like the exact counts do than all pins in the cell At
// (docs/decisions/0027-disclosure.md). Units are those given to Close.
func Spread(units []Unit, l Leaf) []geo.Cell {
	var run []geo.Cell
	for _, u := range units {
		if u.Area == l.Area && u.Cell >= l.First && u.Cell <= l.Last {
			run = append(run, u.Cell)
		}
	}
	slices.Sort(run)
	run = slices.Compact(run)
	cells := make([]geo.Cell, l.Pins)
	for i := range cells {
		cells[i] = run[(2*i+1)*len(run)/(2*l.Pins)] // the middle of the i-th of equal parts of the run
	}
	return cells
}
