package hotspots

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// testHotspots returns hotspots without pages and without a database.
func testHotspots(t testing.TB) *Hotspots {
	t.Helper()
	h, err := New(Config{Service: &serve.Service{Rendering: serve.NewLimiter(4), Now: time.Now}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// testVersion returns an index with n pins at random, a tenth of them around one
// place, in a district of about 5,000 cells of resolution 10.
func testVersion(t testing.TB, n int) *index.Version {
	t.Helper()
	bound := orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20.03, 50.075}}
	d := civic.District{
		ID: 1, Slug: "trial", Languages: []string{"en"}, Boundary: orb.MultiPolygon{bound.ToPolygon()},
		Categories: []civic.Category{{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact}},
	}
	r := rand.New(rand.NewPCG(14, 14))
	var rows index.Rows
	for i := range n {
		at := orb.Point{19.9 + 0.13*r.Float64(), 50 + 0.075*r.Float64()}
		if i%10 == 0 {
			at = orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
		}
		l, err := civic.LocationAt(at)
		if err != nil {
			t.Fatal(err)
		}
		rows.Add(civic.MapPin{DistrictID: 1, ID: int64(i + 1), Shown: l, CategoryID: 1, Status: civic.Reported, Day: civic.Day(20000 + i%700)})
	}
	return index.New(d, &rows, index.Config{})
}

// TestGridsAreKept checks that a grid is computed once for the areas, whatever
// the filter selects, and that a result is until the pins change.
func TestGridsAreKept(t *testing.T) {
	h, v := testHotspots(t), testVersion(t, 3000)
	ask := func(v *index.Version, f civic.Filter) *answer {
		a, err := h.answer(t.Context(), &question{Found: serve.Found{Version: v}, filter: f, res: 10})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	first := ask(v, civic.Filter{})
	key := gridKey{"trial", v.Since, 10, ""}
	grid, ok := h.grids.Get(key)
	if !ok || len(grid.Cells()) != len(first.Cells) {
		t.Fatalf("no grid of %d cells is kept", len(first.Cells))
	}
	ask(v, civic.Filter{From: 20300})
	if again, _ := h.grids.Get(key); again != grid || h.grids.Len() != 1 {
		t.Error("the grid is computed again for another filter")
	}
	if diff := cmp.Diff(int(first.Total), v.Len()); diff != "" {
		t.Error(diff)
	}
	if same := ask(v, civic.Filter{}); &same.Cells[0] != &first.Cells[0] {
		t.Error("the result is computed again")
	}
	next := v.Apply([]civic.MapPin{{DistrictID: 1, ID: 1, Deleted: true}})
	if after := ask(next, civic.Filter{}); int(after.Total) != v.Len()-1 {
		t.Errorf("%v pins after one was deleted from %d", after.Total, v.Len())
	}
}

// TestHotspotIsFound checks that the planted hotspot is the only one, and that it
// is stable.
func TestHotspotIsFound(t *testing.T) {
	h, v := testHotspots(t), testVersion(t, 3000)
	q := &question{Found: serve.Found{Version: v}, options: analysis.Options{Permutations: 999, Seed: 1}}
	a, err := h.answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := groupsOf(a.Cells)
	if err != nil {
		t.Fatal(err)
	}
	planted, err := geo.CellAt(orb.Point{19.95, 50.03})
	if err != nil {
		t.Fatal(err)
	}
	i, ok := a.find(planted.Parent(civic.HexResolution))
	if len(groups) != 1 || !ok || a.Cells[i].Class != analysis.VeryHot {
		t.Errorf("%d groups, and the planted cell is %v: %+v", len(groups), ok, groups)
	}
	s := a.stability
	if s == nil || !s.Coarser.Made || !s.Finer.Made || !s.WithoutMonth.Made || !s.Permutation.Made {
		t.Fatalf("%+v", s)
	}
	if !s.WithoutMonth.Confirms(a.Cells[i].Cell) || !s.Permutation.Confirms(a.Cells[i].Cell) {
		t.Errorf("the planted hotspot is not stable: %+v", s)
	}
}

// TestAround checks of which needs it is said that there are more around them, and
// that what is kept is no longer true once the pins change.
func TestAround(t *testing.T) {
	h, v := testHotspots(t), testVersion(t, 3000)
	planted, err := geo.CellAt(orb.Point{19.95, 50.03})
	if err != nil {
		t.Fatal(err)
	}
	trees := v.District.Categories[0]
	class := func(v *index.Version, c civic.Category) string {
		t.Helper()
		found, err := h.Around(t.Context(), v, &c, planted)
		if err != nil {
			t.Fatal(err)
		}
		if found == nil {
			return ""
		}
		if found.H3 != planted.Parent(civic.HexResolution).String() {
			t.Errorf("the hexagon is %s", found.H3)
		}
		return found.Class
	}
	if got := class(v, trees); got != "very-hot" {
		t.Errorf("the planted hexagon is %q", got)
	}
	hexOnly, asset := trees, trees
	hexOnly.Visibility, asset.Kind = civic.HexOnly, civic.Potential
	for _, c := range []civic.Category{hexOnly, asset} {
		if got := class(v, c); got != "" {
			t.Errorf("the planted hexagon of %s needs of the kind %s is %q", c.Visibility, c.Kind, got)
		}
	}
	var deleted []civic.MapPin
	for id := int64(1); id <= 3000; id += 10 {
		deleted = append(deleted, civic.MapPin{DistrictID: 1, ID: id, Deleted: true})
	}
	if got := class(v.Apply(deleted), trees); got != "" {
		t.Errorf("without the planted pins, the planted hexagon is %q", got)
	}
	h = testHotspots(t)
	if got := class(testVersion(t, 49), trees); got != "" {
		t.Errorf("of 49 pins, the planted hexagon is %q", got)
	}
}

// TestWithoutMonth checks that leaving a month out is as if it had no pins.
func TestWithoutMonth(t *testing.T) {
	h, v := testHotspots(t), testVersion(t, 2000)
	q := &question{Found: serve.Found{Version: v}, filter: civic.Filter{From: 20010, Until: 20100}}
	hexes, err := v.Hexes(9, q.filter)
	if err != nil {
		t.Fatal(err)
	}
	month := civic.Day(20050).Month()
	got, err := h.withoutMonth(t.Context(), q, &answer{res: 9, counted: q.filter}, hexes, month)
	if err != nil {
		t.Fatal(err)
	}
	want := v.Stats(q.filter).Total() - v.Stats(civic.Filter{From: month.First(), Until: month.Last() + 1}).Total()
	if int(got.Total) != want || want == 0 {
		t.Errorf("%v pins without %s, want %d", got.Total, month, want)
	}
}

// TestCanceledRequestStopsComputing checks that nothing is computed for a client
// that has left, and that nothing of it is kept.
func TestCanceledRequestStopsComputing(t *testing.T) {
	h, v := testHotspots(t), testVersion(t, 3000)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := &question{Found: serve.Found{Version: v}, res: 9, options: analysis.Options{Permutations: pagePermutations}}
	hexes, err := v.Hexes(9, civic.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.result(ctx, q, hexes, 9); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that the request is canceled", err)
	}
	if h.results.Len() != 0 {
		t.Error("a result is kept")
	}
}

// BenchmarkHotspots computes the answer to a request without permutations, of a
// district with about 5,000 cells: counts, statistic, correction and figures.
func BenchmarkHotspots(b *testing.B) {
	for name, n := range map[string]int{"pins=100000": 100_000, "pins=1000000": 1_000_000} {
		b.Run(name, func(b *testing.B) {
			h, v := testHotspots(b), testVersion(b, n)
			cells := 0
			for b.Loop() {
				h.results.Purge()
				a, err := h.answer(b.Context(), &question{Found: serve.Found{Version: v}, res: 10})
				if err != nil {
					b.Fatal(err)
				}
				cells = len(a.Cells)
			}
			b.ReportMetric(float64(cells), "cells")
		})
	}
}

// BenchmarkAround asks what a need says of its hexagon, of a district with a
// million pins in about 700 cells: the first time after a pin has changed, and
// again.
func BenchmarkAround(b *testing.B) {
	v := testVersion(b, 1_000_000)
	cell, err := geo.CellAt(orb.Point{19.95, 50.03})
	if err != nil {
		b.Fatal(err)
	}
	for _, isFirst := range []bool{true, false} {
		b.Run(map[bool]string{true: "first", false: "again"}[isFirst], func(b *testing.B) {
			h := testHotspots(b)
			for b.Loop() {
				if isFirst {
					h.hot.Purge()
				}
				if _, err := h.Around(b.Context(), v, &v.District.Categories[0], cell); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTrend computes the trend around the planted hotspot, the same way as
// a request for it.
func BenchmarkTrend(b *testing.B) {
	for name, n := range map[string]int{"pins=100000": 100_000, "pins=1000000": 1_000_000} {
		b.Run(name, func(b *testing.B) {
			h, v := testHotspots(b), testVersion(b, n)
			h.Now = func() time.Time { return civic.Day(20700).Time() }
			cell, err := geo.CellAt(orb.Point{19.95, 50.03})
			if err != nil {
				b.Fatal(err)
			}
			q := &question{Found: serve.Found{Version: v}, whole: v}
			for b.Loop() {
				if t, err := h.trend(b.Context(), q, cell.Parent(9)); err != nil || t.needs == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
