package gazetteer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/gazetteer"
)

type tags = map[string]string

func square(lat float64) orb.Polygon {
	return orb.Bound{Min: orb.Point{19.95, lat}, Max: orb.Point{19.952, lat + 0.001}}.ToPolygon()
}

// TestPlaces builds places of small features.
func TestPlaces(t *testing.T) {
	line := func(from, to float64) orb.LineString { return orb.LineString{{from, 50.04}, {to, 50.04}} }
	for name, test := range map[string]struct {
		features []geo.Feature
		want     []string
	}{
		"one street of joined lines, another of the same name far away": {[]geo.Feature{
			{Tags: tags{"highway": "residential", "name": "Lipska"}, Geometry: line(19.95, 19.951)},
			{Tags: tags{"highway": "tertiary", "name": "Lipska"}, Geometry: line(19.951, 19.953)},
			{Tags: tags{"highway": "footway", "name": "Lipska"}, Geometry: line(19.9532, 19.954)},
			{Tags: tags{"highway": "residential", "name": "Lipska"}, Geometry: line(20.05, 20.051)},
			{Tags: tags{"highway": "residential"}, Geometry: line(20.05, 20.051)},
		}, []string{"street Lipska 19.9519", "street Lipska 20.0505"}},
		"addresses belong to what they state": {[]geo.Feature{
			{Tags: tags{"highway": "residential", "name": "Lipska"}, Geometry: line(19.95, 19.951)},
			{Tags: tags{"building": "yes", "addr:place": "Rybitwy", "addr:housenumber": "7"}, Geometry: square(50.0401)},
			{Tags: tags{"building": "yes", "addr:housenumber": "9"}, Geometry: square(50.0401)},
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "1;3"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "5-9", "addr:interpolation": "odd"}, Geometry: line(19.95, 19.951)},
		}, []string{"street Lipska 19.9505", "address Lipska 1 19.9500", "address Lipska 3 19.9500", "address Rybitwy 7 19.9510"}},
		"one address of an entrance and its building": {[]geo.Feature{
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "28B"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "28 B"}, Geometry: square(50.04)},
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "28"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"addr:street": "Lipska", "addr:housenumber": "28B"}, Geometry: orb.Point{20.05, 50.04}},
		}, []string{"address Lipska 28 19.9500", "address Lipska 28B 19.9500", "address Lipska 28B 20.0500"}},
		"stops of one kind, of both directions": {[]geo.Feature{
			{Tags: tags{"railway": "tram_stop", "name": "Korona"}, Geometry: orb.Point{19.945, 50.04}},
			{Tags: tags{"railway": "tram_stop", "name": "Korona"}, Geometry: orb.Point{19.9455, 50.0404}},
			{Tags: tags{"highway": "bus_stop", "name": "Korona"}, Geometry: orb.Point{19.9455, 50.0404}},
			{Tags: tags{"highway": "bus_stop", "name": "Korona"}, Geometry: orb.Point{19.99, 50.0404}},
		}, []string{"stop Korona 19.9450", "stop Korona 19.9455", "stop Korona 19.9900"}},
		"kinds": {[]geo.Feature{
			{Tags: tags{"place": "square", "name": "Plac"}, Geometry: square(50.04)},
			{Tags: tags{"highway": "pedestrian", "area": "yes", "name": "Rynek"}, Geometry: square(50.04)},
			{Tags: tags{"amenity": "kindergarten", "name": "Przedszkole"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"leisure": "park", "name": "Park"}, Geometry: orb.MultiPolygon{square(50.04)}},
			{Tags: tags{"natural": "water", "name": "Zalew"}, Geometry: square(50.04)},
			{Tags: tags{"place": "suburb", "name": "Płaszów"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"amenity": "pharmacy", "name": "Apteka"}, Geometry: orb.Point{19.95, 50.04}},
			{Tags: tags{"boundary": "administrative", "name": "Granica"}, Geometry: square(50.04)},
			{Tags: tags{"power": "line", "name": "Linia"}, Geometry: line(19.95, 19.96)},
			{Tags: tags{"place": "suburb", "name": "Daleko"}, Geometry: orb.Point{25, 50.04}},
			{Tags: tags{"name": "Bez geometrii"}},
		}, []string{"other Apteka 19.9500", "park Park 19.9510", "square Plac 19.9510", "school Przedszkole 19.9500", "locality Płaszów 19.9500", "square Rynek 19.9510", "water Zalew 19.9510"}},
	} {
		b := gazetteer.New(gazetteer.Config{Box: &geo.Box{West: 19.9, South: 50, East: 20.1, North: 50.1}})
		for _, f := range test.features {
			b.Add(f)
		}
		var got []string
		for _, p := range b.Places() {
			got = append(got, fmt.Sprintf("%s %s %.4f", p.Kind, p.Name, p.Point.Lon()))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPostcodeOfStreet checks that a street has the postcode that its lines
// state, unless they state several.
func TestPostcodeOfStreet(t *testing.T) {
	b := gazetteer.New(gazetteer.Config{})
	for _, line := range []tags{
		{"name": "Kącik", "postal_code": "30-549"}, {"name": "Kącik"},
		{"name": "Wielicka", "postal_code": "30-552"}, {"name": "Wielicka", "postal_code": "30-663"},
	} {
		line["highway"] = "residential"
		b.Add(geo.Feature{Tags: line, Geometry: orb.LineString{{19.95, 50.04}, {19.951, 50.04}}})
	}
	var got []string
	for _, p := range b.Places() {
		got = append(got, p.Name+" "+p.Postcode)
	}
	if diff := cmp.Diff([]string{"Kącik 30-549", "Wielicka "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestForDistrict checks that the places of a district are those in its box and
// the margin around it.
func TestForDistrict(t *testing.T) {
	d := civic.District{Boundary: orb.MultiPolygon{square(50.04)}, Languages: []string{"uk"}}
	b := gazetteer.ForDistrict(&d, 100)
	for _, lon := range []float64{19.947, 19.949, 19.951, 19.953, 19.955} {
		b.Add(geo.Feature{Tags: tags{"place": "suburb", "name": fmt.Sprint(lon), "name:uk": "Подгуже"}, Geometry: orb.Point{lon, 50.0405}})
	}
	var got []string
	for _, p := range b.Places() {
		got = append(got, p.Name+" "+strings.Join(p.OtherNames, ";"))
	}
	if diff := cmp.Diff([]string{"19.949 Подгуже", "19.951 Подгуже", "19.953 Подгуже"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPointOfStreetIsInTheDistrict checks that the point of a street that is only
// partly in the district, such as a bridge over its border, is there.
func TestPointOfStreetIsInTheDistrict(t *testing.T) {
	d := civic.District{Boundary: orb.MultiPolygon{square(50.04)}} // 50.04 to 50.041
	b := gazetteer.ForDistrict(&d, 1000)
	for name, line := range map[string]orb.LineString{
		"inside": {{19.951, 50.0402}, {19.951, 50.0408}}, "bridge": {{19.951, 50.0402}, {19.951, 50.0408}, {19.951, 50.046}}, "outside": {{19.951, 50.042}, {19.951, 50.044}},
	} {
		b.Add(geo.Feature{Tags: tags{"highway": "footway", "name": name}, Geometry: line})
	}
	var got []string
	for _, p := range b.Places() {
		got = append(got, fmt.Sprintf("%s %.4f", p.Name, p.Point.Lat()))
	}
	if diff := cmp.Diff([]string{"bridge 50.0408", "inside 50.0405", "outside 50.0430"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPointOfStreetIsOnIt checks that the point of a bent street is on one of its
// lines, near the middle of it.
func TestPointOfStreetIsOnIt(t *testing.T) {
	bend := orb.LineString{{19.95, 50.04}, {19.95, 50.05}, {19.96, 50.05}}
	b := gazetteer.New(gazetteer.Config{})
	b.Add(geo.Feature{Tags: tags{"highway": "residential", "name": "Kątowa"}, Geometry: bend})
	p := b.Places()[0]
	if d := planar.DistanceFrom(bend, p.Point); d > 1e-9 || orbgeo.Distance(p.Point, orb.Point{19.95, 50.05}) > 900 || p.Kind != civic.PlaceStreet {
		t.Errorf("%v is %g degrees from the street", p, d)
	}
}
