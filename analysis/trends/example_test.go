package trends_test

import (
	"fmt"

	"github.com/pinezka/pinezka/analysis/trends"
)

// Needs about lighting in each month of a year: the direction is clear, and
// each month has about 1.5 more than the one before.
func ExampleMannKendall() {
	months := []float64{4, 6, 5, 9, 9, 12, 11, 14, 18, 16, 19, 21}
	t := trends.MannKendall(months)
	fmt.Printf("S = %d, p = %.5f, %s\n", t.S, t.P, t.Direction())

	s := trends.SenSlope(months)
	fmt.Printf("%.2f a month (%.2f to %.2f)\n", s.PerStep, s.Low, s.High)
	// Output:
	// S = 59, p = 0.00007, rising
	// 1.50 a month (1.25 to 1.80)
}

// Months without any change, and too few months, are two different answers.
func ExampleTrend_Direction() {
	fmt.Println(trends.MannKendall(make([]float64, 12)).Direction())
	fmt.Println(trends.MannKendall([]float64{1, 2, 3}).Direction())
	// Output:
	// no-clear-trend
	// undefined
}
