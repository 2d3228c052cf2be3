package pmtiles_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

func Example() {
	spool, err := os.CreateTemp("", "tiles")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(spool.Name())
	defer spool.Close()

	var tile bytes.Buffer // a vector tile without layers
	_ = gzip.NewWriter(&tile).Close()

	w := pmtiles.NewWriter(spool)
	for _, t := range []maptile.Tile{{Z: 0}, {Z: 1, X: 1, Y: 0}} { // in order of their ids
		if err := w.Add(pmtiles.TileID(t), tile.Bytes()); err != nil {
			fmt.Println(err)
		}
	}
	var archive bytes.Buffer
	bound := orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20, 50.1}}
	s, err := w.Finish(&archive, pmtiles.Extent{Bound: bound, Centre: bound.Center()}, func(pmtiles.Summary) any {
		return map[string]string{"name": "Example"}
	})
	fmt.Println(s.Tiles, "tiles,", s.Contents, "content, zooms", s.MinZoom, "to", s.MaxZoom, err)
	fmt.Printf("%q\n", archive.Bytes()[:7])
	// Output:
	// 2 tiles, 1 content, zooms 0 to 1 <nil>
	// "PMTiles"
}
