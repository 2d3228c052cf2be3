package index

import (
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// Outline is the boundary of a cell: its vertices as offsets from its centre,
// clockwise on the map and not closed.
type Outline struct {
	Centre  geo.Mercator
	n       uint8
	offsets [10][2]int32 // most vertices that an H3 cell has
}

// Offsets returns the offsets of the vertices from the centre: X, Y.
func (o *Outline) Offsets() [][2]int32 { return o.offsets[:o.n] }

func outlineOf(c geo.Cell) Outline {
	o := Outline{Centre: geo.Project(c.Centre())}
	centre := c.Centre()
	ring := c.Boundary()
	for i := len(ring) - 2; i >= 0 && int(o.n) < len(o.offsets); i-- { // H3 boundaries are counter-clockwise
		p := ring[i]
		switch { // to the side of the antimeridian where the centre is
		case p[0]-centre[0] > 180:
			p[0] -= 360
		case centre[0]-p[0] > 180:
			p[0] += 360
		}
		dx, dy := o.Centre.Offset(p)
		o.offsets[o.n] = [2]int32{dx, dy}
		o.n++
	}
	return o
}

// Bound returns the box of the outline.
func (o *Outline) Bound() Box {
	minX, minY := int64(o.Centre.X), int64(o.Centre.Y)
	maxX, maxY := minX, minY
	for _, c := range o.Offsets() {
		x, y := int64(o.Centre.X)+int64(c[0]), int64(o.Centre.Y)+int64(c[1])
		minX, minY, maxX, maxY = min(minX, x), min(minY, y), max(maxX, x), max(maxY, y)
	}
	return newBox(minX, minY, maxX, maxY)
}

// Outline returns the outline of a cell, from a directory or computed.
func (v *Version) Outline(cell geo.Cell) *Outline {
	first, _ := cell.Span()
	d := &v.segments[v.segmentOf(first.Parent(MaxResolution))].directories[cell.Resolution()]
	if i, ok := slices.BinarySearch(d.cells, cell); ok {
		return &d.outlines[i]
	}
	o := outlineOf(cell)
	return &o
}
