package tiles

import (
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// The resolutions of hexes: those of a directory. A hex is 1,800 km² at the
// coarsest and 0.002 km² at the finest.
const (
	MinResolution geo.Resolution = 4
	MaxResolution geo.Resolution = 11
)

// directory lists the non-empty cells of one resolution in order, each with its
// run of rows, its children in the next finer directory, and its outline.
//
//	resolution 8   ┌──── A ────┐┌─────── B ──────┐
//	resolution 9   │ a1 │  a2  ││  b1  │ b2 │ b3 │      kids: where each begins below
//	rows           │••• │ •••••││••••••│ •  │••••│      start: where each begins here
type directory struct {
	cells []geo.Cell
	start []uint32 // first row of each cell, and the number of rows at the end
	kids  []uint32 // first child of each cell, and the number of children at the end; of MaxResolution, lots
	reach []box    // holds the cell's outline, its rows, and the reach of its children
	shape []outline
}

// box in units of geo.Mercator, both ends included.
type box struct{ minX, minY, maxX, maxY uint32 }

func (b box) meets(o box) bool {
	return b.minX <= o.maxX && o.minX <= b.maxX && b.minY <= o.maxY && o.minY <= b.maxY
}

func (b box) has(x, y uint32) bool {
	return x >= b.minX && x <= b.maxX && y >= b.minY && y <= b.maxY
}

// within reports whether b lies wholly in o.
func (b box) within(o box) bool {
	return b.minX >= o.minX && b.maxX <= o.maxX && b.minY >= o.minY && b.maxY <= o.maxY
}

// around the box is one that holds all pins of each cell of resolution r that
// meets it: a cell is four edges wide at most, and its pins lie in it, or a little
// beyond. The scale grows towards the poles, and cells across the antimeridian
// have pins on either side.
func (b box) around(r geo.Resolution) box {
	const edges, last = 6, 1<<32 - 1
	scale := max(geo.Mercator{Y: b.minY}.Scale(), geo.Mercator{Y: b.maxY}.Scale())
	margin := int64(edges * r.EdgeLength() * scale)
	minX, maxX := int64(b.minX)-margin, int64(b.maxX)+margin
	if minX < 0 || maxX > last {
		minX, maxX = 0, last
	}
	return box{uint32(minX), uint32(max(0, int64(b.minY)-margin)), uint32(maxX), uint32(min(last, int64(b.maxY)+margin))}
}

// nowhere adds nothing to a box, and meets none short of everywhere.
var nowhere, everywhere = box{minX: 1<<32 - 1, minY: 1<<32 - 1}, box{maxX: 1<<32 - 1, maxY: 1<<32 - 1}

func (b box) union(o box) box {
	return box{min(b.minX, o.minX), min(b.minY, o.minY), max(b.maxX, o.maxX), max(b.maxY, o.maxY)}
}

// outline of a cell: its vertices as offsets from its centre, clockwise as seen
// on the map, not closed.
type outline struct {
	centre geo.Mercator
	n      uint8
	corner [10][2]int32 // most vertices that an H3 cell has
}

func outlineOf(c geo.Cell) outline {
	o := outline{centre: geo.Project(c.Centre())}
	centre := c.Centre()
	ring := c.Boundary()
	for i := len(ring) - 2; i >= 0 && int(o.n) < len(o.corner); i-- { // H3 goes counter-clockwise
		p := ring[i]
		switch { // to the centre's side of the antimeridian
		case p[0]-centre[0] > 180:
			p[0] -= 360
		case centre[0]-p[0] > 180:
			p[0] += 360
		}
		dx, dy := o.centre.Offset(p)
		o.corner[o.n] = [2]int32{dx, dy}
		o.n++
	}
	return o
}

// bound of the outline, cut at the edges of the world.
func (o *outline) bound() box {
	minX, minY := int64(o.centre.X), int64(o.centre.Y)
	maxX, maxY := minX, minY
	for _, c := range o.corner[:o.n] {
		x, y := int64(o.centre.X)+int64(c[0]), int64(o.centre.Y)+int64(c[1])
		minX, minY, maxX, maxY = min(minX, x), min(minY, y), max(maxX, x), max(maxY, y)
	}
	const last = 1<<32 - 1
	return box{
		uint32(max(0, minX)), uint32(max(0, minY)), uint32(min(last, maxX)), uint32(min(last, maxY)),
	}
}

// outline of a cell: as a part has it, or drawn anew.
func (v *Version) outline(cell geo.Cell) *outline {
	first, _ := cell.Span()
	d := &v.parts[v.partOf(first.Parent(MaxResolution))].dirs[cell.Resolution()]
	if i, ok := slices.BinarySearch(d.cells, cell); ok {
		return &d.shape[i]
	}
	o := outlineOf(cell)
	return &o
}

// directories of sorted rows, by resolution. Outlines that old has already are
// taken from there.
func directories(c *celled, old *[MaxResolution + 1]directory) *[MaxResolution + 1]directory {
	out := new([MaxResolution + 1]directory)
	for r := MaxResolution; r >= MinResolution; r-- {
		d := &out[r]
		if r == MaxResolution {
			d.listRows(c.cell)
		} else {
			d.listKids(&out[r+1], r)
		}
		var known *directory
		if old != nil {
			known = &old[r]
		}
		d.draw(known)
		d.extend(&c.columns, r, out)
	}
	return out
}

// listRows fills cells and start from the cell of each row.
func (d *directory) listRows(cells []geo.Cell) {
	for i, cell := range cells {
		if i == 0 || cell != cells[i-1] {
			d.cells, d.start = append(d.cells, cell), append(d.start, uint32(i))
		}
	}
	d.start = append(d.start, uint32(len(cells)))
}

// listKids fills cells, start and kids from the next finer directory.
func (d *directory) listKids(finer *directory, r geo.Resolution) {
	for i := 0; i < len(finer.cells); {
		cell := finer.cells[i].Parent(r)
		d.cells, d.start, d.kids = append(d.cells, cell), append(d.start, finer.start[i]), append(d.kids, uint32(i))
		for i < len(finer.cells) && finer.cells[i].Parent(r) == cell {
			i++
		}
	}
	d.start = append(d.start, finer.start[len(finer.cells)])
	d.kids = append(d.kids, uint32(len(finer.cells)))
}

func (d *directory) draw(known *directory) {
	d.shape = make([]outline, len(d.cells))
	at := 0
	for i, cell := range d.cells {
		if known != nil {
			for at < len(known.cells) && known.cells[at] < cell {
				at++
			}
			if at < len(known.cells) && known.cells[at] == cell {
				d.shape[i] = known.shape[at]
				continue
			}
		}
		d.shape[i] = outlineOf(cell)
	}
}

func (d *directory) extend(c *columns, r geo.Resolution, all *[MaxResolution + 1]directory) {
	d.reach = make([]box, len(d.cells))
	for i := range d.cells {
		b := d.shape[i].bound()
		if r == MaxResolution {
			for row := d.start[i]; row < d.start[i+1]; row++ {
				b = b.union(box{c.x[row], c.y[row], c.x[row], c.y[row]})
			}
		} else {
			for _, kid := range all[r+1].reach[d.kids[i]:d.kids[i+1]] {
				b = b.union(kid)
			}
		}
		d.reach[i] = b
	}
}
