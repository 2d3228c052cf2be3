package tiles

import "github.com/pinezka/pinezka/civic"

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

// of is the spot of a place in the tile, for a kind.
func (g *grid) of(x, y uint32, k civic.Kind) *spot {
	square := (y-g.minY)>>g.shift<<gridBits | (x-g.minX)>>g.shift
	return &g.spots[int(square)*kindsDrawn+int(k)-1]
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
