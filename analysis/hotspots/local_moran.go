package hotspots

import (
	"math"

	"github.com/pinezka/pinezka/geo"
)

// Quadrant says how a cell and the mean of its neighbours lie to the mean of
// all cells: the quadrant of the Moran scatter plot. It says nothing about
// significance.
type Quadrant uint8

// The quadrants, the cell first. NoQuadrant is that of a cell without
// neighbours, and of one where either is the mean.
const (
	NoQuadrant Quadrant = iota
	HighHigh
	LowLow
	HighLow
	LowHigh
)

// String returns the name of q in the API.
func (q Quadrant) String() string {
	return [...]string{"undefined", "high-high", "low-low", "high-low", "low-high"}[q]
}

// Moran is what LocalMoran computes of a cell. What is undefined is NaN.
type Moran struct {
	Cell         geo.Cell
	Value        float64
	Neighbours   int     // how many
	Mean         float64 // of the values of the neighbours
	I            float64 // positive where cell and neighbours are alike
	Expected     float64 // I, if the other values were exchanged at random
	Z            float64 // the standard deviate of I
	P            float64 // two-sided, of the normal distribution
	Q            float64 // P corrected for all cells by BenjaminiHochberg
	PermutationP float64 // two-sided; NaN without permutations
	Quadrant     Quadrant
}

// LocalMoran returns local Moran's I of every cell, in the order of the grid.
// The values are as in GetisOrd. Below a Minimum no test is made: I, what
// follows from it, and the quadrants are undefined.
func LocalMoran(g *Grid, values []float64, o Options) ([]Moran, error) {
	if err := o.check(g, values); err != nil {
		return nil, err
	}
	d := distributionOf(values)
	if minimumOf(d) != Enough {
		cells := make([]Moran, len(values))
		for i := range cells {
			cells[i] = undefinedMoran(g, values, i)
		}
		return cells, nil
	}
	cells := localMoran(g, values, d)
	p, err := permutationP(g, values, d, o)
	if err != nil {
		return nil, err
	}
	analytic := make([]float64, len(cells))
	for i := range cells {
		analytic[i] = cells[i].P
	}
	for i, q := range BenjaminiHochberg(analytic) {
		cells[i].Q, cells[i].PermutationP = q, p[i]
	}
	return cells, nil
}

// undefinedMoran returns cell i without any test.
func undefinedMoran(g *Grid, values []float64, i int) Moran {
	nan, k := math.NaN(), len(g.around(i))
	return Moran{
		Cell: g.cells[i], Value: values[i], Neighbours: k, Mean: g.sumAround(i, values) / float64(k),
		I: nan, Expected: nan, Z: nan, P: nan, Q: nan, PermutationP: nan,
	}
}

// localMoran returns the cells with the figures that follow from each alone.
//
// The sum over the weights 1/k of values that are drawn from the others has the
// expectation e and the variance v below (Sokal, Oden and Thomson 1998, the
// conditional model).
func localMoran(g *Grid, values []float64, d distribution) []Moran {
	cells := make([]Moran, len(values))
	n, s2 := float64(d.n), d.variance
	for i, value := range values {
		c := undefinedMoran(g, values, i)
		if !d.constant() && c.Neighbours > 0 {
			own, mean, squares := value-d.mean, c.Mean-d.mean, 1/float64(c.Neighbours)
			e := -own / (n - 1)
			v := n / (n - 2) * (squares - 1/(n-1)) * (s2 - own*own/(n-1))
			c.I, c.Expected = own/s2*mean, own/s2*e
			if own != 0 && v > 0 {
				c.Z = (mean - e) / math.Sqrt(v) * math.Copysign(1, own)
			}
			c.P = twoSided(c.Z)
			c.Quadrant = quadrantOf(own, mean)
		}
		cells[i] = c
	}
	return cells
}

// quadrantOf returns the quadrant of a cell, given the differences to the mean
// of its own value and of the mean of its neighbours.
func quadrantOf(own, around float64) Quadrant {
	switch {
	case own > 0 && around > 0:
		return HighHigh
	case own < 0 && around < 0:
		return LowLow
	case own > 0 && around < 0:
		return HighLow
	case own < 0 && around > 0:
		return LowHigh
	}
	return NoQuadrant
}
