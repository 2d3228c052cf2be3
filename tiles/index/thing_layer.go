package index

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// thingRow is a thing other than pins that is on the map, or in a level of a layer one
// that represents several in a square.
type thingRow struct {
	z     uint64 // its place on the Z-order curve
	id    int64
	n     uint32 // number of things
	state uint8  // in the list of its layer
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
	levels  []thingLevel  // from fine to coarse
	states  []civic.State // that the rows have, or have had
	changed uint64        // the Number of the last version in which a thing of the kind has changed, on the map or not
}

// thingLevel contains the things of a layer, thinned: a row for each square that has
// some.
type thingLevel struct {
	bits uint // the last ones of a place on the curve, which differ within a square
	rows []thingRow
}

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
	next.thin()
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
	return thingRow{zOrder(m.X, m.Y), t.ID, 1, uint8(at)}
}

// thin makes the levels, of every second zoom and each from the one before. One that
// would have more than half of the rows of that is left out.
func (l *thingLayer) thin() {
	finest := l.rows
	for z := maxThingLevel; z >= 0; z -= 2 {
		bits := thingSquareBits(maptile.Zoom(z))
		squares := 0
		for i, r := range finest {
			if i == 0 || r.z>>bits != finest[i-1].z>>bits {
				squares++
			}
		}
		if squares > len(finest)/2 {
			continue
		}
		level := make([]thingRow, 0, squares)
		for r := range thinned(finest, bits) {
			level = append(level, r)
		}
		l.levels = append(l.levels, thingLevel{bits, level})
		finest = level
	}
}

// maxThingLevel is the zoom of the tiles with the squares of the finest level.
const maxThingLevel = 18

// thingSquareBits returns the number of the last bits of a place on the curve that
// differ within a square of the tiles of a zoom.
func thingSquareBits(z maptile.Zoom) uint { return uint(64 - 2*(z+thingGridBits)) }

// thinned returns a row for each square of rows in Z-order: the one whose id has the
// smallest hash, with the number of all.
func thinned(rows []thingRow, bits uint) iter.Seq[thingRow] {
	return func(yield func(thingRow) bool) {
		for i := 0; i < len(rows); {
			out, square := rows[i], rows[i].z>>bits
			for i++; i < len(rows) && rows[i].z>>bits == square; i++ {
				n := out.n + rows[i].n
				if hash(rows[i].id) < hash(out.id) {
					out = rows[i]
				}
				out.n = n
			}
			if !yield(out) {
				return
			}
		}
	}
}

// within returns rows that have the things from one place on the curve to another, with
// at least one for each square.
func (l *thingLayer) within(first, last uint64, bits uint) []thingRow {
	rows := l.rows
	for _, level := range l.levels {
		if level.bits <= bits {
			rows = level.rows
		}
	}
	from := sort.Search(len(rows), func(i int) bool { return rows[i].z >= first })
	rows = rows[from:]
	return rows[:sort.Search(len(rows), func(i int) bool { return rows[i].z > last })]
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
