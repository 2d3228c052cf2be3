package draw_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestPinsAreTheClusters compares the features of tiles with the clusters of
// the index.
func TestPinsAreTheClusters(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 2000))
	type feature struct {
		ID, N                  float64
		Kind, Category, Status string
		X, Y                   float64
	}
	var scratch index.Scratch
	for z := maptile.Zoom(8); z <= 16; z += 2 {
		for _, f := range []civic.Filter{{}, {Kinds: []civic.Kind{civic.Potential}}, {From: 20300}} {
			at := maptile.At(orb.Point{19.95, 50.03}, z)
			var want, got []feature
			for _, c := range v.Clusters(&scratch, at, v.Filter(f)) {
				if !v.Filter(f).SelectsKind(c.Kind) {
					continue
				}
				p := maptile.Fraction(geo.Mercator{X: c.X, Y: c.Y}.Point(), z)
				want = append(want, feature{
					float64(c.ID), float64(c.N), c.Kind.String(), v.CategorySlugs()[c.Category], c.Status.String(),
					float64(int((p[0] - float64(at.X)) * 4096)), float64(int((p[1] - float64(at.Y)) * 4096)),
				})
			}
			for _, layer := range tilestest.Decode(t, draw.Pins(nil, v, at, v.Filter(f))) {
				for _, g := range layer.Features {
					p, at := g.Properties, g.Geometry.(orb.Point)
					got = append(got, feature{g.ID.(float64), p.MustFloat64("n"), p.MustString("kind"), p.MustString("category"), p.MustString("status"), at[0], at[1]})
				}
			}
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
				t.Errorf("%v, %+v: %d clusters (-want +got):\n%s", at, f, len(want), diff)
			}
		}
	}
}

// TestHexOnlyPinsAreNeverPoints checks that pins of a category that is shown in
// hexes only are counted in hexes and are in no tile of pins.
func TestHexOnlyPinsAreNeverPoints(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 500))
	hexOnly := v.Filter(civic.Filter{Categories: []string{"fear"}})
	hexes := 0
	for z := maptile.Zoom(10); z <= 16; z += 3 {
		for _, tile := range tilestest.TilesOver(v.District.Boundary.Bound(), z) {
			if points := tilestest.Decode(t, draw.Pins(nil, v, tile, hexOnly)); len(points) > 0 {
				t.Fatalf("tile %v has points: %+v", tile, points)
			}
			hexes += len(tilestest.Decode(t, draw.Hexes(nil, v, tile, 9, hexOnly)))
			for _, layer := range tilestest.Decode(t, draw.Pins(nil, v, tile, v.Filter(civic.Filter{}))) {
				for _, feature := range layer.Features {
					if feature.Properties.MustString("category") == "fear" {
						t.Fatal("a pin that is shown in hexes only is in a tile of pins")
					}
				}
			}
		}
	}
	if hexes == 0 {
		t.Error("the pins are in no hex")
	}
}
