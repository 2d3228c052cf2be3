package geo_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

func TestMultiPolygon(t *testing.T) {
	clockwise := orb.Ring{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}
	got, err := geo.MultiPolygon(orb.Polygon{clockwise})
	if err != nil || got[0][0].Orientation() != orb.CCW {
		t.Errorf("outer ring: %v, %v", got, err)
	}
	for name, g := range map[string]orb.Geometry{
		"nothing": nil, "a point": orb.Point{}, "no polygon": orb.MultiPolygon{}, "no ring": orb.Polygon{},
		"too short": orb.Polygon{{{0, 0}, {1, 1}, {0, 0}}}, "flat": orb.Polygon{{{0, 0}, {1, 1}, {2, 2}, {0, 0}}},
		"across the antimeridian, not cut": orb.Polygon{{{177, -20}, {-178, -20}, {-178, -15}, {177, -15}, {177, -20}}},
	} {
		if _, err := geo.MultiPolygon(g); !errors.Is(err, geo.ErrPolygon) {
			t.Errorf("%s: %v, want ErrPolygon", name, err)
		}
	}
	if _, err := geo.MultiPolygon(orb.Polygon{{{0, 0}, {200, 0}, {1, 1}, {0, 0}}}); !errors.Is(err, geo.ErrCoordinate) {
		t.Errorf("coordinates not on Earth: %v", err)
	}
}
