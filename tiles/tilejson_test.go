package tiles_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestFieldsAreThoseOfTheTiles compares the fields of each layer with the
// attributes of its features. GDAL reads every field as text whose type is not
// exactly one of MBTiles 1.3: Number, Boolean or String.
func TestFieldsAreThoseOfTheTiles(t *testing.T) {
	v, at := loadVersion(t, 300), maptile.At(orb.Point{19.95, 50.03}, 11)
	v = v.WithThings([]civic.MapThing{{ID: 1000, Kind: civic.OfficeThing, Point: orb.Point{19.95, 50.03}}, {ID: 1001, Kind: civic.OfferThing, State: "open", Point: orb.Point{19.95, 50.03}}})
	layers := tilestest.Decode(t, draw.Things(liveTile(v, tiles.Archive{}, at), v, at))
	if len(layers) != len(draw.Layers()) {
		t.Errorf("%d layers", len(layers))
	}
	for _, layer := range layers {
		description, ok := tiles.NewTileJSON(&v.District, layer.Name, "", 0)
		if !ok || description.VectorLayers[0].Description == "" {
			t.Errorf("%s is not described", layer.Name)
		}
		for _, f := range layer.Features {
			got := map[string]string{}
			for name, value := range f.Properties {
				switch value.(type) {
				case string:
					got[name] = "String"
				case float64:
					got[name] = "Number"
				}
			}
			if diff := cmp.Diff(description.VectorLayers[0].Fields, got); diff != "" {
				t.Fatalf("%s (-described +drawn):\n%s", layer.Name, diff)
			}
		}
	}
}

// TestTileJSONAcrossTheAntimeridian checks the bounds and the centre of a
// district on both sides of it.
//
// Case http-district-across-180-opens-in-africa.
func TestTileJSONAcrossTheAntimeridian(t *testing.T) {
	d := civic.District{Slug: "fiji", Boundary: append(tilestest.Box(177, -19.5, 180, -15.5), tilestest.Box(-180, -19.5, -178, -15.5)...)}
	got, _ := tiles.NewTileJSON(&d, draw.LayerPins, "", 0)
	if got.Bounds[0] != -180 || got.Bounds[2] != 180 || got.Center != [3]float64{179.5, -17.5, 12} {
		t.Errorf("bounds %v, centre %v", got.Bounds, got.Center)
	}
}
