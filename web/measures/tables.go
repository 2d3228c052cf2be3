package measures

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// file returns a handler that sends the tables in a format.
func (h handlers) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := h.District(r)
		if err != nil {
			return err
		}
		s, err := parse(r.URL.Query(), h.Today(&v.District).Month()-1)
		if err != nil {
			return err
		}
		found, err := h.report(r.Context(), v, s)
		if err != nil {
			return err
		}
		b := h.viewOf(r, found)
		f := sheets.File{
			Name:  fmt.Sprintf("%s-measures-%s-%s", v.District.Slug, s.first, s.last),
			Table: b.totals(), More: []sheets.Table{b.byArea(), b.byMonth(), b.times()}, Provenance: found.provenance,
		}
		if len(b.channels) > 0 {
			f.More = append(f.More, b.ways())
		}
		if len(b.people) > 0 {
			f.More = append(f.More, b.languages())
		}
		return f.Send(h.Service, w, r, b.Messages, format)
	}
}

// column returns a column that is described.
func (b viewOf) column(key, unit string) sheets.Column {
	return sheets.Column{Name: b.Text("measures.file." + key), Unit: unit, Description: b.Text("measures.file." + key + ".what")}
}

// totals returns the measures with their numbers and definitions.
func (b viewOf) totals() sheets.Table {
	t := sheets.Table{
		Title: b.Text("measures.file.title", "district", b.In(b.district.Name), "period", b.period(b.span)),
		Columns: []sheets.Column{
			b.column("group", ""), b.column("measure", ""), b.column("total", b.period(b.span)), b.column("before", b.period(b.span.before())), b.column("goal", ""), b.column("percent", "%"), b.column("definition", ""),
		},
	}
	for _, g := range civic.MeasureGroups() {
		for _, m := range g.Measures {
			row := []any{b.Text("measures.group." + g.Name), b.label(m), b.now[m].total, b.before[m], nil, nil, b.Text("measures.what." + string(m))}
			if goal := b.goal(m); goal > 0 {
				row[4], row[5] = goal, b.now[m].total*100/goal
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// additive returns the measures whose counts of months and areas add up.
func additive() (all []civic.Measure) {
	for _, m := range civic.Measures() {
		if m.IsAdditive() {
			all = append(all, m)
		}
	}
	return all
}

// wide returns a table with a column for each measure that is additive.
func (b viewOf) wide(title string, first sheets.Column) sheets.Table {
	t := sheets.Table{Title: title, Columns: []sheets.Column{first}}
	for _, m := range additive() {
		t.Columns = append(t.Columns, sheets.Column{Name: b.label(m), Description: b.Text("measures.what." + string(m))})
	}
	return t
}

// row returns a row of a wide table.
func (b viewOf) row(label string, count func(*counts) int) []any {
	row := []any{label}
	for _, m := range additive() {
		row = append(row, count(b.now[m]))
	}
	return row
}

// together returns the sum of the rows of a wide table.
func (b viewOf) together() []any {
	return b.row(b.Text("measures.together"), func(n *counts) int { return n.total })
}

func (b viewOf) byArea() sheets.Table {
	t := b.wide(b.Text("measures.by_area"), b.column("area", ""))
	t.Columns = append(t.Columns, b.column("residents", ""))
	for _, a := range b.areas() {
		row := append(b.row(b.areaName(a), func(n *counts) int { return n.byArea[a.ID] }), nil)
		if n, known := b.residents[a.ID]; known {
			row[len(row)-1] = n
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, append(b.together(), nil))
	return t
}

func (b viewOf) byMonth() sheets.Table {
	t := b.wide(b.Text("measures.by_month"), b.column("month", ""))
	for m := b.first; m <= b.last; m++ {
		t.Rows = append(t.Rows, b.row(m.String(), func(n *counts) int { return n.byMonth[m] }))
	}
	t.Rows = append(t.Rows, b.together())
	return t
}

// times returns how long responses took.
func (b viewOf) times() sheets.Table {
	days := b.Text("measures.days")
	t := sheets.Table{Title: b.Text("measures.responses"), Columns: []sheets.Column{
		b.column("response", ""), b.column("area", ""), b.column("count", ""), b.column("lower", days), b.column("median", days), b.column("upper", days),
	}}
	for _, of := range civic.Responses() {
		row := b.responseRow(of)
		for _, r := range row.Times {
			t.Rows = append(t.Rows, []any{row.Label, r.Label, r.Count, sheets.Fixed{Value: r.Lower, Decimals: 1}, sheets.Fixed{Value: r.Median, Decimals: 1}, sheets.Fixed{Value: r.Upper, Decimals: 1}})
		}
	}
	return t
}

// ways returns how many ideas came in which way.
func (b viewOf) ways() sheets.Table {
	t := sheets.Table{Title: b.Text("measures.channels"), Columns: []sheets.Column{b.column("channel", ""), b.column("ideas", "")}}
	for _, c := range b.channels {
		t.Rows = append(t.Rows, []any{b.channel(c), c.Count})
	}
	return t
}

// languages returns how many people are written to in which language.
func (b viewOf) languages() sheets.Table {
	t := sheets.Table{Title: b.Text("measures.languages"), Columns: []sheets.Column{b.column("language", ""), b.column("people", "")}}
	for _, l := range b.people {
		t.Rows = append(t.Rows, []any{b.language(l.Tag), l.Count})
	}
	return t
}
