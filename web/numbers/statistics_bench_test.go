package numbers_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

const resolution = 10

// BenchmarkStatistics computes the statistics of a district of about 5,000 cells
// of resolution 10, from a live index to the result, for two numbers of pins and
// the filter of a period. The grid of cells is computed once, as a server does.
//
// The references, "plain", get the same pins as rows with their cells, and do
// the same on one core in one pass. For the statistics alone, and for spdep, see
// BenchmarkGetisOrd.
func BenchmarkStatistics(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		pins := benchPins(b, n)
		var rows index.Rows
		for _, p := range pins {
			rows.Add(p)
		}
		v := index.New(benchDistrict(), &rows, index.Config{})
		f := civic.Filter{Kinds: []civic.Kind{civic.Need}, From: 20_200, Until: 20_565}
		hexes, err := v.Hexes(resolution, f)
		if err != nil {
			b.Fatal(err)
		}
		cells := make([]geo.Cell, len(hexes))
		for i, h := range hexes {
			cells[i] = h.Cell
		}
		grid, err := hotspots.NewGrid(cells)
		if err != nil {
			b.Fatal(err)
		}
		reference := &plain{b, pins, cells}
		getisOrd := func(permutations int) hotspots.Result {
			hexes, err := v.Hexes(resolution, f)
			if err != nil {
				b.Fatal(err)
			}
			values := make([]float64, len(hexes))
			for i, h := range hexes {
				values[i] = float64(h.Total())
			}
			result, err := hotspots.GetisOrd(grid, values, hotspots.Options{Permutations: permutations})
			if err != nil {
				b.Fatal(err)
			}
			return result
		}
		z, q := reference.getisOrd(f)
		checkPlain(b, getisOrd(0), z, q)
		for _, c := range []struct {
			name string
			do   func()
		}{
			{"hexes", func() { _, _ = v.Hexes(resolution, f) }},
			{"hexes/plain", func() { reference.hexes(f) }},
			{"stats", func() { v.Stats(f) }},
			{"stats/plain", func() { reference.stats(f) }},
			{"getis-ord", func() { getisOrd(0) }},
			{"getis-ord/plain", func() { reference.getisOrd(f) }},
			{"getis-ord/permutations=9999", func() { getisOrd(9999) }},
		} {
			b.Run(fmt.Sprintf("pins=%d/%s", n, c.name), func(b *testing.B) {
				for b.Loop() {
					c.do()
				}
				b.ReportMetric(float64(len(cells)), "cells")
			})
		}
	}
}

// benchDistrict returns a district that about 5,000 cells of resolution 10
// overlap.
func benchDistrict() civic.District {
	bound := orb.Bound{Min: orb.Point{19.88, 50.0}, Max: orb.Point{20.0, 50.08}}
	return civic.District{
		ID: 1, Slug: "bench", Languages: []string{"en"}, TimeZone: "UTC", Boundary: orb.MultiPolygon{bound.ToPolygon()},
		Areas: []civic.Area{{ID: 1, Slug: "all", Version: 1, Position: 1, Boundary: orb.MultiPolygon{bound.ToPolygon()}}},
		Categories: []civic.Category{
			{ID: 1, Slug: "lighting", Kind: civic.Need, Visibility: civic.Exact},
			{ID: 2, Slug: "waste", Kind: civic.Need, Visibility: civic.Exact},
			{ID: 3, Slug: "help", Kind: civic.Potential, Visibility: civic.Exact},
		},
	}
}

// benchPins returns n pins, half of which are around the middle of the district
// and the others anywhere in it.
func benchPins(b *testing.B, n int) []civic.MapPin {
	b.Helper()
	r := rand.New(rand.NewPCG(14, 14))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		p := orb.Point{19.88 + 0.12*r.Float64(), 50 + 0.08*r.Float64()}
		if i%2 == 0 {
			p = orb.Point{19.94 + max(-0.06, min(0.06, 0.015*r.NormFloat64())), 50.04 + max(-0.04, min(0.04, 0.01*r.NormFloat64()))}
		}
		at, err := civic.LocationAt(p)
		if err != nil {
			b.Fatal(err)
		}
		pins[i] = civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), Shown: at, CategoryID: uint16(1 + r.IntN(3)),
			Status: civic.Statuses()[r.IntN(9)], AreaID: 1, Day: civic.Day(20_000 + r.IntN(730)),
		}
	}
	return pins
}

// plain computes the statistics from rows in memory, in the way in which one
// writes them first.
type plain struct {
	b     *testing.B
	pins  []civic.MapPin
	cells []geo.Cell
}

// selects reports whether f selects a pin: needs of a period.
func (*plain) selects(f civic.Filter, p *civic.MapPin) bool {
	return p.CategoryID <= 2 && p.Day >= f.From && p.Day < f.Until
}

// hexes returns the numbers of pins by cell.
func (r *plain) hexes(f civic.Filter) map[geo.Cell]int {
	counts := make(map[geo.Cell]int, len(r.cells))
	for _, c := range r.cells {
		counts[c] = 0
	}
	for i := range r.pins {
		if p := &r.pins[i]; r.selects(f, p) {
			counts[p.Shown.Cell.Parent(resolution)]++
		}
	}
	return counts
}

// stats returns the numbers of pins by category, status, area and month.
func (r *plain) stats(f civic.Filter) (categories, areas map[uint16]int, statuses map[civic.Status]int, months map[civic.Month]int) {
	categories, areas, statuses, months = map[uint16]int{}, map[uint16]int{}, map[civic.Status]int{}, map[civic.Month]int{}
	for i := range r.pins {
		if p := &r.pins[i]; r.selects(f, p) {
			categories[p.CategoryID]++
			areas[p.AreaID]++
			statuses[p.Status]++
			months[p.Day.Month()]++
		}
	}
	return categories, areas, statuses, months
}

// getisOrd returns Gi* of each cell and its p, corrected.
func (r *plain) getisOrd(f civic.Filter) (z, q []float64) {
	counts := r.hexes(f)
	n, sum, squares := float64(len(r.cells)), 0.0, 0.0
	for _, c := range counts {
		sum += float64(c)
		squares += float64(c * c)
	}
	mean := sum / n
	s := math.Sqrt(squares/n - mean*mean)
	z, p := make([]float64, len(r.cells)), make([]float64, len(r.cells))
	for i, c := range r.cells {
		around, weights := float64(counts[c]), 1.0
		neighbours, err := c.Neighbours()
		if err != nil {
			r.b.Fatal(err)
		}
		for _, c := range neighbours {
			if n, in := counts[c]; in {
				around += float64(n)
				weights++
			}
		}
		z[i] = (around - weights*mean) / (s * math.Sqrt((n*weights-weights*weights)/(n-1)))
		p[i] = math.Erfc(math.Abs(z[i]) / math.Sqrt2)
	}
	return z, hotspots.BenjaminiHochberg(p)
}

// checkPlain checks that the reference computes the same z. Its q are of the normal
// p alone, which the service never goes below.
func checkPlain(b *testing.B, got hotspots.Result, z, q []float64) {
	b.Helper()
	for i, c := range got.Cells {
		if math.Abs(c.Z-z[i]) > 1e-6 || c.Q < q[i]-1e-6 {
			b.Fatalf("cell %s: z %v and q %v, the reference has %v and %v", c.Cell, c.Z, c.Q, z[i], q[i])
		}
	}
}
