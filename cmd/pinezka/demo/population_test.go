package demo_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
)

// TestPopulationIsMadeUp checks that the grid has the residents of the areas, and
// that the source says what they are.
func TestPopulationIsMadeUp(t *testing.T) {
	d := numbered(t)
	p, err := demo.Population(d)
	if err != nil {
		t.Fatal(err)
	}
	byArea := 0
	for _, a := range d.Areas {
		if p.ByArea[a.Slug] != int(a.Residents) || a.Residents == 0 {
			t.Errorf("%s has %d residents in the population, %d on the map", a.Slug, p.ByArea[a.Slug], a.Residents)
		}
		byArea += p.ByArea[a.Slug]
	}
	if p.Total != byArea {
		t.Errorf("%d people in the grid, %d in the areas", p.Total, byArea)
	}
	if !strings.Contains(p.Source, "made up") || p.Date == 0 {
		t.Errorf("source %q, date %s", p.Source, p.Date)
	}
	cells, err := geo.Cover(d.Boundary, p.Resolution, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	people, spread, err := p.In(d, cells)
	if err != nil || spread {
		t.Fatalf("spread %v, %v", spread, err)
	}
	empty, sum := 0, 0.0
	for _, n := range people {
		sum += n
		if n == 0 {
			empty++
		}
	}
	if sum != float64(p.Total) || empty == 0 {
		t.Errorf("%v of %d people are in the district, %d cells are empty", sum, p.Total, empty)
	}
}

// TestCoverageOfDemo checks that most people are heard in the demonstration.
func TestCoverageOfDemo(t *testing.T) {
	d := numbered(t)
	p, err := demo.Population(d)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := geo.Cover(d.Boundary, 9, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	people, _, err := p.In(d, cells)
	if err != nil {
		t.Fatal(err)
	}
	byCell := map[geo.Cell]int{}
	for pin, err := range demo.Pins(d, 1000, 1, civic.Day(20700)) {
		if err != nil {
			t.Fatal(err)
		}
		byCell[pin.Shown.Cell.Parent(9)]++
	}
	pins := make([]int, len(cells))
	for i, c := range cells {
		pins[i] = byCell[c]
	}
	r, err := coverage.Of(cells, people, pins, coverage.DefaultMinimum)
	if err != nil {
		t.Fatal(err)
	}
	if r.HeardPeople < 0.8*r.People {
		t.Errorf("%.0f of %.0f people are heard", r.HeardPeople, r.People)
	}
	t.Logf("%+v", r.Neighbourhoods)
}
