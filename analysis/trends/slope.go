package trends

import (
	"math"
	"slices"
)

// Slope is the change from one value to the next, with its interval of 95 %.
type Slope struct{ PerStep, Low, High float64 }

// SenSlope returns the median of the slopes of all pairs of values, which are in
// the order of time and not NaN (Sen 1968, Estimates of the regression
// coefficient based on Kendall's tau, Journal of the American Statistical
// Association 63, 1379–1389). With C = 1.96·√Var(S), the limits are those at
// the places (pairs − C)/2 and (pairs + C)/2 + 1 of the sorted slopes (Gilbert
// 1987, section 16.5.1), rounded outwards and to an existing place. All are NaN
// with fewer than MinLength values.
func SenSlope(values []float64) Slope {
	if len(values) < MinLength {
		return Slope{math.NaN(), math.NaN(), math.NaN()}
	}
	var slopes []float64
	for i, v := range values {
		for j := i + 1; j < len(values); j++ {
			slopes = append(slopes, (values[j]-v)/float64(j-i))
		}
	}
	slices.Sort(slopes)
	pairs := len(slopes)
	v, _ := variance(values)
	c := zUpper * math.Sqrt(v)
	low := max(1, int(math.Floor((float64(pairs)-c)/2)))
	high := min(pairs, int(math.Ceil((float64(pairs)+c)/2+1)))
	return Slope{
		PerStep: (slopes[(pairs-1)/2] + slopes[pairs/2]) / 2,
		Low:     slopes[low-1],
		High:    slopes[high-1],
	}
}
