package civic_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// everyCell returns the cells of resolution r that overlap the district.
func everyCell(t *testing.T, d *civic.District, r geo.Resolution) []geo.Cell {
	t.Helper()
	cells, err := geo.Cover(d.Boundary, r, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// sumOf returns the residents of all cells that are known.
func sumOf(people []float64) (sum float64) {
	for _, n := range people {
		if !math.IsNaN(n) {
			sum += n
		}
	}
	return sum
}

func TestPopulationIsSpreadByArea(t *testing.T) {
	d := district()
	p := civic.Population{ByArea: map[string]int{"west": 9000}, Total: 9000}
	for r := geo.Resolution(6); r <= 9; r++ {
		cells := everyCell(t, d, r)
		people, spread, err := p.In(d, cells)
		if err != nil || !spread {
			t.Fatalf("spread %v, error %v", spread, err)
		}
		if sum := sumOf(people); math.Abs(sum-9000) > 1e-6 {
			t.Errorf("resolution %d: %f people, want all 9000", r, sum)
		}
		for i, c := range cells {
			lon := c.Centre().Lon()
			if lon < 19.95 && lon > 19.93 && !(people[i] > 0) || lon > 20.05 && !math.IsNaN(people[i]) {
				t.Errorf("resolution %d, %.3f east: %f people; the east is unknown", r, lon, people[i])
			}
		}
	}
}

func TestPopulationOfGrid(t *testing.T) {
	d := district()
	p := civic.Population{ByCell: map[geo.Cell]float64{}, Resolution: 9}
	cells := map[geo.Resolution]map[geo.Cell]bool{7: {}, 8: {}, 9: {}, 10: {}} // all that overlap a cell of the grid
	for i, c := range everyCell(t, d, 9) {
		p.ByCell[c] = float64(i % 5 * 70)
		first, _ := c.Span()
		for r := range cells {
			for digit := range geo.Cell(geo.Children) {
				cells[r][(first | digit<<15).Parent(r)] = true // digit is that of resolution 10
			}
		}
	}
	p.Sum()
	for r, of := range cells {
		people, spread, err := p.In(d, slices.Collect(maps.Keys(of)))
		if err != nil || spread != (r > 9) {
			t.Fatalf("resolution %d: spread %v, error %v", r, spread, err)
		}
		if sum := sumOf(people); math.Abs(sum-float64(p.Total)) > 1e-6 {
			t.Errorf("resolution %d: %f people, want all %d", r, sum, p.Total)
		}
	}
	byArea := p.AreasOfGrid(d)
	if sum := byArea["west"] + byArea["east"]; sum < p.Total*9/10 || sum > p.Total { // some centres are beyond the border
		t.Errorf("by area %v, of %d", byArea, p.Total)
	}
	elsewhere := geo.Cell(0x8928308280fffff)
	if people, _, _ := p.In(d, []geo.Cell{elsewhere}); people[0] != 0 {
		t.Errorf("%f people where the grid has no cell", people[0])
	}
}

func TestUnknownPopulation(t *testing.T) {
	d := district()
	var p civic.Population
	people, _, err := p.In(d, everyCell(t, d, 8))
	if err != nil || p.Known() {
		t.Fatalf("known %v, error %v", p.Known(), err)
	}
	for _, n := range people {
		if !math.IsNaN(n) {
			t.Fatalf("%f people in a cell", n)
		}
	}
	if people, _, err := p.In(d, nil); len(people) != 0 || err != nil {
		t.Errorf("of no cells: %v, %v", people, err)
	}
}
