package basemap

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// shape is what is drawn of a feature in one layer, in compact form.
type shape struct {
	layer    uint8 // index in Layers
	kind     shapeKind
	minZoom  uint8
	order    float32 // within the layer: greater later
	attrs    uint32  // number of its set of attributes
	min, max geo.Mercator
	data     []byte // see appendPart
}

// path is a line, a ring without its last point, or a single point.
type path struct {
	points []geo.Mercator
	hole   bool
}

// arena keeps the data of shapes in large pieces, so that there are few
// allocations.
type arena struct{ free []byte }

const arenaPiece = 1 << 20 // bytes

func (a *arena) keep(data []byte) []byte {
	if len(data) > cap(a.free)-len(a.free) {
		a.free = make([]byte, 0, max(arenaPiece, len(data)))
	}
	from := len(a.free)
	a.free = append(a.free, data...)
	return a.free[from:len(a.free):len(a.free)]
}

// appendPart appends a path as varints: the number of points and whether it is a
// hole, then points as differences to the one before, the first to that of the
// path before.
func appendPart(b []byte, p path, last *geo.Mercator) []byte {
	n := uint64(len(p.points)) << 1
	if p.hole {
		n |= 1
	}
	b = binary.AppendUvarint(b, n)
	for _, q := range p.points {
		b = binary.AppendVarint(b, int64(q.X)-int64(last.X))
		b = binary.AppendVarint(b, int64(q.Y)-int64(last.Y))
		*last = q
	}
	return b
}

// paths returns the paths of a shape.
func (s *shape) paths() []path {
	var out []path
	var last geo.Mercator
	for b := s.data; len(b) > 0; {
		n, size := binary.Uvarint(b)
		b = b[size:]
		p := path{points: make([]geo.Mercator, n>>1), hole: n&1 == 1}
		for i := range p.points {
			dx, size := binary.Varint(b)
			dy, more := binary.Varint(b[size:])
			b = b[size+more:]
			last.X, last.Y = uint32(int64(last.X)+dx), uint32(int64(last.Y)+dy)
			p.points[i] = last
		}
		out = append(out, p)
	}
	return out
}

// set sets the geometry of a shape, and its bound.
func (s *shape) set(a *arena, paths []path) {
	s.min, s.max = geo.Mercator{X: math.MaxUint32, Y: math.MaxUint32}, geo.Mercator{}
	var last geo.Mercator
	var b []byte
	for _, p := range paths {
		b = appendPart(b, p, &last)
		for _, q := range p.points {
			s.min.X, s.min.Y = min(s.min.X, q.X), min(s.min.Y, q.Y)
			s.max.X, s.max.Y = max(s.max.X, q.X), max(s.max.Y, q.Y)
		}
	}
	s.data = a.keep(b)
}

// projectLine returns the projection of a line without repeated points.
func projectLine(l []orb.Point) []geo.Mercator {
	out := make([]geo.Mercator, 0, len(l))
	for _, p := range l {
		if m := geo.Project(p); len(out) == 0 || m != out[len(out)-1] {
			out = append(out, m)
		}
	}
	return out
}

// projectArea returns the rings of an area: outer ones clockwise on the map,
// each followed by its holes, which are counter-clockwise. surface is that of
// the outer rings in square units.
func projectArea(mp orb.MultiPolygon) (rings []path, surface float64) {
	for _, polygon := range mp {
		for i, r := range polygon {
			points := projectLine(r)
			if n := len(points); n > 1 && points[0] == points[n-1] {
				points = points[:n-1]
			}
			a := signedArea(points)
			if len(points) < 3 || a == 0 {
				if i == 0 {
					break
				}
				continue
			}
			if hole := i > 0; hole == (a > 0) {
				for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
					points[i], points[j] = points[j], points[i]
				}
			}
			if i == 0 {
				surface += math.Abs(a)
			}
			rings = append(rings, path{points, i > 0})
		}
	}
	return rings, surface
}

// signedArea returns the area of a ring by the shoelace formula: positive for a
// ring that is clockwise on the map, with Y downward.
func signedArea(points []geo.Mercator) float64 {
	sum := 0.0
	for i, q := range points {
		p := points[(i+len(points)-1)%len(points)]
		// relative to the first point, for precision
		px, py := float64(p.X)-float64(points[0].X), float64(p.Y)-float64(points[0].Y)
		qx, qy := float64(q.X)-float64(points[0].X), float64(q.Y)-float64(points[0].Y)
		sum += px*qy - qx*py
	}
	return sum / 2
}
