package tiles

import "slices"

// lotZoom is the deepest zoom at which tiles are drawn lot by lot: below it a
// tile holds few enough rows to take them one by one.
const lotZoom = 14

// lotShift is from units of geo.Mercator to lots.
const lotShift = 32 - lotZoom - gridBits

// lot is a square of the grid of tiles of lotZoom: any square of a shallower
// tile is made of whole lots.
type lot struct{ x, y uint32 }

func lotOf(x, y uint32) lot { return lot{x >> lotShift, y >> lotShift} }

// rank in the order of a cell's lots. No cell short of a pole is wider than 16
// lots; if one were, it would have some lots twice.
func (l lot) rank() uint8 { return uint8(l.y&15<<4 | l.x&15) }

// box of the lot.
func (l lot) box() box {
	const last = 1<<lotShift - 1
	return box{l.x << lotShift, l.y << lotShift, l.x<<lotShift | last, l.y<<lotShift | last}
}

// lots list the runs of rows that share a cell of MaxResolution and a lot, in
// order, for cells whose lots have enough rows. They are what the kids of that
// directory count.
type lots struct {
	lots  []lot
	start []uint32 // first row of each lot; after a cell's last, where that ends
}

// listLots of sorted rows, and each cell's first among them.
func (d *directory) listLots(c *columns) lots {
	var out lots
	for i := range d.cells {
		first, from, to := len(out.lots), d.start[i], d.start[i+1]
		d.kids = append(d.kids, uint32(first))
		for row := from; row < to; row++ {
			l := lotOf(c.x[row], c.y[row])
			if row == from || l != out.lots[len(out.lots)-1] {
				out.lots, out.start = append(out.lots, l), append(out.start, row)
			}
		}
		if to-from < worthLots*uint32(len(out.lots)-first) {
			out.lots, out.start = out.lots[:first], out.start[:first]
			continue
		}
		out.lots, out.start = append(out.lots, lot{}), append(out.start, to) // where the last one ends
	}
	d.kids = append(d.kids, uint32(len(out.lots)))
	return lots{slices.Clip(out.lots), slices.Clip(out.start)}
}

// appendLots appends those from first to end that lie in the box, each a run in
// one square of the grid. (A box is made of whole squares, so of whole lots.)
func (b *base) appendLots(dst []run, p int32, first, end uint32, in box, g *grid) []run {
	for i := first; i < end-1; i++ {
		at := b.lots.lots[i].box()
		if at.meets(in) {
			dst = join(dst, run{lo: b.lots.start[i], hi: b.lots.start[i+1], part: p, inside: true, square: int16(g.square(at.minX, at.minY))})
		}
	}
	return dst
}
