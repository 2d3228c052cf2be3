package index_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestApplyKeepsEveryChange applies batches of many sizes, so that the log of
// changes is compacted in the middle of some.
func TestApplyKeepsEveryChange(t *testing.T) {
	pins := normalPins(t, 40_000, 0.01)
	v := newVersion(tilestest.District(), pins[:100])
	n := 100
	for _, more := range []int{12288, 4096, 1, 4096, 8192, 4095, 0, 1} {
		before := v
		v = v.Apply(pins[n : n+more])
		if n += more; v.Len() != n {
			t.Fatalf("%d pins after %d more, want %d", v.Len(), more, n)
		}
		if more == 0 && v != before {
			t.Error("a new version without a change")
		}
	}
	deleted := deletions(pins[:4096])
	for range 2 {
		v = v.Apply(deleted)
		if v.Len() != n-len(deleted) {
			t.Fatalf("%d pins remain, want %d", v.Len(), n-len(deleted))
		}
	}
	if again := v.Apply(pins[5000:9000]); again != v {
		t.Error("a new version for pins that are as before")
	}
}

// TestLastOfSeveralChangesIsApplied applies several changes of one pin at once.
func TestLastOfSeveralChangesIsApplied(t *testing.T) {
	pin := normalPins(t, 1, 0.01)[0]
	met, deleted := pin, civic.MapPin{DistrictID: 1, ID: pin.ID, Deleted: true}
	met.Status = civic.Met
	v := newVersion(tilestest.District(), nil).Apply([]civic.MapPin{pin, deleted, met})
	if got := v.Stats(civic.Filter{}).ByStatus; len(got) != 1 || got[civic.Met] != 1 {
		t.Errorf("pins by status: %v", got)
	}
	if v = v.Apply([]civic.MapPin{pin, deleted}); v.Len() != 0 {
		t.Errorf("%d pins", v.Len())
	}
}

// BenchmarkApply applies a hundred new pins to an index whose delta has 8192.
func BenchmarkApply(b *testing.B) {
	pins := normalPins(b, *benchPins, 0.01)
	v := newVersion(tilestest.District(), pins[:len(pins)-8292])
	v = v.Apply(pins[len(pins)-8292 : len(pins)-100])
	b.ReportAllocs()
	for b.Loop() {
		v.Apply(pins[len(pins)-100:])
	}
}
