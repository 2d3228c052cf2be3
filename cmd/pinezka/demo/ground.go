package demo

import (
	_ "embed"
	"fmt"
	"iter"

	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/geo"
)

//go:embed ground.geojson
var groundFile []byte

// GroundAttribution says on the map what Ground is.
const GroundAttribution = "Sketch, approximate"

// Ground returns what lies under the map of the demo district: streets, water,
// railways, parks and places. It is a sketch, drawn by hand and approximate; see
// README.md in the folder of the package.
func Ground() iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		collection, err := geojson.UnmarshalFeatureCollection(groundFile)
		if err != nil {
			yield(geo.Feature{}, fmt.Errorf("read the ground of the demo district: %w", err))
			return
		}
		for _, f := range collection.Features {
			tags := make(map[string]string, len(f.Properties))
			for key := range f.Properties {
				tags[key] = f.Properties.MustString(key, "")
			}
			if !yield(geo.Feature{Tags: tags, Geometry: f.Geometry}, nil) {
				return
			}
		}
	}
}
