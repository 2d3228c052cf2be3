package district

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// ParseBoundary returns the boundary of the box "west,south,east,north" in degrees, in
// two polygons where it crosses the antimeridian: there, west is greater than
// east. Its errors are those of geo.ParseBox, and others for a box without area and
// for one across the antimeridian that is wider than half the world, since its
// west and east are more likely exchanged.
func ParseBoundary(s string) (orb.MultiPolygon, error) {
	box, err := geo.ParseBox(s)
	if err != nil {
		return nil, err
	}
	if bound := box.Unwrapped(); box.Crosses() && bound.Max.Lon()-bound.Min.Lon() > 180 {
		return nil, fmt.Errorf("from %v eastward to %v is more than half the world; exchange west and east", box.West, box.East)
	}
	var boundary orb.MultiPolygon
	for _, part := range box.Bounds() {
		if part.Min.Lon() < part.Max.Lon() { // not a part of no width, at the antimeridian
			boundary = append(boundary, part.ToPolygon())
		}
	}
	if len(boundary) == 0 || box.South == box.North {
		return nil, errors.New("west must differ from east, and south from north")
	}
	return boundary, nil
}

// BoundaryOf returns the polygons of all areas as one multipolygon. Common
// borders are not dissolved.
func BoundaryOf(areas []civic.Area) orb.MultiPolygon {
	var boundary orb.MultiPolygon
	for _, a := range areas {
		boundary = append(boundary, a.Boundary...)
	}
	return boundary
}
