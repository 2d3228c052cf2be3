package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Region is a multipolygon prepared for many points: it knows the bound of each
// of its polygons. The zero value is empty.
type Region struct {
	polygons []orb.Polygon
	bounds   []orb.Bound
}

// NewRegion returns the region of a multipolygon, which must not be changed
// afterwards.
func NewRegion(mp orb.MultiPolygon) Region {
	r := Region{polygons: mp}
	for _, polygon := range mp {
		r.bounds = append(r.bounds, polygon.Bound())
	}
	return r
}

// Contains reports the same as the function Contains for the multipolygon.
func (r Region) Contains(p orb.Point) bool {
	for i, bound := range r.bounds {
		if bound.Contains(p) && planar.PolygonContains(r.polygons[i], p) {
			return true
		}
	}
	return false
}
