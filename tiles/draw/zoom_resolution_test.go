package draw_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
)

func TestZoomResolution(t *testing.T) {
	want := []geo.Resolution{4, 4, 4, 4, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 11}
	var got []geo.Resolution
	for z := range maptile.Zoom(17) {
		got = append(got, draw.ZoomResolution(z))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resolutions by zoom (-want +got):\n%s", diff)
	}
}
