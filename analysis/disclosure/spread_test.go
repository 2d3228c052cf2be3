package disclosure_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/geo"
)

func TestSpread(t *testing.T) {
	units := slices.Concat(unitsOf(2, 9), unitsOf(1, 9), unitsOf(1, 9))
	for _, test := range []struct {
		first, last geo.Cell
		pins        int
		want        []geo.Cell
	}{
		{4, 4, 3, []geo.Cell{4, 4, 4}},
		{2, 6, 1, []geo.Cell{4}},
		{2, 7, 2, []geo.Cell{3, 6}},
		{2, 4, 3, []geo.Cell{2, 3, 4}},
		{2, 3, 5, []geo.Cell{2, 2, 3, 3, 3}},
		{2, 4, 7, []geo.Cell{2, 2, 3, 3, 3, 4, 4}},
	} {
		got := disclosure.Spread(units, disclosure.Leaf{Area: 1, First: test.first, Last: test.last, Pins: test.pins})
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%d pins in %d to %d: %s", test.pins, test.first, test.last, diff)
		}
	}
}
