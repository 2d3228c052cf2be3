package hotspots

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var approximately = cmp.Options{cmpopts.EquateApprox(1e-12, 0), cmpopts.EquateNaNs()}

// TestBenjaminiHochbergOfThePaper has the 15 tests of section 4.1 of Benjamini
// and Hochberg 1995, of which the procedure rejects the first four at 0.05.
func TestBenjaminiHochbergOfThePaper(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1}
	for i, q := range BenjaminiHochberg(p) {
		if got, want := q <= 0.05, i < 4; got != want {
			t.Errorf("p = %v: got q = %v, rejected %t, want %t", p[i], q, got, want)
		}
	}
}

func TestBenjaminiHochberg(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		{"none", nil, []float64{}},
		{"one", []float64{0.05}, []float64{0.05}},
		{"equal to the threshold", []float64{0.05, 0.025}, []float64{0.05, 0.05}},
		{"in any order", []float64{0.04, 0.01, 0.03}, []float64{0.04, 0.03, 0.04}},
		{"ties", []float64{0.02, 0.02, 0.02, 0.02}, []float64{0.02, 0.02, 0.02, 0.02}},
		{"never above 1", []float64{1, 0.9}, []float64{1, 1}},
		{"undefined ones are no tests", []float64{nan, 0.01, nan, 0.02, nan}, []float64{nan, 0.02, nan, 0.02, nan}},
		{"only undefined", []float64{nan, nan}, []float64{nan, nan}},
		{"as small as can be", []float64{0, 0.5}, []float64{0, 0.5}},
	} {
		if d := cmp.Diff(c.want, BenjaminiHochberg(c.p), approximately); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestBenjaminiHochbergByDefinition compares with the procedure as the paper
// states it: the greatest rank whose p is at most rank/m times the rate, and
// all before it.
func TestBenjaminiHochbergByDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		p := make([]float64, 1+r.IntN(40))
		for i := range p {
			p[i] = math.Round(100*r.Float64()*r.Float64()) / 100 // with ties
		}
		q := BenjaminiHochberg(p)
		for _, rate := range []float64{0.013, 0.057, 0.31} {
			cut := -1.0
			for _, v := range p {
				rank := 0
				for _, w := range p {
					if w <= v {
						rank++
					}
				}
				if v <= rate*float64(rank)/float64(len(p)) {
					cut = max(cut, v)
				}
			}
			for i := range p {
				if got, want := q[i] <= rate, p[i] <= cut; got != want {
					t.Fatalf("p = %v of %v at %v: got %t, want %t", p[i], p, rate, got, want)
				}
			}
		}
	}
}
