package basemap_test

import (
	"context"
	"fmt"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/basemap"
)

func ExampleCut() {
	box := geo.Box{West: 19.9, South: 50, East: 20.1, North: 50.08}
	_, err := basemap.Cut(context.Background(), "/none/poland.pmtiles", box.Bounds(), "basemap.pmtiles", func(done, total int) {
		fmt.Printf("%d of %d tiles\n", done, total)
	})
	fmt.Println(err)
	// Output:
	// open /none/poland.pmtiles: no such file or directory
}
