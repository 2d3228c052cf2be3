package index_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

// TestOverviewsAreRebuilt deletes all pins of a district and adds them again.
func TestOverviewsAreRebuilt(t *testing.T) {
	sizes := tuning.Default()
	sizes.OverviewRows, sizes.ClusterRows = 100, 2
	pins := normalPins(t, 5000, 0.01)
	v := newTuned(tilestest.District(), pins, sizes)
	want := index.OverviewCount(v)
	for _, changes := range [][]civic.MapPin{deletions(pins), pins} {
		v = mergeAll(v.Apply(changes))
	}
	if got := index.OverviewCount(v); got < want || want == 0 {
		t.Errorf("%d tiles have an overview, %d had one before", got, want)
	}
}
