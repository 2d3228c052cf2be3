package rates_test

import (
	"fmt"

	"github.com/pinezka/pinezka/analysis/rates"
)

// Ten voices among 2,400 residents, and 31 among 5,100: the rates differ, but
// not clearly.
func Example() {
	per1000 := func(rate float64, i rates.Interval) string {
		i = i.Scale(1000)
		return fmt.Sprintf("%.1f per 1,000 residents (%.1f to %.1f)", rate*1000, i.Low, i.High)
	}
	fmt.Println(per1000(rates.Rate(10, 2400)))
	fmt.Println(per1000(rates.Rate(31, 5100)))

	ratio, i := rates.Ratio(31, 5100, 10, 2400)
	fmt.Printf("%.2f times as many (%.2f to %.2f), clear: %v\n", ratio, i.Low, i.High, !i.Contains(1))
	// Output:
	// 4.2 per 1,000 residents (2.0 to 7.7)
	// 6.1 per 1,000 residents (4.1 to 8.6)
	// 1.46 times as many (0.70 to 3.34), clear: false
}

// A single voice among 12 residents is the highest rate, until it is smoothed.
func ExampleSmooth() {
	counts := []int{1, 30, 90, 4}
	population := []float64{12, 5000, 6000, 0}
	for i, smoothed := range rates.Smooth(counts, population) {
		rate, _ := rates.Rate(counts[i], population[i])
		fmt.Printf("%.1f becomes %.1f\n", rate*1000, smoothed*1000)
	}
	// Output:
	// 83.3 becomes 12.7
	// 6.0 becomes 6.4
	// 15.0 becomes 14.7
	// NaN becomes NaN
}

// The first two may each be the highest; the third is the lowest for certain.
func ExampleRanks() {
	for _, r := range rates.Ranks([]int{52, 48, 9}, []float64{4000, 4000, 4000}, 1) {
		fmt.Printf("%d, between %d and %d\n", r.Rank, r.Low, r.High)
	}
	// Output:
	// 1, between 1 and 2
	// 2, between 1 and 2
	// 3, between 3 and 3
}
