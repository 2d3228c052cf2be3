package serve

import "math"

// JSONNumber returns a number for JSON, which is null if it is infinite or not a
// number.
func JSONNumber(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
