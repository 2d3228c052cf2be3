package hotspots

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/pinezka/pinezka/geo"
)

// spdepCase is what spdep computed of a data set; see testdata/spdep.R.
type spdepCase struct {
	Name       string
	Values     []float64
	Neighbours [][]int32

	GStar, GStarOfRowStandardised, GStarP, GStarQ, G []*float64
	Moran, MoranExpected, MoranZ, MoranP, MoranQ     []*float64
	Quadrants                                        []string
	Permutations                                     int
	PermutationP                                     []*float64
}

// spdepCases returns the cases of testdata/spdep.json.
func spdepCases(t *testing.T) []spdepCase {
	t.Helper()
	data, err := os.ReadFile("testdata/spdep.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []spdepCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 5 {
		t.Fatalf("got %d cases", len(file.Cases))
	}
	return file.Cases
}

// grid returns the neighbours of the case as a grid. Its cells are no H3 cells.
func (c spdepCase) grid() *Grid {
	cells := make([]geo.Cell, len(c.Values))
	for i := range cells {
		cells[i] = geo.Cell(i + 1)
	}
	return gridOf(cells, c.Neighbours)
}

// TestGetisOrdOfSpdep compares z, and the p and q that follow from it by the
// normal distribution, with localG of spdep and p.adjust of R, to
// 10 digits (or 13 decimals, if those are fewer).
func TestGetisOrdOfSpdep(t *testing.T) {
	for _, s := range spdepCases(t) {
		t.Run(s.Name, func(t *testing.T) {
			r, err := GetisOrd(s.grid(), s.Values, Options{})
			if err != nil {
				t.Fatal(err)
			}
			normal := make([]float64, len(r.Cells))
			for i, c := range r.Cells {
				normal[i] = twoSided(c.Z)
			}
			q := BenjaminiHochberg(normal)
			for i, c := range r.Cells {
				if c.Neighbours == 0 { // spdep computes that of the cell alone
					undefined(t, i, "z, p and q without neighbours", c.Z, c.P, c.Q)
					continue
				}
				compare(t, i, "Gi*", c.Z, s.GStar[i])
				compare(t, i, "Gi* of row-standardised weights", c.Z, s.GStarOfRowStandardised[i])
				compare(t, i, "normal p", normal[i], s.GStarP[i])
				compare(t, i, "normal q", q[i], s.GStarQ[i])
			}
		})
	}
}

// TestLocalMoranOfSpdep compares local Moran's I with localmoran of spdep, and
// its z with localG: both are the standard deviate of the neighbours under
// conditional permutation, but for the sign of the cell itself.
func TestLocalMoranOfSpdep(t *testing.T) {
	for _, s := range spdepCases(t) {
		t.Run(s.Name, func(t *testing.T) {
			cells, err := LocalMoran(s.grid(), s.Values, Options{})
			if err != nil {
				t.Fatal(err)
			}
			d := distributionOf(s.Values)
			for i, c := range cells {
				if c.Neighbours == 0 {
					undefined(t, i, "I, z, p and q without neighbours", c.I, c.Z, c.P, c.Q)
					continue
				}
				compare(t, i, "I", c.I, s.Moran[i])
				compare(t, i, "expectation", c.Expected, s.MoranExpected[i])
				compare(t, i, "z", c.Z, s.MoranZ[i])
				compare(t, i, "p", c.P, s.MoranP[i])
				compare(t, i, "q", c.Q, s.MoranQ[i])
				compare(t, i, "Gi", c.Z*math.Copysign(1, c.Value-d.mean), s.G[i])
				want := map[string]Quadrant{"High-High": HighHigh, "Low-Low": LowLow, "High-Low": HighLow, "Low-High": LowHigh}
				if c.Quadrant != want[s.Quadrants[i]] {
					t.Errorf("cell %d: got quadrant %s, want %s", i, c.Quadrant, s.Quadrants[i])
				}
			}
		})
	}
}

// TestPermutationOfR compares the permutation p with the same computed in R,
// since spdep 1.2-7 draws with replacement. Both are simulated, so they differ
// at random: by at most five standard errors.
func TestPermutationOfR(t *testing.T) {
	for _, s := range spdepCases(t) {
		if s.Permutations == 0 {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			r, err := GetisOrd(s.grid(), s.Values, Options{Permutations: 29999, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range r.Cells {
				want := *s.PermutationP[i]
				tail := max(want, 2/float64(s.Permutations)) / 2
				allowed := 5*2*math.Sqrt(tail*(1-tail)/float64(s.Permutations)) + 2/float64(s.Permutations)
				if math.Abs(c.PermutationP-want) > allowed {
					t.Errorf("cell %d: got permutation p %v, want %v ± %.4f", i, c.PermutationP, want, allowed)
				}
			}
		})
	}
}

// compare reports an error where two figures differ in the first 10 digits.
func compare(t *testing.T, cell int, what string, got float64, want *float64) {
	t.Helper()
	if want == nil {
		undefined(t, cell, what, got)
		return
	}
	if !(math.Abs(got-*want) <= 1e-10*max(math.Abs(*want), 1e-3)) {
		t.Errorf("cell %d, %s: got %.12g, want %.12g", cell, what, got, *want)
	}
}

func undefined(t *testing.T, cell int, what string, got ...float64) {
	t.Helper()
	for _, v := range got {
		if !math.IsNaN(v) {
			t.Errorf("cell %d, %s: got %v, want NaN", cell, what, got)
		}
	}
}
