package hotspots

import (
	"cmp"
	"math"
	"slices"
)

// BenjaminiHochberg returns the p-values corrected for their number, in the
// same order: of a test with the corrected value q, q ≤ f means that it is
// significant at the false discovery rate f. NaN stays NaN, and does not count
// among the tests that are corrected for.
func BenjaminiHochberg(p []float64) []float64 {
	family := make([]int, 0, len(p))
	for i, v := range p {
		if !math.IsNaN(v) {
			family = append(family, i)
		}
	}
	slices.SortFunc(family, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	q := make([]float64, len(p))
	for i := range q {
		q[i] = math.NaN()
	}
	least := 1.0
	for rank := len(family); rank > 0; rank-- {
		i := family[rank-1]
		least = min(least, p[i]*float64(len(family))/float64(rank))
		q[i] = least
	}
	return q
}
