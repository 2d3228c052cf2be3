package index_test

import (
	"math/rand/v2"
	"testing"

	"github.com/pinezka/pinezka/tiles/index"
)

// TestBoxesOnACircle compares boxes with the sets of a small circle's positions
// that they contain, scaled to the world.
func TestBoxesOnACircle(t *testing.T) {
	const positions = 16
	contains := func(b [2]int, x int) bool { return (x-b[0]+positions)%positions <= (b[1]-b[0]+positions)%positions }
	r := rand.New(rand.NewPCG(3, 3))
	for range 20_000 {
		a, b := [2]int{r.IntN(positions), r.IntN(positions)}, [2]int{r.IntN(positions), r.IntN(positions)}
		meets, within := false, true
		for x := range positions {
			meets = meets || contains(a, x) && contains(b, x)
			within = within && (!contains(a, x) || contains(b, x))
		}
		boxA, boxB := index.NewStrip(a, positions), index.NewStrip(b, positions)
		if got := boxA.Meets(boxB); got != meets {
			t.Fatalf("%v meets %v: %v, want %v", a, b, got, meets)
		}
		isWorld := (b[1]+1)%positions == b[0]
		if got := boxA.Within(boxB); got != within && (got || !isWorld) {
			t.Fatalf("%v within %v: %v, want %v", a, b, got, within)
		}
		union := boxA.Union(boxB)
		if union.Width(positions) < positions && (!boxA.Within(union) || !boxB.Within(union)) {
			t.Fatalf("the union of %v and %v, %v, does not contain both", a, b, union)
		}
		for from := range positions { // no smaller arc contains both
			for width := range union.Width(positions) - 1 {
				arc := [2]int{from, (from + width) % positions}
				all := true
				for x := range positions {
					all = all && (!contains(a, x) && !contains(b, x) || contains(arc, x))
				}
				if all {
					t.Fatalf("the union of %v and %v is %v; %v contains both", a, b, union, arc)
				}
			}
		}
	}
}
