package mvt_test

import (
	"fmt"

	orbmvt "github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/tiles/mvt"
)

func Example() {
	var l mvt.Layer
	l.Begin(nil, "places")

	var tags mvt.Tags // key 0 = "oak", key 1 = the last value
	tags.Add(0)
	tags.Add(l.Text("oak"))
	tags.Add(1)
	l.Point(7, &tags, l.Uint(250), mvt.Point{2048, 1024})

	var g mvt.Geometry
	ring := []mvt.Point{{-500, 0}, {500, 0}, {500, 500}, {-500, 500}}
	g.Ring(mvt.Clip(ring, make([]mvt.Point, 8)))
	l.Polygon(8, []uint32{0, l.Text("park"), 1, l.Uint(3)}, &g)
	tile := l.End("name", "age")

	layers, err := orbmvt.Unmarshal(tile)
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range layers[0].Features {
		fmt.Println(f.ID, f.Properties, f.Geometry)
	}
	// Output:
	// 7 map[age:250 name:oak] [2048 1024]
	// 8 map[age:3 name:park] [[[-64 0] [500 0] [500 500] [-64 500] [-64 0]]]
}
