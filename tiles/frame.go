package tiles

import (
	"github.com/paulmach/orb/maptile"
)

// MaxZoom is the deepest tile drawn: there, a tile unit is a unit of
// geo.Mercator.
const MaxZoom = 20

// polygonBuffer is how far, in tile units, polygons are drawn beyond the tile's
// edge, so that outlines along it are not seen.
const polygonBuffer = 64

// frame places a tile in Web Mercator.
type frame struct {
	minX, minY int64
	shift      uint // from units of geo.Mercator to tile units
}

func frameOf(t maptile.Tile) frame {
	return frame{
		minX:  int64(t.X) << (32 - t.Z),
		minY:  int64(t.Y) << (32 - t.Z),
		shift: uint(32 - t.Z - extentBits),
	}
}

// box of the tile and a buffer in tile units around it, within the world.
func (f frame) box(buffer int64) box {
	const last = 1<<32 - 1
	side, edge := int64(Extent)<<f.shift, buffer<<f.shift
	return box{
		uint32(max(0, f.minX-edge)), uint32(max(0, f.minY-edge)),
		uint32(min(last, f.minX+side+edge-1)), uint32(min(last, f.minY+side+edge-1)),
	}
}

// place is a position in tile units.
func (f frame) place(x, y int64) [2]int32 {
	return [2]int32{int32((x - f.minX) >> f.shift), int32((y - f.minY) >> f.shift)}
}

// clip a ring (not closed) to the tile and its buffer, by Sutherland and
// Hodgman, "Reentrant polygon clipping" (1974). A convex ring stays one ring.
func clip(ring, spare [][2]int32) [][2]int32 {
	const low, high = -polygonBuffer, Extent + polygonBuffer
	for _, edge := range [4]struct {
		axis  int
		bound int32
		above bool
	}{{0, low, true}, {0, high, false}, {1, low, true}, {1, high, false}} {
		out := spare[:0]
		inside := func(p [2]int32) bool {
			return edge.above && p[edge.axis] >= edge.bound || !edge.above && p[edge.axis] <= edge.bound
		}
		for i, p := range ring {
			q := ring[(i+len(ring)-1)%len(ring)]
			if inside(p) != inside(q) {
				out = append(out, crossing(q, p, edge.axis, edge.bound))
			}
			if inside(p) {
				out = append(out, p)
			}
		}
		ring, spare = out, ring
	}
	return ring
}

// crossing of the segment with the line on which the axis has the value.
func crossing(p, q [2]int32, axis int, bound int32) [2]int32 {
	other := 1 - axis
	var out [2]int32
	out[axis] = bound
	t := float64(bound-p[axis]) / float64(q[axis]-p[axis])
	out[other] = p[other] + int32(t*float64(q[other]-p[other]))
	return out
}
