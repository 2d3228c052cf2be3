package geo_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/geotest"
)

// TestCoverContainsEveryOverlap checks that the cell that H3 computes for any
// point of a polygon is in the cover of the polygon.
func TestCoverContainsEveryOverlap(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		west, south := 19+r.Float64(), 50+r.Float64()
		shape := orb.MultiPolygon{{{
			{west, south}, {west + 0.03, south + 0.002}, {west + 0.04, south + 0.03}, {west + 0.01, south + 0.012}, {west, south},
		}}}
		for res := geo.Resolution(6); res <= 10; res++ {
			cells, err := geo.Cover(shape, res, 1e5)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.IsSorted(cells) {
				t.Fatal("cover is not sorted")
			}
			for range 10 {
				checkCover(t, shape, cells, r)
			}
		}
	}
	big := orb.MultiPolygon{orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{20, 20}}.ToPolygon()}
	if _, err := geo.Cover(big, 11, 1e5); !errors.Is(err, geo.ErrTooManyCells) {
		t.Errorf("a cover beyond the limit: %v", err)
	}
}

// checkCover checks that the cells, which are of one resolution, include those
// that H3 computes for random points of mp.
func checkCover(t *testing.T, mp orb.MultiPolygon, cells []geo.Cell, r *rand.Rand) {
	t.Helper()
	res := cells[0].Resolution()
	for range 50 {
		p := geotest.Point(r, mp)
		c, err := h3.LatLngToCell(h3.NewLatLng(p.Lat(), p.Lon()), int(res))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := slices.BinarySearch(cells, geo.Cell(c)); !found {
			t.Fatalf("cover at %d lacks %s, which contains %v", res, c, p)
		}
	}
}

// TestCoverOfAnything checks that covers of boundaries wider than 180 degrees are
// complete, and that those that are too large or too long are refused at once.
func TestCoverOfAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for _, band := range []orb.Bound{
		{Min: orb.Point{-180, 10}, Max: orb.Point{180, 10.5}}, {Min: orb.Point{-100, -40}, Max: orb.Point{100, -39}}, {Min: orb.Point{-180, 84}, Max: orb.Point{180, 85}},
	} {
		mp := orb.MultiPolygon{band.ToPolygon()}
		cells, err := geo.Cover(mp, 4, 1e5)
		if err != nil {
			t.Fatal(err)
		}
		checkCover(t, mp, cells, r)
	}
	for name, c := range map[string]struct {
		shape orb.Polygon
		res   geo.Resolution
	}{
		"the world":      {orb.Bound{Min: orb.Point{-180, -85}, Max: orb.Point{180, 85}}.ToPolygon(), 4},
		"a long line":    {orb.Bound{Min: orb.Point{-180, 0}, Max: orb.Point{180, 1e-7}}.ToPolygon(), 11},
		"a diagonal":     {orb.Polygon{{{-80, -80}, {80, 80}, {80, 80.0001}, {-80, -80}}}, 11},
		"half the world": {orb.Bound{Min: orb.Point{0, -85}, Max: orb.Point{180, 85}}.ToPolygon(), 4},
	} {
		if cells, err := geo.Cover(orb.MultiPolygon{c.shape}, c.res, 1e5); !errors.Is(err, geo.ErrTooManyCells) {
			t.Errorf("%s: %d cells, %v, want ErrTooManyCells", name, len(cells), err)
		}
	}
}
