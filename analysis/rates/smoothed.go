package rates

import "math"

// Smooth returns the rate of each count moved towards the rate of all together,
// the more so the smaller its population is: the global empirical Bayes
// estimator of Marshall (1991, Mapping disease and mortality rates using
// empirical Bayes estimators, Applied Statistics 40, 283–294, section 3.1). With
// counts x, populations n, their rates r = x/n, and k of them:
//
//	m = Σx / Σn                          the rate of all
//	s² = Σ n(r − m)² / Σn
//	A = max(0, s² − m·k/Σn)              the variance between them
//	smoothed = m + (r − m) · A / (A + m/n)
//
// Where they vary no more than chance lets equal rates vary, all become m. One
// without a population is NaN, and has no influence on the others. counts and
// population have the same length.
func Smooth(counts []int, population []float64) []float64 {
	var sumX, sumN, k float64
	for i, x := range counts {
		if defined(x, population[i]) {
			sumX, sumN, k = sumX+float64(x), sumN+population[i], k+1
		}
	}
	m := sumX / sumN
	var squares float64
	for i, x := range counts {
		if defined(x, population[i]) {
			r := float64(x) / population[i]
			squares += population[i] * (r - m) * (r - m)
		}
	}
	between := max(0, squares/sumN-m*k/sumN)

	smoothed := make([]float64, len(counts))
	for i, x := range counts {
		switch {
		case !defined(x, population[i]):
			smoothed[i] = math.NaN()
		case between == 0:
			smoothed[i] = m
		default:
			smoothed[i] = m + (float64(x)/population[i]-m)*between/(between+m/population[i])
		}
	}
	return smoothed
}
