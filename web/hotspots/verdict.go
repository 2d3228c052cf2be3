package hotspots

import (
	"context"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// Verdict is what the statistic says of one cell.
type Verdict struct {
	analysis.Cell
	Minimum    analysis.Minimum
	Provenance provenance.Provenance
}

// Verdict returns what the statistic says of a cell among those of its resolution,
// as the API does, without permutations. It returns civic.ErrNotFound for a cell that
// is not examined. v has all pins of the district.
func (h *Hotspots) Verdict(ctx context.Context, v *index.Version, f civic.Filter, cell geo.Cell) (Verdict, error) {
	if !isExamined(cell.Resolution()) {
		return Verdict{}, civic.ErrNotFound
	}
	q := question{Found: serve.Found{Version: v}, whole: v, filter: f, res: cell.Resolution()}
	a, err := h.answer(ctx, &q)
	if err != nil {
		return Verdict{}, err
	}
	i, ok := a.find(cell)
	if !ok {
		return Verdict{}, civic.ErrNotFound
	}
	return Verdict{a.Cells[i], a.Minimum, a.provenance}, nil
}
