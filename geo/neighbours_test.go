package geo_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/geo"
)

func TestNeighbours(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		cell, err := geo.CellAt(randomPoint(r))
		if err != nil {
			t.Fatal(err)
		}
		cell = cell.Parent(geo.Resolution(r.IntN(16)))
		if h3.Cell(cell).IsPentagon() {
			continue
		}
		neighbours := neighboursOf(t, cell)
		if len(neighbours) != 6 {
			t.Errorf("%s has %d neighbours, want 6", cell, len(neighbours))
		}
		for _, n := range neighbours {
			if n.Resolution() != cell.Resolution() || !slices.Contains(neighboursOf(t, n), cell) {
				t.Errorf("%s is a neighbour of %s, but not the reverse", n, cell)
			}
		}
	}
}

func TestNeighboursOfPentagon(t *testing.T) {
	pentagons, err := h3.Pentagons(9)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pentagons {
		if n := neighboursOf(t, geo.Cell(p)); len(n) != 5 {
			t.Errorf("pentagon %s has %d neighbours, want 5", p, len(n))
		}
	}
}

func TestNeighboursOfNoCell(t *testing.T) {
	for _, c := range []geo.Cell{0, 1, 1 << 63} {
		if _, err := c.Neighbours(); !errors.Is(err, geo.ErrCell) {
			t.Errorf("%s: got error %v, want ErrCell", c, err)
		}
	}
}

// neighboursOf returns the neighbours of a cell, which must be distinct.
func neighboursOf(t *testing.T, c geo.Cell) []geo.Cell {
	t.Helper()
	neighbours, err := c.Neighbours()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(neighbours)
	if len(slices.Compact(slices.Clone(neighbours))) != len(neighbours) || slices.Contains(neighbours, c) {
		t.Errorf("the neighbours of %s are not distinct others: %v", c, neighbours)
	}
	return neighbours
}
