package walk_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/walk"
)

func Example() {
	var b walk.Builder
	b.Add(geo.Feature{
		Tags:     map[string]string{"highway": "residential", "oneway": "yes"},
		Geometry: orb.LineString{{19.950, 50.040}, {19.952, 50.040}, {19.954, 50.041}},
	})
	b.Add(geo.Feature{
		Tags:     map[string]string{"highway": "steps"},
		Geometry: orb.LineString{{19.952, 50.040}, {19.952, 50.042}},
	})
	g := b.Graph(time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC))
	nodes, edges := g.Len()
	fmt.Println(nodes, "nodes,", edges, "edges")

	metres, ok := g.Distance(orb.Point{19.954, 50.041}, orb.Point{19.952, 50.042}, 1000)
	fmt.Printf("%.0f m, %t\n", metres, ok)

	var file bytes.Buffer
	if _, err := g.Write(&file); err != nil {
		fmt.Println(err)
	}
	same, _, err := walk.Read(&file)
	fmt.Println(same.Date.Format(time.DateOnly), err)
	// Output:
	// 4 nodes, 3 edges
	// 404 m, true
	// 2026-11-26 <nil>
}
