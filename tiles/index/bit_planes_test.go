package index_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestBitPlanesSelectTheRightPins compares statistics and hexes, which are
// counted in the bit planes, with a test of every pin, for columns whose values
// are all equal, few, or the extremes.
func TestBitPlanesSelectTheRightPins(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	d := tilestest.District()
	columns := [][]civic.Day{{20000}, {20000, 20001}, {0, civic.MaxDay}, {1, 255, 256, 4095, 4096, 65534}, {20000, 20100, 20200, 20300, 20400}}
	selected := 0
	for _, n := range []int{0, 1, 64, 65, 500} {
		for _, days := range columns {
			pins := normalPins(t, n, 0.01)
			for i := range pins {
				pins[i].Day = days[r.IntN(len(days))]
				pins[i].CategoryID = uint16(1 + r.IntN(4))
				if len(days) < 3 {
					pins[i].Status, pins[i].AreaID = civic.Met, 2
				}
			}
			v := newVersion(d, pins)
			for range 8 {
				f := tilestest.RandomFilter(r)
				if r.IntN(2) == 0 {
					f.From, f.Until = days[r.IntN(len(days))]+civic.Day(r.IntN(3)-1), days[r.IntN(len(days))]+civic.Day(r.IntN(3)-1)
					f.From, f.Until = max(f.From, 0), max(f.Until, 0)
				}
				if r.IntN(8) == 0 {
					f.Categories = append(f.Categories, "unknown", "trees", "trees")
				}
				want := 0
				for _, p := range pins {
					if selects(&d, f, p) {
						want++
					}
				}
				selected += want
				hexes, err := v.Hexes(7, f)
				if err != nil {
					t.Fatal(err)
				}
				sum := 0
				for _, h := range hexes {
					sum += h.Total()
				}
				if diff := cmp.Diff([]int{want, want}, []int{v.Stats(f).Total(), sum}); diff != "" {
					t.Fatalf("%d pins, days %v, %+v: statistics and hexes (-want +got):\n%s", n, days, f, diff)
				}
			}
		}
	}
	if selected == 0 {
		t.Error("no pin was selected")
	}
}
