package draw_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
)

var updateGoldens = flag.Bool("update", false, "write the golden files")

// TestGoldenTiles compares the bytes of a tile of each layer with golden files.
// A change of them is a change for every map: look at the tile (with ogrinfo,
// for example) before -update.
func TestGoldenTiles(t *testing.T) {
	d := tilestest.District()
	var pins []civic.MapPin
	for i := range 60 {
		pins = append(pins, mapPin(t, &d, int64(i+1), civic.Draft{
			Category: d.Categories[i%4].Slug, Title: "x", ReportedOn: civic.Day(20000 + i),
			Point: orb.Point{19.94 + float64(i%9)*0.002, 50.02 + float64(i/9)*0.002},
		}))
	}
	v := newVersion(d, pins).WithThings(things(40))
	at := maptile.At(orb.Point{19.95, 50.03}, 13)
	f := v.Filter(civic.Filter{From: 20010})
	for name, got := range map[string][]byte{
		"pins.mvt": draw.Pins(nil, v, at, f), "hexes.mvt": draw.Hexes(nil, v, at, 9, f), "areas.mvt": draw.Areas(nil, v, at, civic.Filter{}),
		"things.mvt": draw.Things(nil, v, at),
	} {
		path := filepath.Join("testdata", name)
		if *updateGoldens {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes differ from the %d of the golden tile", name, len(got), len(want))
		}
	}
}

// TestTilesFollowTheSpecification decodes all layers at all zooms.
func TestTilesFollowTheSpecification(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 3000)).WithThings(things(3000))
	f := v.Filter(civic.Filter{})
	for z := maptile.Zoom(0); z <= index.MaxZoom; z += 2 {
		at := maptile.At(orb.Point{19.95, 50.03}, z)
		tile := draw.Hexes(nil, v, at, draw.ZoomResolution(z), f)
		tile = draw.Areas(draw.Pins(tile, v, at, f), v, at, civic.Filter{})
		tile = draw.Things(tile, v, at)
		layers := tilestest.Decode(t, tile)
		if len(layers) != 4 {
			t.Errorf("%v has %d layers", at, len(layers))
		}
		for _, layer := range layers {
			if layer.Version != 2 || layer.Extent != mvt.Extent || len(layer.Features) == 0 {
				t.Errorf("%v, layer %s: version %d, extent %d, %d features", at, layer.Name, layer.Version, layer.Extent, len(layer.Features))
			}
			ids := map[float64]bool{}
			for _, f := range layer.Features {
				id, _ := f.ID.(float64)
				if id >= 1<<53 || ids[id] {
					t.Errorf("%v, layer %s: id %v is too large or not unique", at, layer.Name, f.ID)
				}
				ids[id] = true
				checkGeometry(t, f.Geometry)
			}
		}
	}
}

// checkGeometry checks that coordinates are near the tile, and that rings have
// the winding order of version 2.1: exterior rings have a positive area by the
// shoelace formula, in a system with Y downward.
func checkGeometry(t *testing.T, g orb.Geometry) {
	t.Helper()
	b := g.Bound()
	if b.Min[0] < -64 || b.Min[1] < -64 || b.Max[0] > mvt.Extent+64 || b.Max[1] > mvt.Extent+64 {
		t.Errorf("geometry is outside the tile: %v", b)
	}
	check := func(p orb.Polygon) {
		for i, ring := range p {
			area := 0.0
			for j := 1; j < len(ring); j++ {
				area += ring[j-1][0]*ring[j][1] - ring[j][0]*ring[j-1][1]
			}
			if (area > 0) != (i == 0) {
				t.Errorf("ring %d has area %v", i, area/2)
			}
		}
	}
	switch g := g.(type) {
	case orb.Polygon:
		check(g)
	case orb.MultiPolygon:
		for _, p := range g {
			check(p)
		}
	}
}

// TestTilesAreSmall checks the size of tiles at all zooms with many pins, the
// finest hexes and very detailed boundaries.
func TestTilesAreSmall(t *testing.T) {
	d := tilestest.District()
	for i := range d.Areas { // 200,000 teeth of some metres
		d.Areas[i].Boundary[0][0] = sawtooth(d.Areas[i].Boundary[0][0], 50_000, 0.0004)
	}
	v := newVersion(d, normalPins(t, 200_000, 0.03)).WithThings(things(100_000))
	f := v.Filter(civic.Filter{})
	for z := maptile.Zoom(0); z <= index.MaxZoom; z++ {
		for _, at := range []maptile.Tile{maptile.At(orb.Point{19.95, 50.03}, z), maptile.At(orb.Point{19.95, 50.0}, z)} {
			for layer, body := range map[string][]byte{
				"pins":         draw.Pins(nil, v, at, f),
				"hexes":        draw.Hexes(nil, v, at, draw.ZoomResolution(z), f),
				"finest hexes": draw.Hexes(nil, v, at, draw.FinestResolution(z), f),
				"areas":        draw.Areas(nil, v, at, civic.Filter{}),
				"things":       draw.Things(nil, v, at),
			} {
				if len(body) == 0 && layer != "things" || len(body) > 400_000 { // not every tile has things
					t.Errorf("%s at %v: %d bytes", layer, at, len(body))
				}
			}
		}
	}
}

// sawtooth returns a closed ring with teeth along each edge, of a height in
// degrees.
func sawtooth(ring orb.Ring, teeth int, height float64) orb.Ring {
	var out orb.Ring
	for i, p := range ring[:len(ring)-1] {
		q := ring[i+1]
		for j := range teeth {
			share := float64(j) / float64(teeth)
			at := orb.Point{p[0] + share*(q[0]-p[0]), p[1] + share*(q[1]-p[1])}
			if j%2 > 0 {
				at[0], at[1] = at[0]+height, at[1]+height
			}
			out = append(out, at)
		}
	}
	return append(out, out[0])
}

// TestTilesDoNotAllocate draws tiles into a buffer that is large enough.
func TestTilesDoNotAllocate(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 3000)).WithThings(things(3000))
	f := v.Filter(civic.Filter{})
	at := maptile.At(orb.Point{19.95, 50.03}, 12)
	buffer := make([]byte, 0, 1<<20)
	for name, f := range map[string]func(){
		"pins":   func() { draw.Pins(buffer, v, at, f) },
		"hexes":  func() { draw.Hexes(buffer, v, at, 9, f) },
		"things": func() { draw.Things(buffer, v, at) },
	} {
		if n := testing.AllocsPerRun(20, f); n > 20 { // with the race detector, pools drop some buffers
			t.Errorf("%s: %.0f allocations", name, n)
		}
	}
}

func TestCheckTile(t *testing.T) {
	for tile, ok := range map[maptile.Tile]bool{
		{Z: 0}: true, {Z: 3, X: 7, Y: 7}: true, {Z: 3, X: 8}: false, {Z: 3, Y: 8}: false, {Z: 21}: false, {Z: 20, X: 1<<20 - 1}: true,
	} {
		if err := draw.CheckTile(tile); (err == nil) != ok {
			t.Errorf("%v: %v", tile, err)
		}
	}
}

// TestValuesAreNotRepeated reads the values of layers whose numbers are large
// and whose texts are the same in several fields.
//
// Case http-mvt-duplicate-values.
func TestValuesAreNotRepeated(t *testing.T) {
	d := tilestest.District()
	d.Areas[0].Slug, d.Areas[0].Name = "east", civic.Text{"en": "east"}
	d.Categories[0].Slug, d.Categories[3].Slug = "need", "active"
	v := newVersion(d, normalPins(t, 20_000, 0.01))
	all := v.Filter(civic.Filter{})
	for z := maptile.Zoom(0); z <= 14; z++ {
		at := maptile.At(orb.Point{19.95, 50.03}, z)
		for name, layer := range map[string][]byte{
			draw.LayerPins: draw.Pins(nil, v, at, all), draw.LayerAreas: draw.Areas(nil, v, at, civic.Filter{}),
			draw.LayerHexes: draw.Hexes(nil, v, at, draw.ZoomResolution(z), all),
		} {
			seen := map[string]bool{}
			for _, value := range valuesOf(t, layer) {
				if seen[value] {
					t.Fatalf("%s at %v: the value %q is repeated", name, at, value)
				}
				seen[value] = true
			}
			if len(seen) == 0 {
				t.Errorf("%s at %v has no values", name, at)
			}
		}
	}
}

// valuesOf returns the encoded values of the only layer of a tile.
func valuesOf(t *testing.T, tile []byte) (values []string) {
	t.Helper()
	const layer, value, lengthDelimited = 3, 4, 2
	next := func(b []byte) (uint64, []byte) {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			t.Fatal("malformed tile")
		}
		return n, b[size:]
	}
	tag, b := next(tile)
	if tag != layer<<3|lengthDelimited {
		t.Fatalf("the tile begins with %d", tag)
	}
	for _, b = next(b); len(b) > 0; {
		var n uint64
		tag, b = next(b)
		n, b = next(b)
		if tag&7 == lengthDelimited {
			if tag>>3 == value {
				values = append(values, string(b[:n]))
			}
			b = b[n:]
		}
	}
	return values
}
