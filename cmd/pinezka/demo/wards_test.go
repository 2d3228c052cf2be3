package demo_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestWardsCoverTheDistrict looks for the wards of pins, which are where people
// live.
func TestWardsCoverTheDistrict(t *testing.T) {
	const n, today = 2000, civic.Day(20700)
	d := numbered(t)
	var err error
	if d.Wards, err = demo.Wards(d); err != nil {
		t.Fatal(err)
	}
	without := 0
	for pin, err := range demo.Pins(d, n, 1, today) {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := d.WardAt(pin.Exact.Point, today); !ok {
			without++
		}
	}
	if without > n/1000 {
		t.Errorf("%d of %d pins are in no ward", without, n)
	}
	for _, w := range d.Wards {
		for _, tag := range d.Languages {
			if w.Name[tag] == "" {
				t.Errorf("%s has no name in %s", w.Slug, tag)
			}
		}
	}
}
