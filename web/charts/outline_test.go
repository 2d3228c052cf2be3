package charts

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestOutlineIsSimple checks that a boundary of many vertices has few in the page,
// and that marked areas are above others.
func TestOutlineIsSimple(t *testing.T) {
	circle := func(lon float64) orb.MultiPolygon {
		var ring orb.Ring
		for i := range 5000 {
			angle := 2 * math.Pi * float64(i) / 5000
			ring = append(ring, orb.Point{lon + 0.01*math.Cos(angle), 50 + 0.01*math.Sin(angle)})
		}
		return orb.MultiPolygon{{append(ring, ring[0])}}
	}
	got := Outline{Areas: []OutlineArea{{circle(20), "1", true}, {circle(20.02), "2", false}}}.Map()
	for _, a := range got.Areas {
		if n := len(a.Path); n < 200 || n > 3000 {
			t.Errorf("the path of %s has %d bytes", a.Label, n)
		}
	}
	if got.Areas[0].Label != "2" || got.Areas[1].Label != "1" {
		t.Error("the marked area is not above the other")
	}
	if empty := (Outline{}).Map(); empty.Height != 1 || len(empty.Areas) != 0 {
		t.Errorf("a map of nothing: %+v", empty)
	}
}
