package trends_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/analysis/trends"
)

// reference are values of R, which testdata/reference.R writes.
type reference struct {
	Name             string
	Values           []float64
	S                int
	Tau, Z, P        float64
	Slope, Low, High float64
}

func readReference(t *testing.T) (refs []reference) {
	t.Helper()
	file, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

// near fails unless got and want agree to eleven digits.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	const digits = 1e-11
	if math.IsNaN(got) || math.Abs(got-want) > digits*math.Abs(want) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

func TestMannKendall(t *testing.T) {
	for _, ref := range readReference(t) {
		t.Run(ref.Name, func(t *testing.T) {
			got := trends.MannKendall(ref.Values)
			if got.S != ref.S || got.N != len(ref.Values) {
				t.Errorf("S is %d of %d values, want %d", got.S, got.N, ref.S)
			}
			near(t, "tau", got.Tau, ref.Tau)
			near(t, "Z", got.Z, ref.Z)
			near(t, "p", got.P, ref.P)
			slope := trends.SenSlope(ref.Values)
			near(t, "slope", slope.PerStep, ref.Slope)
			near(t, "lower limit of the slope", slope.Low, ref.Low)
			near(t, "upper limit of the slope", slope.High, ref.High)
		})
	}
}

// Ties are subtracted from the variance: a sequence of Gilbert (1987, section
// 16.4.2) has two values of 23, three of 24, three traces and one of 6.
func TestVarianceWithTies(t *testing.T) {
	values := []float64{23, 24, 0, 6, 0, 24, 24, 0, 23}
	want := float64(9*8*23-2*1*9-3*2*11-3*2*11) / 18
	near(t, "variance", trends.MannKendall(values).Variance, want)
}

func TestDirection(t *testing.T) {
	rising := make([]float64, trends.MinLength)
	for i := range rising {
		rising[i] = float64(i)
	}
	falling := slices.Clone(rising)
	slices.Reverse(falling)
	for name, c := range map[string]struct {
		values []float64
		want   trends.Direction
	}{
		"none":              {nil, trends.Undefined},
		"one":               {rising[:1], trends.Undefined},
		"too few":           {rising[1:], trends.Undefined},
		"rising":            {rising, trends.Rising},
		"falling":           {falling, trends.Falling},
		"all equal":         {make([]float64, 24), trends.NoClearTrend},
		"up and down again": {append(slices.Clone(rising), falling...), trends.NoClearTrend},
		"one of many":       {append(make([]float64, 23), 5), trends.NoClearTrend},
	} {
		got := trends.MannKendall(c.values)
		if got.Direction() != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Where all are equal, p is 1; with too few values, nothing is defined.
func TestAllTiedAndTooFew(t *testing.T) {
	tied := trends.MannKendall(make([]float64, 24))
	if tied.P != 1 || tied.Z != 0 || tied.Variance != 0 || tied.S != 0 {
		t.Errorf("all tied: %+v", tied)
	}
	if s := trends.SenSlope(make([]float64, 24)); s != (trends.Slope{}) {
		t.Errorf("slope of all tied: %+v", s)
	}
	if s := trends.SenSlope([]float64{1, 2}); !math.IsNaN(s.PerStep) || !math.IsNaN(s.Low) || !math.IsNaN(s.High) {
		t.Errorf("slope of two values: %+v", s)
	}
}

// What the test says does not depend on the unit, and turns round with time.
func TestInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		values := make([]float64, trends.MinLength+random.IntN(30))
		scaled := make([]float64, len(values))
		for i := range values {
			values[i] = float64(random.IntN(6))
			scaled[i] = 3*values[i] + 7
		}
		got := trends.MannKendall(values)
		if other := trends.MannKendall(scaled); other.S != got.S || other.P != got.P {
			t.Errorf("%v: %+v, scaled %+v", values, got, other)
		}
		slope := trends.SenSlope(values)
		slices.Reverse(scaled)
		if other := trends.MannKendall(scaled); other.S != -got.S || other.P != got.P {
			t.Errorf("%v: %+v, reversed %+v", values, got, other)
		}
		if back := trends.SenSlope(scaled); math.Abs(back.PerStep+3*slope.PerStep) > 1e-12 {
			t.Errorf("%v: slope %+v, of three times the values, reversed, %+v", values, slope, back)
		}
		if slope.Low > slope.PerStep || slope.PerStep > slope.High {
			t.Errorf("%v: slope %+v", values, slope)
		}
	}
}
