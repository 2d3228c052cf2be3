package hotspots

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPermutationPOfAllDraws compares the p of many random draws with that of
// all possible ones, for every observed sum: it must be twice the smaller tail,
// within five standard errors. The values are skewed and have ties.
func TestPermutationPOfAllDraws(t *testing.T) {
	others := []float64{0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 5, 9}
	const n = 99999
	for k := 1; k <= 6; k++ {
		sums := sumsOf(others, k)
		for observed := range 19 {
			greater, less := 0, 0
			for _, s := range sums {
				if s >= float64(observed) {
					greater++
				}
				if s <= float64(observed) {
					less++
				}
			}
			tail := float64(min(greater, less)) / float64(len(sums))
			allowed := 5*2*math.Sqrt(tail*(1-tail)/n) + 2.0/n
			got := drawnP(slices.Clone(others), k, float64(observed), 0, n, newRandom(1, uint64(observed)))
			if want := min(1, 2*tail); math.Abs(got-want) > allowed {
				t.Errorf("%d values with the sum %d: got p = %v, want %v ± %.4f", k, observed, got, want, allowed)
			}
		}
	}
}

// sumsOf returns the sums of all combinations of k of the values.
func sumsOf(values []float64, k int) []float64 {
	if k == 0 {
		return []float64{0}
	}
	var sums []float64
	for i := range values {
		for _, s := range sumsOf(values[i+1:], k-1) {
			sums = append(sums, values[i]+s)
		}
	}
	return sums
}

// TestDrawsAreUniform checks that all ordered draws of 4 of 6 values are equally
// frequent, by Pearson's chi-squared with 359 degrees of freedom: it exceeds 450
// with a probability of about 0.001. One draw takes two random words.
func TestDrawsAreUniform(t *testing.T) {
	values := []float64{0, 1, 2, 3, 4, 5}
	const n = 360 * 500
	frequency := map[[4]float64]int{}
	random := newRandom(3, 4)
	for range n {
		shuffle(values, 0, batch, random)
		shuffle(values, batch, 4, random)
		frequency[[4]float64(values[:4])]++
	}
	if len(frequency) != 360 {
		t.Fatalf("got %d different draws, want 360", len(frequency))
	}
	chi := 0.0
	for _, f := range frequency {
		chi += float64((f-500)*(f-500)) / 500
	}
	if chi > 450 || chi < 280 {
		t.Errorf("got chi-squared %v", chi)
	}
}

// TestDrawsAreWithoutReplacement checks that one great value is never drawn
// twice, so that twice its value is extreme in every draw.
func TestDrawsAreWithoutReplacement(t *testing.T) {
	others := []float64{1, 0, 0, 0, 0, 0, 0}
	if got := drawnP(others, 5, 2, 0, 9999, newRandom(1, 1)); got != 2.0/10000 {
		t.Errorf("got p = %v, want the least, 0.0002", got)
	}
}

// TestPermutationPHasTwoSides checks that few are as extreme as many: values
// counted from above have the same p.
func TestPermutationPHasTwoSides(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(6, 6)), len(g.cells))
	mirrored := make([]float64, len(values))
	for i, v := range values {
		mirrored[i] = slices.Max(values) - v
	}
	o := Options{Permutations: 999, Seed: 5}
	want, got := mustGetisOrd(t, g, values, o), mustGetisOrd(t, g, mirrored, o)
	for i := range got.Cells {
		if got.Cells[i].PermutationP != want.Cells[i].PermutationP || math.Abs(got.Cells[i].Z+want.Cells[i].Z) > 1e-9 {
			t.Errorf("cell %d: got %+v, want the reverse of %+v", i, got.Cells[i], want.Cells[i])
		}
	}
}

// TestPermutationPOnAnyNumberOfCores checks that scheduling changes nothing, and
// that another seed does.
func TestPermutationPOnAnyNumberOfCores(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(7, 7)), len(g.cells))
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	runtime.GOMAXPROCS(1)
	want := mustGetisOrd(t, g, values, Options{Permutations: 499, Seed: 1})
	for _, cores := range []int{2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		got := mustGetisOrd(t, g, values, Options{Permutations: 499, Seed: 1})
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d cores: %s", cores, d)
		}
	}
	if other := mustGetisOrd(t, g, values, Options{Permutations: 499, Seed: 2}); cmp.Equal(want, other) {
		t.Error("another seed has the same result")
	}
}

// TestPermutationPOfRandomValues checks that p is valid where values are spread
// at random: at most about 5 % of the cells have p ≤ 0.05, and none has 0.
func TestPermutationPOfRandomValues(t *testing.T) {
	g := diskGrid(t, 20)
	values := counts(rand.New(rand.NewPCG(8, 8)), len(g.cells))
	small := 0
	for i, c := range mustGetisOrd(t, g, values, Options{Permutations: 999}).Cells {
		if !(c.PermutationP >= 0.002 && c.PermutationP <= 1) {
			t.Errorf("cell %d: got p = %v", i, c.PermutationP)
		}
		if c.PermutationP <= 0.05 {
			small++
		}
	}
	share := float64(small) / float64(len(g.cells))
	if share > 0.05+4*math.Sqrt(0.05*0.95/float64(len(g.cells))) || share < 0.01 {
		t.Errorf("%.3f of the cells have p ≤ 0.05", share)
	}
}

// TestPermutationPOfRates checks that sums of the same numbers in another order
// are equal, although each addition rounds.
func TestPermutationPOfRates(t *testing.T) {
	others := []float64{0.3, 0.2, 0.1}
	if got := drawnP(others, 3, 0.1+0.2+0.3, 1e-12, 9999, newRandom(1, 1)); got != 1 {
		t.Errorf("got p = %v where all draws have the observed sum, want 1", got)
	}
}

func TestPermutationsEndWithTheRequest(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(9, 9)), len(g.cells))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := Options{Permutations: math.MaxInt32, Done: ctx.Done()}
	if _, err := GetisOrd(g, values, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
	if _, err := LocalMoran(g, values, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
}
