package mvt_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	orbmvt "github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/tiles/mvt"
)

func decodeLayer(t *testing.T, b []byte) *orbmvt.Layer {
	t.Helper()
	layers, err := orbmvt.Unmarshal(b)
	if err != nil || len(layers) != 1 {
		t.Fatalf("%d layers: %v", len(layers), err)
	}
	return layers[0]
}

// TestValues decodes values whose encodings have different sizes.
func TestValues(t *testing.T) {
	var l mvt.Layer
	l.Begin(nil, "values")
	long := string(bytes.Repeat([]byte("ż"), 300))
	want := map[string]any{"small": 255.0, "large": float64(1 << 40), "hex": "8a1e2e686597fff", "zero": "0", "long": long}
	tags := []uint32{0, l.Uint(255), 1, l.Uint(1 << 40), 2, l.Hex(0x8a1e2e686597fff), 3, l.Hex(0), 4, l.Text(long)}
	for _, again := range [][2]uint32{{l.Uint(255), tags[1]}, {l.Uint(1 << 40), tags[3]}, {l.Text(long), tags[9]}} {
		if again[0] != again[1] { // Case http-mvt-duplicate-values.
			t.Errorf("a value has the numbers %d and %d", again[1], again[0])
		}
	}
	var g mvt.Geometry
	g.Ring([]mvt.Point{{0, 0}, {10, 0}, {10, 10}})
	l.Polygon(math.MaxInt64>>11, tags, &g)
	layer := decodeLayer(t, l.End("small", "large", "hex", "zero", "long"))
	if diff := cmp.Diff(want, map[string]any(layer.Features[0].Properties)); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	if layer.Name != "values" || layer.Version != 2 || layer.Extent != mvt.Extent {
		t.Errorf("layer %s, version %d, extent %d", layer.Name, layer.Version, layer.Extent)
	}
}

// TestPoints decodes points at and beyond the edges, with ids and numbers of
// values of different sizes.
func TestPoints(t *testing.T) {
	var l mvt.Layer
	l.Begin(nil, "points")
	for range 200 { // so that numbers need two bytes
		l.Text("unused")
	}
	var tags mvt.Tags
	tags.Add(0)
	tags.Add(l.Text("a"))
	tags.Add(1)
	points := []mvt.Point{{0, 0}, {4095, 4095}, {-64, 4160}, {math.MaxInt32, math.MinInt32}}
	for i, p := range points {
		l.Point(1<<(17*i), &tags, l.Uint(uint64(1000*i)), p)
	}
	for i, f := range decodeLayer(t, l.End("text", "n")).Features {
		p := points[i]
		if f.ID != float64(uint64(1)<<(17*i)) || f.Geometry != (orb.Point{float64(p[0]), float64(p[1])}) {
			t.Errorf("feature %d: id %v at %v", i, f.ID, f.Geometry)
		}
		if diff := cmp.Diff(map[string]any{"text": "a", "n": float64(1000 * i)}, map[string]any(f.Properties)); diff != "" {
			t.Errorf("feature %d (-want +got):\n%s", i, diff)
		}
	}
}

// TestLayersAreAppended uses one Layer for several layers of a tile; one
// without features is left out.
func TestLayersAreAppended(t *testing.T) {
	var l mvt.Layer
	var tags mvt.Tags
	tags.Add(0)
	var tile []byte
	for _, name := range []string{"one", "empty", "two"} {
		l.Begin(tile, name)
		n := l.Uint(1)
		if name != "empty" {
			l.Point(1, &tags, n, mvt.Point{1, 1})
		}
		tile = l.End("n")
	}
	layers, err := orbmvt.Unmarshal(tile)
	if err != nil || len(layers) != 2 || layers[0].Name != "one" || layers[1].Name != "two" {
		t.Errorf("%d layers, %v", len(layers), err)
	}
}
