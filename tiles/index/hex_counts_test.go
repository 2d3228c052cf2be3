package index_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestHexesCoverTheirArea checks that hexes have every cell of the cover of an
// area, once and in order, and that their sum is that of the statistics.
func TestHexesCoverTheirArea(t *testing.T) {
	s := newSimulation(t, 1, smallTuning(), centralPoint)
	s.change(2500)
	for r := index.MinResolution; r <= 10; r++ {
		for _, area := range []string{"", "west", "east"} {
			f, shape := civic.Filter{}, s.District.Boundary
			if area != "" {
				f.Areas = []string{area}
				a, _ := s.District.Area(area)
				shape = a.Boundary
			}
			hexes, err := s.Hexes(r, f)
			if err != nil {
				t.Fatal(err)
			}
			sum, empty := 0, 0
			cells := map[geo.Cell]bool{}
			for _, h := range hexes {
				sum += h.Total()
				if cells[h.Cell] || h.Cell.Resolution() != r {
					t.Fatalf("cell %s is repeated, or has another resolution", h.Cell)
				}
				cells[h.Cell] = true
				if h.Total() == 0 {
					empty++
				}
			}
			if want := s.Stats(f).Total(); sum != want {
				t.Errorf("area %q at %d: the sum of hexes is %d, of statistics %d", area, r, sum, want)
			}
			cover, err := geo.Cover(shape, r, index.MaxHexes)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cover {
				if !cells[c] {
					t.Fatalf("area %q at %d does not have %s", area, r, c)
				}
			}
			if !slices.IsSortedFunc(hexes, func(a, b index.Hex) int { return cmp.Compare(a.Cell, b.Cell) }) {
				t.Error("hexes are not in order")
			}
			if r == 10 && area == "" && empty == 0 {
				t.Error("no empty cells")
			}
		}
	}
}

// BenchmarkHexesWithPins counts the finest hexes that the map shows, which every
// page of a map does.
func BenchmarkHexesWithPins(b *testing.B) {
	v := newVersion(tilestest.District(), normalPins(b, *benchPins, 0.01))
	for name, f := range map[string]civic.Filter{"all": {}, "filtered": {Kinds: []civic.Kind{civic.Need}, From: 19_500}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				v.HexesWithPins(10, f)
			}
		})
	}
}
