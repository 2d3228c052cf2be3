package district

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/geo"
)

// TestParseBoundary parses boxes on one side of the antimeridian, and across it.
//
// Case http-district-across-180-opens-in-africa.
func TestParseBoundary(t *testing.T) {
	for in, want := range map[string]struct {
		parts int
		box   geo.Box
	}{
		"19.9,50,20,50.06":  {1, geo.Box{West: 19.9, South: 50, East: 20, North: 50.06}},
		"177,-20,-178,-15":  {2, geo.Box{West: 177, South: -20, East: -178, North: -15}},
		"177,-20,-180,-15":  {1, geo.Box{West: 177, South: -20, East: 180, North: -15}},
		"-180,-80,180,80":   {1, geo.Box{West: -180, South: -80, East: 180, North: 80}},
		"15.3,78,16.1,78.4": {1, geo.Box{West: 15.3, South: 78, East: 16.1, North: 78.4}},
	} {
		got, err := ParseBoundary(in)
		if err != nil || len(got) != want.parts {
			t.Errorf("%q has %d parts, want %d: %v", in, len(got), want.parts, err)
			continue
		}
		if diff := cmp.Diff(want.box, geo.BoxOf(got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestParseBoundaryErrors(t *testing.T) {
	const noArea = "west must differ from east, and south from north"
	for in, want := range map[string]string{
		"": geo.ErrBox.Error(), "1,2,3,x": `"x" is not a number; ` + geo.ErrBox.Error(), "1,4,3,2": geo.ErrBox.Error(),
		"20,50,19,51": "from 20 eastward to 19 is more than half the world; exchange west and east",
		"0,0,1,95":    geo.ErrCoordinate.Error(), "1,2,1,3": noArea, "1,2,2,2": noArea, "180,2,-180,3": noArea, "177,2,-180,2": noArea,
	} {
		if _, err := ParseBoundary(in); err == nil || err.Error() != want {
			t.Errorf("%q: error is %v, want %s", in, err, want)
		}
	}
}

// FuzzParseBoundary checks that every box that ParseBoundary returns is on Earth, with the
// parts of one geo.Box.
func FuzzParseBoundary(f *testing.F) {
	for _, seed := range []string{"19.97,50.02,20.01,50.04", "-180,-90,180,90", " 0, 0, 1e-9, 1e-9", "0,0,nan,inf", "177,-20,-178,-15"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		boundary, err := ParseBoundary(in)
		if err != nil {
			return
		}
		if len(boundary) > 2 {
			t.Fatalf("%q is %v", in, boundary)
		}
		if p := geo.Centre(boundary); !geo.Valid(p) || !geo.Contains(boundary, p) {
			t.Fatalf("the centre of %q is %v", in, p)
		}
	})
}
