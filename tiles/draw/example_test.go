package draw_test

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

func Example() {
	d := civic.District{ID: 1, Slug: "podgorze", Categories: []civic.Category{
		{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact},
	}}
	place := orb.Point{19.95, 50.04}
	shown, _ := civic.LocationAt(place)
	var rows index.Rows
	for id := range int64(3) {
		rows.Add(civic.MapPin{ID: id + 1, Shown: shown, CategoryID: 1, Status: civic.Reported, Day: 20000})
	}
	v := index.New(d, &rows, index.Config{})

	all, at := v.Filter(civic.Filter{}), maptile.At(place, 14)
	tile := draw.Pins(nil, v, at, all)
	tile = draw.Hexes(tile, v, at, draw.ZoomResolution(at.Z), all)

	layers, err := mvt.Unmarshal(tile)
	if err != nil {
		fmt.Println(err)
	}
	for _, layer := range layers {
		fmt.Println(layer.Name, layer.Features[0].Properties)
	}
	// Output:
	// pins map[category:trees kind:need n:3 status:reported]
	// hexes map[h3:8a1e2e686597fff need:3 organisation:0 potential:0 total:3]
}
