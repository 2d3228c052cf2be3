package compare

import (
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// form is the form that chooses what is compared. Its fields have the names of
// the parameters.
type form struct {
	Action     string
	Areas      []page.Option
	Kinds      []page.Option
	Categories []categoryField // the second is compared with the first
	Periods    []periodFields  // the first, the second, and the date that stands for both
}

// categoryField is a field that chooses one of the categories.
type categoryField struct {
	Label  string
	Groups []page.OptionGroup
}

// periodFields are the fields that choose a period.
type periodFields struct {
	Legend, Hint string
	Fields       []monthField
}

// monthField is a field that chooses a month, or none.
type monthField struct {
	Name, Label string
	Options     []page.Option
}

// newForm returns the form of a question, which was asked with the parameters.
func newForm(m *page.Reader, d *civic.District, q *question, asked url.Values, all *index.Stats, today civic.Day) form {
	out := form{Action: "/d/" + d.Slug + "/compare", Areas: m.AreaOptions(q.filter.Areas...)}
	for _, k := range civic.Kinds() {
		out.Kinds = append(out.Kinds, page.Option{Value: k.String(), Label: m.Text("kinds." + k.String()), Chosen: slices.Contains(q.filter.Kinds, k)})
	}
	for i := range max(2, len(q.filter.Categories)) {
		field := categoryField{Label: m.Text("compare.form.category")}
		if i > 0 {
			field.Label = m.Text("compare.form.with_category")
		}
		field.Groups = m.CategoryOptions(func(o *page.Option) { o.Chosen = i < len(q.filter.Categories) && q.filter.Categories[i] == o.Value })
		out.Categories = append(out.Categories, field)
	}
	for _, names := range [][]string{{"from", "to"}, {"from2", "to2"}, {"split"}} {
		period := periodFields{Legend: m.Text("compare.form.legend." + names[0]), Hint: m.Text("compare.form.hint." + names[0])}
		for _, name := range names {
			period.Fields = append(period.Fields, monthField{name, m.Text("compare.form." + name), months(m, asked.Get(name), all, today)})
		}
		out.Periods = append(out.Periods, period)
	}
	return out
}

// months returns none, the months from the first with pins until today, and the
// chosen month or day if it is another one.
func months(m *page.Reader, chosen string, all *index.Stats, today civic.Day) []page.Option {
	options := []page.Option{{Label: "–"}}
	if len(all.ByMonth) > 0 {
		for month := all.ByMonth[0].Month; month <= today.Month(); month++ {
			options = append(options, page.Option{Value: month.String(), Label: m.Month(month), Chosen: month.String() == chosen})
		}
	}
	if chosen != "" && !slices.ContainsFunc(options, func(o page.Option) bool { return o.Value == chosen }) {
		label := chosen
		if day, last, err := civic.ParsePeriod(chosen); err == nil && day == last {
			label = m.Date(day)
		} else if err == nil {
			label = m.Month(day.Month())
		}
		options = append(options, page.Option{Value: chosen, Label: label, Chosen: true})
	}
	return options
}
