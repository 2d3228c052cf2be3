package walk_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/geotest"
	"github.com/pinezka/pinezka/geo/walk"
)

var date = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// metre is a metre in degrees: of latitude, and of longitude at the equator,
// where the streets of the tests are.
const metre = 180 / math.Pi / orb.EarthRadius

// at returns the point some metres east and north of 0, 0.
func at(east, north float64) orb.Point { return orb.Point{east * metre, north * metre} }

// line returns a line through points, in metres.
func line(points ...[2]float64) (out orb.LineString) {
	for _, p := range points {
		out = append(out, at(p[0], p[1]))
	}
	return out
}

// street returns a residential street.
func street(g orb.Geometry) geo.Feature {
	return geo.Feature{Tags: map[string]string{"highway": "residential"}, Geometry: g}
}

// graph returns the graph of features.
func graph(features ...geo.Feature) *walk.Graph {
	var b walk.Builder
	for _, f := range features {
		b.Add(f)
	}
	return b.Graph(date)
}

// wieliczka returns the streets of a real town.
func wieliczka(t testing.TB) (features []geo.Feature) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(geotest.DataDir(t, "podgorze-osm"), "wieliczka_drive_network_osm2020.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var all geojson.FeatureCollection
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	for _, f := range all.Features {
		tags := map[string]string{}
		for key, value := range f.Properties {
			tags[key], _ = value.(string)
		}
		features = append(features, geo.Feature{Tags: tags, Geometry: f.Geometry})
	}
	return features
}
