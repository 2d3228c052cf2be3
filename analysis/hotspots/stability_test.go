package hotspots

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/geo"
)

// classified returns a result in which the cells have the classes.
func classified(classes map[geo.Cell]Class) Result {
	var r Result
	for c, class := range classes {
		r.Cells = append(r.Cells, Cell{Cell: c, Class: class})
	}
	slices.SortFunc(r.Cells, func(a, b Cell) int { return int(int64(a.Cell) - int64(b.Cell)) })
	return r
}

func TestStabilityOf(t *testing.T) {
	cells := diskGrid(t, 2).Cells() // of resolution 10
	hot, veryHot, cold, other := cells[0], cells[5], cells[10], cells[15]
	parent := func(c geo.Cell) geo.Cell { return c.Parent(9) }
	child := func(c geo.Cell) geo.Cell { return c.CentreChild().Parent(11) }
	if p := []geo.Cell{parent(hot), parent(veryHot), parent(cold)}; len(slices.Compact(p)) != 3 {
		t.Fatal("two of the cells have the same parent")
	}
	r := classified(map[geo.Cell]Class{hot: Hot, veryHot: VeryHot, cold: Cold, other: NotSignificant, cells[18]: Undefined})
	pointer := func(r Result) *Result { return &r }
	lost := func(checked int, lost ...geo.Cell) Check { return Check{Made: true, Checked: checked, Lost: lost} }
	for _, c := range []struct {
		name     string
		variants Variants
		want     Stability
	}{
		{"nothing to compare with", Variants{}, Stability{}},
		{
			"all parents",
			Variants{Coarser: pointer(classified(map[geo.Cell]Class{parent(hot): VeryHot, parent(veryHot): Hot, parent(cold): Cold}))},
			Stability{Coarser: lost(3)},
		},
		{
			"the other direction, too little data, and a parent outside the grid",
			Variants{Coarser: pointer(classified(map[geo.Cell]Class{parent(hot): Cold, parent(veryHot): Undefined}))},
			Stability{Coarser: lost(2, hot, veryHot)},
		},
		{
			"children",
			Variants{Finer: pointer(classified(map[geo.Cell]Class{
				child(hot): NotSignificant, child(hot) + 1<<12: Hot,
				child(veryHot): Cold,
			}))},
			Stability{Finer: lost(2, veryHot)},
		},
		{
			"months left out",
			Variants{WithoutMonth: []Result{
				classified(map[geo.Cell]Class{hot: Hot, veryHot: Hot, cold: Cold}),
				classified(map[geo.Cell]Class{hot: VeryHot, veryHot: VeryHot, cold: NotSignificant}),
			}},
			Stability{WithoutMonth: lost(3, cold)},
		},
	} {
		if d := cmp.Diff(c.want, StabilityOf(r, c.variants)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	k := lost(3, cold)
	if !k.Confirms(hot) || k.Confirms(cold) || (Check{}).Confirms(hot) {
		t.Error("Confirms disagrees with Lost")
	}
}

// TestStabilityOfPermutations checks that a cell that is hot together with its
// neighbours is confirmed, while one that is only because of its own value, and
// its neighbours with it, are not.
func TestStabilityOfPermutations(t *testing.T) {
	g := diskGrid(t, 10)
	r := rand.New(rand.NewPCG(10, 10))
	values := make([]float64, len(g.cells))
	for i := range values {
		values[i] = float64(r.IntN(4))
	}
	together, alone := 100, 250
	for _, n := range append(slices.Clone(g.around(together)), int32(together)) {
		values[n] += 6
	}
	values[alone] += 18
	result := mustGetisOrd(t, g, values, Options{Permutations: 9999})
	for _, i := range []int{together, alone} {
		if result.Cells[i].Class.direction() != 1 {
			t.Fatalf("the planted cell is %+v", result.Cells[i])
		}
	}
	k := StabilityOf(result, Variants{}).Permutation
	if !k.Made || k.Checked == 0 || !k.Confirms(g.cells[together]) || k.Confirms(g.cells[alone]) {
		t.Errorf("got %+v: want %s confirmed and %s not", k, g.cells[together], g.cells[alone])
	}

	for i := range result.Cells {
		result.Cells[i].PermutationP = math.NaN()
	}
	if k := StabilityOf(result, Variants{}).Permutation; k.Checked != 0 || k.Lost != nil {
		t.Errorf("undefined p: got %+v", k)
	}
}

// TestStabilityBelowAMinimum checks that nothing is lost where nothing is
// significant, also of no cells.
func TestStabilityBelowAMinimum(t *testing.T) {
	for _, grid := range []*Grid{diskGrid(t, 2), {start: []int32{0}}} {
		r := mustGetisOrd(t, grid, make([]float64, len(grid.cells)), Options{Permutations: 9})
		made := Check{Made: true}
		want := Stability{Coarser: made, Finer: made, WithoutMonth: made, Permutation: made}
		if d := cmp.Diff(want, StabilityOf(r, Variants{Coarser: &r, Finer: &r, WithoutMonth: []Result{r}})); d != "" {
			t.Error(d)
		}
	}
}
