package basemap_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/basemap"
)

func Example() {
	b, err := basemap.New(basemap.Config{
		Boxes:     []orb.Bound{{Min: orb.Point{19.94, 50.03}, Max: orb.Point{19.96, 50.05}}},
		Languages: []string{"pl", "uk"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	b.Add(geo.Feature{
		Tags:     map[string]string{"highway": "tertiary", "name": "Kalwaryjska", "name:uk": "Кальварійська"},
		Geometry: orb.LineString{{19.945, 50.035}, {19.947, 50.045}},
	})

	spool, err := os.CreateTemp("", "tiles")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	var archive bytes.Buffer
	s, err := b.Write(context.Background(), &archive, spool, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Features, s.MinZoom, s.MaxZoom)
	// Output: map[earth:1 roads:1] 6 15
}
