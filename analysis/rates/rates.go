// Package rates returns rates of counts per resident, with the uncertainty that
// small counts have: intervals of a rate, of the difference and of the ratio of
// two, rates that are smoothed towards the mean of all, and ranks with
// intervals.
//
// A count is taken as a draw from a Poisson distribution, so it should be one of
// independent events: of distinct voices rather than of pins, of which one
// person may send many. A rate has the unit of a count for one resident, or for
// whatever else the population counts, such as square kilometres. Where there is
// no population, there is no rate: it is NaN, as are its limits.
//
//	     low   rate          high
//	──────├──────●─────────────┤─────── of a small count: wide, and further up
//	          ├──●───┤                  of a large one
//
// A sum of areas has the rate of the summed counts and populations, and never
// the sum or the mean of their rates.
package rates

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is that of all intervals.
const confidence = 0.95

// lowerTail and upperTail are the probabilities at the limits of an interval,
// with equal tails.
const (
	lowerTail = (1 - confidence) / 2
	upperTail = 1 - lowerTail
)

// Interval is a confidence interval of 95 %, with both limits.
type Interval struct{ Low, High float64 }

// Contains reports whether v is in the interval. A limit that is NaN contains
// nothing.
func (i Interval) Contains(v float64) bool { return i.Low <= v && v <= i.High }

// Scale returns the interval with both limits multiplied by the positive number
// f, such as 1,000 for a rate per 1,000 residents.
func (i Interval) Scale(f float64) Interval { return Interval{i.Low * f, i.High * f} }

// undefined returns the interval of what is not defined.
func undefined() Interval { return Interval{math.NaN(), math.NaN()} }

// Rate returns count divided by population, and the exact interval of Garwood
// (1936, Fiducial limits for the Poisson distribution, Biometrika 28, 437–442):
// with count x, its limits are the quantiles at 2.5 % of the gamma distribution
// with shape x and at 97.5 % of that with shape x + 1, so that at least 95 % of
// such intervals contain the rate. All are NaN unless population is positive.
func Rate(count int, population float64) (rate float64, i Interval) {
	if !defined(count, population) {
		return math.NaN(), undefined()
	}
	return float64(count) / population, countInterval(count).Scale(1 / population)
}

// defined reports whether there is a rate.
func defined(count int, population float64) bool {
	return count >= 0 && population > 0 && !math.IsInf(population, 1)
}

// countInterval returns the interval of Garwood of the mean of a Poisson
// distribution of which x was drawn.
func countInterval(x int) Interval {
	var low float64 // where none was drawn, the mean may be 0
	if x > 0 {
		low = distuv.Gamma{Alpha: float64(x), Beta: 1}.Quantile(lowerTail)
	}
	return Interval{low, distuv.Gamma{Alpha: float64(x) + 1, Beta: 1}.Quantile(upperTail)}
}

// Difference returns the rate of the first count less that of the second, and
// its interval by the method of variance estimates recovery, MOVER (Zou and
// Donner 2008, Construction of confidence limits about effect measures: a
// general approach, Statistics in Medicine 27, 1693–1702, equation 4), from the
// intervals that Rate returns:
//
//	low  = d − √((rate1 − low1)² + (high2 − rate2)²)
//	high = d + √((high1 − rate1)² + (rate2 − low2)²)
//
// Since those are exact, it is rather too wide than too narrow. All are NaN
// unless both populations are positive.
func Difference(c1 int, p1 float64, c2 int, p2 float64) (d float64, i Interval) {
	r1, i1 := Rate(c1, p1)
	r2, i2 := Rate(c2, p2)
	d = r1 - r2
	if math.IsNaN(d) {
		return d, undefined()
	}
	return d, Interval{d - math.Hypot(r1-i1.Low, i2.High-r2), d + math.Hypot(i1.High-r1, r2-i2.Low)}
}

// Ratio returns the rate of the first count divided by that of the second, and
// its exact interval by conditioning on the sum of both counts (Przyborowski and
// Wilenski 1940, Homogeneity of results in testing samples from Poisson series,
// Biometrika 31, 313–323): given the sum, the first count has a binomial
// distribution, whose share has the interval of Clopper and Pearson (1934), and
// a share s is the ratio s/(1−s) · p2/p1.
//
// The ratio and the upper limit are +Inf where only the second count is 0; where
// both are, the ratio is NaN and the interval from 0 to +Inf. All are NaN unless
// both populations are positive.
//
// Two rates differ clearly where the interval does not contain 1. Say so by this
// interval rather than by that of Difference, which is approximate, so that a
// page does not contradict itself.
func Ratio(c1 int, p1 float64, c2 int, p2 float64) (r float64, i Interval) {
	if !defined(c1, p1) || !defined(c2, p2) {
		return math.NaN(), undefined()
	}
	r = float64(c1) / float64(c2) * (p2 / p1) // 0/0 is NaN, c1/0 is +Inf
	i = Interval{0, math.Inf(1)}
	if c1 > 0 {
		i.Low = odds(distuv.Beta{Alpha: float64(c1), Beta: float64(c2) + 1}.Quantile(lowerTail)) * (p2 / p1)
	}
	if c2 > 0 {
		i.High = odds(distuv.Beta{Alpha: float64(c1) + 1, Beta: float64(c2)}.Quantile(upperTail)) * (p2 / p1)
	}
	return r, i
}

// odds returns the odds of a probability below 1.
func odds(p float64) float64 { return p / (1 - p) }
