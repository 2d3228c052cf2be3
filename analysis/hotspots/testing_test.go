package hotspots

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// diskGrid returns the grid of all cells within a grid distance of a cell of
// Kraków at resolution 10: 3r(r+1)+1 cells.
func diskGrid(tb testing.TB, distance int) *Grid {
	tb.Helper()
	middle, err := geo.CellAt(orb.Point{19.9493, 50.0446})
	if err != nil {
		tb.Fatal(err)
	}
	cells := []geo.Cell{middle.Parent(10)}
	in := map[geo.Cell]bool{cells[0]: true}
	for ring := cells; distance > 0; distance-- {
		var next []geo.Cell
		for _, c := range ring {
			neighbours, err := c.Neighbours()
			if err != nil {
				tb.Fatal(err)
			}
			for _, n := range neighbours {
				if !in[n] {
					in[n] = true
					next = append(next, n)
				}
			}
		}
		cells, ring = append(cells, next...), next
	}
	g, err := NewGrid(cells)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// counts returns made-up counts of a skewed distribution: many cells have none.
func counts(r *rand.Rand, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(int(r.ExpFloat64() * r.ExpFloat64() * 3))
	}
	return values
}
