package rates

import "math"

// Verdict says in words how one rate differs from another.
type Verdict string

// The verdicts. More and Fewer are clear differences of the first from the second.
const (
	More              Verdict = "more"
	Fewer             Verdict = "fewer"
	NoClearDifference Verdict = "no_clear_difference"
	TooLittleData     Verdict = "too_little_data"
)

// Clear reports whether v states a difference.
func (v Verdict) Clear() bool { return v == More || v == Fewer }

// Comparison is how the rate c1/p1 differs from c2/p2.
type Comparison struct {
	Ratio    float64 // as of Ratio
	Interval Interval
	Verdict  Verdict
}

// MinCompared is the least sum of two counts that are compared. With fewer, even a
// count of 0 beside all of them would rarely be clear.
const MinCompared = 10

// Compare compares the rates c1/p1 and c2/p2. They differ clearly if the interval
// of their Ratio does not contain 1. There is too little data if both counts
// together are less than MinCompared, or without a population.
func Compare(c1 int, p1 float64, c2 int, p2 float64) Comparison {
	var c Comparison
	c.Ratio, c.Interval = Ratio(c1, p1, c2, p2)
	switch {
	case c1+c2 < MinCompared || math.IsNaN(c.Interval.Low):
		c.Verdict = TooLittleData
	case c.Interval.Contains(1):
		c.Verdict = NoClearDifference
	case c.Interval.Low > 1:
		c.Verdict = More
	default:
		c.Verdict = Fewer
	}
	return c
}
