package compare

import (
	"context"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// example is a comparison that the page proposes.
type example struct{ Text, URL string }

// examples returns comparisons of what the district has most of: its two areas
// and its two categories of needs with the most pins of the last twelve whole
// months, and these months with those before.
func (h handlers) examples(ctx context.Context, v *index.Version, m *page.Reader) (all []example, err error) {
	d := &v.District
	month := h.Today(d).Month()
	if month < 24 {
		return nil, nil
	}
	year := civic.Filter{Kinds: []civic.Kind{civic.Need}, From: (month - 12).First(), Until: month.First()}
	stats, err := h.Stats(ctx, v, year)
	if err != nil || stats.Total() == 0 {
		return nil, err
	}
	add := func(text string, q url.Values) {
		q.Set("kind", civic.Need.String())
		all = append(all, example{text, serve.WithQuery("/d/"+d.Slug+"/compare", q)})
	}
	halves := url.Values{
		"from": {(month - 12).String()}, "to": {(month - 7).String()}, "from2": {(month - 6).String()}, "to2": {(month - 1).String()},
	}
	areas := slices.Clone(d.Areas)
	slices.SortStableFunc(areas, func(a, b civic.Area) int { return stats.ByArea[b.Slug].Total() - stats.ByArea[a.Slug].Total() })
	if len(areas) > 1 {
		halves["area"] = []string{areas[0].Slug, areas[1].Slug}
		add(m.Text("compare.example.areas", "first", m.In(areas[0].Name), "second", m.In(areas[1].Name)), halves)
	}
	categories := slices.DeleteFunc(slices.Clone(d.Categories), func(c civic.Category) bool { return c.Kind != civic.Need })
	slices.SortStableFunc(categories, func(a, b civic.Category) int { return stats.ByCategory[b.Slug] - stats.ByCategory[a.Slug] })
	if len(categories) > 1 {
		q := queryOf(civic.Filter{From: year.From, Until: year.Until})
		q["category"] = []string{categories[0].Slug, categories[1].Slug}
		add(m.Text("compare.example.categories", "first", m.In(categories[0].Label), "second", m.In(categories[1].Label)), q)
	}
	add(m.Text("compare.example.split", "month", m.Month(month-6)), url.Values{"split": {(month - 6).String()}})
	return all, nil
}
