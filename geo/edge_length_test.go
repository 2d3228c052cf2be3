package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/geo"
)

// TestNoCellIsWiderThanItsEdgesSay: from its centre to a vertex, and to any place
// that is counted in it, all over the Earth.
func TestNoCellIsWiderThanItsEdgesSay(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	widest := 0.0
	for range 20_000 {
		p := orb.Point{360*r.Float64() - 180, math.Asin(2*r.Float64()-1) * 180 / math.Pi}
		cell, err := geo.CellAt(p)
		if err != nil {
			t.Fatal(err)
		}
		res := geo.Resolution(4 + r.IntN(8))
		c := cell.Parent(res)
		for _, q := range append(c.Boundary(), p) {
			widest = max(widest, orbgeo.DistanceHaversine(c.Centre(), q)/res.EdgeLength())
		}
	}
	if widest > 2 || widest < 1 {
		t.Errorf("the widest cell reaches %.2f average edges", widest)
	}
}

// TestScale: a short way on the ground is as many units on the map.
func TestScale(t *testing.T) {
	for _, lat := range []float64{-85, -60, 0, 50, 84} {
		a, b := orb.Point{20, lat}, orb.Point{20.01, lat}
		from, to := geo.Project(a), geo.Project(b)
		got := float64(to.X - from.X)
		if want := orbgeo.DistanceHaversine(a, b) * from.Scale(); math.Abs(got/want-1) > 0.003 {
			t.Errorf("at latitude %v: %.0f units, want %.0f", lat, got, want)
		}
	}
}
