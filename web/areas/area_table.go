package areas

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// file returns a handler that sends the table of an area in a format.
func (h handlers) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := h.District(r)
		if err != nil {
			return err
		}
		s, err := h.summaryOf(r, v)
		if err != nil {
			return err
		}
		b := viewOf{h.Pages.Reader(r, &v.District), &v.District, s}
		f := sheets.File{
			Name:  fmt.Sprintf("%s-%s-%s", v.District.Slug, s.area.Slug, s.now.to),
			Table: b.table(), More: b.moreTables(), Provenance: s.provenance,
		}
		return f.Send(h.Service, w, r, b.Messages, format)
	}
}

// table returns the categories with their numbers.
func (b viewOf) table() sheets.Table {
	column := func(key string, unit string) sheets.Column {
		return sheets.Column{Name: b.Text("area.file." + key), Unit: unit, Description: b.Text("area.file." + key + ".what")}
	}
	now, earlier, per1000 := b.period(b.now), b.period(b.earlier), b.Text("area.rates.unit")
	t := sheets.Table{
		Title: b.Text("area.file.title", "name", b.In(b.area.Name), "period", now),
		Columns: []sheets.Column{
			column("kind", ""), column("category", ""), column("now", now), column("before", earlier), column("change", ""),
			column("ratio", ""), column("ratio_low", ""), column("ratio_high", ""),
			column("rate", per1000), column("rate_low", per1000), column("rate_high", per1000), column("ever", ""), column("at_least", now), column("together_with", now),
		},
	}
	for _, c := range b.categories {
		row := []any{b.Text("kind." + c.Kind.String()), b.In(c.Label), c.now, c.before, b.Text("area.change." + string(c.Verdict)), c.Ratio, c.Interval.Low, c.Interval.High, nil, nil, nil, c.ever, nil, nil}
		if c.hexOnly != nil {
			row[12], row[13] = c.hexOnly.AtLeast, c.hexOnly.TogetherWith
		}
		if c.Kind == civic.Need && c.rate != nil {
			row[8], row[9], row[10] = c.rate.per1000, c.rate.interval.Low, c.rate.interval.High
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// moreTables returns the tables of the charts.
func (b viewOf) moreTables() []sheets.Table {
	months := b.monthChart()
	all := []sheets.Table{sheets.Months(b.Messages, months.Title, months.Months, months.Kinds())}
	rates := b.rateChart()
	if rates == nil {
		return all
	}
	t := sheets.Table{Title: b.Text("area.rates"), Columns: []sheets.Column{{Name: rates.Heading, Description: b.Text("area.rates.what")}}}
	for _, key := range []string{"rate", "rate_low", "rate_high"} {
		t.Columns = append(t.Columns, sheets.Column{Name: b.Text("area.file." + key), Unit: rates.Unit, Description: b.Text("area.file." + key + ".what")})
	}
	for _, g := range rates.Groups {
		bar := g.Bars[0]
		t.Rows = append(t.Rows, []any{g.Label, bar.Value, bar.Low, bar.High})
	}
	return append(all, t)
}
