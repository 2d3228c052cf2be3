package walk

import (
	"math"
	"testing"
	"testing/quick"
)

func TestZOrder(t *testing.T) {
	inverse := func(lon, lat int32) bool { p := point{lon, lat}; return pointInZOrder(p.zOrder()) == p }
	if err := quick.Check(inverse, nil); err != nil {
		t.Error(err)
	}
	for p, want := range map[point]uint64{
		{math.MinInt32, math.MinInt32}: 0, {math.MinInt32, math.MinInt32 + 1}: 1, {math.MinInt32 + 1, math.MinInt32}: 2,
		{math.MinInt32 + 3, math.MinInt32 + 2}: 0b1110, {math.MaxInt32, math.MaxInt32}: math.MaxUint64, {0, 0}: 3 << 62,
	} {
		if got := p.zOrder(); got != want {
			t.Errorf("%v: %b, want %b", p, got, want)
		}
	}
}
