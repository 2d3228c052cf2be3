package explore

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// filterForm is the form of filters. Its fields have the names of the
// parameters of the API.
type filterForm struct {
	Action     string
	Kinds      []page.Option
	Categories []page.OptionGroup // by kind
	Statuses   []page.Option
	Areas      []page.Option
	Months     []page.Option // the first, "", stands for any month
	From, To   string        // chosen months, "2025-03" or ""
	Search     string
	Active     []activeFilter
	ClearURL   string // of the page without any filter, with its scale and layers
}

// activeFilter is a filter of the page; URL is that of the page without it.
type activeFilter struct{ Label, Lang, URL string }

// newFilterForm returns the form of the page whose query is q. Each option has
// the number of pins that it would select together with all other filters.
func newFilterForm(v *index.Version, counts *optionCounts, m *page.Reader, q url.Values, query civic.PinQuery) filterForm {
	home := "/d/" + v.District.Slug
	f := query.Filter
	out := filterForm{Action: home, ClearURL: serve.WithQuery(home, serve.Pick(q, "scale", "hide", "show")), From: q.Get("from"), To: q.Get("to"), Search: query.Search}
	active := func(label, lang, name, value string) {
		out.Active = append(out.Active, activeFilter{label, lang, serve.WithQuery(home, without(q, name, value))})
	}

	for _, k := range civic.Kinds() {
		o := page.Option{Value: k.String(), Label: m.Text("kinds." + k.String()), Count: counts.anyKind.Of(k), Chosen: slices.Contains(f.Kinds, k)}
		out.Kinds = append(out.Kinds, o)
		if o.Chosen {
			active(o.Label, o.Lang, "kind", o.Value)
		}
	}

	out.Categories = m.CategoryOptions(func(o *page.Option) {
		o.Count, o.Chosen = counts.anyCategory.ByCategory[o.Value], slices.Contains(f.Categories, o.Value)
		if o.Chosen {
			active(o.Label, o.Lang, "category", o.Value)
		}
	})

	for _, status := range civic.Statuses() {
		o := page.Option{Value: status.String(), Label: m.Text("status." + status.String()), Count: counts.anyStatus.ByStatus[status], Chosen: slices.Contains(f.Statuses, status)}
		out.Statuses = append(out.Statuses, o)
		if o.Chosen {
			active(o.Label, o.Lang, "status", o.Value)
		}
	}

	for _, a := range v.District.Areas {
		o := page.Option{Value: a.Slug, Label: m.In(a.Name), Lang: m.OtherLanguage(a.Name), Count: counts.anyArea.ByArea[a.Slug].Total(), Chosen: slices.Contains(f.Areas, a.Slug)}
		out.Areas = append(out.Areas, o)
		if o.Chosen {
			active(o.Label, o.Lang, "area", o.Value)
		}
	}

	out.Months = []page.Option{{Label: m.Text("filter.any_month")}}
	for _, month := range counts.all.ByMonth {
		out.Months = append(out.Months, page.Option{Value: month.Month.String(), Label: m.Month(month.Month)})
	}
	out.addMonth(m, out.From, f.From)
	out.addMonth(m, out.To, max(0, f.Until-1))
	if f.From > 0 {
		active(m.Text("filter.from")+" "+m.Month(f.From.Month()), "", "from", "")
	}
	if f.Until > 0 {
		active(m.Text("filter.to")+" "+m.Month((f.Until-1).Month()), "", "to", "")
	}
	if query.Search != "" {
		active(m.Text("quote", "text", query.Search), "", "q", "")
	}
	if query.Cell != 0 {
		active(m.Text("filter.cell"), "", "cell", "")
	}
	return out
}

// addMonth adds the value of a parameter to the months if it is not one of them,
// such as a month of outliers, so that the form keeps it.
func (f *filterForm) addMonth(m *page.Reader, value string, day civic.Day) {
	i, known := slices.BinarySearchFunc(f.Months, value, func(o page.Option, value string) int { return cmp.Compare(o.Value, value) })
	if known || day == 0 {
		return
	}
	label := m.Month(day.Month())
	if value == day.String() {
		label = m.Date(day)
	}
	f.Months = slices.Insert(f.Months, i, page.Option{Value: value, Label: label})
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
