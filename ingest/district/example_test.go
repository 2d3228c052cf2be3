package district_test

import (
	"fmt"
	"strings"

	"github.com/pinezka/pinezka/ingest/district"
)

func Example() {
	const areas = `{"type": "FeatureCollection", "features": [
		{"type": "Feature", "properties": {"name": "Senamiestis", "name:pl": "Stare Miasto", "residents": 20000},
		 "geometry": {"type": "Polygon", "coordinates": [[[25.27, 54.67], [25.30, 54.67], [25.30, 54.69], [25.27, 54.67]]]}},
		{"type": "Feature", "properties": {"name": "Antakalnis"},
		 "geometry": {"type": "Polygon", "coordinates": [[[25.30, 54.69], [25.36, 54.69], [25.36, 54.75], [25.30, 54.69]]]}}
	]}`
	reader := district.Reader{Languages: []string{"lt", "pl"}, NameProperty: "name"}
	read, err := reader.ReadAreas(strings.NewReader(areas))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range read {
		fmt.Println(a.Slug, a.Name, a.Residents)
	}
	fmt.Println(len(district.BoundaryOf(read)), "polygons")
	// Output:
	// senamiestis map[lt:Senamiestis pl:Stare Miasto] 20000
	// antakalnis map[lt:Antakalnis] 0
	// 2 polygons
}

func ExampleParseBoundary() {
	boundary, err := district.ParseBoundary("19.97,50.02,20.01,50.04")
	fmt.Println(boundary, err)
	fiji, err := district.ParseBoundary("177,-20,-178,-15")
	fmt.Println(len(fiji), err)
	// Output:
	// [[[[19.97 50.02] [20.01 50.02] [20.01 50.04] [19.97 50.04] [19.97 50.02]]]] <nil>
	// 2 <nil>
}
