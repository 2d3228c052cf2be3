package draw

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// maxAreasSize is the size in bytes above which the areas of a tile are
// simplified further. Compressed, they are about half as large.
const maxAreasSize = 128 << 10

// Areas appends the layer "areas" of a tile: a polygon for each area of f, or
// for every area if f has none, with its slug and its name in the default
// language of the district. Boundaries are simplified to a tile coordinate, an
// eighth of a pixel, and further while they are larger than 128 KiB.
func Areas(dst []byte, v *index.Version, t maptile.Tile, f civic.Filter) []byte {
	start := len(dst)
	for tolerance := 1.0; ; tolerance *= 2 {
		if dst = areas(dst[:start], v, t, f, tolerance); len(dst)-start <= maxAreasSize || tolerance >= mvt.Extent {
			return dst
		}
	}
}

func areas(dst []byte, v *index.Version, t maptile.Tile, f civic.Filter, tolerance float64) []byte {
	b := getBuffers(v)
	defer v.Pool().Put(b)
	to, box, layer := transformOf(t), index.TileBox(t, mvt.Buffer), &b.layer
	layer.Begin(dst, LayerAreas)
	for i := range v.District.Areas {
		a := &v.District.Areas[i]
		if len(f.Areas) > 0 && !slices.Contains(f.Areas, a.Slug) || !index.BoxOf(geo.BoxOf(a.Boundary)).Meets(box) {
			continue
		}
		b.geometry.Reset()
		to.addPolygons(&b.geometry, a.Boundary, tolerance)
		if !b.geometry.Empty() {
			layer.Polygon(uint64(a.ID), []uint32{0, layer.Text(a.Slug), 1, layer.Text(v.District.Text(a.Name, ""))}, &b.geometry)
		}
	}
	return layer.End("slug", "name")
}

// addPolygons adds the rings of mp, clipped and simplified. Where mp is on both
// sides of the antimeridian, along which RFC 7946 cuts it, the cut is moved into
// the buffers of the tiles on both sides, so that no map shows it as a border.
func (t transform) addPolygons(g *mvt.Geometry, mp orb.MultiPolygon, tolerance float64) {
	whole := mp.Bound()
	isCut := whole.Min.Lon() == -180 && whole.Max.Lon() == 180
	for _, polygon := range mp {
		for i, ring := range polygon {
			points := make([]mvt.Point, 0, len(ring))
			add := func(p orb.Point, outward int64) {
				at := geo.Project(p)
				if q := t.point(int64(at.X)+outward, int64(at.Y)); len(points) == 0 || q != points[len(points)-1] {
					points = append(points, q)
				}
			}
			for j := len(ring) - 1; j > 0; j-- { // RFC 7946 has the opposite winding order
				p, next := ring[j], ring[j-1]
				add(p, 0)
				if isCut && p.Lon() == next.Lon() && math.Abs(p.Lon()) == 180 {
					outward := int64(math.Copysign(float64(int64(mvt.Buffer)<<t.shift), p.Lon()))
					add(p, outward)
					add(next, outward)
				}
			}
			points = mvt.Clip(points, make([]mvt.Point, 0, len(points)+8))
			if !g.Ring(simplified(points, tolerance)) && i == 0 {
				break // without the exterior ring there are no holes
			}
		}
	}
}

// simplified returns a ring, not closed, without the points that form a
// triangle of less than half the square of the tolerance, in tile coordinates.
//
// Algorithm: Visvalingam and Whyatt, "Line generalisation by repeated
// elimination of points" (1993). It takes n log n steps for any ring; that of
// Douglas and Peucker may take n².
func simplified(points []mvt.Point, tolerance float64) []mvt.Point {
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
		points = append(points, mvt.Point{int32(q[0]), int32(q[1])})
	}
	return points
}
