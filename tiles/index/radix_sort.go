package index

import "github.com/pinezka/pinezka/geo"

// order returns the indexes of keys in ascending order of the keys. It is a
// stable radix sort by the digits in which keys differ, with a pass for every
// 11 bits, and needs 32 bytes a key.
//
// Algorithm: Knuth, The Art of Computer Programming 5.2.5, algorithm R.
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

// sortKey returns the key by which rows are sorted: by cell, in a cell by bin,
// and in a bin by the first bits of the hash of the id, so that the rows of a
// sample are neighbours in memory.
func (r *Rows) sortKey(i int) uint64 { return r.columns.sortKey(i, r.cell[i]) }

func (c *columns) sortKey(i int, cell geo.Cell) uint64 {
	const coarser = 3 * uint(geo.Finest-MaxResolution) // bits that a cell of MaxResolution does not use
	return uint64(cell)>>coarser<<18 | uint64(binOf(c.x[i], c.y[i]).rank())<<10 | hash(c.id[i])>>(64-10)
}

// sortOrder returns the rows in order of their sort keys.
func (r *Rows) sortOrder() []uint32 {
	keys := make([]uint64, r.len())
	for i := range keys {
		keys[i] = r.sortKey(i)
	}
	return order(keys)
}

// sorted returns a copy of r in order of the sort keys.
func (r *Rows) sorted() Rows { return r.pick(r.sortOrder()) }

// pick returns copies of the listed rows.
func (r *Rows) pick(rows []uint32) Rows {
	return Rows{columns{
		x: pick(r.x, rows), y: pick(r.y, rows), id: pick(r.id, rows),
		category: pick(r.category, rows), status: pick(r.status, rows), area: pick(r.area, rows), day: pick(r.day, rows),
	}, pick(r.cell, rows)}
}

func pick[T any](from []T, rows []uint32) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = from[row]
	}
	return out
}

// byID returns the rows in order of their ids.
func (c *columns) byID() []uint32 {
	keys := make([]uint64, c.len())
	for i, id := range c.id {
		keys[i] = uint64(id)
	}
	return order(keys)
}
