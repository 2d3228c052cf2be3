package index_test

import (
	"runtime"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

// mergeAll merges all segments of v that have changed.
func mergeAll(v *index.Version) *index.Version {
	for v.ChangedRows() > 0 {
		v, _ = v.Install(v.Merge(), nil)
	}
	return v
}

// TestMergedSegmentsAreFreed checks that after all segments have been merged
// nothing refers to the old ones.
func TestMergedSegmentsAreFreed(t *testing.T) {
	sizes := tuning.Default()
	sizes.SegmentRows = 1 << 10
	pins := normalPins(t, 10_000, 0.01)
	v := newTuned(tilestest.District(), pins, sizes)
	old := index.SegmentPointers(v)
	if _, err := v.Hexes(9, civic.Filter{}); err != nil { // which caches a cover
		t.Fatal(err)
	}
	for i := range pins {
		pins[i].Day++
	}
	v = mergeAll(v.Apply(pins))
	runtime.GC()
	for i, segment := range old {
		if segment.Value() != nil {
			t.Errorf("segment %d of %d is still in memory", i, len(old))
		}
	}
	if v.Len() != len(pins) || len(old) < 5 {
		t.Errorf("%d pins in %d segments", v.Len(), len(old))
	}
}

// BenchmarkMerge merges the most changed segment of an index of a million pins,
// of which 8192 have changed everywhere.
func BenchmarkMerge(b *testing.B) {
	pins := normalPins(b, *benchPins, 0.01)
	v := newVersion(tilestest.District(), pins)
	var changed []civic.MapPin
	for i := 0; i < len(pins); i += len(pins) / 8192 {
		pin := pins[i]
		pin.ID += int64(len(pins)) // a new one in the same place
		changed = append(changed, pin)
	}
	v = v.Apply(changed)
	b.ReportAllocs()
	for b.Loop() {
		v.Merge()
	}
}
