package hotspots

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/geo"
)

// TestGetisOrdByDefinition compares with the formula for any weights, computed
// from a full matrix, in which each row is multiplied by a constant of its own.
func TestGetisOrdByDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	g := diskGrid(t, 4)
	n := float64(len(g.cells))
	for range 20 {
		values := counts(r, len(g.cells))
		got := getisOrd(g, values, distributionOf(values))
		mean, squares := 0.0, 0.0
		for _, v := range values {
			mean += v / n
			squares += v * v / n
		}
		s := math.Sqrt(squares - mean*mean)
		for i := range got {
			scale := 0.001 + 1000*r.Float64()
			sum, w, w2 := 0.0, 0.0, 0.0
			for j, v := range values {
				if i == j || slices.Contains(g.around(i), int32(j)) {
					sum += scale * v
					w += scale
					w2 += scale * scale
				}
			}
			want := (sum - w*mean) / (s * math.Sqrt((n*w2-w*w)/(n-1)))
			if !(math.Abs(got[i].Z-want) < 1e-9) {
				t.Fatalf("cell %d: got z = %v, want %v", i, got[i].Z, want)
			}
		}
	}
}

// TestGetisOrdOfGonum has ten cells in a row, and the values that the
// documentation of gonum.org/v1/gonum/stat/spatial states for them.
func TestGetisOrdOfGonum(t *testing.T) {
	values := []float64{0, 0, 0, 1, 1, 1, 0, 1, 0, 0}
	want := []string{"-1.225", "-1.604", "-0.2673", "1.069", "2.405", "1.069", "1.069", "-0.2673", "-0.2673", "-1.225"}
	cells, lists := make([]geo.Cell, 10), make([][]int32, 10)
	for i := range int32(10) {
		for _, n := range []int32{i - 1, i + 1} {
			if n >= 0 && n < 10 {
				lists[i] = append(lists[i], n)
			}
		}
	}
	for i, c := range getisOrd(gridOf(cells, lists), values, distributionOf(values)) {
		if got := fmt.Sprintf("%.4v", c.Z); got != want[i] {
			t.Errorf("cell %d: got %s, want %s", i, got, want[i])
		}
	}
}

// TestGetisOrdSums checks what the figures of all cells add up to.
func TestGetisOrdSums(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(2, 2)), len(g.cells))
	r := mustGetisOrd(t, g, values, Options{})
	total, sums, expected, withPins, wantSums, neighbourhoods := 0.0, 0.0, 0.0, 0, 0.0, 0.0
	for i, c := range r.Cells {
		if c.Cell != g.Cells()[i] {
			t.Fatalf("cell %d is %s, want %s", i, c.Cell, g.Cells()[i])
		}
		total += c.Value
		sums += c.Sum
		expected += c.Expected
		if c.Value > 0 {
			withPins++
		}
		wantSums += c.Value * float64(c.Neighbours+1) // it is in that many sums
		neighbourhoods += float64(c.Neighbours + 1)
	}
	if total != r.Total || withPins != r.WithPins || sums != wantSums {
		t.Errorf("got total %v, %d cells with pins, sums %v; want %v, %d, %v", r.Total, r.WithPins, sums, total, withPins, wantSums)
	}
	if want := total / float64(len(values)) * neighbourhoods; math.Abs(expected-want) > 1e-9*want {
		t.Errorf("got %v expected in all, want %v", expected, want)
	}
}

// TestGetisOrdOfOtherUnits checks that counting in other units, or from another
// origin, changes no z and no class.
func TestGetisOrdOfOtherUnits(t *testing.T) {
	g := diskGrid(t, 6)
	values := counts(rand.New(rand.NewPCG(3, 3)), len(g.cells))
	want := mustGetisOrd(t, g, values, Options{Permutations: 99})
	for name, unit := range map[string]func(float64) float64{
		"times a thousand": func(v float64) float64 { return 1000 * v },
		"times 0.7":        func(v float64) float64 { return 0.7 * v },
		"plus three":       func(v float64) float64 { return v + 3 },
	} {
		other := make([]float64, len(values))
		for i, v := range values {
			other[i] = unit(v)
		}
		got := mustGetisOrd(t, g, other, Options{Permutations: 99})
		for i, c := range got.Cells {
			w := want.Cells[i]
			if math.Abs(c.Z-w.Z) > 1e-9 || c.Class != w.Class || c.PermutationP != w.PermutationP {
				t.Errorf("%s, cell %d: got %+v, want %+v", name, i, c, w)
			}
		}
	}
}

// TestGetisOrdFindsAPlantedHotspot checks the classes of a grid in which a cell
// and its neighbours have many more pins.
func TestGetisOrdFindsAPlantedHotspot(t *testing.T) {
	g := diskGrid(t, 10)
	r := rand.New(rand.NewPCG(4, 4))
	values := make([]float64, len(g.cells))
	for i := range values {
		values[i] = float64(r.IntN(4))
	}
	planted := 150
	for _, n := range append(slices.Clone(g.around(planted)), int32(planted)) {
		values[n] += 6
	}
	result := mustGetisOrd(t, g, values, Options{Permutations: 999})
	if c := result.Cells[planted]; c.Class != VeryHot || c.PermutationP != 0.002 {
		t.Errorf("the planted cell is %+v", c)
	}
	for i, c := range result.Cells {
		if c.Class.direction() != 0 && g.distance(planted, i) > 2 {
			t.Errorf("cell %d, which has no part of the planted hotspot, is %+v", i, c)
		}
	}
}

// distance returns the grid distance between two cells, up to 3.
func (g *Grid) distance(from, to int) int {
	reached := []int32{int32(from)}
	for d := range 3 {
		if slices.Contains(reached, int32(to)) {
			return d
		}
		for _, c := range slices.Clone(reached) {
			reached = append(reached, g.around(int(c))...)
		}
	}
	return 3
}

// TestEqualValuesAreUndefined checks that nothing is unusual, rather than all
// extreme, where all values are equal, also when their mean is rounded.
func TestEqualValuesAreUndefined(t *testing.T) {
	g := diskGrid(t, 5)
	for _, value := range []float64{1, 1.1, 1e9 / 3} {
		values := slices.Repeat([]float64{value}, len(g.cells))
		r := mustGetisOrd(t, g, values, Options{Permutations: 99})
		if r.Minimum != Enough {
			t.Fatalf("got minimum %s", r.Minimum)
		}
		moran, err := LocalMoran(g, values, Options{Permutations: 99})
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range r.Cells {
			m := moran[i]
			undefined(t, i, "Gi*", c.Z, c.P, c.Q, c.PermutationP)
			undefined(t, i, "I", m.I, m.Z, m.P, m.Q, m.PermutationP)
			if c.Class != Undefined || m.Quadrant != NoQuadrant {
				t.Errorf("cell %d: got class %s, quadrant %s", i, c.Class, m.Quadrant)
			}
		}
	}
}

// TestCellsWithoutNeighbours checks that a cell that is apart from all others,
// and one that is a neighbour of all, are undefined, and do not count in the
// correction of the others.
func TestCellsWithoutNeighbours(t *testing.T) {
	disk := diskGrid(t, 4)
	middle := disk.Cells()[0].Parent(5)
	apart, err := NewGrid(append(slices.Clone(disk.Cells()), middle.CentreChild().Parent(10)))
	if err != nil {
		t.Fatal(err)
	}
	values := counts(rand.New(rand.NewPCG(5, 5)), len(apart.cells))
	r := mustGetisOrd(t, apart, values, Options{Permutations: 99})
	defined := 0
	p, q := []float64{}, []float64{}
	for i, c := range r.Cells {
		if c.Neighbours == 0 {
			undefined(t, i, "without neighbours", c.Z, c.P, c.Q, c.PermutationP)
			if c.Class != Undefined {
				t.Errorf("got class %s", c.Class)
			}
			continue
		}
		defined++
		p, q = append(p, c.P), append(q, c.Q)
	}
	if defined != 61 {
		t.Fatalf("got %d cells with neighbours, want 61", defined)
	}
	if d := cmp.Diff(BenjaminiHochberg(p), q); d != "" {
		t.Error(d)
	}

	flower := diskGrid(t, 1)
	values = []float64{1, 2, 3, 4, 5, 6, 7}
	for i, c := range getisOrd(flower, values, distributionOf(values)) {
		if math.IsNaN(c.Z) != (c.Neighbours == 6) {
			t.Errorf("cell %d with %d neighbours: got z = %v", i, c.Neighbours, c.Z)
		}
	}
}

func TestMinima(t *testing.T) {
	ones := func(cells int, value float64) []float64 {
		values := make([]float64, 61)
		for i := range cells {
			values[i] = value
		}
		return values
	}
	g := diskGrid(t, 4)
	few, err := NewGrid(g.Cells()[:29])
	if err != nil {
		t.Fatal(err)
	}
	enough, err := NewGrid(g.Cells()[:30])
	if err != nil {
		t.Fatal(err)
	}
	empty, err := NewGrid(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		grid   *Grid
		values []float64
		want   Minimum
	}{
		{"no cells", empty, nil, FewCells},
		{"29 cells", few, ones(20, 10)[:29], FewCells},
		{"30 cells", enough, ones(20, 10)[:30], Enough},
		{"no pins", g, ones(0, 0), FewPins},
		{"49 pins", g, ones(49, 1), FewPins},
		{"50 pins", g, ones(50, 1), Enough},
		{"pins in 9 cells", g, ones(9, 100), FewCellsWithPins},
		{"pins in 10 cells", g, ones(10, 5), Enough},
	} {
		r := mustGetisOrd(t, c.grid, c.values, Options{Permutations: 9})
		if r.Minimum != c.want {
			t.Errorf("%s: got %s, want %s", c.name, r.Minimum, c.want)
		}
		moran, err := LocalMoran(c.grid, c.values, Options{Permutations: 9})
		if err != nil {
			t.Fatal(err)
		}
		for i, cell := range r.Cells {
			tested := !math.IsNaN(cell.Z) && !math.IsNaN(cell.P) && !math.IsNaN(cell.Q) && !math.IsNaN(cell.PermutationP) && cell.Class != Undefined
			if want := c.want == Enough && cell.Neighbours > 0; tested != want {
				t.Errorf("%s, cell %d: got %+v", c.name, i, cell)
			}
			if got := moran[i]; c.want != Enough && (got.Quadrant != NoQuadrant || !math.IsNaN(got.I) || !math.IsNaN(got.PermutationP)) {
				t.Errorf("%s, cell %d: got %+v", c.name, i, got)
			}
		}
	}
}

func TestRefusedValues(t *testing.T) {
	g := diskGrid(t, 4)
	for name, change := range map[string]func([]float64) ([]float64, Options){
		"missing":  func(v []float64) ([]float64, Options) { v[7] = math.NaN(); return v, Options{} },
		"infinite": func(v []float64) ([]float64, Options) { v[7] = math.Inf(1); return v, Options{} },
		"negative": func(v []float64) ([]float64, Options) { v[7] = -1; return v, Options{} },
		"too few":  func(v []float64) ([]float64, Options) { return v[1:], Options{} },
		"negative permutations": func(v []float64) ([]float64, Options) {
			return v, Options{Permutations: -1}
		},
	} {
		values, o := change(make([]float64, len(g.cells)))
		if _, err := GetisOrd(g, values, o); err == nil {
			t.Errorf("Gi* of %s: got no error", name)
		}
		if _, err := LocalMoran(g, values, o); err == nil {
			t.Errorf("local Moran's I of %s: got no error", name)
		}
	}
}

func TestClassOf(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		z, q float64
		want Class
	}{
		{3, 0.05, Hot},
		{3, 0.01, VeryHot},
		{3, 0, VeryHot},
		{-3, 0.05, Cold},
		{-3, 0.001, Cold},
		{3, 0.0500001, NotSignificant},
		{-3, 1, NotSignificant},
		{0, 1, NotSignificant},
		{nan, nan, Undefined},
		{2, nan, Undefined},
	} {
		if got := classOf(c.z, c.q); got != c.want {
			t.Errorf("z = %v, q = %v: got %s, want %s", c.z, c.q, got, c.want)
		}
	}
}

func mustGetisOrd(t *testing.T, g *Grid, values []float64, o Options) Result {
	t.Helper()
	r, err := GetisOrd(g, values, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
