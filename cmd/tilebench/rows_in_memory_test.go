package main

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb/maptile"
)

// A tile, and a square of one, is a range on the Z-order curve.
func TestZOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		x, y := r.Uint32(), r.Uint32()
		zoom := lowestZoom + maptile.Zoom(r.IntN(int(highestZoom-lowestZoom)+1))
		in := tile{maptile.Tile{X: x >> (32 - zoom), Y: y >> (32 - zoom), Z: zoom}}
		z := zOrder(x, y)
		if first, end := in.zRange(); z < first || z >= end {
			t.Fatalf("%d, %d is at %d, outside of the range of its tile %v", x, y, z, in)
		}
		other := zOrder(x^1<<(32-zoom), y)
		if first, end := in.zRange(); other >= first && other < end {
			t.Fatalf("a point in the next tile is in the range of %v", in)
		}
		square := tile{maptile.Tile{X: x >> (27 - zoom), Y: y >> (27 - zoom), Z: zoom + 5}}
		if first, _ := square.zRange(); z>>squareShift(zoom) != first>>squareShift(zoom) {
			t.Fatalf("%d, %d is not in its square of %v", x, y, in)
		}
	}
}
