package basemap_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/osm"
	"github.com/pinezka/pinezka/ingest/recordtest"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// sketch is a small town on a river.
func sketch() []geo.Feature {
	square := func(west, south, size float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{west + size, south + size/1.5}}.ToPolygon()
	}
	lake := append(square(19.947, 50.0365, 0.002), slices.Clone(square(19.9475, 50.037, 0.0005)[0]))
	return []geo.Feature{
		{Tags: tags("natural=water, name=Staw, name:en=Pond"), Geometry: orb.MultiPolygon{lake}},
		{Tags: tags("leisure=park, name=Planty"), Geometry: square(19.95, 50.037, 0.003)},
		{Tags: tags("highway=residential, name=Długosza"), Geometry: orb.LineString{{19.946, 50.041}, {19.95, 50.041}}},
		{Tags: tags("highway=residential, name=Długosza"), Geometry: orb.LineString{{19.955, 50.042}, {19.95, 50.041}}},
		{Tags: tags("highway=primary, name=Most, bridge=yes"), Geometry: orb.LineString{{19.955, 50.036}, {19.955, 50.044}}},
		{Tags: tags("railway=tram"), Geometry: orb.LineString{{19.955, 50.036}, {19.955, 50.044}}},
		{Tags: tags("building=yes, addr:housenumber=7, addr:street=Długosza"), Geometry: square(19.951, 50.0415, 0.0004)},
		{Tags: tags("railway=tram_stop, name=Korona"), Geometry: orb.Point{19.955, 50.039}},
		{Tags: tags("place=town, name=Podgórze, name:uk=Підгуже"), Geometry: orb.Point{19.952, 50.04}},
		{Tags: tags("highway=residential, name=Gdzie indziej"), Geometry: orb.LineString{{20.1, 50.1}, {20.2, 50.1}}},
	}
}

// TestGolden compares the tiles of a sketch at two zooms, decoded by another
// package, with a file.
func TestGolden(t *testing.T) {
	a := build(t, basemap.Config{Boxes: []orb.Bound{town}, Languages: []string{"en", "uk"}, Name: "Podgórze"}, all(sketch()...))
	out := []string{fmt.Sprint(a.summary.Features)}
	for _, z := range []maptile.Zoom{12, 15} {
		for _, tile := range tilestest.TilesOver(town, z) {
			out = append(out, fmt.Sprintf("%d/%d/%d", tile.Z, tile.X, tile.Y))
			for _, l := range a.tile(t, tile) {
				for _, f := range l.Features {
					out = append(out, fmt.Sprintf("  %s: %s %s %v", l.Name, describe(f.Properties), f.Geometry.GeoJSONType(), f.Geometry))
				}
			}
		}
	}
	recordtest.Golden(t, "sketch.golden", out)
}

// TestMetadata checks what viewers read.
func TestMetadata(t *testing.T) {
	a := build(t, basemap.Config{Boxes: []orb.Bound{town}, Name: "Podgórze"}, all(sketch()...))
	layers := a.metadata["vector_layers"]
	delete(a.metadata, "vector_layers")
	want := map[string]any{
		"name": "Podgórze", "type": "baselayer", "version": "4.0.0", "attribution": basemap.Attribution,
		"description": "Basemap in the schema of Protomaps, version 4 (subset)",
	}
	if diff := cmp.Diff(want, a.metadata); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	roads := map[string]any{"id": "roads", "minzoom": 7.0, "maxzoom": 15.0, "fields": map[string]any{
		"kind": "String", "kind_detail": "String", "name": "String", "is_bridge": "Boolean", "layer": "Number",
	}}
	got := slices.IndexFunc(layers.([]any), func(l any) bool { return cmp.Diff(roads, l) == "" })
	if got < 0 {
		t.Errorf("no %v in %v", roads, layers)
	}
}

// TestOrderOfRoads checks that what is above is drawn later, whatever the order
// of features: the bridge above the street, and the tram above the bridge.
func TestOrderOfRoads(t *testing.T) {
	features := sketch()
	slices.Reverse(features)
	a := build(t, basemap.Config{Boxes: []orb.Bound{town}}, all(features...))
	want := []string{"minor_road kind_detail=residential name=Długosza", "rail kind_detail=tram", "major_road is_bridge=true kind_detail=primary layer=1 name=Most"}
	if diff := cmp.Diff(want, a.layer(t, in(orb.Point{19.954, 50.041}, 15), "roads")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestSeams cuts an area and a line at the edges of tiles at every zoom: the
// parts meet without a gap, and each reaches into the buffer of its neighbours.
func TestSeams(t *testing.T) {
	ring := orb.Ring{}
	centre := orb.Point{19.952, 50.04}
	for i := range 400 { // not convex
		angle := -2 * math.Pi * float64(i) / 400
		r := 0.02 * (1 + 0.3*math.Sin(7*angle))
		ring = append(ring, orb.Point{centre[0] + r*math.Cos(angle)*1.5, centre[1] + r*math.Sin(angle)})
	}
	ring = append(ring, ring[0])
	box := ring.Bound().Pad(0.01)
	a := build(t, basemap.Config{Boxes: []orb.Bound{box}}, all(
		geo.Feature{Tags: tags("natural=water"), Geometry: orb.Polygon{ring}},
		geo.Feature{Tags: tags("highway=motorway"), Geometry: orb.LineString(ring)},
	))
	for z := maptile.Zoom(11); z <= basemap.MaxZoom; z++ {
		surface, length := 0.0, 0.0
		inside := orb.Bound{Max: orb.Point{mvt.Extent, mvt.Extent}}
		for _, tile := range tilestest.TilesOver(box, z) {
			for _, l := range a.tile(t, tile) {
				for _, f := range l.Features {
					switch l.Name {
					case basemap.LayerWater:
						if p := f.Geometry.(orb.Polygon); p[0].Orientation() != orb.CCW { // with Y downward: clockwise on the map
							t.Errorf("%v: an outer ring is counter-clockwise", tile)
						}
						surface += planar.Area(clip.Geometry(inside, orb.Clone(f.Geometry)))
					case basemap.LayerRoads:
						if g := clip.Geometry(inside, orb.Clone(f.Geometry)); g != nil {
							length += planar.Length(g)
						}
					}
				}
			}
		}
		unit := 360 / math.Exp2(float64(z)) / mvt.Extent // degrees of longitude
		scale := math.Cos(centre[1] * math.Pi / 180)
		wantSurface := -planar.Area(ring) / unit / unit / scale
		projected := make(orb.LineString, len(ring))
		for i, p := range ring {
			projected[i] = orb.Point{p[0] / unit, p[1] / unit / scale}
		}
		if math.Abs(surface/wantSurface-1) > 0.01 {
			t.Errorf("zoom %d: the surface is %.4f of the area", z, surface/wantSurface)
		}
		if wantLength := planar.Length(projected); math.Abs(length/wantLength-1) > 0.02 {
			t.Errorf("zoom %d: the length is %.4f of the line", z, length/wantLength)
		}
	}
}

// TestStreetsAreJoined joins ways of one name, and none of others.
func TestStreetsAreJoined(t *testing.T) {
	street := func(name string, points ...orb.Point) geo.Feature {
		return geo.Feature{Tags: tags("highway=residential, name=" + name), Geometry: orb.LineString(points)}
	}
	p := func(i, j int) orb.Point { return orb.Point{19.946 + 0.001*float64(i), 50.036 + 0.001*float64(j)} }
	a := build(t, basemap.Config{Boxes: []orb.Bound{town}}, all(
		street("A", p(2, 0), p(1, 0)), street("A", p(0, 0), p(1, 0)), street("A", p(2, 0), p(3, 0)), // directions differ
		street("B", p(3, 0), p(4, 0)),                                                               // another name
		street("C", p(0, 3), p(1, 3)), street("C", p(1, 3), p(2, 3)), street("C", p(1, 3), p(1, 4)), // three meet
		street("D", p(5, 5), p(6, 5)), street("D", p(6, 5), p(6, 6)), street("D", p(6, 6), p(5, 5)), // a circle
	))
	if n := a.summary.Features[basemap.LayerRoads]; n != 1+1+3+1 {
		t.Errorf("%d roads", n)
	}
}

// TestHouseNumbers draws the number of a house once, however many entrances and
// shops repeat it, and that of the same number elsewhere.
func TestHouseNumbers(t *testing.T) {
	number := func(n, street string, lon float64) geo.Feature {
		return geo.Feature{Tags: tags("addr:housenumber=" + n + ", addr:street=" + street), Geometry: orb.Point{lon, 50.04}}
	}
	a := build(t, basemap.Config{Boxes: []orb.Bound{town}}, all(
		number("7", "Długosza", 19.95), number("9", "Długosza", 19.95), number("7", "Lwowska", 19.95),
		number("7", "Długosza", 19.9503), // 21 m
		number("7", "Długosza", 19.952),  // 143 m
		number("7", "Długosza", 19.9505), // 36 m
	))
	if n := a.summary.Features[basemap.LayerBuildings]; n != 4 {
		t.Errorf("%d house numbers", n)
	}
}

// TestBoxes cuts at the boxes: what is outside is not drawn, and where boxes
// overlap nothing is drawn twice.
func TestBoxes(t *testing.T) {
	other := orb.Bound{Min: orb.Point{20.5, 50}, Max: orb.Point{20.51, 50.01}}
	overlapping := orb.Bound{Min: orb.Point{19.95, 50.04}, Max: orb.Point{19.965, 50.05}}
	long := orb.LineString{{19.9, 50.04}, {20.505, 50.04}, {20.505, 49.9}}
	a := build(t, basemap.Config{Boxes: []orb.Bound{town, other, overlapping}}, all(geo.Feature{Tags: tags("highway=motorway"), Geometry: long}))
	if diff := cmp.Diff(map[string]int{"earth": 2, "roads": 2}, a.summary.Features); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if l := a.tile(t, in(orb.Point{20.2, 50.04}, 12)); len(l) > 0 {
		t.Errorf("between the boxes: %v", l)
	}
	for _, boxes := range [][]orb.Bound{nil, {{}}, {{Min: orb.Point{1, 1}, Max: orb.Point{1, 2}}}, {{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}}} {
		if _, err := basemap.New(basemap.Config{Boxes: boxes}); err == nil {
			t.Errorf("%v is a basemap", boxes)
		}
	}
}

// TestEqualTiles stores equal tiles once.
func TestEqualTiles(t *testing.T) {
	a := build(t, basemap.Config{Boxes: []orb.Bound{{Min: orb.Point{19, 50}, Max: orb.Point{20, 51}}}}, all())
	if a.summary.Tiles < 5000 || a.summary.Contents > 150 {
		t.Errorf("%d tiles, %d different", a.summary.Tiles, a.summary.Contents)
	}
}

// TestDegenerateFeatures adds what occurs in data and has nothing to draw.
func TestDegenerateFeatures(t *testing.T) {
	p := orb.Point{19.95, 50.04}
	for _, g := range []orb.Geometry{
		orb.LineString{}, orb.LineString{p}, orb.LineString{p, p}, orb.Polygon{}, orb.Polygon{{}}, orb.Polygon{{p, p, p, p}},
		orb.MultiPolygon{}, orb.MultiPolygon{{}}, orb.Polygon{{p, {19.951, 50.04}, {19.952, 50.04}, p}}, orb.Collection{},
	} {
		a := build(t, basemap.Config{Boxes: []orb.Bound{town}}, all(
			geo.Feature{Tags: tags("natural=water, name=x"), Geometry: g},
			geo.Feature{Tags: tags("natural=coastline"), Geometry: g},
			geo.Feature{Tags: tags("highway=primary"), Geometry: g},
		))
		if n := a.summary.Features[basemap.LayerRoads]; n > 0 {
			t.Errorf("%v: %d roads", g, n)
		}
	}
}

func TestFullDisk(t *testing.T) {
	b, err := basemap.New(basemap.Config{Boxes: []orb.Bound{town}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Write(t.Context(), &tilestest.FullDisk{Left: 50}, tilestest.TempFile(t), nil); !errors.Is(err, tilestest.ErrFull) {
		t.Errorf("full disk: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Write(ctx, &bytes.Buffer{}, tilestest.TempFile(t), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestRealExtracts makes basemaps of a coastal and an inland extract, and looks
// for streets by their names, and for the sea.
func TestRealExtracts(t *testing.T) {
	dir := recordtest.DataDir(t, "osm-samples")
	for name, c := range map[string]struct {
		street string
		at     orb.Point
		sea    []orb.Point // tiles of zoom 15 that are sea
		land   []orb.Point // tiles of zoom 15 without sea
	}{
		"monaco-latest.osm.pbf": {"Boulevard des Moulins", orb.Point{7.4279, 43.7418}, []orb.Point{{7.445, 43.728}}, []orb.Point{{7.4115, 43.7505}}},
		"warszawa-mokotow.osm":  {"Rakowiecka", orb.Point{21.006, 52.2085}, nil, []orb.Point{{21.006, 52.2085}}},
	} {
		f, err := osm.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		f.Boxes = []orb.Bound{f.Bound()}
		a := build(t, basemap.Config{Boxes: f.Boxes}, f.Features(t.Context()))
		roads := a.layer(t, in(c.at, 14), basemap.LayerRoads)
		if !slices.ContainsFunc(roads, func(s string) bool { return strings.Contains(s, "name="+c.street) }) {
			t.Errorf("%s: no %s among %d roads", name, c.street, len(roads))
		}
		for i, p := range slices.Concat(c.sea, c.land) {
			water := a.layer(t, in(p, 15), basemap.LayerWater)
			if sea := slices.Contains(water, "ocean"); sea != (i < len(c.sea)) {
				t.Errorf("%s at %v: %q", name, p, water)
			}
		}
	}
}

// BenchmarkMonaco makes the basemap of an extract of 25,000 nodes.
func BenchmarkMonaco(b *testing.B) {
	name := filepath.Join(recordtest.DataDir(b, "osm-samples"), "monaco-latest.osm.pbf")
	for b.Loop() {
		f, err := osm.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		build(b, basemap.Config{Boxes: []orb.Bound{f.Bound()}}, f.Features(b.Context()))
		f.Close()
	}
}
