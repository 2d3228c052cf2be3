package compare

import (
	"context"
	"math/rand/v2"
	"net/url"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/serve"
)

// noPopulation is a store that knows no numbers of residents.
type noPopulation struct{}

// benchDay is 1 October 2026.
const benchDay civic.Day = 20727

func (noPopulation) Population(context.Context, *civic.District) (civic.Population, error) {
	return civic.Population{}, nil
}

func (noPopulation) HexOnlyCounts(context.Context, *civic.District, civic.HexOnlyQuery) ([]civic.HexOnlyCount, error) {
	return nil, nil
}

// BenchmarkCompare answers what a page of two areas and two half-years asks of
// the index of a million pins: all counts, and the hexes of four maps. At the
// server, a page takes a few milliseconds more.
func BenchmarkCompare(b *testing.B) {
	d := district()
	d.Boundary = orb.MultiPolygon{orb.Bound{Min: orb.Point{19.9, 50.0}, Max: orb.Point{20.0, 50.06}}.ToPolygon()}
	random := rand.New(rand.NewPCG(14, 1))
	rows := new(index.Rows)
	for i := range 1_000_000 {
		p := orb.Point{19.9 + random.Float64()*.1, 50 + random.Float64()*.06}
		cell, err := geo.CellAt(p)
		if err != nil {
			b.Fatal(err)
		}
		rows.Add(civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), Shown: civic.Location{Point: p, Cell: cell}, CategoryID: uint16(1 + random.IntN(3)), AreaID: uint16(1 + random.IntN(6)),
			Status: civic.Reported, Day: civic.Day(20000 + random.IntN(730)),
		})
	}
	v := index.New(*d, rows, index.Config{})
	service := &serve.Service{Rendering: serve.NewLimiter(4), Now: benchDay.Time}
	m, err := maps.New(maps.Config{Service: service, Streams: serve.NewShares(1)})
	if err != nil {
		b.Fatal(err)
	}
	h := handlers{Config{Service: service, Maps: m, Store: noPopulation{}}}
	query := url.Values{"area": {"a", "b"}, "from": {"2025-05"}, "to": {"2025-10"}, "from2": {"2025-11"}, "to2": {"2026-04"}}
	for b.Loop() {
		all, err := h.Stats(b.Context(), v, civic.Filter{})
		if err != nil {
			b.Fatal(err)
		}
		q, err := parse(query, d, benchDay, all.ByMonth[0].Month.First())
		if err != nil {
			b.Fatal(err)
		}
		r, err := h.answer(b.Context(), v, q)
		if err != nil {
			b.Fatal(err)
		}
		var filters []civic.Filter
		for i := range r.groups {
			filters = append(filters, r.filterOf(i))
		}
		if _, err := h.Maps.HexTotals(b.Context(), v, filters...); err != nil {
			b.Fatal(err)
		}
	}
}
