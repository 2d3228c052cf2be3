package tiles

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// brush is what drawing a tile needs beside the tile: used again and again, so
// that a tile costs no new memory.
type brush struct {
	layer    layer
	runs     []run
	rows     [block]uint32
	names    names
	grid     [gridSide * gridSide * kindsDrawn]spot
	commands []uint32
	ring     [32][2]int32
	spare    [32][2]int32
}

func (v *Version) brush() *brush { return v.brushes.Get().(*brush) }

// A tile, 512 pixels wide on the screen, is thinned on a grid of 32 by 32
// squares: 16 pixels each, about the size of a pin's symbol.
const (
	gridBits   = 5
	gridSide   = 1 << gridBits
	kindsDrawn = int(civic.Organisation)
)

// spot is one square of the grid, for one kind: how many pins, and which of them
// stands for all, the one whose mixed id is least.
type spot struct {
	least uint64
	row   uint32
	n     uint32
	delta bool
}

// mix the bits of an id, so that the least of several is as good as drawn by
// lot, yet always the same: the multiplication of Knuth's multiplicative
// hashing (The Art of Computer Programming 6.4), by 2^64 over the golden ratio,
// which maps no two ids to one.
func mix(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }

// AppendPins appends the tile's layer "pins", thinned: where several matching
// pins of a kind share a square of 16 pixels, one stands for them, with their
// number in n. Squares nest from zoom to zoom and end at the tile's edges, and
// the pin that stands for a square also stands for the quarter that it lies in:
// so what is shown stays as one zooms in, no square with pins is empty, and over
// the tiles of any zoom the sum of n, by kind, is the number of pins. At the
// deepest zoom a square is 0.5 m: what still shares it is in one place.
//
// Categories that are never drawn as points are left out.
func (v *Version) AppendPins(dst []byte, t maptile.Tile, m *Match) []byte {
	b := v.brush()
	defer v.brushes.Put(b)
	in := frameOf(t)
	edge := in.box(0)
	shift := in.shift + extentBits - gridBits
	clear(b.grid[:])
	b.runs = v.appendRuns(b.runs[:0], edge)
	for _, r := range b.runs {
		c, gone := v.of(r)
		for lo := int(r.lo); lo < int(r.hi); lo += block {
			chosen := b.rows[:m.chosen(&b.rows, c, gone, m.points, lo, min(lo+block, int(r.hi)))]
			for _, i := range chosen {
				x, y := c.x[i], c.y[i]
				if !r.inside && !edge.has(x, y) {
					continue
				}
				square := (y-edge.minY)>>shift<<gridBits | (x-edge.minX)>>shift
				s := &b.grid[int(square)*kindsDrawn+int(v.kinds[c.category[i]])-1]
				if mixed := mix(c.id[i]); s.n == 0 || mixed < s.least {
					s.least, s.row, s.delta = mixed, i, r.delta
				}
				s.n++
			}
		}
	}
	l := &b.layer
	l.begin(dst, LayerPins)
	b.names.begin(v)
	for i := range b.grid {
		s := &b.grid[i]
		if s.n == 0 {
			continue
		}
		c, _ := v.of(run{delta: s.delta})
		v.point(b, in, c, int(s.row), s.n)
	}
	return l.end(pinKeys()...)
}

// AppendEveryPin appends the tile's layer "pins" with every matching pin that
// may be drawn as a point, each in exactly one tile of a zoom. It can be large.
func (v *Version) AppendEveryPin(dst []byte, t maptile.Tile, m *Match) []byte {
	b := v.brush()
	defer v.brushes.Put(b)
	in := frameOf(t)
	edge := in.box(0)
	b.runs = v.appendRuns(b.runs[:0], edge)
	b.layer.begin(dst, LayerPins)
	b.names.begin(v)
	for _, r := range b.runs {
		c, gone := v.of(r)
		for lo := int(r.lo); lo < int(r.hi); lo += block {
			chosen := b.rows[:m.chosen(&b.rows, c, gone, m.points, lo, min(lo+block, int(r.hi)))]
			for _, i := range chosen {
				if r.inside || edge.has(c.x[i], c.y[i]) {
					v.point(b, in, c, int(i), 1)
				}
			}
		}
	}
	return b.layer.end(pinKeys()...)
}

func pinKeys() []string { return []string{"kind", "category", "status", "n"} }

// point adds row i of c to the layer, standing for n pins.
func (v *Version) point(b *brush, in frame, c *columns, i int, n uint32) {
	at := in.place(int64(c.x[i]), int64(c.y[i]))
	category := c.category[i]
	tags := [8]uint32{
		0, b.names.kind(&b.layer, v.kinds[category]), 1, b.names.category(&b.layer, v, category),
		2, b.names.status(&b.layer, c.status[i]), 3, b.layer.number(uint64(n)),
	}
	geometry := [3]uint32{moveTo1, zigzag(at[0]), zigzag(at[1])}
	b.layer.feature(uint64(c.id[i]), mvtPoint, tags[:], geometry[:])
}

// names numbers the values of a layer of pins as they are first met: each is
// the number + 1.
type names struct {
	categories []uint32 // by ID
	kinds      [civic.Organisation + 1]uint32
	statuses   [civic.Active + 1]uint32
}

func (d *names) begin(v *Version) {
	if cap(d.categories) < len(v.kinds) {
		d.categories = make([]uint32, len(v.kinds))
	}
	d.categories = d.categories[:len(v.kinds)]
	clear(d.categories)
	clear(d.kinds[:])
	clear(d.statuses[:])
}

func (d *names) kind(l *layer, k civic.Kind) uint32 {
	if d.kinds[k] == 0 {
		d.kinds[k] = l.text(k.String()) + 1
	}
	return d.kinds[k] - 1
}

func (d *names) category(l *layer, v *Version, id uint16) uint32 {
	if d.categories[id] == 0 {
		d.categories[id] = l.text(v.slugs[id]) + 1
	}
	return d.categories[id] - 1
}

func (d *names) status(l *layer, s civic.Status) uint32 {
	if d.statuses[s] == 0 {
		d.statuses[s] = l.text(s.String()) + 1
	}
	return d.statuses[s] - 1
}
