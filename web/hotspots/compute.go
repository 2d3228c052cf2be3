package hotspots

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// answer is the result of a question.
type answer struct {
	analysis.Result

	res        geo.Resolution
	counted    civic.Filter // of the question, without what is set aside at the resolution
	hexOnly    serve.HexOnlyCount
	provenance provenance.Provenance
	stability  *analysis.Stability // nil without permutations
}

// find returns the place of a cell among the cells of the answer.
func (a *answer) find(c geo.Cell) (i int, ok bool) {
	return slices.BinarySearchFunc(a.Cells, c, func(x analysis.Cell, c geo.Cell) int { return cmp.Compare(x.Cell, c) })
}

// gridKey identifies a set of areas. Grids follow from boundaries, which are the
// same in all versions with the same Since.
type gridKey struct {
	district string
	since    uint64
	res      geo.Resolution
	areas    string
}

// resultKey identifies a result.
type resultKey struct {
	district     string
	version      uint64
	filter       string
	res          geo.Resolution
	permutations int
	seed         uint64
}

// keptResult is a result that is kept until the pins change.
type keptResult struct {
	result    analysis.Result
	stability *analysis.Stability // nil until it is asked for
}

// key returns the key of the result of a question on so many cells, and whether
// it is kept.
func (q *question) key(res geo.Resolution, cells int) (resultKey, bool) {
	return resultKey{q.District.Slug, q.Number, q.filter.Values().Encode(), res, q.options.Permutations, q.options.Seed}, q.words == "" && cells <= maxKept
}

// answer computes the answer to a question. It waits until there is room for
// another computation, and stops when the context of the request ends.
func (h *Hotspots) answer(ctx context.Context, q *question) (*answer, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if err := h.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer h.Rendering.Release(ctx)
	hexes, res, err := h.hexes(q)
	if err != nil {
		return nil, err
	}
	if q.options.Permutations > 0 && len(hexes) > maxPermuted {
		return nil, serve.BadParameter("permutations", fmt.Sprintf("are computed for up to %d cells, and these are %d; choose a coarser resolution or an area", maxPermuted, len(hexes)))
	}
	result, err := h.result(ctx, q, hexes, res)
	if err != nil {
		return nil, err
	}
	counted := q.District.ShownIn(res, q.filter)
	stats := q.Stats(q.filter)
	out := &answer{
		Result: result, res: res, counted: counted,
		hexOnly:    serve.HexOnlyIn(&q.District, res, &stats, civic.PinQuery{Filter: q.filter, IDs: q.IDs, Search: q.words}),
		provenance: provenance.Of(q.Version, counted, int(result.Total), result.Method),
	}
	if q.options.Permutations > 0 {
		if out.stability, err = h.keptStability(ctx, q, out, hexes); err != nil {
			return nil, err
		}
	}
	out.provenance.Cells, out.provenance.Resolution, out.provenance.Distance = len(hexes), res, 1
	return out, nil
}

// hexes returns the counts by cell, and the resolution of the cells.
func (h *Hotspots) hexes(q *question) ([]index.Hex, geo.Resolution, error) {
	res := cmp.Or(q.res, q.defaultResolution())
	hexes, err := q.Hexes(res, q.District.ShownIn(res, q.filter))
	for q.res == 0 && res > index.MinResolution && errors.Is(err, geo.ErrTooManyCells) {
		res--
		hexes, err = q.Hexes(res, q.District.ShownIn(res, q.filter))
	}
	return hexes, res, err
}

// result returns the result for the counts by cell, which is kept until the pins
// change.
func (h *Hotspots) result(ctx context.Context, q *question, hexes []index.Hex, res geo.Resolution) (analysis.Result, error) {
	key, isKept := q.key(res, len(hexes))
	if isKept {
		if kept, ok := h.results.Get(key); ok {
			return kept.result, nil
		}
	}
	result, err := h.compute(ctx, q, hexes, res)
	if isKept && err == nil {
		h.results.Add(key, keptResult{result, nil})
	}
	return result, err
}

// keptStability returns the stability of the result of an answer, which is kept
// with it.
func (h *Hotspots) keptStability(ctx context.Context, q *question, a *answer, hexes []index.Hex) (*analysis.Stability, error) {
	key, isKept := q.key(a.res, len(hexes))
	if kept, ok := h.results.Get(key); ok && isKept && kept.stability != nil {
		return kept.stability, nil
	}
	s, err := h.stability(ctx, q, a, hexes)
	if err != nil {
		return nil, err
	}
	if isKept {
		h.results.Add(key, keptResult{a.Result, &s})
	}
	return &s, nil
}

// compute computes the statistic for the counts by cell.
func (h *Hotspots) compute(ctx context.Context, q *question, hexes []index.Hex, res geo.Resolution) (analysis.Result, error) {
	grid, err := h.grid(q, hexes, res)
	if err != nil {
		return analysis.Result{}, err
	}
	values := make([]float64, len(hexes))
	for i, hex := range hexes {
		values[i] = float64(hex.Total())
	}
	options := q.options
	options.Done = ctx.Done()
	result, err := analysis.GetisOrd(grid, values, options)
	if err != nil {
		return result, fmt.Errorf("hotspots of %s: %w", q.District.Slug, err)
	}
	return result, nil
}

// grid returns the grid of the cells of hexes. It is that of their areas, unless a
// pin is counted beyond the border.
func (h *Hotspots) grid(q *question, hexes []index.Hex, res geo.Resolution) (*analysis.Grid, error) {
	areas := slices.Clone(q.filter.Areas)
	slices.Sort(areas)
	key := gridKey{q.District.Slug, q.Since, res, strings.Join(areas, ",")}
	isThat := func(c geo.Cell, hex index.Hex) bool { return c == hex.Cell }
	if grid, ok := h.grids.Get(key); ok && slices.EqualFunc(grid.Cells(), hexes, isThat) {
		return grid, nil
	}
	cells := make([]geo.Cell, len(hexes))
	for i, hex := range hexes {
		cells[i] = hex.Cell
	}
	grid, err := analysis.NewGrid(cells)
	if err != nil {
		return nil, fmt.Errorf("grid of %s: %w", q.District.Slug, err)
	}
	h.grids.Add(key, grid)
	return grid, nil
}
