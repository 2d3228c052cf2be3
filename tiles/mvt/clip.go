package mvt

// Clip returns the part of a ring, not closed, that is in the tile and its
// buffer. A convex ring remains one ring, with at most four more points. Clip
// overwrites ring and spare and returns one of them, or a new slice where they
// are too small.
//
// Algorithm: Sutherland and Hodgman, "Reentrant polygon clipping" (1974).
func Clip(ring, spare []Point) []Point {
	const low, high = -Buffer, Extent + Buffer
	for _, edge := range [4]struct {
		axis  int
		bound int32
		above bool
	}{{0, low, true}, {0, high, false}, {1, low, true}, {1, high, false}} {
		out := spare[:0]
		inside := func(p Point) bool {
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

// crossing returns the point of the segment from p to q at which the coordinate
// of the axis is bound.
func crossing(p, q Point, axis int, bound int32) Point {
	other := 1 - axis
	var out Point
	out[axis] = bound
	t := float64(bound-p[axis]) / float64(q[axis]-p[axis])
	out[other] = p[other] + int32(t*float64(q[other]-p[other]))
	return out
}
