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
		if got := civic.NewAcceptor(d, 0).AreaAt(p); got != want {
			t.Errorf("%v: area %d, want %d", p, got, want)
		}
	}
}

// TestHighLatitudes checks that a district as far north as Svalbard or Alert is
// valid, and one that the map cannot show is refused.
func TestHighLatitudes(t *testing.T) {
	for _, c := range []struct {
		south, north float64
		valid        bool
	}{{78, 78.4, true}, {82, 83, true}, {84, 85.0511, true}, {85, 85.1, false}, {89, 90, false}, {-85.0511, -84, true}, {-90, -80, false}} {
		d := district()
		d.Boundary = orb.MultiPolygon{orb.Bound{Min: orb.Point{15, c.south}, Max: orb.Point{16, c.north}}.ToPolygon()}
		var faults civic.Faults
		switch err := d.Check(); {
		case c.valid && err != nil:
			t.Errorf("%v to %v: %v", c.south, c.north, err)
		case !c.valid && (!errors.As(err, &faults) || faults[0].Field != "boundary" || faults[0].Code != "outside"):
			t.Errorf("%v to %v: %v, want that it is outside", c.south, c.north, err)
		}
	}
}

func TestDistrictCheck(t *testing.T) {
	if err := district().Check(); err != nil {
		t.Error(err)
	}
	d := district()
	d.Slug, d.TimeZone, d.Areas[1].Slug, d.Categories[0].Colour, d.Categories[0].Sensitive = "Test!", "Mars/Base", "west", "green", true
	d.Languages = []string{"en", "polish!"}
	var faults civic.Faults
	if !errors.As(d.Check(), &faults) || len(faults) != 6 {
		t.Errorf("got %v", faults)
	}
	local := district()
	local.TimeZone = "Local" // which Go knows, and PostgreSQL does not
	if !errors.As(local.Check(), &faults) || faults[0].Field != "time_zone" {
		t.Errorf("got %v", faults)
	}
}
