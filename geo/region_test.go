package geo_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// TestRegion compares the prepared test with the plain one, on borders too.
func TestRegion(t *testing.T) {
	ring := func(west, south, east, north float64) orb.Ring {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToRing()
	}
	mp := orb.MultiPolygon{{ring(0, 0, 4, 4), ring(1, 1, 2, 2)}, {ring(6, 0, 7, 1)}}
	region, inside := geo.NewRegion(mp), 0
	for x := -0.5; x <= 7.5; x += 0.25 {
		for y := -0.5; y <= 4.5; y += 0.25 {
			p := orb.Point{x, y}
			if got, want := region.Contains(p), geo.Contains(mp, p); got != want {
				t.Errorf("%v: %t, want %t", p, got, want)
			} else if got {
				inside++
			}
		}
	}
	if inside == 0 || (geo.Region{}).Contains(orb.Point{}) {
		t.Error("no point is inside, or one is in an empty region")
	}
}
