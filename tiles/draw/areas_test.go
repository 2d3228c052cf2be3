package draw_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// TestSimplifiedBoundariesAreNearTheOriginal measures the distance of the
// points of a boundary from the drawn one.
func TestSimplifiedBoundariesAreNearTheOriginal(t *testing.T) {
	d := tilestest.District()
	d.Areas = d.Areas[:1]
	around := d.Areas[0].Boundary[0][0]
	var oval orb.Ring
	for i := range 5000 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 5000)
		oval = append(oval, orb.Point{19.925 + 0.02*cos, 50.03 + 0.025*sin})
	}
	d.Areas[0].Boundary = orb.MultiPolygon{{append(oval, oval[0])}}
	v := newVersion(d, nil)
	for _, z := range []maptile.Zoom{9, 11, 13} {
		for _, at := range tilestest.TilesOver(around.Bound(), z) {
			for _, layer := range tilestest.Decode(t, draw.Areas(nil, v, at, civic.Filter{})) {
				ring := layer.Features[0].Geometry.(orb.Polygon)[0]
				if len(ring) > len(oval)/2 {
					t.Errorf("%v: %d points", at, len(ring))
				}
				for _, p := range oval {
					f := maptile.Fraction(p, z)
					q := orb.Point{math.Floor((f[0] - float64(at.X)) * mvt.Extent), math.Floor((f[1] - float64(at.Y)) * mvt.Extent)}
					if q[0] < 0 || q[1] < 0 || q[0] >= mvt.Extent || q[1] >= mvt.Extent {
						continue
					}
					if distance := planar.DistanceFrom(orb.LineString(ring), q); distance > 1.5 {
						t.Fatalf("%v: the distance of a point of the boundary is %.1f tile coordinates", at, distance)
					}
				}
			}
		}
	}
}

func TestAreasOfAFilter(t *testing.T) {
	v := newVersion(tilestest.District(), nil)
	layers := tilestest.Decode(t, draw.Areas(nil, v, maptile.At(orb.Point{19.95, 50.03}, 12), civic.Filter{Areas: []string{"east"}}))
	if len(layers) != 1 || len(layers[0].Features) != 1 || layers[0].Features[0].Properties.MustString("name") != "East" {
		t.Errorf("%+v", layers)
	}
}

// TestTheCutAtTheAntimeridianIsNoBorder checks that an area on both sides of the
// antimeridian, which RFC 7946 cuts there, has no edge along it within a tile,
// and that an area that ends there has one.
//
// Case http-district-across-180-opens-in-africa.
func TestTheCutAtTheAntimeridianIsNoBorder(t *testing.T) {
	d := tilestest.District()
	d.Areas = d.Areas[:1]
	east, west := tilestest.Box(177, -19.5, 180, -15.5), tilestest.Box(-180, -19.5, -178, -15.5)
	for name, c := range map[string]struct {
		boundary orb.MultiPolygon
		border   bool
	}{"both sides": {slices.Concat(east, west), false}, "one side": {east, true}} {
		d.Areas[0].Boundary = c.boundary
		v := newVersion(d, nil)
		for _, z := range []maptile.Zoom{0, 5, 12} {
			at := maptile.At(orb.Point{180 - 1e-9, -17.5}, z)
			for _, layer := range tilestest.Decode(t, draw.Areas(nil, v, at, civic.Filter{})) {
				border := false
				for _, ring := range rings(layer.Features[0].Geometry) {
					for i := 1; i < len(ring); i++ {
						p, q := ring[i-1], ring[i]
						border = border || p[0] == q[0] && p[0] >= mvt.Extent-1 && p[0] <= mvt.Extent+mvt.Buffer/2
					}
				}
				if border != c.border {
					t.Errorf("%s, %v: there is an edge along the antimeridian: %v", name, at, border)
				}
			}
		}
	}
}

func rings(g orb.Geometry) (all []orb.Ring) {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		for _, p := range g {
			all = append(all, p...)
		}
	}
	return all
}
