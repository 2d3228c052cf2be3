package demo_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
)

// The tests of this file compare the sketch with data of OpenStreetMap. They say
// how far and in which direction the sketch is off, so that it can be redrawn by
// hand; no coordinate of the data is part of the sketch.

func TestGroundTramTracks(t *testing.T) {
	var tracks lines
	for _, f := range readFeatures(t, "krakow-osm-tram/tram_tracks.geojson") {
		tracks = append(tracks, linesOf(f.Geometry)...)
	}
	var off []deviation
	for _, f := range ground(t) {
		if f.Tags["railway"] == "tram" || f.Tags["embedded_rails"] == "tram" {
			off = append(off, deviations(cmp.Or(f.Tags["name"], "a tram line"), linesOf(f.Geometry), tracks)...)
		}
	}
	checkDeviations(t, off, 60)
}

func TestGroundTramStops(t *testing.T) {
	stops := readStops(t, "krakow-osm-tram/tram_stops.xlsx")
	var off []deviation
	for _, f := range ground(t) {
		name := f.Tags["name"]
		if f.Tags["railway"] == "tram_stop" && len(stops[name]) > 0 {
			off = append(off, deviationOf(name, onPlane(f.Geometry.(orb.Point)), stops[name]))
		}
	}
	if len(off) < 20 {
		t.Errorf("%d stops have the name of one in the data, want 20", len(off))
	}
	checkDeviations(t, off, 80)
}

func TestGroundStreets(t *testing.T) {
	streets := map[string]lines{}
	for _, file := range []string{"streets_named_krakow_centre_osm2017", "streets_named_podgorze_3_osm2026"} {
		for _, f := range readFeatures(t, "podgorze-osm/"+file+".geojson") {
			name := f.Properties.MustString("name", "")
			streets[name] = append(streets[name], linesOf(f.Geometry)...)
		}
	}
	var off []deviation
	compared := map[string]bool{}
	for _, f := range ground(t) {
		name := f.Tags["name"]
		if f.Tags["highway"] != "" && name != "" && streets[name] != nil {
			ds := deviations(name, linesOf(f.Geometry), streets[name])
			compared[name] = compared[name] || len(ds) > 0
			off = append(off, ds...)
		}
	}
	for name, some := range compared {
		if !some {
			t.Errorf("no part of %s is where the data have it", name)
		}
	}
	t.Logf("%d streets compared", len(compared))
	checkDeviations(t, off, 60)
}

// TestGroundSchoolsAndPostcodes compares the postcodes of streets with those of schools in
// them, and the schools with those at the same address.
func TestGroundSchoolsAndPostcodes(t *testing.T) {
	postcodes := map[string][]string{}
	schools := map[string]lines{}
	for _, f := range readFeatures(t, "podgorze-osm/addresses_schools_krakow_rspo2022.geojson") {
		street := f.Properties.MustString("addr:street", "")
		postcodes[street] = append(postcodes[street], f.Properties.MustString("addr:postcode", ""))
		at := street + " " + f.Properties.MustString("addr:housenumber", "")
		schools[at] = append(schools[at], linesOf(f.Geometry)...)
	}
	compared := 0
	var off []deviation
	for _, f := range ground(t) {
		if of := postcodes[f.Tags["name"]]; f.Tags["postal_code"] != "" && of != nil {
			compared++
			if !slices.Contains(of, f.Tags["postal_code"]) {
				t.Errorf("%s has the postcode %s, but its schools have %v", f.Tags["name"], f.Tags["postal_code"], of)
			}
		}
	}
	for _, f := range ground(t) {
		if at := f.Tags["addr:street"] + " " + f.Tags["addr:housenumber"]; f.Tags["amenity"] == "school" && schools[at] != nil {
			off = append(off, deviationOf(f.Tags["name"], onPlane(f.Geometry.(orb.Point)), schools[at]))
		}
	}
	if compared < 5 || len(off) < 3 {
		t.Errorf("%d streets and %d schools compared", compared, len(off))
	}
	checkDeviations(t, off, 100)
}

func TestGroundBoundary(t *testing.T) {
	const least, step = 0.95, 0.0004 // step in degrees of longitude
	is := readFeatures(t, "podgorze-osm/podgorze_xiii_boundary_osm2021.geojson")[0].Geometry.(orb.MultiPolygon)
	drawn := numbered(t).Boundary
	var both, either float64
	b := is.Bound().Union(drawn.Bound())
	for lon := b.Left(); lon < b.Right(); lon += step {
		for lat := b.Bottom(); lat < b.Top(); lat += step / 2 {
			p := orb.Point{lon, lat}
			switch in, of := geo.Contains(is, p), geo.Contains(drawn, p); {
			case in && of:
				both++
				either++
			case in || of:
				either++
			}
		}
	}
	t.Logf("intersection over union: %.3f", both/either)
	if both/either < least {
		t.Errorf("intersection over union: %.3f, want %.2f", both/either, least)
		checkDeviations(t, deviations("the boundary", linesOf(drawn), linesOf(is)), 60)
	}
}

// ground returns the features of the sketch.
func ground(t testing.TB) (features []geo.Feature) {
	t.Helper()
	for f, err := range demo.Ground() {
		if err != nil {
			t.Fatal(err)
		}
		features = append(features, f)
	}
	return features
}
