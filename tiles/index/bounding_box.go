package index

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// Box is a rectangle in units of geo.Mercator, its edges included.
type Box struct{ minX, minY, maxX, maxY uint32 }

const maxUnit = 1<<32 - 1

// emptyBox is the neutral element of union, and meets no box except worldBox.
var emptyBox, worldBox = Box{minX: maxUnit, minY: maxUnit}, Box{maxX: maxUnit, maxY: maxUnit}

// TileBox returns the box of a tile and of a buffer around it, whose width is
// in tile coordinates, clipped to the world.
func TileBox(t maptile.Tile, buffer int64) Box {
	side := int64(1) << (32 - t.Z)
	minX, minY, edge := int64(t.X)*side, int64(t.Y)*side, buffer*(side/mvt.Extent)
	return Box{
		uint32(max(0, minX-edge)), uint32(max(0, minY-edge)),
		uint32(min(maxUnit, minX+side+edge-1)), uint32(min(maxUnit, minY+side+edge-1)),
	}
}

// BoxOf returns the box of a bound in degrees.
func BoxOf(b orb.Bound) Box {
	low, high := geo.Project(b.LeftTop()), geo.Project(b.RightBottom())
	return Box{low.X, low.Y, high.X, high.Y}
}

// Bound returns the bound of b in degrees.
func (b Box) Bound() orb.Bound {
	return orb.MultiPoint{geo.Mercator{X: b.minX, Y: b.minY}.Point(), geo.Mercator{X: b.maxX, Y: b.maxY}.Point()}.Bound()
}

// Meets reports whether b and o overlap.
func (b Box) Meets(o Box) bool {
	return b.minX <= o.maxX && o.minX <= b.maxX && b.minY <= o.maxY && o.minY <= b.maxY
}

func (b Box) has(x, y uint32) bool {
	return x >= b.minX && x <= b.maxX && y >= b.minY && y <= b.maxY
}

// within reports whether o contains b.
func (b Box) within(o Box) bool {
	return b.minX >= o.minX && b.maxX <= o.maxX && b.minY >= o.minY && b.maxY <= o.maxY
}

// union returns the smallest box that contains b and o.
func (b Box) union(o Box) Box {
	return Box{min(b.minX, o.minX), min(b.minY, o.minY), max(b.maxX, o.maxX), max(b.maxY, o.maxY)}
}

// around returns a box that contains all pins of every cell of resolution r
// that meets b: a cell is at most four edges wide, and its pins are in it or a
// little beyond. The scale grows towards the poles, and a cell across the
// antimeridian has pins on both sides.
func (b Box) around(r geo.Resolution) Box {
	const edges = 6
	scale := max(geo.Mercator{Y: b.minY}.Scale(), geo.Mercator{Y: b.maxY}.Scale())
	margin := int64(edges * r.EdgeLength() * scale)
	minX, maxX := int64(b.minX)-margin, int64(b.maxX)+margin
	if minX < 0 || maxX > maxUnit {
		minX, maxX = 0, maxUnit
	}
	return Box{uint32(minX), uint32(max(0, int64(b.minY)-margin)), uint32(maxX), uint32(min(maxUnit, int64(b.maxY)+margin))}
}
