package tiles

import "slices"

// order lists 0…n-1 so that key(i) grows: a stable radix sort by the digits
// that differ between keys, least first (Knuth, The Art of Computer
// Programming 5.2.5, algorithm R). It takes 12 bytes a row, twice, and a pass
// for each 11 bits.
func order(keys []uint64) []uint32 {
	const digit = 11
	type item struct {
		key uint64
		row uint32
	}
	var differ uint64
	items, spare := make([]item, len(keys)), make([]item, len(keys))
	for i, k := range keys {
		items[i] = item{k, uint32(i)}
		differ |= k ^ keys[0]
	}
	for shift := 0; differ>>shift != 0; shift += digit {
		if differ>>shift&(1<<digit-1) == 0 {
			continue
		}
		var start [1 << digit]int
		for i := range items {
			start[items[i].key>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, n := range start {
			start[d], sum = sum, sum+n
		}
		for i := range items {
			d := items[i].key >> shift & (1<<digit - 1)
			spare[start[d]] = items[i]
			start[d]++
		}
		items, spare = spare, items
	}
	rows := make([]uint32, len(items))
	for i := range items {
		rows[i] = items[i].row
	}
	return rows
}

// sorted copy of c, by (cell, id).
func (c *columns) sorted() columns {
	keys := make([]uint64, c.len())
	for i, cell := range c.cell {
		keys[i] = uint64(cell)
	}
	rows := order(keys)
	for from := 0; from < len(rows); { // one cell's pins by their ids
		to := from + 1
		for to < len(rows) && c.cell[rows[to]] == c.cell[rows[from]] {
			to++
		}
		slices.SortFunc(rows[from:to], func(a, b uint32) int { return int(c.id[a] - c.id[b]) })
		from = to
	}
	return columns{
		cell: pick(c.cell, rows), x: pick(c.x, rows), y: pick(c.y, rows), id: pick(c.id, rows),
		category: pick(c.category, rows), status: pick(c.status, rows), area: pick(c.area, rows), day: pick(c.day, rows),
	}
}

func pick[T any](from []T, rows []uint32) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = from[row]
	}
	return out
}

// byID lists the rows in order of their ids.
func (c *columns) byID() []uint32 {
	keys := make([]uint64, c.len())
	for i, id := range c.id {
		keys[i] = uint64(id)
	}
	return order(keys)
}
