package page

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// FilterForm is a form of filters. Its fields have the names of the parameters of
// the API. It is the data of the templates facets and filter_chips.
type FilterForm struct {
	Action     string
	Kinds      []Option
	Categories []OptionGroup // by kind
	Statuses   []Option
	Areas      []Option
	Months     []Option // the first, "", stands for any month
	From, To   string   // chosen months, "2025-03" or ""
	Search     string
	Active     []ActiveFilter
	ClearURL   string // of the page without any filter
}

// ActiveFilter is a filter of a page; URL is that of the page without it.
type ActiveFilter struct{ Label, Lang, URL string }

// FilterFormConfig configures a form of filters. Path and Query are required.
type FilterFormConfig struct {
	Path   string              // of the page
	Query  url.Values          // of the page
	Pins   civic.PinQuery      // that the query asks for
	Months []index.MonthCounts // that can be chosen, in order
	Kept   []string            // parameters that the page without any filter has, too
}

// FilterForm returns a form of filters. Its options have no counts.
func (r *Reader) FilterForm(cfg FilterFormConfig) FilterForm {
	f := cfg.Pins.Filter
	out := FilterForm{
		Action: cfg.Path, ClearURL: serve.WithQuery(cfg.Path, serve.Pick(cfg.Query, cfg.Kept...)),
		From: cfg.Query.Get("from"), To: cfg.Query.Get("to"), Search: cfg.Pins.Search,
	}
	active := func(label, lang, name, value string) {
		out.Active = append(out.Active, ActiveFilter{label, lang, serve.WithQuery(cfg.Path, serve.Without(cfg.Query, name, value))})
	}
	option := func(name string, o Option) Option {
		o.Count = -1
		if o.Chosen {
			active(o.Label, o.Lang, name, o.Value)
		}
		return o
	}
	for _, k := range civic.Kinds() {
		out.Kinds = append(out.Kinds, option("kind", Option{Value: k.String(), Label: r.Text("kinds." + k.String()), Chosen: slices.Contains(f.Kinds, k)}))
	}
	out.Categories = r.CategoryOptions(func(o *Option) {
		o.Chosen = slices.Contains(f.Categories, o.Value)
		*o = option("category", *o)
	})
	for _, s := range civic.Statuses() {
		out.Statuses = append(out.Statuses, option("status", Option{Value: s.String(), Label: r.Text("status." + s.String()), Chosen: slices.Contains(f.Statuses, s)}))
	}
	for _, a := range r.district.Areas {
		out.Areas = append(out.Areas, option("area", r.Option(a.Slug, a.Name, slices.Contains(f.Areas, a.Slug))))
	}
	out.Months = []Option{{Label: r.Text("filter.any_month")}}
	for _, m := range cfg.Months {
		out.Months = append(out.Months, Option{Value: m.Month.String(), Label: r.Month(m.Month)})
	}
	out.addMonth(r, out.From, f.From)
	out.addMonth(r, out.To, max(0, f.Until-1))
	if f.From > 0 {
		active(r.Text("filter.from")+" "+r.Month(f.From.Month()), "", "from", "")
	}
	if f.Until > 0 {
		active(r.Text("filter.to")+" "+r.Month((f.Until-1).Month()), "", "to", "")
	}
	if out.Search != "" {
		active(r.Text("quote", "text", out.Search), "", "q", "")
	}
	if cfg.Pins.Cell != 0 {
		active(r.Text("filter.cell"), "", "cell", "")
	}
	return out
}

// addMonth adds the value of a parameter to the months if it is not one of them,
// such as a month of outliers, so that the form keeps it.
func (f *FilterForm) addMonth(r *Reader, value string, day civic.Day) {
	i, known := slices.BinarySearchFunc(f.Months, value, func(o Option, value string) int { return cmp.Compare(o.Value, value) })
	if known || day == 0 {
		return
	}
	label := r.Month(day.Month())
	if value == day.String() {
		label = r.Date(day)
	}
	f.Months = slices.Insert(f.Months, i, Option{Value: value, Label: label})
}
