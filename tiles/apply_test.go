package tiles_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

// TestNoBatchIsLost: batches of many sizes are applied whole, whatever room is
// left for the places that they touch; and none at all is no new version.
func TestNoBatchIsLost(t *testing.T) {
	pins := scattered(t, 40_000, 0.01)
	v := tiles.Build(district(), pins[:100])
	n := 100
	for _, more := range []int{12288, 4096, 1, 4096, 8192, 4095, 0, 1} {
		was := v
		v = tiles.Apply(v, pins[n:n+more])
		if n += more; v.Len() != n {
			t.Fatalf("%d pins after %d more, should be %d", v.Len(), more, n)
		}
		if more == 0 && v != was {
			t.Error("nothing has changed, and there is a new version")
		}
	}
	gone := make([]civic.MapPin, 4096)
	for i := range gone {
		gone[i] = civic.MapPin{DistrictID: 1, ID: pins[i].ID, Deleted: true}
	}
	for range 2 {
		v = tiles.Apply(v, gone)
		if v.Len() != n-len(gone) {
			t.Fatalf("%d pins are left, should be %d", v.Len(), n-len(gone))
		}
	}
	if again := tiles.Apply(v, pins[5000:9000]); again != v {
		t.Error("rows read again make a new version")
	}
}
