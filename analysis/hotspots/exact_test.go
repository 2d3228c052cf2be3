package hotspots

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestExactPOfAllDraws compares with the shares of all combinations.
func TestExactPOfAllDraws(t *testing.T) {
	levels := []int{0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 5, 9, 9}
	values := make([]float64, len(levels))
	for i, l := range levels {
		values[i] = float64(l)
	}
	distribution := tailsOf(levels, 7)
	for k := 1; k <= 7; k++ {
		sums := sumsOf(values, k)
		for observed := range 9*k + 1 {
			greater, less := 0, 0
			for _, s := range sums {
				if s >= float64(observed) {
					greater++
				}
				if s <= float64(observed) {
					less++
				}
			}
			p, more := distribution.p(k, observed)
			want := min(1, 2*float64(min(greater, less))/float64(len(sums)))
			if math.Abs(p-want) > 1e-12 || more != (greater < less) {
				t.Errorf("%d cells with the sum %d: got p = %v, more %t, want %v", k, observed, p, more, want)
			}
		}
	}
}

// TestExactPIsNormalForManyPins checks that the exact p is nearly that of the
// normal distribution where there are very many pins, and values are rounded to levels.
func TestExactPIsNormalForManyPins(t *testing.T) {
	g := diskGrid(t, 20)
	r := rand.New(rand.NewPCG(15, 15))
	values := make([]float64, len(g.cells))
	for i := range values {
		values[i] = 100_000 + 1000*r.NormFloat64()
	}
	for i, c := range mustGetisOrd(t, g, values, Options{}).Cells {
		if want := twoSided(c.Z); math.Abs(c.P-want) > 0.1*want+0.001 {
			t.Errorf("cell %d: got p = %v, want about %v", i, c.P, want)
		}
	}
}

// TestRoundedLevels checks that values with more than maxLevels have about the
// same p as when all their levels are counted.
func TestRoundedLevels(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 16))
	values := make([]float64, 1000)
	all := make([]int, len(values))
	for i := range values {
		all[i] = int(1000 * r.ExpFloat64() * r.ExpFloat64())
		values[i] = float64(all[i])
	}
	d := distributionOf(values)
	levels := levelsOf(values, d)
	if d.greatest < 2*maxLevels {
		t.Fatalf("the greatest value is %v", d.greatest)
	}
	want, got := tailsOf(all, 7), tailsOf(levels, 7)
	for range 2000 {
		sum, rounded := 0, 0
		for range 7 {
			i := r.IntN(len(values))
			sum, rounded = sum+all[i], rounded+levels[i]
		}
		p, _ := got.p(7, rounded)
		if exact, _ := want.p(7, sum); math.Abs(p-exact) > 0.05*exact+0.001 {
			t.Errorf("the sum %d: got p = %v, want %v", sum, p, exact)
		}
	}
}

// TestFalseDiscoveries spreads pins at random over the cells, few and many: at
// most about 5 % of the grids may have any significant cell. With the normal
// distribution nearly all grids of few pins would.
func TestFalseDiscoveries(t *testing.T) {
	g := diskGrid(t, 18)
	const grids = 200
	for _, pins := range []int{60, 200, 1000, 5000, 50_000} {
		r := rand.New(rand.NewPCG(17, uint64(pins)))
		exact, normal := 0, 0
		for range grids {
			values := make([]float64, len(g.cells))
			for range pins {
				values[r.IntN(len(values))]++
			}
			anyExact, anyNormal := false, false
			result := mustGetisOrd(t, g, values, Options{})
			p := make([]float64, len(values))
			for i, c := range result.Cells {
				anyExact = anyExact || c.Class.direction() != 0
				p[i] = twoSided(c.Z)
			}
			for _, q := range BenjaminiHochberg(p) {
				anyNormal = anyNormal || q <= Significant
			}
			if anyExact {
				exact++
			}
			if anyNormal {
				normal++
			}
		}
		t.Logf("%d pins in %d cells: %d of %d grids have a significant cell, %d by the normal distribution", pins, len(g.cells), exact, grids, normal)
		if limit := 0.05*grids + 3*math.Sqrt(0.05*0.95*grids); float64(exact) > limit {
			t.Errorf("%d pins: %d of %d grids have a significant cell", pins, exact, grids)
		}
		if pins <= 200 && normal < grids/2 {
			t.Errorf("%d pins: the normal distribution found only %d", pins, normal)
		}
	}
}
