package demo_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/analysis/trends"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// demonstration is an index of the demo district, and the day of which it is.
type demonstration struct {
	*index.Version
	today civic.Day
}

// TestStatisticsFindWhatIsPlanted checks that the statistics find what README.md
// says is planted and nothing else, in the demonstration in its usual sizes,
// with 20 seeds each, on days of different seasons.
func TestStatisticsFindWhatIsPlanted(t *testing.T) {
	var all []demonstration
	for _, n := range []int{1000, 2000} {
		for seed := range uint64(20) {
			all = append(all, newDemonstration(t, n, seed, civic.Day(20700+17*seed)))
		}
	}
	t.Run("hotspot", func(t *testing.T) { testHotspot(t, all) })
	t.Run("silence", func(t *testing.T) { testSilence(t, all) })
	t.Run("change", func(t *testing.T) { testChange(t, all) })
}

func newDemonstration(t *testing.T, n int, seed uint64, today civic.Day) demonstration {
	t.Helper()
	d := numbered(t)
	d.ID = 1
	var rows index.Rows
	id := int64(0)
	for pin, err := range demo.Pins(d, n, seed, today) {
		if err != nil {
			t.Fatal(err)
		}
		id++
		rows.Add(civic.MapPin{
			DistrictID: d.ID, ID: id, Shown: pin.Shown, CategoryID: uint16(pin.Category.ID), Status: pin.Status,
			AreaID: uint16(pin.ShownAreaID), Day: pin.ReportedOn,
		})
	}
	return demonstration{index.New(*d, &rows, index.Config{}), today}
}

// String says which demonstration it is.
func (d demonstration) String() string { return fmt.Sprintf("%d pins on %s", d.Len(), d.today) }

// lastMonths returns the filter of n closed months, of which the last is that
// many months before this one.
func (d demonstration) lastMonths(n, before civic.Month) civic.Filter {
	end := d.today.Month() - before
	return civic.Filter{From: (end - n).First(), Until: end.First()}
}

// significant returns the cells that are hot or cold.
func (d demonstration) significant(t *testing.T, f civic.Filter) (cells []geo.Cell) {
	t.Helper()
	hexes, err := d.Hexes(9, f)
	if err != nil {
		t.Fatal(err)
	}
	values, total := make([]float64, len(hexes)), 0
	for i, h := range hexes {
		cells, values[i] = append(cells, h.Cell), float64(h.Total())
		total += h.Total()
	}
	if total < hotspots.MinPins { // nothing is tested then, and creating a grid takes time
		return nil
	}
	grid, err := hotspots.NewGrid(cells)
	if err != nil {
		t.Fatal(err)
	}
	result, err := hotspots.GetisOrd(grid, values, hotspots.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cells = nil
	for _, c := range result.Cells {
		if c.Class != hotspots.Undefined && c.Class != hotspots.NotSignificant {
			cells = append(cells, c.Cell)
		}
	}
	return cells
}

// areas returns the slugs of the areas, and "" for the whole district.
func (d demonstration) areas() []string {
	slugs := []string{""}
	for _, a := range d.District.Areas {
		slugs = append(slugs, a.Slug)
	}
	return slugs
}

// in returns f limited to an area and a category.
func in(f civic.Filter, area, category string) civic.Filter {
	f.Categories = []string{category}
	if area != "" {
		f.Areas = []string{area}
	}
	return f
}

// testHotspot asks for the hotspots of each category in the district and
// in each of its areas. Around the planted place, and nowhere else, cells are
// hot.
//
// As many of the significant cells may be elsewhere as the false discovery rate
// allows.
func testHotspot(t *testing.T, all []demonstration) {
	planted := cellAt(t, orb.Point{19.9846, 50.053}) // ulica Na Zakolu Wisły
	around, err := planted.Neighbours()
	if err != nil {
		t.Fatal(err)
	}
	around = append(around, planted)
	found, elsewhere, n := 0, 0, 0
	for _, d := range all {
		year := d.lastMonths(12, 0)
		for _, area := range d.areas() {
			for _, c := range d.District.Categories {
				questions := []civic.Filter{in(year, area, c.Slug)}
				if area != "" || c.Slug == "lighting" { // in 24 months, other categories are most common in the centre
					questions = append(questions, in(civic.Filter{}, area, c.Slug))
				}
				for _, f := range questions {
					cells := d.significant(t, f)
					for _, cell := range cells {
						found++
						if c.Slug != "lighting" || !slices.Contains(around, cell) {
							t.Logf("%s: %s is significant for %v", d, cell, f)
							elsewhere++
						}
					}
					if c.Slug != "lighting" || area != "" && area != "plaszow" {
						continue
					}
					if n++; !slices.Contains(cells, planted) || len(cells) < 5 {
						t.Errorf("%s: of the planted hotspot only %s are found in %q", d, cells, area)
					}
				}
			}
		}
	}
	t.Logf("%d significant cells in %d questions about the hotspot, %d of them elsewhere", found, n, elsewhere)
	if float64(elsewhere) > hotspots.Significant*float64(found) {
		t.Errorf("%d of %d significant cells are elsewhere", elsewhere, found)
	}
}

// testSilence asks where people live and nobody was heard, or no need was.
func testSilence(t *testing.T, all []demonstration) {
	var want []geo.Cell
	for _, p := range []orb.Point{{19.9365, 50.0335}, {19.9368, 50.0308}, {19.9432, 50.0333}} { // Rzemieślnicza, Zakopiańska, Bonarka
		want = append(want, cellAt(t, p))
	}
	slices.Sort(want)
	for _, d := range all {
		population, err := demo.Population(&d.District)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []civic.Filter{{}, {Kinds: []civic.Kind{civic.Need}}} {
			hexes, err := d.Hexes(9, f)
			if err != nil {
				t.Fatal(err)
			}
			var cells []geo.Cell
			var pins []int
			for _, h := range hexes {
				cells, pins = append(cells, h.Cell), append(pins, h.Total())
			}
			people, _, err := population.In(&d.District, cells)
			if err != nil {
				t.Fatal(err)
			}
			result, err := coverage.Of(cells, people, pins, coverage.DefaultMinimum)
			if err != nil {
				t.Fatal(err)
			}
			var silent [][]geo.Cell
			for _, n := range result.Neighbourhoods {
				silent = append(silent, n.Cells)
				if !n.Clear() {
					t.Errorf("%s: chance alone can explain the silence of %s", d, n.Cells)
				}
			}
			if diff := cmp.Diff([][]geo.Cell{want}, silent); diff != "" {
				t.Errorf("%s, kinds %v, silent neighbourhoods (-want +got):\n%s", d, f.Kinds, diff)
			}
		}
	}
}

// cellAt returns the cell of resolution 9 at a point.
func cellAt(t *testing.T, p orb.Point) geo.Cell {
	t.Helper()
	c, err := geo.CellAt(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Parent(9)
}

// testChange compares the half-year with the one before, and tests the
// trend of 24 months, of each category in each area. Needs about lighting in
// Zabłocie rise, and nothing else changes.
//
// As many of the other pairs may seem to change as intervals of 95 % allow, and
// as many trends may be false as their false discovery rate allows.
func testChange(t *testing.T, all []demonstration) {
	const confidence = 0.95
	compared, different, rising, others := 0, 0, 0, 0
	for _, d := range all {
		count := func(f civic.Filter, area string) map[string]int {
			f.Areas = []string{area}
			return d.Stats(f).ByCategory
		}
		var names []string
		var p []float64
		for _, area := range d.areas()[1:] {
			last, before := count(d.lastMonths(6, 0), area), count(d.lastMonths(6, 6), area)
			months := map[string][]float64{}
			for m := range civic.Month(24) {
				for category, n := range count(d.lastMonths(1, 23-m), area) {
					months[category] = append(months[category], float64(n))
				}
			}
			for _, c := range d.District.Categories {
				name := c.Slug + " in " + area
				names, p = append(names, name), append(p, trends.MannKendall(months[c.Slug]).P)
				if last[c.Slug]+before[c.Slug] == 0 {
					continue
				}
				compared++
				ratio, interval := rates.Ratio(last[c.Slug], 1, before[c.Slug], 1)
				switch differ := !interval.Contains(1); {
				case name == "lighting in zablocie":
					if !differ || ratio < 2 {
						t.Errorf("%s: the planted change is %d after %d", d, last[c.Slug], before[c.Slug])
					}
				case differ:
					t.Logf("%s: %s changes from %d to %d", d, name, before[c.Slug], last[c.Slug])
					different++
				}
			}
		}
		for i, q := range hotspots.BenjaminiHochberg(p) {
			if planted := names[i] == "lighting in zablocie"; planted && !(p[i] <= trends.Significance) {
				t.Errorf("%s: the planted change is no trend: p = %v", d, p[i])
			} else if q <= trends.Significance {
				rising++
				if !planted {
					t.Logf("%s: %s has a trend", d, names[i])
					others++
				}
			}
		}
	}
	t.Logf("of %d pairs, %d others change and %d others have a trend, with %d trends in all", compared, different, others, rising)
	if float64(different) > (1-confidence)*float64(compared) || float64(others) > trends.Significance*float64(rising) {
		t.Errorf("%d of %d other pairs change, %d of %d have a trend", different, compared, others, rising)
	}
}
