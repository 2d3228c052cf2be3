package geo

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// ErrPolygon reports a geometry that cannot be the boundary of an area.
var ErrPolygon = errors.New("not a usable polygon")

// MultiPolygon converts g into a multipolygon whose rings are closed and wound
// as RFC 7946 recommends: exterior rings counter-clockwise, holes clockwise. It
// accepts polygons, multipolygons and collections of them. It returns ErrPolygon
// for other geometries, for rings with fewer than four points or without area,
// and for rings that are not cut at the antimeridian (RFC 7946, section 3.1.9),
// and ErrCoordinate for coordinates that are not on Earth.
func MultiPolygon(g orb.Geometry) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		out = orb.MultiPolygon{g.Clone()}
	case orb.MultiPolygon:
		out = g.Clone()
	case orb.Collection:
		for _, part := range g {
			mp, err := MultiPolygon(part)
			if err != nil {
				return nil, err
			}
			out = append(out, mp...)
		}
	case nil:
		return nil, fmt.Errorf("geometry is missing: %w", ErrPolygon)
	default:
		return nil, fmt.Errorf("geometry is a %s: %w", g.GeoJSONType(), ErrPolygon)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no polygon: %w", ErrPolygon)
	}
	for i, polygon := range out {
		if len(polygon) == 0 {
			return nil, fmt.Errorf("polygon %d has no ring: %w", i+1, ErrPolygon)
		}
		for j, ring := range polygon {
			ring, err := cleanRing(ring, j == 0)
			if err != nil {
				return nil, fmt.Errorf("polygon %d, ring %d: %w", i+1, j+1, err)
			}
			polygon[j] = ring
		}
	}
	return out, nil
}

func cleanRing(r orb.Ring, outer bool) (orb.Ring, error) {
	for _, p := range r {
		if !Valid(p) {
			return nil, fmt.Errorf("%v, %v: %w", p.Lon(), p.Lat(), ErrCoordinate)
		}
	}
	if len(r) > 0 && r[0] != r[len(r)-1] {
		r = append(r, r[0])
	}
	for i := 1; i < len(r); i++ {
		if width := math.Abs(r[i].Lon() - r[i-1].Lon()); width > 180 {
			return nil, fmt.Errorf("an edge extends over %.0f degrees of longitude; cut the polygon at the antimeridian: %w", width, ErrPolygon)
		}
	}
	if len(r) < 4 {
		return nil, fmt.Errorf("only %d points: %w", len(r), ErrPolygon)
	}
	area := planar.Area(r)
	if area == 0 || math.IsNaN(area) {
		return nil, fmt.Errorf("no area: %w", ErrPolygon)
	}
	if outer != (r.Orientation() == orb.CCW) {
		r.Reverse()
	}
	return r, nil
}
