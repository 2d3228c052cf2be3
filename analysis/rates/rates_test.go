package rates_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/pinezka/pinezka/analysis/rates"
)

// reference contains values of R, which testdata/reference.R writes.
type reference struct {
	Rates       [][5]float64  // count, population, rate, low, high
	Ratios      [][6]*float64 // count and population of both, low, high; nil is infinite
	Differences [][7]float64  // count and population of both, difference, low, high
	Smoothed    []struct {
		Counts               []int
		Population, Smoothed []float64
	}
}

func readReference(t *testing.T) (ref reference) {
	t.Helper()
	file, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &ref); err != nil {
		t.Fatal(err)
	}
	return ref
}

// near fails unless got and want agree to ten digits.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	const digits = 1e-10
	if math.IsNaN(got) || got != want && !(math.Abs(got-want) <= digits*math.Abs(want)) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

func TestRate(t *testing.T) {
	for _, row := range readReference(t).Rates {
		rate, i := rates.Rate(int(row[0]), row[1])
		near(t, "rate", rate, row[2])
		near(t, "low", i.Low, row[3])
		near(t, "high", i.High, row[4])
	}
}

// Garwood (1936) has a table of limits, of which these are two decimals.
func TestRateOfPublishedTable(t *testing.T) {
	for count, want := range []rates.Interval{
		{0, 3.69}, {0.03, 5.57}, {0.24, 7.22}, {0.62, 8.77}, {1.09, 10.24}, {1.62, 11.67},
	} {
		_, i := rates.Rate(count, 1)
		if math.Abs(i.Low-want.Low) > 0.005 || math.Abs(i.High-want.High) > 0.005 {
			t.Errorf("interval of %d: %.3f, want %.2f", count, i, want)
		}
	}
}

func TestNoRateWithoutPopulation(t *testing.T) {
	for _, population := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		rate, i := rates.Rate(3, population)
		d, di := rates.Difference(3, 100, 2, population)
		r, ri := rates.Ratio(3, population, 2, 100)
		for _, v := range []float64{rate, i.Low, i.High, d, di.Low, di.High, r, ri.Low, ri.High} {
			if !math.IsNaN(v) {
				t.Errorf("population %v: %v", population, v)
			}
		}
		if di.Contains(0) || ri.Contains(1) {
			t.Errorf("population %v: an interval that is not defined contains something", population)
		}
	}
}

func TestRatio(t *testing.T) {
	for _, row := range readReference(t).Ratios {
		c1, p1, c2, p2 := int(*row[0]), *row[1], int(*row[2]), *row[3]
		_, i := rates.Ratio(c1, p1, c2, p2)
		near(t, "low", i.Low, *row[4])
		high := math.Inf(1)
		if row[5] != nil {
			high = *row[5]
		}
		near(t, "high", i.High, high)
	}
}

func TestDifference(t *testing.T) {
	for _, row := range readReference(t).Differences {
		d, i := rates.Difference(int(row[0]), row[1], int(row[2]), row[3])
		near(t, "difference", d, row[4])
		near(t, "low", i.Low, row[5])
		near(t, "high", i.High, row[6])
	}
}

// The other way round, a ratio is its reciprocal, and a difference its negative.
func TestExchangedRates(t *testing.T) {
	for c1 := range 6 {
		for c2 := range 6 {
			_, there := rates.Ratio(c1, 300, c2, 500)
			_, back := rates.Ratio(c2, 500, c1, 300)
			near(t, "low", there.Low, 1/back.High)
			near(t, "high", there.High, 1/back.Low)

			d, di := rates.Difference(c1, 300, c2, 500)
			e, ei := rates.Difference(c2, 500, c1, 300)
			near(t, "difference", d, -e)
			near(t, "low", di.Low, -ei.High)
			if !di.Contains(d) || di.Low >= di.High {
				t.Errorf("difference %v, interval %v", d, di)
			}
		}
	}
}

// Intervals of a difference contain the true one in 95 % of samples or more:
// summed over all pairs of counts that are probable, with their probabilities.
func TestDifferenceCoverage(t *testing.T) {
	poisson := func(mean float64, x int) float64 {
		logGamma, _ := math.Lgamma(float64(x) + 1)
		return math.Exp(float64(x)*math.Log(mean) - mean - logGamma)
	}
	for _, c := range []struct{ rate1, p1, rate2, p2 float64 }{
		{0.01, 100, 0.01, 100}, {0.01, 300, 0.03, 100}, {0.02, 500, 0.02, 1500}, {0.002, 500, 0.05, 400},
	} {
		covered := 0.0
		for x := range 80 {
			for y := range 80 {
				if _, i := rates.Difference(x, c.p1, y, c.p2); i.Contains(c.rate1 - c.rate2) {
					covered += poisson(c.rate1*c.p1, x) * poisson(c.rate2*c.p2, y)
				}
			}
		}
		if covered < 0.95 {
			t.Errorf("%+v: covered in %.4f", c, covered)
		}
	}
}
