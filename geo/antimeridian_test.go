package geo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/geotest"
)

func TestCutAtAntimeridian(t *testing.T) {
	box := func(west, east float64) orb.Ring {
		return orb.Bound{Min: orb.Point{west, 10}, Max: orb.Point{east, 20}}.ToRing()
	}
	for name, c := range map[string]struct {
		ring orb.Ring
		want []geo.Box
	}{
		"within":         {box(10, 20), []geo.Box{{10, 10, 20, 20}}},
		"at 180":         {box(170, 180), []geo.Box{{170, 10, 180, 20}}},
		"beyond 180":     {box(177, 182), []geo.Box{{177, 10, 180, 20}, {-180, 10, -178, 20}}},
		"beyond -180":    {box(-182, -177), []geo.Box{{-180, 10, -177, 20}, {178, 10, 180, 20}}},
		"wholly shifted": {box(181, 182), []geo.Box{{-179, 10, -178, 20}}},
	} {
		var got []geo.Box
		for _, p := range geo.CutAtAntimeridian(c.ring) {
			got = append(got, geo.BoxOf(orb.MultiPolygon{p}))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestAnyBoundary checks boxes, centres and covers of random boundaries all over
// the world: across the antimeridian, at high latitudes, and in several parts.
func TestAnyBoundary(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	for i := range 400 {
		mp := geotest.Boundary(r)
		box := geo.BoxOf(mp)
		for _, polygon := range mp {
			for _, p := range polygon[0] {
				if !box.Contains(p) {
					t.Fatalf("%d: %v does not contain %v", i, box, p)
				}
			}
		}
		if width := box.Unwrapped().Max.Lon() - box.West; width > 100 {
			t.Errorf("%d: the box is %.0f degrees wide", i, width)
		}
		if p := geo.Centre(mp); !geo.Contains(mp, p) || !box.Contains(p) {
			t.Errorf("%d: the centre %v is not in %v", i, p, mp)
		}
		cells, err := geo.Cover(mp, 4, 100_000)
		if err != nil || len(cells) == 0 {
			t.Errorf("%d: %d cells: %v", i, len(cells), err)
			continue
		}
		checkCover(t, mp, cells, r)
	}
}
