// Package geotest provides random geometry anywhere on Earth for tests, and the
// directories of real data.
package geotest

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Boundary returns a rectangle, or a star with one vertex in every
// direction, anywhere that Web Mercator shows, in up to three parts. Many are across
// the antimeridian, where they are cut, or at high latitudes.
func Boundary(r *rand.Rand) orb.MultiPolygon {
	size := math.Pow(10, 3*r.Float64()-2) // 0.01 to 10 degrees
	lon, lat := 360*r.Float64()-180, 168*r.Float64()-84
	switch r.IntN(4) {
	case 0:
		lon = 180 - size*r.Float64()
	case 1:
		lat = math.Copysign(70+15*r.Float64(), lat)
	}
	var out orb.MultiPolygon
	for range 1 + r.IntN(3) {
		var ring orb.Ring
		if r.IntN(2) == 0 {
			ring = orb.Bound{Min: orb.Point{lon, lat}, Max: orb.Point{lon + size*(0.1+r.Float64()), lat + size*(0.1+r.Float64())}}.ToRing()
		} else {
			n := 3 + r.IntN(20)
			for i := range n {
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
				distance := size * (0.1 + r.Float64())
				ring = append(ring, orb.Point{lon + distance*cos, lat + distance*sin})
			}
			ring = append(ring, ring[0])
		}
		for i := range ring {
			ring[i][1] = max(-geo.MaxLatitude, min(geo.MaxLatitude, ring[i][1]))
		}
		out = append(out, geo.CutAtAntimeridian(ring)...)
		lon, lat = lon+2*size*r.Float64(), lat+size*(r.Float64()-0.5)
	}
	return out
}

// Point returns a point in mp, often one on its edge.
func Point(r *rand.Rand, mp orb.MultiPolygon) orb.Point {
	polygon := mp[r.IntN(len(mp))]
	if p := polygon[0][r.IntN(len(polygon[0]))]; r.IntN(3) == 0 {
		return p
	}
	b := polygon.Bound()
	for range 1000 {
		p := orb.Point{b.Min[0] + r.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + r.Float64()*(b.Max[1]-b.Min[1])}
		if geo.Contains(mp, p) {
			return p
		}
	}
	return polygon[0][0]
}
