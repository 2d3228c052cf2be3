package district

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// ParseBox returns the boundary of the box "west,south,east,north" in degrees.
// It returns geo.ErrCoordinate for coordinates that are not on Earth.
func ParseBox(s string) (orb.MultiPolygon, error) {
	var side [4]float64
	parts := strings.Split(s, ",")
	if len(parts) != len(side) {
		return nil, errors.New("write it as west,south,east,north")
	}
	for i, part := range parts {
		var err error
		if side[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return nil, fmt.Errorf("%q is not a number", part)
		}
	}
	box := orb.Bound{Min: orb.Point{side[0], side[1]}, Max: orb.Point{side[2], side[3]}}
	switch {
	case !geo.Valid(box.Min) || !geo.Valid(box.Max):
		return nil, geo.ErrCoordinate
	case box.Min[0] >= box.Max[0] || box.Min[1] >= box.Max[1]:
		return nil, errors.New("west must be less than east, and south less than north")
	}
	return geo.MultiPolygon(box)
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
