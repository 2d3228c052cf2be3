package tiles

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// mostAreas is how many bytes the areas of a tile may take: boundaries that take
// more are drawn coarser. A phone gets them compressed to about a half.
const mostAreas = 128 << 10

// AppendAreas appends the tile's layer "areas": a polygon for each area of the
// filter (all, where it names none), with its slug and name. Boundaries are drawn
// to a unit of the tile, an eighth of a pixel, or coarser where they would
// otherwise be large.
func (v *Version) AppendAreas(dst []byte, t maptile.Tile, f civic.Filter) []byte {
	start := len(dst)
	for tolerance := 1.0; ; tolerance *= 2 {
		if dst = v.appendAreas(dst[:start], t, f, tolerance); len(dst)-start <= mostAreas || tolerance >= Extent {
			return dst
		}
	}
}

func (v *Version) appendAreas(dst []byte, t maptile.Tile, f civic.Filter, tolerance float64) []byte {
	b := v.brush()
	defer v.done(b)
	in, l := frameOf(t), &b.layer
	edge := in.box(polygonBuffer)
	l.begin(dst, LayerAreas)
	for _, a := range v.District.Areas {
		if !holds(f.Areas, a.Slug) || !boxOf(a.Boundary.Bound()).meets(edge) {
			continue
		}
		if commands := in.polygons(a.Boundary, tolerance); len(commands) > 0 {
			l.feature(uint64(a.ID), mvtPolygon, []uint32{0, l.text(a.Slug), 1, l.text(v.District.Text(a.Name, ""))}, commands)
		}
	}
	return l.end("slug", "name")
}

// polygons is mp as commands, clipped to the tile and its buffer: outer rings
// clockwise on the map, holes the other way.
func (f frame) polygons(mp orb.MultiPolygon, tolerance float64) []uint32 {
	var p pen
	for _, polygon := range mp {
		for i, ring := range polygon {
			points := make([][2]int32, 0, len(ring))
			for j := len(ring) - 1; j > 0; j-- { // RFC 7946 winds the other way
				at := geo.Project(ring[j])
				if q := f.place(int64(at.X), int64(at.Y)); len(points) == 0 || q != points[len(points)-1] {
					points = append(points, q)
				}
			}
			points = clip(points, make([][2]int32, 0, len(points)+8))
			if !p.ring(simplified(points, tolerance)) && i == 0 {
				break // no outer ring, no holes
			}
		}
	}
	return p.commands
}

// simplified ring (not closed), by Visvalingam and Whyatt, "Line generalisation by
// repeated elimination of points" (1993): what is left out makes a triangle of less
// than half the square of the tolerance, in tile units. It takes n log n steps
// whatever the ring; that of Douglas and Peucker may take n².
func simplified(points [][2]int32, tolerance float64) [][2]int32 {
	if len(points) < 5 {
		return points
	}
	ring := make(orb.Ring, 0, len(points)+1)
	for _, q := range points {
		ring = append(ring, orb.Point{float64(q[0]), float64(q[1])})
	}
	ring = simplify.VisvalingamThreshold(tolerance * tolerance / 2).Ring(append(ring, ring[0]))
	points = points[:0]
	for _, q := range ring[:len(ring)-1] {
		points = append(points, [2]int32{int32(q[0]), int32(q[1])})
	}
	return points
}
