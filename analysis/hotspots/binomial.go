package hotspots

import "math"

// randomP returns the two-sided p of a number of pins among all, if each pin is
// in any of the cells with the same probability, independently of the others:
// twice the smaller tail of the binomial distribution, at most 1. share is that
// of the cells in which the pins are counted, between 0 and 1.
func randomP(pins, all, share float64) float64 {
	logGamma := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	term := math.Exp(logGamma(all+1) - logGamma(pins+1) - logGamma(all-pins+1) +
		pins*math.Log(share) + (all-pins)*math.Log1p(-share))
	tail, odds := term, share/(1-share)
	if pins > all*share {
		for ; pins < all && term > 1e-17*tail; pins++ {
			term *= (all - pins) / (pins + 1) * odds
			tail += term
		}
	} else {
		for ; pins > 0 && term > 1e-17*tail; pins-- {
			term *= pins / (all - pins + 1) / odds
			tail += term
		}
	}
	return min(1, 2*tail)
}
