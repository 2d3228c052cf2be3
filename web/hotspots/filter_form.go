package hotspots

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Resolutions that the form offers. The API has coarser ones too.
const (
	coarsest geo.Resolution = 7
	usual                   = civic.HexResolution
)

// filterForm is the form of the page. Its fields have the names of the parameters
// of the API, and are those of the template facets.
type filterForm struct {
	Kinds      []page.Option
	Categories []page.OptionGroup
	Statuses   []page.Option
	Areas      []page.Option
	Months     []page.Option // the first, "", stands for any month
	From, To   string
	Sizes      []page.Option // of hexagons, by resolution
	Search     string
	Active     []activeFilter
	ClearURL   string
}

// activeFilter is a filter of the page; URL is that of the page without it.
type activeFilter struct{ Label, Lang, URL string }

// form returns the form with the values of the query.
func (v *view) form(ctx context.Context) (filterForm, error) {
	f := v.filter
	out := filterForm{From: v.query.Get("from"), To: v.query.Get("to"), Search: v.words, ClearURL: serve.WithQuery(v.home, serve.Pick(v.query, "res"))}
	active := func(o page.Option, name string) {
		if o.Chosen {
			out.Active = append(out.Active, activeFilter{o.Label, o.Lang, serve.WithQuery(v.home, without(v.query, name, o.Value))})
		}
	}
	for _, k := range civic.Kinds() {
		out.Kinds = append(out.Kinds, page.Option{Value: k.String(), Label: v.Text("kinds." + k.String()), Count: -1, Chosen: slices.Contains(f.Kinds, k)})
		active(out.Kinds[len(out.Kinds)-1], "kind")
	}
	out.Categories = v.CategoryOptions(func(o *page.Option) {
		o.Chosen = slices.Contains(f.Categories, o.Value)
		active(*o, "category")
	})
	for _, s := range civic.Statuses() {
		out.Statuses = append(out.Statuses, page.Option{Value: s.String(), Label: v.Text("status." + s.String()), Count: -1, Chosen: slices.Contains(f.Statuses, s)})
		active(out.Statuses[len(out.Statuses)-1], "status")
	}
	for _, a := range v.District.Areas {
		out.Areas = append(out.Areas, page.Option{Value: a.Slug, Label: v.In(a.Name), Lang: v.OtherLanguage(a.Name), Count: -1, Chosen: slices.Contains(f.Areas, a.Slug)})
		active(out.Areas[len(out.Areas)-1], "area")
	}
	res := cmp.Or(v.res, usual)
	if v.answer != nil {
		res = v.answer.res
	}
	for r := min(coarsest, res); r <= finest; r++ {
		width := int(r.EdgeLength()*1.732/10) * 10
		out.Sizes = append(out.Sizes, page.Option{Value: strconv.Itoa(int(r)), Label: v.Text("hotspots.size", "n", width), Chosen: r == res})
	}
	err := v.addMonths(ctx, &out)
	if f.From > 0 {
		active(page.Option{Label: v.Text("filter.from") + " " + v.Month(f.From.Month()), Chosen: true}, "from")
	}
	if f.Until > 0 {
		active(page.Option{Label: v.Text("filter.to") + " " + v.Month((f.Until - 1).Month()), Chosen: true}, "to")
	}
	if v.words != "" {
		active(page.Option{Label: v.Text("quote", "text", v.words), Chosen: true}, "q")
	}
	return out, err
}

// addMonths adds the months in which pins were reported, and those of the query.
func (v *view) addMonths(ctx context.Context, out *filterForm) error {
	stats, err := v.h.Stats(ctx, v.Version, civic.Filter{})
	if err != nil {
		return err
	}
	for _, m := range stats.ByMonth {
		out.Months = append(out.Months, page.Option{Value: m.Month.String(), Label: v.Month(m.Month)})
	}
	for value, day := range map[string]civic.Day{out.From: v.filter.From, out.To: max(0, v.filter.Until-1)} {
		if day > 0 && !slices.ContainsFunc(out.Months, func(o page.Option) bool { return o.Value == value }) {
			out.Months = append(out.Months, page.Option{Value: value, Label: v.Date(day)})
		}
	}
	slices.SortFunc(out.Months, func(a, b page.Option) int { return cmp.Compare(a.Value, b.Value) })
	out.Months = slices.Insert(out.Months, 0, page.Option{Label: v.Text("filter.any_month")})
	return nil
}

// without returns q without a value of the parameter, or without the parameter
// when value is "".
func without(q url.Values, name, value string) url.Values {
	out := url.Values{}
	for key, values := range q {
		for _, x := range values {
			if key != name || value != "" && x != value {
				out.Add(key, x)
			}
		}
	}
	return out
}
