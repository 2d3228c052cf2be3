package demo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

func TestGround(t *testing.T) {
	kinds := map[string]int{}
	extent := orb.Bound{Min: orb.Point{19.9, 50.01}, Max: orb.Point{20.12, 50.07}}
	for _, f := range ground(t) {
		if !extent.Contains(f.Geometry.Bound().Min) || !extent.Contains(f.Geometry.Bound().Max) {
			t.Errorf("%v is outside %v", f.Tags, extent)
		}
		for key, value := range f.Tags {
			if value == "" {
				t.Errorf("%v has no %s", f.Tags, key)
			}
			kinds[key]++
		}
		if f.Tags["highway"] != "" {
			kinds["street"]++
		}
	}
	for kind, least := range map[string]int{"street": 60, "railway": 25, "waterway": 2, "natural": 5, "leisure": 5, "bridge": 5, "place": 10, "tourism": 4} {
		if kinds[kind] < least {
			t.Errorf("%d features with %s, want %d", kinds[kind], kind, least)
		}
	}
}

// TestGroundStreetsAreConnected checks that every street can be reached from
// every other on foot: streets share points where they meet.
func TestGroundStreetsAreConnected(t *testing.T) {
	var streets []geo.Feature
	streetsAt := map[orb.Point][]int{}
	for _, f := range ground(t) {
		if line, ok := f.Geometry.(orb.LineString); ok && f.Tags["highway"] != "" && f.Tags["highway"] != "motorway" {
			for _, p := range line {
				streetsAt[p] = append(streetsAt[p], len(streets))
			}
			streets = append(streets, f)
		}
	}
	reached := map[int]bool{0: true}
	for next := []int{0}; len(next) > 0; next = next[1:] {
		for _, p := range streets[next[0]].Geometry.(orb.LineString) {
			for _, i := range streetsAt[p] {
				if !reached[i] {
					reached[i] = true
					next = append(next, i)
				}
			}
		}
	}
	for i, f := range streets {
		if !reached[i] {
			t.Errorf("%v is not connected with %v", f.Tags, streets[0].Tags)
		}
	}
}

// TestPlacesAreOnTheGround checks that the places around which pins are
// generated agree with the sketch.
func TestPlacesAreOnTheGround(t *testing.T) {
	const most = 80 // metres
	features := ground(t)
	for _, p := range numbered(t).Places {
		if p.Kind != civic.PlaceOther {
			continue // a place of the sketch itself
		}
		words := strings.Fields(strings.ToLower(p.Name))
		words = slices.DeleteFunc(words, func(w string) bool { return w == "ul." || w == "przystanek" })
		nearest := deviation{by: orb.Point{most + 1}}
		found := false
		for _, f := range features {
			name := strings.Fields(strings.ToLower(f.Tags["name"]))
			if slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(name, w) }) {
				continue
			}
			if isStreet := f.Tags["highway"] != ""; isStreet != strings.HasPrefix(p.Name, "ul. ") {
				continue
			}
			d := deviationOf(p.Name, onPlane(p.Point), linesOf(f.Geometry))
			if contains(f, p.Point) {
				d.by = orb.Point{}
			}
			if !found || d.metres() < nearest.metres() {
				nearest, found = d, true
			}
		}
		switch {
		case !found && strings.HasPrefix(p.Name, "ul. "):
			t.Errorf("%s is not on the sketch", p.Name)
		case found && nearest.metres() > most:
			t.Error(nearest)
		}
	}
}

// contains reports whether p lies in an area of the ground.
func contains(f geo.Feature, p orb.Point) bool {
	polygon, ok := f.Geometry.(orb.Polygon)
	return ok && geo.Contains(orb.MultiPolygon{polygon}, p)
}
