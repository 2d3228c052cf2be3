package hotspots

import (
	"context"
	"slices"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// maxMonths is the number of months that are left out one after another.
const maxMonths = 36

// stability compares a result with the same pins at the resolutions beside its own,
// and with each month left out.
func (h *Hotspots) stability(ctx context.Context, q *question, a *answer, hexes []index.Hex) (analysis.Stability, error) {
	stats := q.Stats(a.counted)
	var variants analysis.Variants
	var err error
	if a.res > index.MinResolution {
		if variants.Coarser, err = h.variant(ctx, q, a, a.res-1); err != nil {
			return analysis.Stability{}, err
		}
	}
	if finer := a.res + 1; finer <= finest && isShownIn(finer, &q.District, &stats) && len(hexes)*7 <= maxPermuted {
		if variants.Finer, err = h.variant(ctx, q, a, finer); err != nil {
			return analysis.Stability{}, err
		}
	}
	if n := len(stats.ByMonth); n > 1 && n <= maxMonths && hasWholeMonths(q.filter) {
		for _, m := range stats.ByMonth {
			if m.Total() == 0 {
				continue
			}
			without, err := h.withoutMonth(ctx, q, a, hexes, m.Month)
			if err != nil {
				return analysis.Stability{}, err
			}
			variants.WithoutMonth = append(variants.WithoutMonth, without)
		}
	}
	return analysis.StabilityOf(a.Result, variants), nil
}

// isShownIn reports whether all pins of some statistics are shown in hexes of a
// resolution. Those that are only counted in coarser ones are all in the middle of
// one, where finer ones would show a hotspot.
func isShownIn(r geo.Resolution, d *civic.District, stats *index.Stats) bool {
	return !slices.ContainsFunc(d.Categories, func(c civic.Category) bool {
		return c.Visibility == civic.HexOnly && c.ShownResolution() < r && stats.ByCategory[c.Slug] > 0
	})
}

// hasWholeMonths reports whether the period of a filter has no part of a month.
// Pins that are only counted are counted in whole months alone, so a month cannot
// be taken from a period that has a part of another.
func hasWholeMonths(f civic.Filter) bool {
	return civic.Filter{From: f.From, Until: f.Until}.CountsHexOnly()
}

// variant returns the result at another resolution, or nil below a minimum.
func (h *Hotspots) variant(ctx context.Context, q *question, a *answer, res geo.Resolution) (*analysis.Result, error) {
	hexes, err := q.Hexes(res, a.counted)
	if err != nil {
		return nil, err
	}
	result, err := h.compute(ctx, &question{Found: q.Found, filter: q.filter}, hexes, res)
	if err != nil || result.Minimum != analysis.Enough {
		return nil, err
	}
	return &result, nil
}

// withoutMonth returns the result without the pins of a month.
func (h *Hotspots) withoutMonth(ctx context.Context, q *question, a *answer, hexes []index.Hex, month civic.Month) (analysis.Result, error) {
	f := a.counted
	f.From = max(f.From, month.First())
	if next := month.Last() + 1; f.Until == 0 || f.Until > next {
		f.Until = next
	}
	of, err := q.Hexes(a.res, f)
	if err != nil {
		return analysis.Result{}, err
	}
	rest := slices.Clone(hexes)
	for i, j := 0, 0; i < len(rest) && j < len(of); {
		switch {
		case rest[i].Cell < of[j].Cell:
			i++
		case rest[i].Cell > of[j].Cell:
			j++
		default:
			rest[i].Need -= of[j].Need
			rest[i].Potential -= of[j].Potential
			rest[i].Organisation -= of[j].Organisation
			i, j = i+1, j+1
		}
	}
	return h.compute(ctx, &question{Found: q.Found, filter: q.filter}, rest, a.res)
}

// stabilityJSON contains the comparisons, null where one was not made.
type stabilityJSON struct {
	Coarser      *checkJSON `json:"coarser"`
	Finer        *checkJSON `json:"finer"`
	WithoutMonth *checkJSON `json:"without_month"`
	Permutation  *checkJSON `json:"permutation"`
}

type checkJSON struct {
	Checked int      `json:"checked"`
	Lost    []string `json:"lost"`
}

func newStabilityJSON(s *analysis.Stability) *stabilityJSON {
	if s == nil {
		return nil
	}
	check := func(c analysis.Check) *checkJSON {
		if !c.Made {
			return nil
		}
		out := &checkJSON{c.Checked, []string{}}
		for _, cell := range c.Lost {
			out.Lost = append(out.Lost, cell.String())
		}
		return out
	}
	return &stabilityJSON{check(s.Coarser), check(s.Finer), check(s.WithoutMonth), check(s.Permutation)}
}

// steady returns what is said of the stability of the significant hexagons.
func (v *view) steady() (sentences []string) {
	s := v.answer.stability
	if s == nil {
		return nil
	}
	for _, c := range []struct {
		key   string
		check analysis.Check
	}{{"without_month", s.WithoutMonth}, {"coarser", s.Coarser}, {"finer", s.Finer}, {"permutation", s.Permutation}} {
		if c.check.Made && c.check.Checked > 0 {
			sentences = append(sentences, v.Text("hotspots.stability."+c.key, "n", c.check.Checked, "kept", c.check.Checked-len(c.check.Lost)))
		}
	}
	return sentences
}
