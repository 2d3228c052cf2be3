package hotspots

import (
	"context"
	"errors"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
)

// hotKey identifies the hot cells of a category.
type hotKey struct {
	district, category string
	version            uint64
}

// hotCells are the cells that have more needs of a category than chance would
// explain.
type hotCells struct {
	res   geo.Resolution
	class map[geo.Cell]analysis.Class // Hot or VeryHot
}

// Around returns the hexagon around a need that is shown in the cell c, if the page
// of hotspots of its category, without another filter, says that there are more
// such needs than chance would explain. It returns nil otherwise, also where there
// is too little data, and for categories that are only counted or not of needs. v
// has all pins of the district.
func (h *Hotspots) Around(ctx context.Context, v *index.Version, category *civic.Category, c geo.Cell) (*pins.Hotspot, error) {
	if category.Kind != civic.Need || category.Visibility == civic.HexOnly {
		return nil, nil
	}
	hot, err := h.hotCells(ctx, v, category.Slug)
	if err != nil || c.Resolution() < hot.res {
		return nil, err
	}
	cell := c.Parent(hot.res)
	class, ok := hot.class[cell]
	if !ok {
		return nil, nil
	}
	return &pins.Hotspot{H3: cell.String(), Class: class.String()}, nil
}

// hotCells returns the hot cells of a category, which are kept until the pins
// change. They are computed for one category at a time, so that many requests do
// not compute the same.
func (h *Hotspots) hotCells(ctx context.Context, v *index.Version, category string) (hotCells, error) {
	key := hotKey{v.District.Slug, category, v.Number}
	if kept, ok := h.hot.Get(key); ok {
		return kept, nil
	}
	h.searching.Lock()
	defer h.searching.Unlock()
	if kept, ok := h.hot.Get(key); ok {
		return kept, nil
	}
	q := question{Found: serve.Found{Version: v}, filter: civic.Filter{Categories: []string{category}}}
	hexes, res, err := h.hexes(&q)
	if errors.Is(err, geo.ErrTooManyCells) {
		h.hot.Add(key, hotCells{}) // the page has no answer either
		return hotCells{}, nil
	}
	if err != nil {
		return hotCells{}, err
	}
	result, err := h.compute(ctx, &q, hexes, res)
	if err != nil {
		return hotCells{}, err
	}
	out := hotCells{res, map[geo.Cell]analysis.Class{}}
	for _, c := range result.Cells {
		if c.Class == analysis.Hot || c.Class == analysis.VeryHot {
			out.class[c.Cell] = c.Class
		}
	}
	h.hot.Add(key, out)
	return out, nil
}
