// Package basemaptest writes small basemaps for tests.
package basemaptest

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// Bound is where the basemaps of this package have streets.
func Bound() orb.Bound { return orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20, 50.06}} }

// MaxZoom is the last zoom of the basemaps of this package.
const MaxZoom = 14

// Metadata returns the metadata of a basemap.
func Metadata() map[string]any {
	layer := func(id string) map[string]any {
		return map[string]any{"id": id, "fields": map[string]string{"kind": "String"}}
	}
	return map[string]any{
		"name": "Test", "version": "4.0.0", "attribution": "© Test",
		"vector_layers": []any{layer("earth"), layer("roads")},
	}
}

// Write writes a basemap with the metadata into the directory and returns the
// name of its file. Its street has the name.
func Write(tb testing.TB, dir, street string, metadata any) string {
	tb.Helper()
	name := filepath.Join(dir, "basemap.pmtiles")
	spool, err := os.CreateTemp(tb.TempDir(), "")
	if err != nil {
		tb.Fatal(err)
	}
	defer spool.Close()
	out, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		tb.Fatal(err)
	}
	w := pmtiles.NewWriter(spool)
	for _, t := range tilesOf(Bound()) {
		if err := w.Add(pmtiles.TileID(t), tile(tb, t, street)); err != nil {
			tb.Fatal(err)
		}
	}
	describe := func(pmtiles.Summary) any { return metadata }
	if _, err := w.Finish(out, pmtiles.Extent{Bound: Bound(), Centre: Bound().Center()}, describe); err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(out.Chmod(0o644), out.Close()); err != nil { // a service under test may run as another user
		tb.Fatal(err)
	}
	if err := os.Rename(out.Name(), name); err != nil {
		tb.Fatal(err)
	}
	return name
}

// tilesOf returns the tiles that touch the bound, in order of their ids.
func tilesOf(b orb.Bound) (all []maptile.Tile) {
	for z := maptile.Zoom(0); z <= MaxZoom; z++ {
		from, to := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
		for x := from.X; x <= to.X; x++ {
			for y := from.Y; y <= to.Y; y++ {
				all = append(all, maptile.New(x, y, z))
			}
		}
	}
	slices.SortFunc(all, func(a, b maptile.Tile) int { return cmp.Compare(pmtiles.TileID(a), pmtiles.TileID(b)) })
	return all
}

// tile returns a tile that is land, with a street from west to east.
func tile(tb testing.TB, t maptile.Tile, street string) []byte {
	tb.Helper()
	layer := func(name string, g orb.Geometry, properties geojson.Properties) *mvt.Layer {
		f := geojson.NewFeature(g)
		f.Properties = properties
		return mvt.NewLayer(name, geojson.NewFeatureCollection().Append(f))
	}
	b, middle := t.Bound(), t.Center().Lat()
	layers := mvt.Layers{
		layer("earth", b.ToPolygon(), geojson.Properties{"kind": "earth"}),
		layer("roads", orb.LineString{{b.Min.Lon(), middle}, {b.Max.Lon(), middle}}, geojson.Properties{
			"kind": "major_road", "kind_detail": "primary", "name": street, "name:en": street + " Street",
		}),
	}
	layers.ProjectToTile(t)
	out, err := mvt.MarshalGzipped(layers)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}
