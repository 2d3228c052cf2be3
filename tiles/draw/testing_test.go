package draw_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// mapPin returns the pin that a draft becomes.
func mapPin(t testing.TB, d *civic.District, id int64, draft civic.Draft) civic.MapPin {
	t.Helper()
	p, err := d.Accept(draft, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	return civic.MapPin{
		DistrictID: d.ID, ID: id, Shown: p.Shown, CategoryID: uint16(p.Category.ID), Status: p.Status,
		AreaID: uint16(p.AreaID), Day: p.ReportedOn,
	}
}

// randomPins returns n pins of the district: half of them anywhere, half of
// them in its middle.
func randomPins(t testing.TB, n int) []civic.MapPin {
	t.Helper()
	d, r := tilestest.District(), rand.New(rand.NewPCG(uint64(n), 1))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		p := orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}
		if r.IntN(2) == 0 {
			p = orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
		}
		pins[i] = mapPin(t, &d, int64(i+1), civic.Draft{
			Category: d.Categories[r.IntN(4)].Slug, Title: "x", Point: p, ReportedOn: civic.Day(20000 + r.IntN(700)),
		})
	}
	return pins
}

// normalPins returns n pins around the middle of the district, with the
// standard deviation in degrees of longitude.
func normalPins(t testing.TB, n int, deviation float64) []civic.MapPin {
	t.Helper()
	r := rand.New(rand.NewPCG(4, 4))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		shown, err := civic.LocationAt(orb.Point{19.95 + deviation*r.NormFloat64(), 50.03 + 0.6*deviation*r.NormFloat64()})
		if err != nil {
			t.Fatal(err)
		}
		pins[i] = civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), Shown: shown, CategoryID: []uint16{1, 2, 4}[i%3],
			Status: civic.Statuses()[r.IntN(10)], AreaID: uint16(r.IntN(3)), Day: civic.Day(20000 + r.IntN(700)),
		}
	}
	return pins
}

// newVersion returns an index of the district with the pins.
func newVersion(d civic.District, pins []civic.MapPin) *index.Version {
	var rows index.Rows
	for _, p := range pins {
		rows.Add(p)
	}
	return index.New(d, &rows, index.Config{})
}

// things returns n things of four kinds on a spiral around the middle of the district,
// of which the first is there.
func things(n int) []civic.MapThing {
	out := make([]civic.MapThing, n)
	for i := range out {
		angle, radius := 2.4*float64(i), 0.02*math.Sqrt(float64(i)/float64(n))
		out[i] = civic.MapThing{
			DistrictID: 1, ID: int64(i + 1), Kind: []civic.ThingKind{civic.OfficeThing, civic.InitiativeThing, civic.AskThing, civic.OfferThing}[i%4],
			State: []civic.State{"", "idea", "running"}[i%3], Point: orb.Point{19.95 + radius*math.Cos(angle), 50.03 + 0.6*radius*math.Sin(angle)},
		}
	}
	return out
}
