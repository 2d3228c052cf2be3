package rates_test

import (
	"math"
	"testing"

	"github.com/pinezka/pinezka/analysis/rates"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		c1     int
		p1     float64
		c2     int
		p2     float64
		want   rates.Verdict
		clear  bool
		noData bool
	}{
		{"twice as many of enough", 80, 1000, 40, 1000, rates.More, true, false},
		{"half as many of enough", 40, 1000, 80, 1000, rates.Fewer, true, false},
		{"twice as many where twice as many live", 80, 2000, 40, 1000, rates.NoClearDifference, false, false},
		{"twice as many of few", 8, 1000, 4, 1000, rates.NoClearDifference, false, false},
		{"five and none", 5, 1000, 0, 1000, rates.TooLittleData, false, false},
		{"ten and none", 10, 1000, 0, 1000, rates.More, true, false},
		{"none and ten", 0, 1000, 10, 1000, rates.Fewer, true, false},
		{"nine together", 9, 1000, 0, 1000, rates.TooLittleData, false, false},
		{"nobody lives there", 80, 0, 40, 1000, rates.TooLittleData, false, true},
		{"nobody lives there either", 80, 1000, 40, 0, rates.TooLittleData, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rates.Compare(c.c1, c.p1, c.c2, c.p2)
			if got.Verdict != c.want || got.Verdict.Clear() != c.clear {
				t.Errorf("%s (clear: %v), want %s", got.Verdict, got.Verdict.Clear(), c.want)
			}
			if math.IsNaN(got.Interval.Low) != c.noData {
				t.Errorf("interval %v", got.Interval)
			}
			reverse := map[rates.Verdict]rates.Verdict{rates.More: rates.Fewer, rates.Fewer: rates.More}
			want := c.want
			if r, ok := reverse[want]; ok {
				want = r
			}
			if back := rates.Compare(c.c2, c.p2, c.c1, c.p1); back.Verdict != want {
				t.Errorf("the other way round: %s, want %s", back.Verdict, want)
			}
		})
	}
}
