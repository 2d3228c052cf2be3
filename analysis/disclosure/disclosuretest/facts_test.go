package disclosuretest

import (
	"fmt"
	"testing"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/geo"
)

// TestShownLeaf checks that the attacker finds out from one row of a leaf which
// numbers of pins it may have: those of which disclosure.Spread shows as many there.
func TestShownLeaf(t *testing.T) {
	s := Solver{Folder: t.TempDir()}
	for _, units := range []int{1, 2, 3, 7} {
		d := &District{}
		for i := range units {
			d.Units = append(d.Units, disclosure.Unit{Area: 1, Cell: geo.Cell(i + 1)})
		}
		leaf := disclosure.Leaf{Area: 1, First: 1, Last: geo.Cell(units)}
		_, set := d.Extent(leaf)
		set = set[:1] // has all pins
		k := &Knowledge{Atoms: set, Shown: []ShownLeaf{{Atoms: set}}}
		for row := range units {
			k.Shown[0].Rows = append(k.Shown[0].Rows, row)
		}
		shown := func(pins, row int) (n int) {
			leaf.Pins = pins
			for _, c := range disclosure.Spread(d.Units, leaf) {
				if c == geo.Cell(row+1) {
					n++
				}
			}
			return n
		}
		for row := range units {
			const fact = 2
			low, high := 0, 0
			for pins := range 10 * units {
				if shown(pins, row) == fact {
					high = pins
					if low == 0 {
						low = pins
					}
				}
			}
			k.Facts = []Fact{{Rows: []int{row}, Pins: fact}}
			t.Run(fmt.Sprintf("row %d of %d", row, units), func(t *testing.T) {
				least, err := s.Least(t.Context(), k, Pins, set)
				if err != nil || least != low {
					t.Errorf("at least %d, want %d (%v)", least, low, err)
				}
				most, err := s.Most(t.Context(), k, Pins, set)
				if err != nil || most != high {
					t.Errorf("at most %d, want %d (%v)", most, high, err)
				}
			})
		}
	}
}
