package index

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// Box is a rectangle in units of geo.Mercator, its edges included. It extends
// from minX eastward to maxX, which is less than minX where the box crosses the
// antimeridian: widths are differences of uint32, which wrap as the world does.
type Box struct{ minX, minY, maxX, maxY uint32 }

const maxUnit = 1<<32 - 1

// emptyBox is the neutral element of union, and meets no box as high as the
// world except worldBox.
var emptyBox, worldBox = Box{minX: maxUnit, minY: maxUnit}, Box{maxX: maxUnit, maxY: maxUnit}

// TileBox returns the box of a tile and of a buffer around it, whose width is
// in tile coordinates. The buffer wraps at the antimeridian, and ends where the
// world ends in the north and in the south.
func TileBox(t maptile.Tile, buffer int64) Box {
	side := int64(1) << (32 - t.Z)
	minX, minY, edge := int64(t.X)*side, int64(t.Y)*side, buffer*(side/mvt.Extent)
	return newBox(minX-edge, minY-edge, minX+side+edge-1, minY+side+edge-1)
}

// newBox returns a box whose X may be beyond the antimeridian and whose Y may be
// beyond the edges of the world.
func newBox(minX, minY, maxX, maxY int64) Box {
	b := Box{uint32(minX), uint32(max(0, minY)), uint32(maxX), uint32(min(maxUnit, maxY))}
	if maxX-minX >= maxUnit {
		b.minX, b.maxX = 0, maxUnit
	}
	return b
}

// BoxOf returns the box of a box in degrees.
func BoxOf(b geo.Box) Box {
	low, high := geo.Project(orb.Point{b.West, b.North}), geo.Project(orb.Point{b.East, b.South})
	return Box{low.X, low.Y, high.X, high.Y}
}

// Meets reports whether b and o overlap.
func (b Box) Meets(o Box) bool {
	return b.minY <= o.maxY && o.minY <= b.maxY &&
		(o.minX-b.minX <= b.maxX-b.minX || b.minX-o.minX <= o.maxX-o.minX)
}

func (b Box) has(x, y uint32) bool {
	return x-b.minX <= b.maxX-b.minX && y >= b.minY && y <= b.maxY
}

// within reports whether o contains b. It may report false if o is as wide as
// the world.
func (b Box) within(o Box) bool {
	return b.minY >= o.minY && b.maxY <= o.maxY &&
		uint64(b.minX-o.minX)+uint64(b.maxX-b.minX) <= uint64(o.maxX-o.minX)
}

// union returns the smallest box that contains b and o.
func (b Box) union(o Box) Box {
	switch { // which is empty
	case b.minY > b.maxY:
		return o
	case o.minY > o.maxY:
		return b
	}
	if o.minX-b.minX > b.maxX-b.minX && (b.minX-o.minX <= o.maxX-o.minX || b.maxX-o.minX < o.maxX-b.minX) {
		b, o = o, b // so that b begins in the west
	}
	fromB := uint64(o.minX - b.minX)
	width := max(uint64(b.maxX-b.minX), fromB+uint64(o.maxX-o.minX))
	return newBox(int64(b.minX), int64(min(b.minY, o.minY)), int64(b.minX)+int64(width), int64(max(b.maxY, o.maxY)))
}

// around returns a box that contains all pins of every cell of resolution r
// that meets b: a cell is at most four edges wide, and its pins are in it or a
// little beyond. The scale grows towards the poles.
func (b Box) around(r geo.Resolution) Box {
	const edges = 6
	scale := max(geo.Mercator{Y: b.minY}.Scale(), geo.Mercator{Y: b.maxY}.Scale())
	margin := int64(edges * r.EdgeLength() * scale)
	minX := int64(b.minX) - margin
	return newBox(minX, int64(b.minY)-margin, minX+int64(b.maxX-b.minX)+2*margin, int64(b.maxY)+margin)
}
