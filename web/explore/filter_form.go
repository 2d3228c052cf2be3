package explore

import (
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// newFilterForm returns the form of the page whose query is q. Each option has
// the number of pins that it would select together with all other filters.
func newFilterForm(d *civic.District, counts *optionCounts, m *page.Reader, q url.Values, query civic.PinQuery) page.FilterForm {
	f := m.FilterForm(page.FilterFormConfig{Path: "/d/" + d.Slug, Query: q, Pins: query, Months: counts.all.ByMonth, Kept: []string{"scale", "hide", "show"}})
	for i, k := range civic.Kinds() {
		f.Kinds[i].Count = counts.anyKind.Of(k)
	}
	for _, group := range f.Categories {
		for i := range group.Options {
			group.Options[i].Count = counts.anyCategory.ByCategory[group.Options[i].Value]
		}
	}
	for i, status := range civic.Statuses() {
		f.Statuses[i].Count = counts.anyStatus.ByStatus[status]
	}
	for i, a := range d.Areas {
		f.Areas[i].Count = counts.anyArea.ByArea[a.Slug].Total()
	}
	return f
}
