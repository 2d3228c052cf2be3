package coverage_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/geo"
)

// disk returns a cell of resolution 9 in Kraków and its six neighbours, in order.
func disk(t *testing.T) []geo.Cell {
	t.Helper()
	c, err := geo.CellAt(orb.Point{19.95, 50.04})
	if err != nil {
		t.Fatal(err)
	}
	centre := c.Parent(9)
	ring, err := centre.Neighbours()
	if err != nil {
		t.Fatal(err)
	}
	return append(ring, centre)
}

func TestOf(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		people []float64
		pins   []int
		want   []coverage.Class
	}{
		"by residents and pins": {
			[]float64{99, 100, 500, 0, nan, nan, 20}, []int{0, 0, 3, 0, 0, 2, 1},
			[]coverage.Class{coverage.FewResidents, coverage.Silent, coverage.Heard, coverage.FewResidents, coverage.Unknown, coverage.Heard, coverage.Heard},
		},
		"nobody heard anywhere": {
			[]float64{100, 100, 100, 100, 100, 100, 0}, make([]int, 7),
			append(slices.Repeat([]coverage.Class{coverage.Silent}, 6), coverage.FewResidents),
		},
		"residents unknown": {slices.Repeat([]float64{nan}, 7), make([]int, 7), make([]coverage.Class, 7)},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := coverage.Of(disk(t), c.people, c.pins, 100)
			if err != nil {
				t.Fatal(err)
			}
			var got []coverage.Class
			sum, silent := 0.0, 0
			for _, cell := range r.Cells {
				got = append(got, cell.Class)
				if !math.IsNaN(cell.People) {
					sum += cell.People
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if math.Abs(r.HeardPeople+r.SilentPeople+r.FewPeople-sum) > 1e-9 || r.People != sum {
				t.Errorf("the parts are not the sum %v: %+v", sum, r)
			}
			for _, n := range r.Neighbourhoods {
				silent += len(n.Cells)
			}
			if silent != r.SilentCells {
				t.Errorf("%d cells in neighbourhoods, %d silent", silent, r.SilentCells)
			}
		})
	}
}

// A minimum of 0 does not make cells silent in which nobody lives.
func TestNobodyLivesThere(t *testing.T) {
	r, err := coverage.Of(disk(t), make([]float64, 7), make([]int, 7), 0)
	if err != nil || r.SilentCells != 0 {
		t.Errorf("%d silent cells (%v)", r.SilentCells, err)
	}
}

func TestNeighbourhoods(t *testing.T) {
	cells := disk(t)
	next, err := cells[0].Neighbours()
	if err != nil {
		t.Fatal(err)
	}
	// The cell that is next to the first of the ring and to no other silent one.
	far := next[slices.IndexFunc(next, func(c geo.Cell) bool {
		around, _ := c.Neighbours()
		return !slices.ContainsFunc(cells[1:], func(o geo.Cell) bool { return slices.Contains(around, o) })
	})]
	cells = append(cells, far)
	people := []float64{900, 100, 100, 100, 100, 100, 5000, 300}
	pins := []int{0, 9, 9, 9, 9, 9, 0, 0}
	r, err := coverage.Of(cells, people, pins, 100)
	if err != nil {
		t.Fatal(err)
	}
	perPerson := 45.0 / 6700
	want := []coverage.Neighbourhood{{Cells: []geo.Cell{cells[0], cells[6], far}, People: 6200, Expected: 6200 * perPerson}}
	slices.Sort(want[0].Cells)
	if diff := cmp.Diff(want, r.Neighbourhoods, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Fatal(diff)
	}
	if !r.Neighbourhoods[0].Clear() {
		t.Error("41 pins expected, and none, is not clear")
	}
	pins[0] = 1 // the centre and the far cell remain, apart
	if r, err = coverage.Of(cells, people, pins, 100); err != nil || len(r.Neighbourhoods) != 2 || r.Neighbourhoods[0].People != 5000 {
		t.Fatalf("%+v, %v", r.Neighbourhoods, err)
	}
	if r.Neighbourhoods[1].Clear() {
		t.Errorf("%.1f pins expected, and none, is clear", r.Neighbourhoods[1].Expected)
	}
}

func TestRefused(t *testing.T) {
	if _, err := coverage.Of(disk(t), []float64{1}, []int{1}, 100); err == nil {
		t.Error("different lengths are no error")
	}
	if _, err := coverage.Of([]geo.Cell{1}, []float64{900}, []int{0}, 100); err == nil {
		t.Error("something that is not a cell is no error")
	}
}
