package tiles

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// columns hold pins, one row each. 23 bytes a row.
type columns struct {
	x, y     []uint32 // geo.Mercator
	id       []int64
	category []uint16
	status   []civic.Status
	area     []uint16
	day      []uint16
}

func (c *columns) len() int { return len(c.id) }

func makeColumns(capacity int) columns {
	return columns{
		x: make([]uint32, 0, capacity), y: make([]uint32, 0, capacity), id: make([]int64, 0, capacity),
		category: make([]uint16, 0, capacity), status: make([]civic.Status, 0, capacity),
		area: make([]uint16, 0, capacity), day: make([]uint16, 0, capacity),
	}
}

// copyRows appends rows lo to hi of from.
func (c *columns) copyRows(from *columns, lo, hi int) {
	c.x, c.y = append(c.x, from.x[lo:hi]...), append(c.y, from.y[lo:hi]...)
	c.id = append(c.id, from.id[lo:hi]...)
	c.category = append(c.category, from.category[lo:hi]...)
	c.status = append(c.status, from.status[lo:hi]...)
	c.area = append(c.area, from.area[lo:hi]...)
	c.day = append(c.day, from.day[lo:hi]...)
}

// sameRow reports whether row i of c and row j of other hold the same.
func (c *columns) sameRow(i int, other *columns, j int) bool {
	return c.x[i] == other.x[j] && c.y[i] == other.y[j] && c.id[i] == other.id[j] && c.category[i] == other.category[j] &&
		c.status[i] == other.status[j] && c.area[i] == other.area[j] && c.day[i] == other.day[j]
}

// celled columns know the cell of each row, of MaxResolution. A base does not
// need them: its directories say where each cell begins.
type celled struct {
	columns
	cell []geo.Cell
}

func makeCelled(capacity int) celled {
	return celled{makeColumns(capacity), make([]geo.Cell, 0, capacity)}
}

// add a pin at the end, whatever the order.
func (c *celled) add(p civic.MapPin) {
	at := geo.Project(p.Shown.Point)
	c.cell = append(c.cell, p.Shown.Cell.Parent(MaxResolution))
	c.x, c.y = append(c.x, at.X), append(c.y, at.Y)
	c.id = append(c.id, p.ID)
	c.category = append(c.category, p.CategoryID)
	c.status = append(c.status, p.Status)
	c.area = append(c.area, p.AreaID)
	c.day = append(c.day, uint16(p.Day))
}

// copyRows appends rows lo to hi of from.
func (c *celled) copyRows(from *celled, lo, hi int) {
	c.columns.copyRows(&from.columns, lo, hi)
	c.cell = append(c.cell, from.cell[lo:hi]...)
}

func (c *celled) copyRow(from *celled, i int) { c.copyRows(from, i, i+1) }

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
