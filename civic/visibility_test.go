package civic_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// TestShow checks that moving a pin within its cell does not change where it is
// shown, and that the shown location is in the same cells as the exact one at
// every resolution as coarse as the visibility allows.
func TestShow(t *testing.T) {
	d := district()
	for category, res := range map[string]geo.Resolution{"help": civic.BlurResolution, "fear": civic.HexResolution} {
		shown := map[geo.Cell]civic.Location{}
		for i := range 400 {
			p := orb.Point{19.95 + float64(i%20)*0.0004, 50.05 + float64(i/20)*0.0004}
			pin, err := d.Accept(civic.Draft{Category: category, Title: "x", Point: p}, civic.MaxDay)
			if err != nil {
				t.Fatal(err)
			}
			cell := pin.Exact.Cell.Parent(res)
			if was, ok := shown[cell]; ok && was != pin.Shown {
				t.Fatalf("%s: two pins in %s are shown at different locations", category, cell)
			}
			shown[cell] = pin.Shown
			for r := geo.Resolution(0); r <= res; r++ {
				if pin.Shown.Cell.Parent(r) != pin.Exact.Cell.Parent(r) {
					t.Fatalf("%s is counted in another cell at resolution %d", category, r)
				}
			}
			again, err := geo.CellAt(pin.Shown.Point)
			if err != nil || again.Parent(res) != cell {
				t.Fatalf("%s is shown outside its cell: %v", category, err)
			}
		}
		if len(shown) < 3 {
			t.Errorf("%s: only %d cells were tested", category, len(shown))
		}
	}
}
