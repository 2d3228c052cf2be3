package hotspots

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/geo"
)

// TestGridOfAnyOrder checks that the order in which the cells are given changes
// nothing, and leaves the caller's slice as it is.
func TestGridOfAnyOrder(t *testing.T) {
	want := diskGrid(t, 5)
	cells := slices.Clone(want.Cells())
	r := rand.New(rand.NewPCG(1, 1))
	r.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
	given := slices.Clone(cells)
	got, err := NewGrid(cells)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(Grid{})); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(given, cells); d != "" {
		t.Errorf("the given slice was changed: %s", d)
	}
}

// TestNeighboursAtTheEdge checks that cells have the neighbours that are in the
// grid: in a disk, 3 at each of the 6 corners, 4 between them, 6 inside.
func TestNeighboursAtTheEdge(t *testing.T) {
	g := diskGrid(t, 4)
	if len(g.Cells()) != 61 || !slices.IsSorted(g.Cells()) {
		t.Fatalf("got %d cells, want 61, sorted", len(g.Cells()))
	}
	cellsWith := map[int]int{}
	for i := range g.cells {
		cellsWith[len(g.around(i))]++
		for _, n := range g.around(i) {
			if !slices.Contains(g.around(int(n)), int32(i)) {
				t.Errorf("cell %d is no neighbour of its neighbour %d", i, n)
			}
		}
	}
	if d := cmp.Diff(map[int]int{3: 6, 4: 18, 6: 37}, cellsWith); d != "" {
		t.Error(d)
	}
}

func TestNewGridErrors(t *testing.T) {
	cells := diskGrid(t, 1).Cells()
	for name, given := range map[string][]geo.Cell{
		"twice":           {cells[0], cells[1], cells[0]},
		"two resolutions": {cells[0], cells[1].Parent(9)},
		"no cell":         {0},
	} {
		if _, err := NewGrid(given); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if _, err := NewGrid([]geo.Cell{1}); !errors.Is(err, geo.ErrCell) {
		t.Errorf("got error %v, want ErrCell", err)
	}
	if _, err := NewGrid(make([]geo.Cell, maxCells+1)); err == nil {
		t.Error("too many cells: got no error")
	}
	if g, err := NewGrid(nil); err != nil || len(g.Cells()) != 0 {
		t.Errorf("an empty grid: got %v, %v", g, err)
	}
}
