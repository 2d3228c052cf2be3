package tiles

import "github.com/pinezka/pinezka/geo"

// order lists 0…n-1 so that key(i) grows: a stable radix sort by the digits
// that differ between keys, least first (Knuth, The Art of Computer
// Programming 5.2.5, algorithm R). It takes 16 bytes a row, twice, and a pass
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

// slot of a row in the order of rows: cell by cell, in a cell lot by lot, and in
// a lot by mixed id, roughly, so that its samples are neighbours in memory.
func (c *celled) slot(i int) uint64 { return c.columns.slot(i, c.cell[i]) }

func (c *columns) slot(i int, cell geo.Cell) uint64 {
	const coarser = 3 * uint(geo.Finest-MaxResolution) // digits that a cell of MaxResolution does not use
	return uint64(cell)>>coarser<<18 | uint64(lotOf(c.x[i], c.y[i]).rank())<<10 | mix(c.id[i])>>(64-10)
}

// order lists the rows by slot.
func (c *celled) order() []uint32 {
	keys := make([]uint64, c.len())
	for i := range keys {
		keys[i] = c.slot(i)
	}
	return order(keys)
}

// sorted copy of c, by slot.
func (c *celled) sorted() celled { return c.pick(c.order()) }

// pick copies the rows listed.
func (c *celled) pick(rows []uint32) celled {
	return celled{columns{
		x: pick(c.x, rows), y: pick(c.y, rows), id: pick(c.id, rows),
		category: pick(c.category, rows), status: pick(c.status, rows), area: pick(c.area, rows), day: pick(c.day, rows),
	}, pick(c.cell, rows)}
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
