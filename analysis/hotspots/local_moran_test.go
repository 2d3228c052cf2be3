package hotspots

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestLocalMoranSums checks that the mean of I, each cell weighted by its number
// of neighbours, is Moran's I of the whole grid for binary weights (Anselin
// 1995).
func TestLocalMoranSums(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(11, 11)), len(g.cells))
	cells, err := LocalMoran(g, values, Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := distributionOf(values)
	sum, products, weights := 0.0, 0.0, 0.0
	for i, c := range cells {
		sum += c.I * float64(c.Neighbours)
		for _, n := range g.around(i) {
			products += (values[i] - d.mean) * (values[n] - d.mean)
			weights++
		}
	}
	if global := products / weights / d.variance; math.Abs(sum/weights-global) > 1e-12 {
		t.Errorf("got mean I %v, want %v", sum/weights, global)
	}
}

// TestLocalMoranQuadrants has a high cell among low ones and the reverse.
func TestLocalMoranQuadrants(t *testing.T) {
	g := diskGrid(t, 8)
	r := rand.New(rand.NewPCG(12, 12))
	values := make([]float64, len(g.cells))
	for i := range values {
		values[i] = float64(r.IntN(3))
	}
	hot, hole, outlier := 30, 90, 150
	for _, middle := range []int{hot, hole} {
		for _, n := range g.around(middle) {
			values[n] = 9
		}
	}
	for _, n := range g.around(outlier) {
		values[n] = 0
	}
	values[hot], values[hole], values[outlier] = 9, 0, 9
	cells, err := LocalMoran(g, values, Options{Permutations: 999})
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[int]Quadrant{hot: HighHigh, hole: LowHigh, outlier: HighLow} {
		c := cells[cell]
		if c.Quadrant != want || (c.I > 0) != (want == HighHigh) {
			t.Errorf("got %+v, want %s", c, want)
		}
		if want != HighLow && !(c.Q < 0.01 && c.PermutationP == 0.002) {
			t.Errorf("got %+v, want it to be significant", c)
		}
	}
}

// TestLocalMoranAndGetisOrdDrawTheSame checks that both have the same
// permutation p, as both ask whether the neighbours of a cell are unusual.
func TestLocalMoranAndGetisOrdDrawTheSame(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(13, 13)), len(g.cells))
	o := Options{Permutations: 199, Seed: 3}
	moran, err := LocalMoran(g, values, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range mustGetisOrd(t, g, values, o).Cells {
		if c.PermutationP != moran[i].PermutationP {
			t.Errorf("cell %d: got %v and %v", i, c.PermutationP, moran[i].PermutationP)
		}
	}
}

// TestLocalMoranOfTheMean checks that a cell whose value is the mean has no z:
// its I is 0 whatever its neighbours are.
func TestLocalMoranOfTheMean(t *testing.T) {
	g := diskGrid(t, 4)
	values := make([]float64, 61)
	for i := range values {
		values[i] = float64(i)
	}
	c := localMoran(g, values, distributionOf(values))[30]
	undefined(t, 30, "z and p", c.Z, c.P)
	if c.I != 0 || c.Quadrant != NoQuadrant {
		t.Errorf("got %+v", c)
	}
}
