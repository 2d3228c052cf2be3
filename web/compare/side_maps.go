package compare

import (
	"context"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// maxMaps is the number of maps beside each other. Browsers limit how many they
// draw.
const maxMaps = 4

// mapsView is the maps of a page, which move together and have one legend.
type mapsView struct {
	Hexes      string // JSON: the numbers of hexes of all maps together, from which the classes follow
	Resolution int    // of the hexes
	Maps       []sideMap
	Period     string // whose maps are shown, where there are too many for both; otherwise ""
}

// sideMap is the map of a group.
type sideMap struct {
	Name   string
	Config string // of the map element
	Query  string
	Pins   int
	URL    string // of the map page with the same pins
}

// maps returns the maps of the groups: of the later period alone where there are
// too many.
func (h handlers) maps(ctx context.Context, v *index.Version, w words) (*mapsView, error) {
	out := &mapsView{Resolution: int(civic.HexResolution)}
	first := 0
	if len(w.groups) > maxMaps {
		first = len(w.sides)
		out.Period = w.period(1)
	}
	var filters []civic.Filter
	for i := first; i < len(w.groups); i++ {
		f := w.filterOf(i)
		filters = append(filters, f)
		out.Maps = append(out.Maps, sideMap{
			Name: w.group(i), Config: h.Maps.Element(v, w.Reader, f.Areas), Query: serve.WithQuery("", queryOf(f)), Pins: w.groups[i].count + w.groups[i].hexOnly.pins, URL: w.mapURL(i),
		})
	}
	totals, err := h.Maps.HexTotals(ctx, v, filters...)
	if err != nil {
		return nil, err
	}
	out.Hexes = page.JSON(totals)
	return out, nil
}
