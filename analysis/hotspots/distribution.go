package hotspots

import "math"

// distribution describes the values of all cells.
type distribution struct {
	n, positive     int // cells, and those with a value above 0
	total, mean     float64
	variance        float64 // over n; exactly 0 when all values are equal
	whole           bool    // whether all values are whole numbers, as counts are
	least, greatest float64
}

func distributionOf(values []float64) distribution {
	d := distribution{n: len(values), whole: true, least: math.Inf(1), greatest: math.Inf(-1)}
	for _, v := range values {
		if v > 0 {
			d.positive++
		}
		d.whole = d.whole && v == math.Trunc(v)
		d.total += v
		d.least, d.greatest = min(d.least, v), max(d.greatest, v)
	}
	d.mean = d.total / float64(d.n)
	if d.constant() {
		return d // a mean that was rounded would leave a variance
	}
	for _, v := range values {
		d.variance += (v - d.mean) * (v - d.mean)
	}
	d.variance /= float64(d.n)
	return d
}

// constant reports whether all values are equal, so that none is unusual.
func (d distribution) constant() bool { return !(d.least < d.greatest) }

// zOfSum returns the standard deviate of a weighted sum over cells, given the
// sum of the weights and that of their squares (Ord and Getis 1995). It is NaN where all values, or the weights of all cells, are equal.
func (d distribution) zOfSum(sum, weights, squares float64) float64 {
	n := float64(d.n)
	spread := n*squares - weights*weights
	if d.constant() || spread <= 0 {
		return math.NaN()
	}
	return (sum - weights*d.mean) / math.Sqrt(d.variance*spread/(n-1))
}
