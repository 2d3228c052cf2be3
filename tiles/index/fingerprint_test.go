package index_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestFingerprint checks that a version in segments and a delta has the fingerprint
// of an index of the same pins that was made at once, and that each change of what is
// selected changes it.
func TestFingerprint(t *testing.T) {
	s := newSimulation(t, 7, smallTuning(), centralPoint)
	for range 20 {
		s.change(50)
		f := tilestest.RandomFilter(s.r)
		f.Statuses = nil
		var rows, fewer, later index.Rows
		var selected civic.MapPin
		for _, p := range s.pins {
			rows.Add(p)
			if selected.ID == 0 && p.Day < civic.MaxDay && selects(&s.District, f, p) {
				selected = p
			}
		}
		for _, p := range s.pins {
			if p.ID == selected.ID {
				p.Day++
			} else {
				fewer.Add(p)
			}
			later.Add(p)
		}
		want := index.New(s.District, &rows, index.Config{Number: 99}).Fingerprint(f)
		if got := s.Fingerprint(f); got != want {
			t.Errorf("%+v: %x, made at once %x", f, got, want)
		}
		if selected.ID == 0 {
			continue
		}
		for name, other := range map[string]*index.Rows{"without a pin": &fewer, "with a pin a day later": &later} {
			if got := index.New(s.District, other, index.Config{}).Fingerprint(f); got == want {
				t.Errorf("%+v: %s, it is the same", f, name)
			}
		}
		s.mergeLate()
	}
	if s.Fingerprint(civic.Filter{}) == 0 {
		t.Error("all pins have the fingerprint of none")
	}
}
