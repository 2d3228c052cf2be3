package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/geo"
)

func TestProjectionRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		p := orb.Point{r.Float64()*360 - 180, r.Float64()*170 - 85}
		q := geo.Project(p).Point()
		if math.Abs(p.Lon()-q.Lon()) > 1e-7 || math.Abs(p.Lat()-q.Lat()) > 1e-7 {
			t.Fatalf("%v is %v after projection and back", p, q)
		}
	}
	for _, p := range []orb.Point{{-180, 90}, {180, -90}, {0, 89}} {
		geo.Project(p) // clamped, not wrapped
	}
	if got := geo.Project(orb.Point{180, -90}); got.X != math.MaxUint32 || got.Y != math.MaxUint32 {
		t.Errorf("the south-east corner is projected to %v", got)
	}
}

// TestScale compares the scale with the projection of a short distance.
func TestScale(t *testing.T) {
	for _, lat := range []float64{-85, -60, 0, 50, 84} {
		a, b := orb.Point{20, lat}, orb.Point{20.01, lat}
		from, to := geo.Project(a), geo.Project(b)
		got := float64(to.X - from.X)
		if want := orbgeo.DistanceHaversine(a, b) * from.Scale(); math.Abs(got/want-1) > 0.003 {
			t.Errorf("at latitude %v: %.0f units, want %.0f", lat, got, want)
		}
	}
}
