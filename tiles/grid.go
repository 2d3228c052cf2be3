package tiles

import (
	"math"
	"math/bits"

	"github.com/pinezka/pinezka/civic"
)

// A tile, 512 pixels wide on the screen, is thinned on a grid of 32 by 32
// squares: 16 pixels each, about the size of a pin's symbol.
const (
	gridBits   = 5
	gridSide   = 1 << gridBits
	kindsDrawn = int(civic.Organisation)
)

// spot is what a square shows of one kind: how many pins, and the one of them
// that stands for all, whose mixed id is least. 24 bytes.
type spot struct {
	id       int64
	x, y     uint32 // geo.Mercator
	n        uint32
	category uint16
	status   civic.Status
}

// add the pins of another spot.
func (s *spot) add(o spot) {
	n := s.n + o.n
	if s.n == 0 || mix(o.id) < mix(s.id) {
		*s = o
	}
	s.n = n
}

// mix the bits of an id, so that the least of several is as good as drawn by
// lot, yet always the same: the multiplication of Knuth's multiplicative
// hashing (The Art of Computer Programming 6.4), by 2^64 over the golden ratio,
// which maps no two ids to one.
func mix(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }

// grid of a tile: a spot for each kind of each square, row by row.
type grid struct {
	minX, minY uint32
	shift      uint // from units of geo.Mercator to squares
	spots      [gridSide * gridSide * kindsDrawn]spot
}

func (g *grid) begin(in frame) {
	edge := in.box(0)
	g.minX, g.minY, g.shift = edge.minX, edge.minY, in.shift+extentBits-gridBits
	clear(g.spots[:])
}

// square of a place in the tile.
func (g *grid) square(x, y uint32) int {
	return int((y-g.minY)>>g.shift<<gridBits | (x-g.minX)>>g.shift)
}

// of is the spot of a place in the tile, for a kind.
func (g *grid) of(x, y uint32, k civic.Kind) *spot {
	return &g.spots[g.square(x, y)*kindsDrawn+int(k)-1]
}

// alike reports whether a box in the tile lies in one square.
func (g *grid) alike(b box) bool {
	return b.minX>>g.shift == b.maxX>>g.shift && b.minY>>g.shift == b.maxY>>g.shift
}

// addRows adds the rows from lo to hi that the sieve lets through and that lie in
// the box, one by one.
func (g *grid) addRows(c *columns, s *sieve, lo, hi int, in box) {
	for group, end := lo>>6, (hi+63)>>6; group < end; group++ {
		chosen := s.sets(group, group+1)[0] & span(group, lo, hi)
		for k := range kindsDrawn {
			for rest := chosen & s.planes.word(planeKinds+k, group); rest != 0; rest &= rest - 1 {
				i := group<<6 | bits.TrailingZeros64(rest)
				x, y := c.x[i], c.y[i]
				if !in.has(x, y) {
					continue
				}
				spot := &g.spots[g.square(x, y)*kindsDrawn+k]
				if spot.n == 0 || mix(c.id[i]) < mix(spot.id) {
					spot.put(c, i)
				}
				spot.n++
			}
		}
	}
}

// addAlike adds the rows from lo to hi that the sieve lets through, all of which
// lie in one square: it counts them 64 at a time. To find the least mixed id, it
// looks only at rows of as high a sample as the least so far.
func (g *grid) addAlike(square int, c *columns, s *sieve, lo, hi int) {
	var standing [kindsDrawn]leastID
	spots := g.spots[square*kindsDrawn:][:kindsDrawn]
	for k := range spots {
		standing[k].begin(&spots[k])
	}
	for group, end := lo>>6, (hi+63)>>6; group < end; {
		var room [windowGroups]uint64
		chosen := room[:copy(room[:], s.sets(group, end))]
		chosen[0] &= span(group, lo, hi)
		chosen[len(chosen)-1] &= span(group+len(chosen)-1, lo, hi)
		for k := range spots {
			n := 0
			least := &standing[k]
			for i, word := range s.planes.plane(planeKinds+k, group, len(chosen)) {
				rows := chosen[i] & word
				n += bits.OnesCount64(rows)
				if least.sample > 0 {
					rows &= s.planes.word(planeSamples+least.sample-1, group+i)
				}
				if rows != 0 {
					least.look(rows, c, &s.planes, group+i)
				}
			}
			spots[k].n += uint32(n)
		}
		group += len(chosen)
	}
	for k := range spots {
		if row := standing[k].row; row > 0 {
			spots[k].put(c, row-1)
		}
	}
}

// leastID is the search for the row with the least mixed id.
type leastID struct {
	mixed  uint64 // the least so far
	sample int    // of it
	row    int    // where it was found, and one; 0 while the spot's own is least
}

func (l *leastID) begin(s *spot) {
	*l = leastID{mixed: math.MaxUint64}
	if s.n > 0 {
		l.mixed = mix(s.id)
		l.sample = sampleOf(l.mixed)
	}
}

// look at rows of a group that are in the sample: at those of the highest one
// that any is in.
func (l *leastID) look(rows uint64, c *columns, p *planes, group int) {
	for ; l.sample < sampleMax; l.sample++ {
		better := rows & p.word(planeSamples+l.sample, group)
		if better == 0 {
			break
		}
		rows = better
	}
	for ; rows != 0; rows &= rows - 1 {
		i := group<<6 | bits.TrailingZeros64(rows)
		if mixed := mix(c.id[i]); mixed <= l.mixed {
			l.mixed, l.row = mixed, i+1
		}
	}
}

// put row i in the spot's place, whatever it counts.
func (s *spot) put(c *columns, i int) {
	s.id, s.x, s.y, s.category, s.status = c.id[i], c.x[i], c.y[i], c.category[i], c.status[i]
}

// box of a square.
func (g *grid) box(square int) box {
	x, y := uint32(square%gridSide)<<g.shift, uint32(square/gridSide)<<g.shift
	last := uint32(1)<<g.shift - 1
	return box{g.minX + x, g.minY + y, g.minX + x + last, g.minY + y + last}
}

// used is how many spots stand for a pin, and for how many pins together.
func (g *grid) used() (spots, pins int) {
	for i := range g.spots {
		if g.spots[i].n > 0 {
			spots++
			pins += int(g.spots[i].n)
		}
	}
	return spots, pins
}
