// Package hotspots computes where in a grid of H3 cells values are high or low
// together: the local statistics of spatial association Getis-Ord Gi* and local
// Moran's I, their p-values, and the correction for testing many cells at once.
//
// A Grid is the complete set of cells of an area, those with the value 0
// included. Its n cells have the values x, the mean m = Σx/n and the variance
// s² = Σ(x−m)²/n. The k neighbours of a cell are those at grid distance 1 that
// belong to the grid, so a cell at its edge has fewer.
//
// # Getis-Ord Gi*
//
// GetisOrd computes, for binary weights that include the cell itself (W = k+1),
//
//	    Σ x of the cell and its neighbours − W m
//	z = ─────────────────────────────────────────
//	         s √( (n W − W²) / (n−1) )
//
// (J. K. Ord and A. Getis, "Local spatial autocorrelation statistics:
// distributional issues and an application", Geographical Analysis 27, 1995).
// Multiplying the weights of a row by a constant changes nothing.
//
// The p of z is two-sided from the normal distribution. That is too small where
// cells have few pins, as sums of few counts are skewed: it finds hotspots among
// pins that are spread at random (TestFalseDiscoveries). So, for counts, the p of
// a cell is the greater of two: that of z, which asks whether the sum is unusual
// for values that differ as these do, and that of the binomial distribution,
//
//	Σ ~ B(Σx, W/n)
//
// which asks whether it is unusual for pins of which each is in any cell with the
// same probability. It is twice the smaller tail. As the second holds exactly for
// pins that are spread at random, so does the greater of both. For values that
// are not whole numbers, such as rates, it is the p of z.
//
// # Local Moran's I
//
// LocalMoran computes, with weights 1/k,
//
//	I = (x−m)/s² · (mean of the neighbours − m)
//
// (L. Anselin, "Local indicators of spatial association – LISA", Geographical
// Analysis 27, 1995), with the expectation and the variance under conditional
// permutation (R. R. Sokal, N. L. Oden and B. A. Thomson, "Local spatial
// autocorrelation in a biological model", Geographical Analysis 30, 1998). Its
// analytic p is from the normal distribution, and so too small for few pins.
//
// # Permutations
//
// The conditional permutation p of a cell keeps its own value in its place and
// draws its k neighbours without replacement from the other n−1 cells. With r
// of N draws that have a sum as great as the observed one or greater, the p of
// the upper tail is (r+1)/(N+1), which is never 0 (B. Phipson and G. K. Smyth,
// "Permutation P-values should never be zero", Statistical Applications in
// Genetics and Molecular Biology 9, 2010). Likewise for the lower tail, and the
// two-sided p is twice the smaller of the two, at most 1.
//
// # Many cells
//
// BenjaminiHochberg corrects the p-values of all cells that have one (Y.
// Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of
// the Royal Statistical Society B 57, 1995), and the corrected q decides the
// Class. It holds also where tests depend on each other positively (Y.
// Benjamini and D. Yekutieli, Annals of Statistics 29, 2001), as those of
// overlapping neighbourhoods do in general; TestFalseDiscoveries measures it.
//
// # What is undefined
//
// A figure that cannot be computed is NaN and has the class Undefined, which is
// not "not significant": no cell has a z where all values are equal, nor has a
// cell without neighbours, or one whose neighbours are all other cells. Below a
// Minimum no test is made at all.
package hotspots

import (
	"fmt"
	"math"
)

// Options of a statistic. The zero value computes no permutations.
type Options struct {
	// Permutations is the number of draws for each cell; 0 for none. Pages use
	// 9,999.
	Permutations int
	// Seed of the draws. Each cell has its own stream, which follows from the
	// seed and its index, so the same seed has the same result on any number
	// of cores.
	Seed uint64
	// Done, when it is closed, ends the draws with context.Canceled. It is the
	// Done of a request's context; nil is never closed.
	Done <-chan struct{}
}

// check returns an error where the statistic is not defined for the arguments.
func (o Options) check(g *Grid, values []float64) error {
	if len(values) != len(g.cells) {
		return fmt.Errorf("%d values for a grid of %d cells", len(values), len(g.cells))
	}
	if o.Permutations < 0 {
		return fmt.Errorf("%d permutations", o.Permutations)
	}
	for i, v := range values {
		if !(v >= 0) || math.IsInf(v, 1) {
			return fmt.Errorf("the value of cell %s is %v: values are finite and at least 0", g.cells[i], v)
		}
	}
	return nil
}

// twoSided returns the probability of a standard normal variable at least as
// far from 0 as z; NaN of NaN.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
