package geo_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/geo"
)

// TestRegionContains compares both functions with package orb/planar, at random
// points and at those of a grid on which the corners are.
func TestRegionContains(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var mp orb.MultiPolygon
		for range 1 + r.IntN(2) {
			ring := make(orb.Ring, 3+r.IntN(6))
			for i := range ring {
				ring[i] = orb.Point{float64(r.IntN(9)), float64(r.IntN(9))}
			}
			mp = append(mp, orb.Polygon{slices.Concat(ring, ring[:1])})
		}
		region := geo.NewRegion(mp)
		for i := range 200 {
			p := orb.Point{r.Float64() * 8, r.Float64() * 8}
			if i < 81 {
				p = orb.Point{float64(i % 9), float64(i / 9)}
			}
			want := planar.MultiPolygonContains(mp, p)
			if got := region.Contains(p); got != want || geo.Contains(mp, p) != want {
				t.Fatalf("%v in %v: %t, want %t", p, mp, got, want)
			}
		}
	}
}

// TestHole checks a polygon with a hole, whose border is part of the polygon.
func TestHole(t *testing.T) {
	box := func(west, south, east, north float64) orb.Ring {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToRing()
	}
	region := geo.NewRegion(orb.MultiPolygon{{box(0, 0, 4, 4), box(1, 1, 2, 2)}})
	for p, want := range map[orb.Point]bool{{0.5, 0.5}: true, {1.5, 1.5}: false, {1, 1.5}: true, {2, 2}: true, {4, 4}: true, {4.1, 4}: false} {
		if got := region.Contains(p); got != want {
			t.Errorf("%v: %t, want %t", p, got, want)
		}
	}
	if (geo.Region{}).Contains(orb.Point{}) {
		t.Error("an empty region contains a point")
	}
}
