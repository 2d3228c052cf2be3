package geo

import "github.com/paulmach/orb"

// Contains reports whether p is in mp or on its boundary. Edges are straight in
// degrees, as in RFC 7946, section 3.1.1, and as for ST_Covers.
func Contains(mp orb.MultiPolygon, p orb.Point) bool {
	for _, polygon := range mp {
		if polygonContains(polygon, p) {
			return true
		}
	}
	return false
}

// Region is a multipolygon prepared for many points: it knows the bound of each
// of its polygons. The zero value is empty.
type Region struct {
	polygons orb.MultiPolygon
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
		if bound.Contains(p) && polygonContains(r.polygons[i], p) {
			return true
		}
	}
	return false
}

func polygonContains(polygon orb.Polygon, p orb.Point) bool {
	if len(polygon) == 0 {
		return false
	}
	if inside, on := locate(polygon[0], p); !inside {
		return on
	}
	for _, hole := range polygon[1:] {
		if inside, on := locate(hole, p); inside || on {
			return on
		}
	}
	return true
}

// locate reports whether p is inside a closed ring, or on it. It counts the edges
// that a ray from p to the east crosses. Package orb/planar computes the bound of
// the ring for each point first, which takes four times as long.
func locate(ring orb.Ring, p orb.Point) (inside, on bool) {
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if a[1] > b[1] {
			a, b = b, a
		}
		switch {
		case p[1] < a[1] || p[1] > b[1]:
		case a[1] == b[1]:
			if p[0] >= min(a[0], b[0]) && p[0] <= max(a[0], b[0]) {
				return false, true
			}
		default:
			side := (b[0]-a[0])*(p[1]-a[1]) - (p[0]-a[0])*(b[1]-a[1])
			if side == 0 {
				return false, true
			}
			if side > 0 && p[1] < b[1] { // of two edges that meet at the height of p, one counts
				inside = !inside
			}
		}
	}
	return inside, false
}
