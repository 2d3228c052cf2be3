package civic

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Location is a point on Earth and the H3 cell of resolution 15 that contains
// it.
type Location struct {
	Point orb.Point
	Cell  geo.Cell
}

// LocationAt returns the location of p. It returns geo.ErrCoordinate when p is
// not on Earth.
func LocationAt(p orb.Point) (Location, error) {
	cell, err := geo.CellAt(p)
	return Location{p, cell}, err
}
