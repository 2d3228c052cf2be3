package mvt_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/tiles/mvt"
)

func TestRings(t *testing.T) {
	for name, c := range map[string]struct {
		ring []mvt.Point
		want orb.Ring // nil if nothing is added
	}{
		"triangle":        {[]mvt.Point{{0, 0}, {10, 0}, {10, 10}}, orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 0}}},
		"repeated points": {[]mvt.Point{{0, 0}, {0, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 0}}, orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 0}}},
		"line":            {[]mvt.Point{{0, 0}, {10, 0}, {5, 0}}, nil},
		"two points":      {[]mvt.Point{{0, 0}, {10, 0}}, nil},
		"empty":           {nil, nil},
	} {
		var g mvt.Geometry
		if added := g.Ring(c.ring); added != (c.want != nil) || g.Empty() == added {
			t.Errorf("%s: added %v, empty %v", name, added, g.Empty())
			continue
		}
		if c.want == nil {
			continue
		}
		var l mvt.Layer
		l.Begin(nil, "polygons")
		l.Polygon(1, nil, &g)
		if diff := cmp.Diff(orb.Geometry(orb.Polygon{c.want}), decodeLayer(t, l.End()).Features[0].Geometry); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestHolesAndParts decodes two polygons in one geometry, the first with a
// hole.
func TestHolesAndParts(t *testing.T) {
	var g mvt.Geometry
	g.Ring([]mvt.Point{{0, 0}, {100, 0}, {100, 100}, {0, 100}})
	g.Ring([]mvt.Point{{10, 10}, {10, 20}, {20, 20}, {20, 10}}) // counter-clockwise
	g.Ring([]mvt.Point{{200, 0}, {300, 0}, {300, 100}})
	var l mvt.Layer
	l.Begin(nil, "polygons")
	l.Polygon(1, nil, &g)
	want := orb.Geometry(orb.MultiPolygon{
		{{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}, {{10, 10}, {10, 20}, {20, 20}, {20, 10}, {10, 10}}},
		{{{200, 0}, {300, 0}, {300, 100}, {200, 0}}},
	})
	if diff := cmp.Diff(want, decodeLayer(t, l.End()).Features[0].Geometry); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	g.Reset()
	if !g.Empty() {
		t.Error("not empty after Reset")
	}
}

// TestLinesAndPoints decodes features of two lines and of one point, with many
// tags and without an id.
func TestLinesAndPoints(t *testing.T) {
	var l mvt.Layer
	l.Begin(nil, "roads")
	var g mvt.Geometry
	if g.Line([]mvt.Point{{5, 5}, {5, 5}}) || !g.Empty() {
		t.Error("a line of one point was added")
	}
	g.Line([]mvt.Point{{0, 0}, {10, 0}, {10, 0}, {10, 5}})
	g.Line([]mvt.Point{{-64, 7}, {4160, 7}})
	tags := []uint32{0, l.True(), 1, l.Text("a"), 2, l.Text("b"), 3, l.True(), 4, l.Uint(1)}
	l.Line(0, tags, &g)
	l.TaggedPoint(0, tags, mvt.Point{3, 4})
	l.TaggedPoint(9, nil, mvt.Point{5, 6})
	features := decodeLayer(t, l.End("bridge", "x", "y", "tunnel", "n")).Features
	want := []orb.Geometry{orb.MultiLineString{{{0, 0}, {10, 0}, {10, 5}}, {{-64, 7}, {4160, 7}}}, orb.Point{3, 4}, orb.Point{5, 6}}
	for i, f := range features {
		if diff := cmp.Diff(want[i], f.Geometry); diff != "" {
			t.Errorf("feature %d (-want +got):\n%s", i, diff)
		}
	}
	properties := map[string]any{"bridge": true, "x": "a", "y": "b", "tunnel": true, "n": 1.0}
	if diff := cmp.Diff(properties, map[string]any(features[1].Properties)); diff != "" || features[1].ID != nil || features[2].ID != 9.0 {
		t.Errorf("ids %v and %v, properties (-want +got):\n%s", features[1].ID, features[2].ID, diff)
	}
}
