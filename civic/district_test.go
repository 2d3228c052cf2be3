package civic_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestAreaAt checks that a point on a common border belongs to the first area.
func TestAreaAt(t *testing.T) {
	d := district()
	for want, p := range map[int32]orb.Point{1: {20, 50.05}, 2: {20.0000001, 50.05}, 0: {20.2, 50.05}} {
		if got := d.AreaAt(p); got != want {
			t.Errorf("%v: area %d, want %d", p, got, want)
		}
	}
}

func TestDistrictCheck(t *testing.T) {
	if err := district().Check(); err != nil {
		t.Error(err)
	}
	d := district()
	d.Slug, d.TimeZone, d.Areas[1].Slug, d.Categories[0].Colour = "Test!", "Mars/Base", "west", "green"
	d.Languages = []string{"en", "polish!"}
	var faults civic.Faults
	if !errors.As(d.Check(), &faults) || len(faults) != 5 {
		t.Errorf("got %v", faults)
	}
}
