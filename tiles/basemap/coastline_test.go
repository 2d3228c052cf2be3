package basemap

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// TestSea compares the part of a box that is sea, and whether points are in it.
func TestSea(t *testing.T) {
	box := orb.Bound{Max: orb.Point{10, 10}}
	island := orb.LineString{{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}} // land on the left
	lake := island.Clone()
	slices.Reverse(lake)
	// a coast from west to east, land in the north
	coast := []orb.LineString{{{-1, 5}, {3, 5}}, {{3, 5}, {6, 6}, {11, 5}}}
	for name, c := range map[string]struct {
		lines []orb.LineString
		part  float64
		wet   []orb.Point
		dry   []orb.Point
	}{
		"inland":               {nil, 0, nil, []orb.Point{{5, 5}}},
		"across":               {coast, 0.545, []orb.Point{{1, 1}, {9, 1}, {6, 5.5}}, []orb.Point{{1, 9}, {9, 9}}},
		"in any order":         {[]orb.LineString{coast[1], coast[0]}, 0.545, []orb.Point{{1, 1}}, []orb.Point{{1, 9}}},
		"an island":            {[]orb.LineString{island}, 0.96, []orb.Point{{1, 1}, {9, 9}}, []orb.Point{{3, 3}}},
		"coast, island":        {[]orb.LineString{island, coast[0], coast[1]}, 0.505, []orb.Point{{1, 1}}, []orb.Point{{3, 3}, {5, 9}}},
		"a lake":               {[]orb.LineString{lake}, 0.04, []orb.Point{{3, 3}}, []orb.Point{{9, 9}}},
		"elsewhere":            {[]orb.LineString{{{20, 0}, {20, 5}}}, 0, nil, []orb.Point{{5, 5}}},
		"a corner":             {[]orb.LineString{{{-1, 2}, {2, -1}}}, 0.005, []orb.Point{{0.2, 0.2}}, []orb.Point{{5, 5}}},
		"all but that":         {[]orb.LineString{{{2, -1}, {-1, 2}}}, 0.995, []orb.Point{{5, 5}}, []orb.Point{{0.2, 0.2}}},
		"a strait":             {[]orb.LineString{{{-1, 7}, {11, 7}}, {{11, 3}, {-1, 3}}}, 0.4, []orb.Point{{5, 5}}, []orb.Point{{5, 9}, {5, 1}}},
		"half an island":       {[]orb.LineString{{{5, 4}, {15, 4}, {15, 6}, {5, 6}, {5, 4}}}, 0.9, []orb.Point{{1, 1}}, []orb.Point{{7, 5}}},
		"cut off at both ends": {[]orb.LineString{{{2, 5}, {8, 5}}}, 0.5, []orb.Point{{5, 1}}, []orb.Point{{5, 9}}},
		// The end beside the place where the line leaves the box and enters again, as
		// in the extract of Monaco.
		"cut off beside the edge": {[]orb.LineString{{{3, 0.1}, {2.9, 0.1}, {2.8, -1}, {4, -1}, {4, 1}, {9, 9}}}, 0.347, []orb.Point{{9, 1}}, []orb.Point{{1, 9}, {3.5, 5}}},
	} {
		got := sea(c.lines, box)
		if part := planar.Area(got) / 100; math.Abs(part-c.part) > 0.05*(1-math.Abs(2*c.part-1))+1e-9 {
			t.Errorf("%s: %.3f of the box is sea, want %.3f: %v", name, part, c.part, got)
		}
		for _, p := range c.wet {
			if !planar.MultiPolygonContains(got, p) {
				t.Errorf("%s: %v is land: %v", name, p, got)
			}
		}
		for _, p := range c.dry {
			if planar.MultiPolygonContains(got, p) {
				t.Errorf("%s: %v is sea: %v", name, p, got)
			}
		}
	}
}
