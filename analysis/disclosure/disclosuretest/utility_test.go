package disclosuretest

import (
	"math"
	"testing"
)

func TestSpearman(t *testing.T) {
	for _, test := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1, 2, 3}, []float64{10, 20, 90}, 1},
		{[]float64{1, 2, 3}, []float64{3, 2, 1}, -1},
		{[]float64{1, 1, 1}, []float64{3, 2, 1}, 0},
		{[]float64{1, 1, 2, 2}, []float64{1, 2, 3, 3}, 2 * math.Sqrt2 / 3}, // ranks 1½ 1½ 3½ 3½ and 1 2 3½ 3½
		// hours of television and IQ of ten people, an often used example
		{[]float64{106, 100, 86, 101, 99, 103, 97, 113, 112, 110}, []float64{7, 27, 2, 50, 28, 29, 20, 12, 6, 17}, -29. / 165},
	} {
		if got := Spearman(test.a, test.b); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("Spearman(%v, %v) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
