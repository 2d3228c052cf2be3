package maps

import (
	"context"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// Resolutions of the hexes that the map shows (web/ui/src/map/layers.ts).
const (
	CoarsestHex geo.Resolution = 4
	FinestHex   geo.Resolution = 10
)

// HexTotals contains, by resolution, pairs of a number of pins and of the hexes
// that have so many, in ascending order. The map computes the classes of its
// colours from them before it has loaded a hex.
type HexTotals map[geo.Resolution][][2]int

// HexTotals returns the hexes of the pins that a filter selects, or those of
// several filters together, of maps that have the same classes. The totals of
// the finest are added up to those of their parents.
func (m *Maps) HexTotals(ctx context.Context, v *index.Version, filters ...civic.Filter) (HexTotals, error) {
	if err := m.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer m.Rendering.Release(ctx)
	numbers := map[geo.Resolution]map[int]int{} // of hexes, by number of pins
	for r := CoarsestHex; r <= FinestHex; r++ {
		numbers[r] = map[int]int{}
	}
	for _, f := range filters {
		hexes := v.HexesWithPins(FinestHex, f)
		for r := FinestHex; r >= CoarsestHex; r-- {
			hexes = parents(hexes, r)
			for _, hex := range hexes {
				numbers[r][hex.Total()]++
			}
		}
	}
	out := HexTotals{}
	for r, totals := range numbers {
		out[r] = [][2]int{}
		for total, n := range totals {
			out[r] = append(out[r], [2]int{total, n})
		}
		slices.SortFunc(out[r], func(a, b [2]int) int { return a[0] - b[0] })
	}
	return out, nil
}

// parents returns the parents of resolution r of hexes in order, with the sums
// of their counts. It reuses the slice.
func parents(hexes []index.Hex, r geo.Resolution) []index.Hex {
	out := hexes[:0]
	for _, hex := range hexes {
		hex.Cell = hex.Cell.Parent(r)
		if n := len(out); n > 0 && out[n-1].Cell == hex.Cell {
			out[n-1].Need += hex.Need
			out[n-1].Potential += hex.Potential
			out[n-1].Organisation += hex.Organisation
		} else {
			out = append(out, hex)
		}
	}
	return out
}
