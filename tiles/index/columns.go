package index

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// columns stores pins as columns: each pin is a row of 23 bytes.
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

// sameRow reports whether row i of c equals row j of other.
func (c *columns) sameRow(i int, other *columns, j int) bool {
	return c.x[i] == other.x[j] && c.y[i] == other.y[j] && c.id[i] == other.id[j] && c.category[i] == other.category[j] &&
		c.status[i] == other.status[j] && c.area[i] == other.area[j] && c.day[i] == other.day[j]
}

// Rows contains pins in any order, from which New makes an index. The zero
// value is empty.
type Rows struct {
	columns
	cell []geo.Cell // of MaxResolution; a segment has them in its directories
}

func makeRows(capacity int) Rows {
	return Rows{makeColumns(capacity), make([]geo.Cell, 0, capacity)}
}

// Add appends a pin.
func (r *Rows) Add(p civic.MapPin) {
	at := geo.Project(p.Shown.Point)
	r.cell = append(r.cell, p.Shown.Cell.Parent(MaxResolution))
	r.x, r.y = append(r.x, at.X), append(r.y, at.Y)
	r.id = append(r.id, p.ID)
	r.category = append(r.category, p.CategoryID)
	r.status = append(r.status, p.Status)
	r.area = append(r.area, p.AreaID)
	r.day = append(r.day, uint16(p.Day))
}

// copyRows appends rows lo to hi of from.
func (r *Rows) copyRows(from *Rows, lo, hi int) {
	r.columns.copyRows(&from.columns, lo, hi)
	r.cell = append(r.cell, from.cell[lo:hi]...)
}

func (r *Rows) copyRow(from *Rows, i int) { r.copyRows(from, i, i+1) }

// rowSet is a set of rows, as a bit set. A nil set is empty and read-only.
type rowSet []uint64

func (s rowSet) has(i int) bool { return s != nil && s[i>>6]&(1<<(i&63)) != 0 }
func (s rowSet) set(i int)      { s[i>>6] |= 1 << (i & 63) }

// clone returns a copy of s with room for n rows.
func (s rowSet) clone(n int) rowSet {
	out := make(rowSet, (n+63)/64)
	copy(out, s)
	return out
}
