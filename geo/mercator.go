package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Mercator is a location in Web Mercator (EPSG:3857) on an integer grid of 2^32
// by 2^32 units. X grows eastward from -180°, Y southward from 85.0511°. A unit
// is 9 mm at the equator. A right shift of X and Y returns tile coordinates.
type Mercator struct{ X, Y uint32 }

const world = 1 << 32

// MaxLatitude is the latitude at which Web Mercator ends, in degrees. Points
// beyond it are projected onto it.
const MaxLatitude = 85.05112877980659

// Project returns the projection of p, in degrees, clamped to the square of Web
// Mercator.
//
// Formula: Snyder, Map Projections (USGS 1395), equations 7-1 and 7-2, for the
// sphere.
func Project(p orb.Point) Mercator {
	x, y := project(p)
	return Mercator{clamp(x), clamp(y)}
}

// Offset returns the projection of p relative to m, in units. It does not wrap
// at ±180°, so that a ring which continues beyond stays contiguous.
func (m Mercator) Offset(p orb.Point) (dx, dy int32) {
	x, y := project(p)
	return int32(math.Round(x - float64(m.X))), int32(math.Round(y - float64(m.Y)))
}

func project(p orb.Point) (x, y float64) {
	lat := max(-MaxLatitude, min(MaxLatitude, p.Lat()))
	sin := math.Sin(lat * math.Pi / 180)
	x = (p.Lon()/360 + 0.5) * world
	y = (0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)) * world
	return x, y
}

func clamp(v float64) uint32 {
	return uint32(max(0, min(world-1, math.Floor(v))))
}

// earthRadius is the radius in metres that H3 uses.
const earthRadius = 6371007.180918475

// Scale returns the number of units in a metre at m: the number at the equator
// times the secant of the latitude (Snyder, equation 7-4).
func (m Mercator) Scale() float64 {
	return math.Cosh(math.Pi*(1-2*float64(m.Y)/world)) * world / (2 * math.Pi * earthRadius)
}

// Point returns the centre of the unit in degrees.
func (m Mercator) Point() orb.Point {
	x := (float64(m.X) + 0.5) / world
	y := (float64(m.Y) + 0.5) / world
	return orb.Point{x*360 - 180, math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi}
}
