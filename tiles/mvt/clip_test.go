package mvt_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/tiles/mvt"
)

func TestClip(t *testing.T) {
	const low, high = -mvt.Buffer, mvt.Extent + mvt.Buffer
	for name, c := range map[string]struct{ ring, want []mvt.Point }{
		"inside":       {[]mvt.Point{{0, 0}, {10, 0}, {10, 10}}, []mvt.Point{{0, 0}, {10, 0}, {10, 10}}},
		"in buffer":    {[]mvt.Point{{low, low}, {0, low}, {0, 0}}, []mvt.Point{{low, low}, {0, low}, {0, 0}}},
		"outside":      {[]mvt.Point{{-200, 0}, {-100, 0}, {-100, 50}}, nil},
		"larger":       {[]mvt.Point{{-9999, -9999}, {9999, -9999}, {9999, 9999}, {-9999, 9999}}, []mvt.Point{{low, high}, {low, low}, {high, low}, {high, high}}},
		"across right": {[]mvt.Point{{4000, 0}, {4320, 0}, {4320, 100}, {4000, 100}}, []mvt.Point{{4000, 0}, {high, 0}, {high, 100}, {4000, 100}}},
	} {
		got := mvt.Clip(c.ring, make([]mvt.Point, 8))
		if diff := cmp.Diff(c.want, append([]mvt.Point(nil), got...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
