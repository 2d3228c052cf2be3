package hotspots

import (
	"math"

	"github.com/pinezka/pinezka/geo"
)

// method is the version of what GetisOrd computes. It changes when the same
// values would have another result.
const method = "gi*-1"

// Cell is what GetisOrd computes of a cell. What is undefined is NaN.
type Cell struct {
	Cell         geo.Cell
	Value        float64
	Sum          float64 // of the values of the cell and its neighbours
	Neighbours   int     // how many, without the cell itself
	Expected     float64 // the sum, if the values were spread at random
	Z            float64 // the standard deviate of the sum: Gi*
	P            float64 // two-sided: the greater one of Z and of pins spread at random
	Q            float64 // P corrected for all cells by BenjaminiHochberg
	PermutationP float64 // two-sided; NaN without permutations
	Class        Class   // decided by Q
}

// Result is what GetisOrd computes of a grid.
type Result struct {
	Cells        []Cell // in the order of the grid
	Total        float64
	WithPins     int     // cells whose value is not 0
	Minimum      Minimum // below a minimum no test is made
	Permutations int     // draws for each cell
	Method       string  // version of the method
}

// GetisOrd returns the statistic Gi* of every cell. The values are those of
// g.Cells, in the same order, finite and at least 0, such as counts or rates;
// otherwise it returns an error.
func GetisOrd(g *Grid, values []float64, o Options) (Result, error) {
	if err := o.check(g, values); err != nil {
		return Result{}, err
	}
	d := distributionOf(values)
	r := Result{
		Cells: getisOrd(g, values, d), Total: d.total, WithPins: d.positive, Minimum: minimumOf(d),
		Permutations: o.Permutations, Method: method,
	}
	if r.Minimum != Enough {
		for i := range r.Cells {
			c := &r.Cells[i]
			c.Z, c.P, c.Q, c.PermutationP = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		}
		return r, nil
	}
	drawn, err := permutationP(g, values, d, o)
	if err != nil {
		return Result{}, err
	}
	p := make([]float64, len(r.Cells))
	for i, c := range r.Cells {
		p[i] = c.P
	}
	for i, q := range BenjaminiHochberg(p) {
		c := &r.Cells[i]
		c.Q, c.PermutationP, c.Class = q, drawn[i], classOf(c.Z, q)
	}
	return r, nil
}

// getisOrd returns the cells with the figures that follow from each alone.
func getisOrd(g *Grid, values []float64, d distribution) []Cell {
	cells := make([]Cell, len(values))
	for i, v := range values {
		c := &cells[i]
		c.Cell, c.Value, c.Neighbours = g.cells[i], v, len(g.around(i))
		c.Sum = v + g.sumAround(i, values)
		weights := float64(c.Neighbours + 1)
		c.Expected, c.Z = weights*d.mean, math.NaN()
		if c.Neighbours > 0 {
			c.Z = d.zOfSum(c.Sum, weights, weights)
		}
		c.P = twoSided(c.Z)
		if d.whole && !math.IsNaN(c.Z) {
			c.P = max(c.P, randomP(c.Sum, d.total, weights/float64(d.n)))
		}
	}
	return cells
}
