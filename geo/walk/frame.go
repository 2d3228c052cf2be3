package walk

import (
	"math"

	"github.com/paulmach/orb"
)

// frame converts points to metres east and north of an origin, by an
// equirectangular projection. It is for points within some kilometres, also on
// the other side of the antimeridian.
type frame struct {
	origin point
	x, y   float64 // metres in a unit
}

func frameAt(p point) frame {
	const unit = orb.EarthRadius * math.Pi / 180 / perDegree
	return frame{p, unit * math.Cos(float64(p.lat)/perDegree*math.Pi/180), unit}
}

func (f frame) metres(p point) orb.Point {
	return orb.Point{f.x * float64(eastward(f.origin.lon, p.lon)), f.y * (float64(p.lat) - float64(f.origin.lat))}
}

// point returns the point at metres east and north.
func (f frame) point(m orb.Point) orb.Point {
	o := f.origin.degrees()
	lon := o.Lon() + m[0]/f.x/perDegree
	switch {
	case lon >= 180:
		lon -= 360
	case lon < -180:
		lon += 360
	}
	return orb.Point{lon, o.Lat() + m[1]/f.y/perDegree}
}

// eastward returns the difference of two longitudes, the shorter way round.
func eastward(from, to int32) int64 {
	d := int64(to) - int64(from)
	switch {
	case d >= world/2:
		d -= world
	case d < -world/2:
		d += world
	}
	return d
}
