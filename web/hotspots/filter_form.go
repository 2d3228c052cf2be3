package hotspots

import (
	"cmp"
	"context"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/page"
)

// coarsest is the coarsest resolution that the form offers. The API has coarser ones
// too.
const coarsest geo.Resolution = 7

// form returns the form with the values of the query, and with the months in
// which pins were reported.
func (v *view) form(ctx context.Context) (page.FilterForm, error) {
	stats, err := v.h.Stats(ctx, v.Version, civic.Filter{})
	if err != nil {
		return page.FilterForm{}, err
	}
	pins := civic.PinQuery{Filter: v.filter, Search: v.words}
	return v.FilterForm(page.FilterFormConfig{Path: v.home, Query: v.query, Pins: pins, Months: stats.ByMonth, Kept: []string{"res"}}), nil
}

// sizes returns the sizes of hexagons that can be chosen, by resolution.
func (v *view) sizes() (sizes []page.Option) {
	res := cmp.Or(v.res, v.defaultResolution())
	if v.answer != nil {
		res = v.answer.res
	}
	for r := min(coarsest, res); r <= finest; r++ {
		width := int(r.EdgeLength()*1.732/10) * 10
		sizes = append(sizes, page.Option{Value: strconv.Itoa(int(r)), Label: v.Text("hotspots.size", "n", width), Chosen: r == res})
	}
	return sizes
}
