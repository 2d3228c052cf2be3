package index

import (
	"cmp"
	"slices"
	"sort"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// thingRow is a thing other than a pin that is on the map.
type thingRow struct {
	z     uint64 // its place on the Z-order curve
	id    int64
	state uint8 // in the list of its layer
}

func (r thingRow) compare(o thingRow) int {
	return cmp.Or(cmp.Compare(r.z, o.z), cmp.Compare(r.id, o.id))
}

// thingLayer contains the things of one kind, in Z-order, so that those of a tile,
// and of each square of one, are contiguous. It is immutable: another layer is made
// when things of the kind change, which are few compared with pins. The zero value is
// empty.
type thingLayer struct {
	rows    []thingRow
	least   []int32       // for each whole block of rows, the row whose id has the smallest hash
	states  []civic.State // that the rows have, or have had
	changed uint64        // the Number of the last version in which a thing of the kind has changed, on the map or not
}

// thingBlock is the number of rows of a block.
const thingBlock = 64

// with returns the layer after changes of things of its kind, and the rows that only
// one of the two has.
func (l thingLayer) with(changes []civic.MapThing) (next thingLayer, differ []thingRow) {
	last := make(map[int64]civic.MapThing, len(changes)) // of several changes of a thing
	for _, c := range changes {
		last[c.ID] = c
	}
	next.states = slices.Clip(l.states)
	var gone []int
	for i, r := range l.rows {
		c, isChanged := last[r.id]
		switch {
		case !isChanged:
		case !c.Deleted && next.row(c) == r: // read again unchanged
			delete(last, r.id)
		default:
			gone, differ = append(gone, i), append(differ, r)
		}
	}
	var added []thingRow
	for _, c := range last {
		if !c.Deleted {
			added = append(added, next.row(c))
		}
	}
	slices.SortFunc(added, thingRow.compare)
	next.rows = l.merged(gone, added)
	next.findLeast()
	return next, append(differ, added...)
}

// merged returns the rows without those that are gone, and with others, all in order.
func (l *thingLayer) merged(gone []int, added []thingRow) []thingRow {
	rows := make([]thingRow, 0, len(l.rows)-len(gone)+len(added))
	at := 0
	copyUpTo := func(end int) {
		for len(gone) > 0 && gone[0] < end {
			rows = append(rows, l.rows[at:gone[0]]...)
			at, gone = gone[0]+1, gone[1:]
		}
		rows = append(rows, l.rows[at:end]...)
		at = end
	}
	for _, a := range added {
		copyUpTo(at + sort.Search(len(l.rows)-at, func(i int) bool { return l.rows[at+i].compare(a) > 0 }))
		rows = append(rows, a)
	}
	copyUpTo(len(l.rows))
	return rows
}

// row returns the row of a thing, and adds its state to the states of the layer.
func (l *thingLayer) row(t civic.MapThing) thingRow {
	at := slices.Index(l.states, t.State)
	if at < 0 {
		at = len(l.states)
		l.states = append(l.states, t.State)
	}
	m := geo.Project(t.Point)
	return thingRow{zOrder(m.X, m.Y), t.ID, uint8(at)}
}

// findLeast finds the least row of each block.
func (l *thingLayer) findLeast() {
	l.least = make([]int32, len(l.rows)/thingBlock)
	for i := range l.least {
		first := i * thingBlock
		least := first
		for j := first + 1; j < first+thingBlock; j++ {
			if hash(l.rows[j].id) < hash(l.rows[least].id) {
				least = j
			}
		}
		l.least[i] = int32(least)
	}
}

// leastOf returns the row of those from first to end-1 whose id has the smallest hash.
func (l *thingLayer) leastOf(first, end int) int {
	least := first
	for i := first; i < end; {
		row := i
		if i%thingBlock == 0 && i+thingBlock <= end {
			row = int(l.least[i/thingBlock])
			i += thingBlock
		} else {
			i++
		}
		if hash(l.rows[row].id) < hash(l.rows[least].id) {
			least = row
		}
	}
	return least
}

// from returns the first row that is not before a place on the curve.
func (l *thingLayer) from(z uint64) int {
	return sort.Search(len(l.rows), func(i int) bool { return l.rows[i].z >= z })
}

// endOf returns the row after those from first on that are in the same square, which
// is a place on the curve without its last bits. It doubles its steps, since most
// squares have few rows.
func (l *thingLayer) endOf(first int, bits uint) int {
	square := l.rows[first].z >> bits
	low, step := first, 1 // low is in the square
	for low+step < len(l.rows) && l.rows[low+step].z>>bits == square {
		low += step
		step *= 2
	}
	high := min(low+step, len(l.rows))
	return low + 1 + sort.Search(high-low-1, func(i int) bool { return l.rows[low+1+i].z>>bits > square })
}

// zOrder returns the place of a point on the Z-order curve, whose bits are those of
// y and x in turn: a tile, and each square of one, is a range of it.
//
// Algorithm: "Interleave bits by Binary Magic Numbers", Anderson, Bit Twiddling
// Hacks.
func zOrder(x, y uint32) uint64 { return spreadBits(y)<<1 | spreadBits(x) }

// pointOf returns the point of a place on the Z-order curve.
func pointOf(z uint64) geo.Mercator {
	return geo.Mercator{X: everySecondBit(z), Y: everySecondBit(z >> 1)}
}

// zMasks select every second bit, or pairs, fours, eights or sixteens of bits.
var zMasks = [...]uint64{0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f, 0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff}

func spreadBits(v uint32) uint64 {
	s := uint64(v)
	for i := len(zMasks) - 2; i >= 0; i-- {
		s = (s | s<<(1<<i)) & zMasks[i]
	}
	return s
}

func everySecondBit(z uint64) uint32 {
	s := z & zMasks[0]
	for i := range len(zMasks) - 1 {
		s = (s | s>>(1<<i)) & zMasks[i+1]
	}
	return uint32(s)
}
