package tiles

import (
	"iter"
	"math/bits"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// columns hold pins, one row each, sorted by (cell, id). 31 bytes a row.
type columns struct {
	cell     []geo.Cell // of resolution 15
	x, y     []uint32   // geo.Mercator
	id       []int64
	category []uint16
	status   []civic.Status
	area     []uint16
	day      []uint16
}

func (c *columns) len() int { return len(c.cell) }

func makeColumns(capacity int) columns {
	return columns{
		cell: make([]geo.Cell, 0, capacity), x: make([]uint32, 0, capacity), y: make([]uint32, 0, capacity),
		id: make([]int64, 0, capacity), category: make([]uint16, 0, capacity), status: make([]civic.Status, 0, capacity),
		area: make([]uint16, 0, capacity), day: make([]uint16, 0, capacity),
	}
}

// add a pin at the end, whatever the order.
func (c *columns) add(p civic.MapPin) {
	at := geo.Project(p.Shown.Point)
	c.cell = append(c.cell, p.Shown.Cell)
	c.x, c.y = append(c.x, at.X), append(c.y, at.Y)
	c.id = append(c.id, p.ID)
	c.category = append(c.category, p.CategoryID)
	c.status = append(c.status, p.Status)
	c.area = append(c.area, p.AreaID)
	c.day = append(c.day, uint16(p.Day))
}

// copyRow appends row i of from.
func (c *columns) copyRow(from *columns, i int) {
	c.cell = append(c.cell, from.cell[i])
	c.x, c.y = append(c.x, from.x[i]), append(c.y, from.y[i])
	c.id = append(c.id, from.id[i])
	c.category = append(c.category, from.category[i])
	c.status = append(c.status, from.status[i])
	c.area = append(c.area, from.area[i])
	c.day = append(c.day, from.day[i])
}

// copyRows appends rows lo to hi of from.
func (c *columns) copyRows(from *columns, lo, hi int) {
	c.cell = append(c.cell, from.cell[lo:hi]...)
	c.x, c.y = append(c.x, from.x[lo:hi]...), append(c.y, from.y[lo:hi]...)
	c.id = append(c.id, from.id[lo:hi]...)
	c.category = append(c.category, from.category[lo:hi]...)
	c.status = append(c.status, from.status[lo:hi]...)
	c.area = append(c.area, from.area[lo:hi]...)
	c.day = append(c.day, from.day[lo:hi]...)
}

// sameRow reports whether row i of c and row j of other hold the same.
func (c *columns) sameRow(i int, other *columns, j int) bool {
	return c.cell[i] == other.cell[j] && c.x[i] == other.x[j] && c.y[i] == other.y[j] && c.id[i] == other.id[j] &&
		c.category[i] == other.category[j] && c.status[i] == other.status[j] && c.area[i] == other.area[j] && c.day[i] == other.day[j]
}

// before reports whether row i of c comes before row j of other.
func (c *columns) before(i int, other *columns, j int) bool {
	return c.cell[i] < other.cell[j] || c.cell[i] == other.cell[j] && c.id[i] < other.id[j]
}

// rowSet is a set of rows.
type rowSet []uint64

func (b rowSet) has(i int) bool { return b != nil && b[i>>6]&(1<<(i&63)) != 0 }
func (b rowSet) set(i int)      { b[i>>6] |= 1 << (i & 63) }

// clone of b with room for n rows, to be set without touching b.
func (b rowSet) clone(n int) rowSet {
	out := make(rowSet, (n+63)/64)
	copy(out, b)
	return out
}

// in lists the rows of the set from lo to hi.
func (b rowSet) in(lo, hi int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for word := lo >> 6; b != nil && word <= (hi-1)>>6; word++ {
			for rest := b[word]; rest != 0; rest &= rest - 1 {
				i := word<<6 | bits.TrailingZeros64(rest)
				if i >= lo && i < hi && !yield(i) {
					return
				}
			}
		}
	}
}
