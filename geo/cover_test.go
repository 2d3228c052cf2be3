package geo_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/geo"
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
			for range 500 {
				p := orb.Point{west + r.Float64()*0.04, south + r.Float64()*0.03}
				if !geo.Contains(shape, p) {
					continue
				}
				c, err := h3.LatLngToCell(h3.NewLatLng(p.Lat(), p.Lon()), int(res))
				if err != nil {
					t.Fatal(err)
				}
				if _, found := slices.BinarySearch(cells, geo.Cell(c)); !found {
					t.Fatalf("cover at %d lacks %s, which contains %v", res, c, p)
				}
			}
		}
	}
	big := orb.MultiPolygon{orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{20, 20}}.ToPolygon()}
	if _, err := geo.Cover(big, 11, 1e5); !errors.Is(err, geo.ErrTooManyCells) {
		t.Errorf("a cover beyond the limit: %v", err)
	}
}
