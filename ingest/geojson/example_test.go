package geojson_test

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/pinezka/pinezka/ingest/geojson"
	"github.com/pinezka/pinezka/ingest/record"
)

func Example() {
	const file = `{"type": "FeatureCollection", "features": [
		{"type": "Feature", "id": 17, "properties": {"name": "Bagry"},
		 "geometry": {"type": "Point", "coordinates": [19.98, 50.03]}},
		{"type": "Feature", "id": 18, "properties": {"name": "Wielicka"},
		 "geometry": {"type": "LineString", "coordinates": [[19.97, 50.02], [19.98, 50.03]]}}
	]}`
	text, err := record.Decode(strings.NewReader(file), "utf-8")
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := geojson.NewReader(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	for {
		r, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		name, _ := r.Get("name")
		fmt.Println(r.Row, r.ID, name, r.Geometry, r.Err)
	}
	// Output:
	// 1 17 Bagry [19.98 50.03] <nil>
	// 2 18 Wielicka <nil> geometry is a LineString; only single points can be imported
}
