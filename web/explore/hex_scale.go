package explore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// Resolutions of the hexes that the map shows (web/ui/src/map/layers.ts).
const (
	coarsestHex geo.Resolution = 4
	finestHex   geo.Resolution = 10
)

// maxClasses is the number of classes that a scale of hexes may have, as many
// as there are colours.
const maxClasses = 5

// hexTotals contains, by resolution, pairs of a number of pins and of the hexes
// that have so many, in ascending order. The map computes the classes of its
// colours from them before it has loaded a hex.
type hexTotals map[geo.Resolution][][2]int

// hexTotals returns the hexes of the pins that a filter selects. The totals of
// the finest are added up to those of their parents.
func (h handlers) hexTotals(ctx context.Context, v *index.Version, f civic.Filter) (hexTotals, error) {
	if err := h.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer h.Rendering.Release(ctx)
	hexes := v.HexesWithPins(finestHex, f)
	out := hexTotals{}
	for r := finestHex; ; r-- {
		numbers := map[int]int{} // of hexes, by number of pins
		for _, hex := range hexes {
			numbers[hex.Total()]++
		}
		out[r] = [][2]int{}
		for total, n := range numbers {
			out[r] = append(out[r], [2]int{total, n})
		}
		slices.SortFunc(out[r], func(a, b [2]int) int { return a[0] - b[0] })
		if r == coarsestHex {
			return out, nil
		}
		hexes = parents(hexes, r-1)
	}
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

// checkScale returns a problem for a scale that is not one such as
// "1,3,6,12,25@9": the lower bounds of classes of numbers of pins, and the
// resolution of the hexes that they are held for. "" is no scale.
func checkScale(s string) error {
	if s == "" {
		return nil
	}
	bad := serve.BadParameter("scale", fmt.Sprintf("must have up to %d ascending numbers of pins from 1 on and a resolution from %d to %d, such as 1,3,6,12,25@9", maxClasses, coarsestHex, finestHex))
	bounds, resolution, _ := strings.Cut(s, "@")
	if r, ok := parseNumber(resolution); !ok || r < int(coarsestHex) || r > int(finestHex) {
		return bad
	}
	classes := strings.SplitN(bounds, ",", maxClasses+1)
	if classes[0] != "1" || len(classes) > maxClasses {
		return bad
	}
	last := 0
	for _, class := range classes {
		n, ok := parseNumber(class)
		if !ok || n <= last {
			return bad
		}
		last = n
	}
	return nil
}

// parseNumber parses a whole number up to 999,999,999 that is written as
// strconv.Itoa does.
func parseNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n < 1e9 && strconv.Itoa(n) == s
}
