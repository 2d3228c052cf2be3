package rates_test

import (
	"math"
	"testing"

	"github.com/pinezka/pinezka/analysis/rates"
)

func TestSmooth(t *testing.T) {
	for _, ref := range readReference(t).Smoothed {
		for i, got := range rates.Smooth(ref.Counts, ref.Population) {
			near(t, "smoothed rate", got, ref.Smoothed[i])
		}
	}
}

// Small counts that vary less than chance would let them have no variance
// between them, never a negative one, and no rate that is negative.
func TestSmoothOfEqualRates(t *testing.T) {
	for _, got := range rates.Smooth([]int{1, 1, 0, 1}, []float64{100, 120, 80, 100}) {
		near(t, "smoothed rate", got, 3.0/400)
	}
	for _, got := range rates.Smooth([]int{0, 0}, []float64{100, 120}) {
		near(t, "smoothed rate", got, 0)
	}
}

func TestSmoothWithoutPopulation(t *testing.T) {
	with := rates.Smooth([]int{5, 4, 40, 9}, []float64{100, 0, 120, 300})
	without := rates.Smooth([]int{5, 40, 9}, []float64{100, 120, 300})
	if !math.IsNaN(with[1]) {
		t.Errorf("rate without population is %v", with[1])
	}
	near(t, "first", with[0], without[0])
	near(t, "third", with[2], without[1])
	near(t, "fourth", with[3], without[2])
	if len(rates.Smooth(nil, nil)) != 0 {
		t.Error("rates of nothing")
	}
}
