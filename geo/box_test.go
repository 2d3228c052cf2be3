package geo_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/geo"
)

func ExampleBoxOf() {
	// Case http-district-across-180-opens-in-africa.
	fiji := orb.MultiPolygon{
		orb.Bound{Min: orb.Point{177, -19.5}, Max: orb.Point{180, -15.5}}.ToPolygon(),
		orb.Bound{Min: orb.Point{-180, -19.5}, Max: orb.Point{-178, -15.5}}.ToPolygon(),
	}
	box := geo.BoxOf(fiji)
	fmt.Println(box.Corners(), box.Centre(), box.Unwrapped())
	// Output: [177 -19.5 -178 -15.5] [179.5 -17.5] {[177 -19.5] [182 -15.5]}
}

func TestBoxOf(t *testing.T) {
	parts := func(spans ...[2]float64) (mp orb.MultiPolygon) {
		for _, s := range spans {
			mp = append(mp, orb.Bound{Min: orb.Point{s[0], -20}, Max: orb.Point{s[1], -15}}.ToPolygon())
		}
		return mp
	}
	for name, c := range map[string]struct {
		mp   orb.MultiPolygon
		want geo.Box
	}{
		"one part":                 {parts([2]float64{10, 20}), geo.Box{10, -20, 20, -15}},
		"two parts":                {parts([2]float64{30, 40}, [2]float64{10, 20}), geo.Box{10, -20, 40, -15}},
		"the whole world":          {parts([2]float64{-180, 180}), geo.Box{-180, -20, 180, -15}},
		"at the antimeridian":      {parts([2]float64{170, 180}), geo.Box{170, -20, 180, -15}},
		"across it":                {parts([2]float64{177, 180}, [2]float64{-180, -178}), geo.Box{177, -20, -178, -15}},
		"across it, parts overlap": {parts([2]float64{-180, -178}, [2]float64{177, 179}, [2]float64{178, 180}), geo.Box{177, -20, -178, -15}},
		"on both sides of it":      {parts([2]float64{-177, -176}, [2]float64{174, 175}), geo.Box{174, -20, -176, -15}},
		"within the first part":    {parts([2]float64{-170, 170}, [2]float64{10, 20}), geo.Box{-170, -20, 170, -15}},
	} {
		if diff := cmp.Diff(c.want, geo.BoxOf(c.mp)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParseBox(t *testing.T) {
	for in, want := range map[string]geo.Box{
		"19.97,50.02,20.01,50.04": {19.97, 50.02, 20.01, 50.04},
		" 0, 0, 1, 1 ":            {0, 0, 1, 1},
		"177,-20,-178,-15":        {177, -20, -178, -15},
		"5,5,5,5":                 {5, 5, 5, 5},
	} {
		if got, err := geo.ParseBox(in); err != nil || got != want {
			t.Errorf("%q is %v, want %v: %v", in, got, want, err)
		}
	}
	for in, want := range map[string]error{
		"": geo.ErrBox, "1,2,3": geo.ErrBox, "1,2,3,4,5": geo.ErrBox, "1,2,3,x": geo.ErrBox, "1,4,3,2": geo.ErrBox,
		"nan,0,1,2": geo.ErrCoordinate, "0,0,1,95": geo.ErrCoordinate, "0,0,inf,1": geo.ErrCoordinate, "181,0,-181,1": geo.ErrCoordinate,
	} {
		if _, err := geo.ParseBox(in); !errors.Is(err, want) {
			t.Errorf("%q: error is %v, want %v", in, err, want)
		}
	}
}

// FuzzParseBox checks that every box that ParseBox returns is on Earth, and that
// its parts contain its corners and its middle.
func FuzzParseBox(f *testing.F) {
	for _, seed := range []string{"19.97,50.02,20.01,50.04", "-180,-90,180,90", "177,-20,-178,-15", " 0, 0, 1e-9, 1e-9", "0,0,nan,inf", "180,0,-180,1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		b, err := geo.ParseBox(in)
		if err != nil {
			return
		}
		for _, p := range []orb.Point{{b.West, b.South}, {b.East, b.North}, b.Centre()} {
			if !geo.Valid(p) || !b.Contains(p) {
				t.Fatalf("%q is %v, which does not contain %v", in, b, p)
			}
		}
	})
}

// TestPad compares a padded box with points at the distance from its corners.
func TestPad(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	for range 3000 {
		west, lat := 360*r.Float64()-180, 170*r.Float64()-85
		b := geo.Box{West: west, South: lat, East: west + 3*r.Float64(), North: lat + r.Float64()}
		if b.East > 180 {
			b.East -= 360
		}
		metres := math.Pow(10, 2+4*r.Float64())
		padded := b.Pad(metres)
		for _, corner := range []orb.Point{{b.West, b.South}, {b.East, b.North}} {
			p := orbgeo.PointAtBearingAndDistance(corner, 360*r.Float64(), 0.99*metres)
			p[0] = math.Mod(p[0]+540, 360) - 180
			if !padded.Contains(p) {
				t.Fatalf("%v padded by %.0f m is %v, without %v", b, metres, padded, p)
			}
		}
	}
	near := geo.Box{West: 179.9, South: 10, East: 179.99, North: 10.1}.Pad(11_120)
	want := geo.Box{West: 179.798, South: 9.9, East: -179.908, North: 10.2}
	if diff := cmp.Diff(want, near, cmpopts.EquateApprox(0, 0.001)); diff != "" {
		t.Errorf("beside the antimeridian (-want +got):\n%s", diff)
	}
}

func TestCentre(t *testing.T) {
	c := orb.Ring{{0, 0}, {10, 0}, {10, 2}, {2, 2}, {2, 8}, {10, 8}, {10, 10}, {0, 10}, {0, 0}}
	for name, g := range map[string]orb.MultiPolygon{
		"the letter C":       {{c}},
		"a hole":             {{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{1, 1}, {1, 8}, {8, 8}, {8, 1}, {1, 1}}}},
		"far parts":          {{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {{{50, 0}, {54, 0}, {54, 4}, {50, 0}}}},
		"two triangles":      {{{{0, 0}, {4, 4}, {0, 8}, {0, 0}}, {{0, 0}, {0, 0}, {0, 0}, {0, 0}}}},
		"across 180, hollow": {{{{179, 0}, {180, 0}, {180, 1}, {179, 1}, {179, 0}}}, {{{-178, 0}, {-177, 0}, {-177, 1}, {-178, 1}, {-178, 0}}}},
	} {
		if p := geo.Centre(g); !geo.Contains(g, p) {
			t.Errorf("%s: %v is outside", name, p)
		}
	}
}
