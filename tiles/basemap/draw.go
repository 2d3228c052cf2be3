package basemap

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/mvt"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

const (
	// tolerance is how far a simplified line may be from the line, in tile
	// coordinates: half a pixel of a tile of 512 pixels. At the last zoom, which
	// maps enlarge, nothing is simplified.
	tolerance = 4
	// minArea is the surface below which an area is left out, in square tile
	// coordinates: 4 pixels. At the last zoom all are drawn.
	minArea = 256
	// minLine is the width and height below which a line is left out.
	minLine = 8
	// keptTiles is the number of tiles of a shape from which on its simplified
	// paths are kept for all of them.
	keptTiles = 4
)

// earth is the number of the layer of land, which has to be in every tile, so
// that the zooms of an archive do not depend on its size.
const earth = 0

// drawing draws the tiles of one zoom.
type drawing struct {
	b      *Builder
	zoom   maptile.Zoom
	shapes map[maptile.Tile][]uint32 // the shapes of each tile, in order
	kept   map[uint32][]tilePath     // the paths of shapes of many tiles
}

// tilePath is a path in tile coordinates of the zoom, counted from the
// north-west of the world.
type tilePath struct {
	points []mvt.Point
	hole   bool
}

func newDrawing(b *Builder, zoom maptile.Zoom) *drawing {
	d := &drawing{b: b, zoom: zoom, shapes: map[maptile.Tile][]uint32{}, kept: map[uint32][]tilePath{}}
	for i := range b.shapes {
		s := &b.shapes[i]
		if maptile.Zoom(s.minZoom) > zoom || d.tooSmall(s) {
			continue
		}
		n := 0
		for t := range tilesOf(s.min, s.max, zoom) {
			d.shapes[t] = append(d.shapes[t], uint32(i))
			n++
		}
		if n >= keptTiles {
			d.kept[uint32(i)] = d.paths(s)
		}
	}
	return d
}

// shift is the number of bits by which a coordinate of Mercator is more precise
// than a tile coordinate of the zoom.
func (d *drawing) shift() int { return 32 - int(d.zoom) - 12 }

// tooSmall reports whether a shape is too small for the zoom.
func (d *drawing) tooSmall(s *shape) bool {
	if d.zoom == MaxZoom || s.kind == point || s.layer == earth {
		return false
	}
	width, height := float64(s.max.X-s.min.X), float64(s.max.Y-s.min.Y)
	unit := math.Exp2(float64(d.shift()))
	if s.kind == line {
		return max(width, height) < minLine*unit
	}
	return width*height < minArea*unit*unit
}

// tilesOf returns the tiles of a zoom that a bound meets, with their buffers.
func tilesOf(low, high geo.Mercator, zoom maptile.Zoom) func(yield func(maptile.Tile) bool) {
	shift := 32 - int(zoom)
	buffer := int64(mvt.Buffer) << (shift - 12)
	first := func(v uint32) uint32 { return uint32(max(0, int64(v)-buffer) >> shift) }
	last := func(v uint32) uint32 { return uint32(min(math.MaxUint32, int64(v)+buffer) >> shift) }
	return func(yield func(maptile.Tile) bool) {
		for y := first(low.Y); y <= last(high.Y); y++ {
			for x := first(low.X); x <= last(high.X); x++ {
				if !yield(maptile.New(x, y, zoom)) {
					return
				}
			}
		}
	}
}

// tiles returns the tiles of a zoom that meet the boxes, in order of their ids.
func (b *Builder) tiles(zoom maptile.Zoom) []maptile.Tile {
	var out []maptile.Tile
	shift := 32 - int(zoom)
	for _, box := range b.boxes {
		low, high := geo.Project(orb.Point{box.Min[0], box.Max[1]}), geo.Project(orb.Point{box.Max[0], box.Min[1]})
		for y := low.Y >> shift; y <= high.Y>>shift; y++ {
			for x := low.X >> shift; x <= high.X>>shift; x++ {
				out = append(out, maptile.New(x, y, zoom))
			}
		}
	}
	slices.SortFunc(out, func(a, b maptile.Tile) int { return cmp.Compare(pmtiles.TileID(a), pmtiles.TileID(b)) })
	return slices.Compact(out)
}

// paths returns the simplified paths of a shape. A shape is simplified as a
// whole and not tile by tile, so that its parts meet at the edges of tiles.
func (d *drawing) paths(s *shape) []tilePath {
	var out []tilePath
	for _, p := range s.paths() {
		points := make([]mvt.Point, len(p.points))
		for i, q := range p.points {
			points[i] = mvt.Point{int32(q.X >> d.shift()), int32(q.Y >> d.shift())}
		}
		points = slices.Compact(points)
		if d.zoom < MaxZoom && len(points) > 2 {
			points = simplified(points, s.kind == area)
		}
		out = append(out, tilePath{points, p.hole})
	}
	return out
}

func simplified(points []mvt.Point, ring bool) []mvt.Point {
	l := make(orb.LineString, 0, len(points)+1)
	for _, p := range points {
		l = append(l, orb.Point{float64(p[0]), float64(p[1])})
	}
	if ring {
		l = append(l, l[0])
	}
	l = simplify.DouglasPeucker(tolerance).LineString(l)
	if ring {
		l = l[:len(l)-1]
	}
	points = points[:0]
	for _, p := range l {
		points = append(points, mvt.Point{int32(p[0]), int32(p[1])})
	}
	return points
}

// newDraw returns a function that draws tiles of the zoom, with memory of its
// own.
func (d *drawing) newDraw() pmtiles.DrawFunc {
	p := &pen{drawing: d}
	return p.draw
}

// pen draws tiles, one at a time.
type pen struct {
	*drawing
	layer    mvt.Layer
	geometry mvt.Geometry
	ring     []mvt.Point
	spare    []mvt.Point
	keys     []string
	tags     []uint32
}

func (p *pen) draw(dst []byte, t maptile.Tile) []byte {
	shapes := p.shapes[t]
	for len(shapes) > 0 {
		number := p.b.shapes[shapes[0]].layer
		n := slices.IndexFunc(shapes, func(i uint32) bool { return p.b.shapes[i].layer != number })
		if n < 0 {
			n = len(shapes)
		}
		p.layer.Begin(dst, Layers()[number])
		p.keys = p.keys[:0]
		for _, i := range shapes[:n] {
			p.drawShape(i, t)
		}
		dst = p.layer.End(p.keys...)
		shapes = shapes[n:]
	}
	return dst
}

func (p *pen) drawShape(i uint32, t maptile.Tile) {
	s := &p.b.shapes[i]
	paths, ok := p.kept[i]
	if !ok {
		paths = p.paths(s)
	}
	origin := mvt.Point{int32(t.X * mvt.Extent), int32(t.Y * mvt.Extent)}
	p.geometry.Reset()
	switch s.kind {
	case area:
		p.addRings(paths, origin, p.zoom < MaxZoom && s.layer != earth)
		if !p.geometry.Empty() {
			p.layer.Polygon(0, p.attributes(s), &p.geometry)
		}
	case line:
		p.addLines(paths, origin)
		if !p.geometry.Empty() {
			p.layer.Line(0, p.attributes(s), &p.geometry)
		}
	case point, dot:
		q := paths[0].points[0]
		q[0], q[1] = q[0]-origin[0], q[1]-origin[1]
		if q[0] >= 0 && q[0] < mvt.Extent && q[1] >= 0 && q[1] < mvt.Extent { // of one tile only
			p.layer.TaggedPoint(0, p.attributes(s), q)
		}
	}
}

// attributes returns the tags of a shape.
func (p *pen) attributes(s *shape) []uint32 {
	p.tags = p.tags[:0]
	for _, a := range p.b.sets[s.attrs] {
		key := slices.Index(p.keys, a.key)
		if key < 0 {
			key = len(p.keys)
			p.keys = append(p.keys, a.key)
		}
		p.tags = append(p.tags, uint32(key))
		switch a.typ {
		case text:
			p.tags = append(p.tags, p.layer.Text(a.text))
		case integer:
			p.tags = append(p.tags, p.layer.Uint(a.number))
		case flag:
			p.tags = append(p.tags, p.layer.True())
		}
	}
	return p.tags
}

// addRings adds the rings of an area, cut at the buffer of the tile. An outer
// ring that becomes too small is left out with its holes, a ring that is too
// small to be seen only if so asked.
func (p *pen) addRings(paths []tilePath, origin mvt.Point, leaveOutSmall bool) {
	drawn := false // the last outer ring
	for _, path := range paths {
		if path.hole && !drawn {
			continue
		}
		p.ring = p.ring[:0]
		for _, q := range path.points {
			p.ring = append(p.ring, mvt.Point{q[0] - origin[0], q[1] - origin[1]})
		}
		ring := mvt.Clip(p.ring, p.spare)
		if len(ring) < 3 {
			drawn = drawn && path.hole
			continue
		}
		surface := mvt.DoubleArea(ring)
		wrong := surface < 0 != path.hole // turned by the simplification
		small := leaveOutSmall && max(surface, -surface) < 2*minArea && !touchesEdge(ring)
		added := !wrong && !small && p.geometry.Ring(ring)
		if !path.hole {
			drawn = added
		}
	}
}

// touchesEdge reports whether a ring has been cut, so that its surface says
// little about that of the area.
func touchesEdge(ring []mvt.Point) bool {
	return slices.ContainsFunc(ring, func(q mvt.Point) bool {
		return min(q[0], q[1]) <= -mvt.Buffer || max(q[0], q[1]) >= mvt.Extent+mvt.Buffer
	})
}

func (p *pen) addLines(paths []tilePath, origin mvt.Point) {
	buffer := orb.Bound{Min: orb.Point{-mvt.Buffer, -mvt.Buffer}, Max: orb.Point{mvt.Extent + mvt.Buffer, mvt.Extent + mvt.Buffer}}
	for _, path := range paths {
		l := make(orb.LineString, len(path.points))
		for i, q := range path.points {
			l[i] = orb.Point{float64(q[0] - origin[0]), float64(q[1] - origin[1])}
		}
		for _, part := range clip.LineString(buffer, l) {
			p.ring = p.ring[:0]
			for _, q := range part {
				p.ring = append(p.ring, mvt.Point{int32(math.Round(q[0])), int32(math.Round(q[1]))})
			}
			p.geometry.Line(p.ring)
		}
	}
}
