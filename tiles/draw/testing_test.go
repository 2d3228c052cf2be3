package draw_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// box returns a rectangle as a multipolygon.
func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

// district returns a district with two areas, which leave a part without an
// area, and a category of each visibility.
func district() civic.District {
	return civic.District{
		ID: 1, Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"},
		Boundary: box(19.9, 50.0, 20.0, 50.06),
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Boundary: box(19.9, 50.0, 19.95, 50.06)},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Boundary: box(19.95, 50.0, 19.99, 50.06)},
		},
		Categories: []civic.Category{
			{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact},
			{ID: 2, Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred},
			{ID: 3, Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly},
			{ID: 4, Slug: "club", Kind: civic.Organisation, Visibility: civic.Exact},
		},
	}
}

// mapPin returns the pin that a draft becomes.
func mapPin(t testing.TB, d *civic.District, id int64, draft civic.Draft) civic.MapPin {
	t.Helper()
	p, err := d.Accept(draft)
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
	d, r := district(), rand.New(rand.NewPCG(uint64(n), 1))
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

func decode(t testing.TB, b []byte) mvt.Layers {
	t.Helper()
	layers, err := mvt.Unmarshal(b)
	if err != nil {
		t.Fatalf("decode tile: %v", err)
	}
	return layers
}

// tilesOver returns the tiles of a zoom that meet a bound.
func tilesOver(b orb.Bound, z maptile.Zoom) []maptile.Tile {
	low, high := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
	var out []maptile.Tile
	for x := low.X; x <= high.X; x++ {
		for y := low.Y; y <= high.Y; y++ {
			out = append(out, maptile.Tile{X: x, Y: y, Z: z})
		}
	}
	return out
}
