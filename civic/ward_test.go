package civic_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestWardAt checks that a point on a common border belongs to the first ward, and
// that each day has its own boundaries.
func TestWardAt(t *testing.T) {
	d := district()
	d.Wards = []civic.Ward{
		{Slug: "one", Version: 1, Boundary: square(20, 50), From: 100, Until: 200},
		{Slug: "one", Version: 2, Boundary: square(20.2, 50), From: 200},
		{Slug: "two", Version: 1, Boundary: square(20.1, 50), From: 100},
	}
	for _, test := range []struct {
		day  civic.Day
		at   orb.Point
		want string
	}{
		{99, orb.Point{20.05, 50.05}, ""}, {100, orb.Point{20.05, 50.05}, "one"}, {199, orb.Point{20.05, 50.05}, "one"}, {200, orb.Point{20.05, 50.05}, ""},
		{199, orb.Point{20.1, 50.05}, "one"}, {200, orb.Point{20.1, 50.05}, "two"}, {200, orb.Point{20.2, 50.05}, "one"}, {100, orb.Point{20.25, 50.05}, ""},
	} {
		if got, ok := d.WardAt(test.at, test.day); got.Slug != test.want || ok != (test.want != "") {
			t.Errorf("day %d, %v: ward %q, want %q", test.day, test.at, got.Slug, test.want)
		}
	}
	if now, ok := d.WardOn("one", 250); !ok || now.Version != 2 {
		t.Errorf("the ward of today is %+v", now)
	}
	if n := len(d.WardsOn(150)); n != 2 {
		t.Errorf("%d wards, want 2", n)
	}
}

// square returns a square of a tenth of a degree.
func square(west, south float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{west + 0.1, south + 0.1}}.ToPolygon()}
}

// BenchmarkWardAt finds the last of 100 wards of 500 vertices. It must take less
// than a millisecond.
func BenchmarkWardAt(b *testing.B) {
	d := district()
	for i := range 100 {
		centre := orb.Point{20 + float64(i%10)/10, 50 + float64(i/10)/10}
		var ring orb.Ring
		for j := range 500 {
			angle := 2 * math.Pi * float64(j) / 500
			ring = append(ring, orb.Point{centre[0] + 0.05*math.Cos(angle), centre[1] + 0.05*math.Sin(angle)})
		}
		ring = append(ring, ring[0])
		d.Wards = append(d.Wards, civic.Ward{Slug: "w", Boundary: orb.MultiPolygon{{ring}}})
	}
	for b.Loop() {
		if _, ok := d.WardAt(orb.Point{20.9, 50.9}, 1); !ok {
			b.Fatal("there is no ward")
		}
	}
}
