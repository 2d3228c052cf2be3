package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// CutAtAntimeridian returns a ring whose longitudes may continue beyond -180 or
// 180, as far as -540 to 540, as polygons within -180 to 180 (RFC 7946, section
// 3.1.9).
func CutAtAntimeridian(r orb.Ring) orb.MultiPolygon {
	b := r.Bound()
	var out orb.MultiPolygon
	for _, shift := range [...]float64{0, 360, -360} {
		world := orb.Bound{Min: orb.Point{-180 + shift, b.Min.Lat()}, Max: orb.Point{180 + shift, b.Max.Lat()}}
		if b.Min.Lon() >= world.Max.Lon() || b.Max.Lon() <= world.Min.Lon() {
			continue
		}
		part := clip.Ring(world, r.Clone())
		if len(part) < 4 {
			continue
		}
		for i := range part {
			part[i][0] -= shift
		}
		out = append(out, orb.Polygon{part})
	}
	return out
}
