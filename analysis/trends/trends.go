// Package trends returns whether values at equal intervals, such as counts by
// month, rise or fall, and by how much: the test of Mann and Kendall, corrected
// for ties, and the slope of Theil and Sen. Neither assumes a distribution or a
// straight line, so a single extreme month changes little.
//
//	●           ●            each pair of values either rises, falls or is tied:
//	    ●   ●       ●        S = pairs that rise − pairs that fall
//	●       ●   ●            a tie counts as neither, and lowers the variance of S
//
// Both take the values as independent of each other. Months are not where a
// season repeats: compare equal spans of a year, or whole years, then.
package trends

import (
	"math"
	"slices"
)

// MinLength is the least number of values for which the normal approximation of
// the test holds (Gilbert 1987, Statistical Methods for Environmental Pollution
// Monitoring, section 16.4.2, after Kendall 1975). With fewer, nothing is
// tested.
const MinLength = 10

// Significance is the probability at and below which a trend is clear.
const Significance = 0.05

// zUpper is the quantile of the normal distribution at 97.5 %.
const zUpper = 1.959963984540054

// Direction says whether values clearly rise or fall.
type Direction uint8

// The directions. The zero value is that of fewer than MinLength values.
const (
	Undefined Direction = iota
	NoClearTrend
	Rising
	Falling
)

// String returns the name of the direction, such as "no-clear-trend".
func (d Direction) String() string {
	return [...]string{"undefined", "no-clear-trend", "rising", "falling"}[d]
}

// Trend is the result of the test of Mann and Kendall.
type Trend struct {
	N        int
	S        int     // pairs that rise less pairs that fall
	Variance float64 // of S, if there is no trend; 0 where all values are equal
	Tau      float64 // Kendall's tau-b, −1 to 1: S as a share of the pairs that are not tied; NaN where all are
	Z        float64 // with correction for continuity; NaN below MinLength
	P        float64 // two-sided; NaN below MinLength
}

// Direction returns the direction of the trend, at Significance.
func (t Trend) Direction() Direction {
	switch {
	case math.IsNaN(t.P):
		return Undefined
	case t.P > Significance:
		return NoClearTrend
	case t.S > 0:
		return Rising
	}
	return Falling
}

// MannKendall returns the test of the values, which are in the order of time and
// not NaN (Mann 1945, Nonparametric tests against trend, Econometrica 13,
// 245–259; Kendall 1975, Rank Correlation Methods). With n values, in groups of
// t equal ones:
//
//	Var(S) = ( n(n−1)(2n+5) − Σ t(t−1)(2t+5) ) / 18
//	Z = (S − sign S) / √Var(S)
//
// Where all values are equal, Z is 0 and P is 1: no trend.
func MannKendall(values []float64) Trend {
	t := Trend{N: len(values), Tau: math.NaN(), Z: math.NaN(), P: math.NaN()}
	for i, v := range values {
		for _, later := range values[i+1:] {
			t.S += sign(later - v)
		}
	}
	var tiedPairs float64
	t.Variance, tiedPairs = variance(values)
	if pairs := pairsOf(t.N); pairs > tiedPairs {
		t.Tau = float64(t.S) / math.Sqrt(pairs*(pairs-tiedPairs))
	}
	if t.N < MinLength {
		return t
	}
	t.Z = 0
	if t.Variance > 0 {
		t.Z = float64(t.S-sign(float64(t.S))) / math.Sqrt(t.Variance)
	}
	t.P = math.Erfc(math.Abs(t.Z) / math.Sqrt2)
	return t
}

// variance returns that of S, and the number of pairs of equal values.
func variance(values []float64) (v, tiedPairs float64) {
	sorted := slices.Sorted(slices.Values(values))
	v = varianceTerm(len(sorted))
	for len(sorted) > 0 {
		tied := 1
		for tied < len(sorted) && sorted[tied] == sorted[0] {
			tied++
		}
		v -= varianceTerm(tied)
		tiedPairs += pairsOf(tied)
		sorted = sorted[tied:]
	}
	return v, tiedPairs
}

// varianceTerm returns n(n−1)(2n+5)/18.
func varianceTerm(n int) float64 {
	x := float64(n)
	return x * (x - 1) * (2*x + 5) / 18
}

// pairsOf returns the number of pairs of n values.
func pairsOf(n int) float64 { return float64(n) * float64(n-1) / 2 }

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
