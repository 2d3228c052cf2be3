package hotspots

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestRandomPOfR has values of pbinom of R 4.2.2, twice the smaller tail.
func TestRandomPOfR(t *testing.T) {
	for _, c := range []struct{ pins, all, share, want float64 }{
		{63, 119, 7.0 / 308, 6.46285366787e-70},
		{0, 119, 7.0 / 308, 0.129690363581},
		{3, 119, 7.0 / 308, 1},
		{2, 119, 7.0 / 308, 0.98105955403},
		{119, 119, 0.1, 2e-119},
		{1400, 1e6, 7.0 / 4921, 0.561811124125},
		{1600, 1e6, 7.0 / 4921, 4.05060258651e-06},
		{1200, 1e6, 4.0 / 4921, 8.89747904826e-37},
		{0, 50, 0.5, 1.7763568394e-15},
		{12, 50, 0.1, 0.00643984227182},
	} {
		if got := randomP(c.pins, c.all, c.share); !(math.Abs(got-c.want) <= 1e-8*c.want) {
			t.Errorf("%v of %v in a share of %v: got p = %.10g, want %.10g", c.pins, c.all, c.share, got, c.want)
		}
	}
}

// TestFalseDiscoveries spreads pins at random over the cells, few and many: at
// most about 5 % of the grids may have any significant cell. With the p of z
// alone nearly all grids of few pins would.
func TestFalseDiscoveries(t *testing.T) {
	g := diskGrid(t, 18)
	const grids = 200
	for _, pins := range []int{60, 200, 1000, 5000, 50_000} {
		r := rand.New(rand.NewPCG(17, uint64(pins)))
		found, normal := 0, 0
		for range grids {
			values := make([]float64, len(g.cells))
			for range pins {
				values[r.IntN(len(values))]++
			}
			hot, hotByZ := false, false
			result := mustGetisOrd(t, g, values, Options{})
			p := make([]float64, len(values))
			for i, c := range result.Cells {
				hot = hot || c.Class.direction() != 0
				p[i] = twoSided(c.Z)
			}
			for _, q := range BenjaminiHochberg(p) {
				hotByZ = hotByZ || q <= Significant
			}
			if hot {
				found++
			}
			if hotByZ {
				normal++
			}
		}
		t.Logf("%d pins in %d cells: %d of %d grids have a significant cell, %d by the p of z alone", pins, len(g.cells), found, grids, normal)
		if limit := 0.05*grids + 3*math.Sqrt(0.05*0.95*grids); float64(found) > limit {
			t.Errorf("%d pins: %d of %d grids have a significant cell", pins, found, grids)
		}
		if pins <= 200 && normal < grids/2 {
			t.Errorf("%d pins: the p of z alone found only %d", pins, normal)
		}
	}
}

// TestOneBusyCell checks that a cell with half of all pins, and few around it,
// is hot with its neighbours, while other cells with two or three pins are not.
func TestOneBusyCell(t *testing.T) {
	g := diskGrid(t, 9)
	r := rand.New(rand.NewPCG(18, 18))
	values := make([]float64, len(g.cells))
	for range 60 {
		values[r.IntN(len(values))]++
	}
	busy := 135
	values[busy] += 56
	for i, c := range mustGetisOrd(t, g, values, Options{}).Cells {
		if want := g.distance(busy, i) <= 1; (c.Class.direction() > 0) != want {
			t.Errorf("cell %d, at distance %d: got %+v", i, g.distance(busy, i), c)
		}
	}
}
