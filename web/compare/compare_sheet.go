package compare

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// file returns a handler that sends a comparison as a table.
func (h handlers) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, result, err := h.asked(r)
		if err != nil {
			return err
		}
		d := &v.District
		reader := h.Pages.Reader(r, d)
		file := sheets.File{
			Name:  fmt.Sprintf("%s-%s-%s", d.Slug, reader.Text("compare.file"), h.Today(d)),
			Table: words{reader, result, d}.table(), Provenance: result.provenance(v),
		}
		return file.Send(h.Service, w, r, reader.Messages, format)
	}
}

// table returns a row for each group, followed by a row for each comparison of a
// group with another.
func (w words) table() sheets.Table {
	t := sheets.Table{Title: w.question()}
	column := func(name, unit string) {
		t.Columns = append(t.Columns, sheets.Column{Name: w.Text("compare.sheet." + name), Unit: unit, Description: w.Text("compare.sheet." + name + "_text")})
	}
	for _, name := range []string{"what", "topic", "from", "to", "days", "pins", "hex_only", "at_least", "together_with", "residents", "km2"} {
		column(name, "")
	}
	for _, name := range []string{"rate", "rate_low", "rate_high"} {
		column(name, w.unit())
	}
	for _, name := range []string{"rank", "rank_low", "rank_high", "with", "ratio", "ratio_low", "ratio_high"} {
		column(name, "")
	}
	for _, name := range []string{"difference", "difference_low", "difference_high"} {
		column(name, w.unit())
	}
	column("result", "")
	for i := range w.groups {
		t.Rows = append(t.Rows, append(w.cells(i), nil, nil, nil, nil, nil, nil, nil, nil))
	}
	for _, p := range w.pairs {
		s := w.scale()
		ratio, difference := []any{nil, nil, nil}, []any{nil, nil, nil}
		if p.stated() {
			ratio = []any{fixed(p.Ratio), fixed(p.Interval.Low), fixed(p.Interval.High)}
			difference = []any{fixed(p.difference * s), fixed(p.differenceInterval.Low * s), fixed(p.differenceInterval.High * s)}
		}
		row := append(w.cells(p.a), w.group(p.b))
		row = append(append(row, ratio...), difference...)
		t.Rows = append(t.Rows, append(row, w.sentence(p)))
	}
	return t
}

// cells returns the cells of a group.
func (w words) cells(i int) []any {
	g := w.groups[i]
	p, s, scale := w.periods[g.period], w.sides[g.side], w.scale()
	name, _ := w.side(g.side)
	optional := func(n int) any {
		if n == 0 {
			return nil
		}
		return n
	}
	day := func(d civic.Day) any {
		if d <= 0 {
			return nil
		}
		return d
	}
	return []any{
		name, w.topic(), day(p.From), day(p.Until - 1), p.days(), g.count, g.hexOnly.pins, g.hexOnly.atLeast, g.hexOnly.togetherWith, optional(s.residents), fixed(s.km2),
		fixed(g.rate * scale), fixed(g.interval.Low * scale), fixed(g.interval.High * scale), optional(g.rank.Rank), optional(g.rank.Low), optional(g.rank.High),
	}
}

// fixed returns a number with the decimals of a table.
func fixed(v float64) sheets.Fixed { return sheets.Fixed{Value: v, Decimals: 3} }
