package basemap_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/basemap"
)

// TestSchema draws one feature each and looks for it in a layer.
func TestSchema(t *testing.T) {
	line := orb.LineString{{19.947, 50.037}, {19.949, 50.039}}
	square := orb.Bound{Min: orb.Point{19.947, 50.037}, Max: orb.Point{19.949, 50.039}}.ToPolygon()
	node := orb.Point{19.948, 50.038}
	for _, c := range []struct {
		tags     string
		geometry orb.Geometry
		layer    string
		want     string // "" for nothing
	}{
		{"highway=residential, name=Kalwaryjska, name:pl=Kalwaryjska, name:uk=Кальварійська, name:de=Kalvarienstraße", line, "roads", "minor_road kind_detail=residential name=Kalwaryjska name:pl=Kalwaryjska name:uk=Кальварійська"},
		{"highway=primary, bridge=yes, layer=2, ref=7", line, "roads", "major_road is_bridge=true kind_detail=primary layer=2 ref=7"},
		{"highway=motorway_link, tunnel=yes", line, "roads", "highway is_link=true is_tunnel=true kind_detail=motorway_link"},
		{"highway=service, tunnel=building_passage, service=driveway", line, "roads", "minor_road kind_detail=service service=driveway"},
		{"highway=footway", line, "roads", "path kind_detail=footway"},
		{"highway=construction", line, "roads", ""},
		{"railway=tram, bridge=yes", line, "roads", "rail is_bridge=true kind_detail=tram layer=1"},
		{"railway=abandoned", line, "roads", ""},
		{"waterway=river, name=Wisła", line, "water", "river name=Wisła"},
		{"boundary=administrative, admin_level=8, name=A - B", line, "boundaries", "locality kind_detail=8"},
		{"building=yes, name=Ratusz", square, "buildings", "building"},
		{"building=no", square, "buildings", ""},
		{"building=yes, addr:housenumber=12a, addr:street=Limanowskiego", square, "buildings", "building|address addr_housenumber=12a addr_street=Limanowskiego"},
		{"addr:housenumber=3", node, "buildings", "address addr_housenumber=3"},
		{"natural=water, water=lake, name=Staw", square, "water", "water kind_detail=lake|water kind_detail=lake name=Staw"},
		{"natural=water", square, "water", "water"},
		{"amenity=fountain, natural=water, name=Trzy Gracje", square, "water", "fountain|fountain name=Trzy Gracje"}, // no lake
		{"leisure=park, name=Park Bednarskiego", square, "landuse", "park"},
		{"leisure=park, name=Park Bednarskiego", square, "pois", "park name=Park Bednarskiego"},
		{"leisure=park", square, "pois", ""},
		{"landuse=grass", square, "landuse", "grass kind_detail=grass"},
		{"landuse=forest, leisure=park", square, "landuse", "park"}, // one kind of land
		{"amenity=school, building=school, name=SP 29", square, "pois", "school name=SP 29"},
		{"amenity=school, building=school, name=SP 29", square, "landuse", "school"},
		{"railway=tram_stop, name=Korona", node, "pois", "tram_stop name=Korona"},
		{"highway=bus_stop", node, "pois", ""},
		{"place=suburb, name=Podgórze, population=34000", node, "places", "macrohood kind_detail=suburb name=Podgórze population=34000"},
		{"place=suburb, name=Podgórze", square, "places", ""}, // its node has the name
		{"highway=pedestrian, area=yes, name=Rynek Podgórski", square, "landuse", "pedestrian"},
		{"highway=pedestrian, area=yes, name=Rynek Podgórski", square, "pois", "square name=Rynek Podgórski"},
		{"highway=pedestrian, area=yes, name=Rynek Podgórski", square, "roads", ""},
		{"shop=bakery, name=Buczek", node, "pois", ""},
	} {
		a := build(t, basemap.Config{Boxes: []orb.Bound{town}, Languages: []string{"pl", "uk"}}, all(geo.Feature{Tags: tags(c.tags), Geometry: c.geometry}))
		got := strings.Join(a.layer(t, in(node, basemap.MaxZoom), c.layer), "|")
		if got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.tags, c.layer, got, c.want)
		}
	}
}

// TestFirstZooms checks at which zooms features begin.
func TestFirstZooms(t *testing.T) {
	line := orb.LineString{{19.946, 50.036}, {19.959, 50.044}}
	for want, feature := range map[int]geo.Feature{
		6:  {Tags: tags("natural=water"), Geometry: orb.Bound{Min: orb.Point{19.3, 49.6}, Max: orb.Point{20.5, 50.5}}.ToPolygon()},
		9:  {Tags: tags("highway=secondary"), Geometry: line},
		12: {Tags: tags("highway=residential"), Geometry: line},
		13: {Tags: tags("place=neighbourhood, name=Zabłocie"), Geometry: orb.Point{19.95, 50.04}},
		14: {Tags: tags("highway=footway"), Geometry: line},
		15: {Tags: tags("addr:housenumber=1"), Geometry: orb.Point{19.95, 50.04}},
	} {
		box := orb.Bound{Min: orb.Point{19.3, 49.6}, Max: orb.Point{20.5, 50.5}}
		if want > 6 {
			box = town
		}
		a := build(t, basemap.Config{Boxes: []orb.Bound{box}}, all(feature))
		for z := basemap.MinZoom; z <= basemap.MaxZoom; z++ {
			layers := 0
			for _, l := range a.tile(t, in(orb.Point{19.95, 50.04}, z)) {
				if l.Name != basemap.LayerEarth {
					layers++
				}
			}
			if there := layers > 0; there != (int(z) >= want) {
				t.Errorf("%v at zoom %d: %v", feature.Tags, z, there)
			}
		}
	}
}
