package hotspots

import (
	"context"
	"net/http"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// columns are the keys of the columns of the files, in order.
var columns = [...]string{"h3", "area", "lat", "lon", "value", "sum", "neighbours", "expected", "z", "p", "q", "permutation", "class"}

// file returns a handler that sends all hexagons with their figures, and the trend
// around a cell if the query has one.
func (h *Hotspots) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q, err := h.question(r)
		if err != nil {
			return err
		}
		cell, err := q.chooseCell(r.URL.Query())
		if err != nil {
			return err
		}
		if err := q.check(); err != nil {
			return err
		}
		v := view{question: &q, Reader: h.Pages.Reader(r, &q.District), h: h}
		if v.answer, err = h.pageAnswer(r.Context(), &q); err != nil {
			return err
		}
		table := sheets.Table{Title: v.Text("hotspots.question", "of", v.of(v.filter))}
		for _, name := range columns {
			table.Columns = append(table.Columns, sheets.Column{Name: v.Text("hotspots.file." + name), Description: v.Text("hotspots.file." + name + ".is")})
		}
		for _, c := range v.answer.Cells {
			at := c.Cell.Centre()
			fixed := func(value float64, decimals int) sheets.Fixed { return sheets.Fixed{Value: value, Decimals: decimals} }
			table.Rows = append(table.Rows, []any{
				c.Cell.String(), v.areaAt(at), fixed(at.Lat(), 6), fixed(at.Lon(), 6), int(c.Value), int(c.Sum), c.Neighbours,
				fixed(c.Expected, 2), fixed(c.Z, 3), c.P, c.Q, c.PermutationP, v.Text("ui.hotspots.class." + c.Class.String()),
			})
		}
		file := sheets.File{Name: q.District.Slug + "-hotspots-" + h.Today(&q.District).String(), Table: table, Provenance: v.answer.provenance}
		if file.More, err = v.trendTables(r.Context(), cell); err != nil {
			return err
		}
		return file.Send(h.Service, w, r, v.Messages, format)
	}
}

// trendTables returns the table of the trend around a cell, if its evidence has one.
func (v *view) trendTables(ctx context.Context, cell geo.Cell) ([]sheets.Table, error) {
	if _, ok := v.answer.find(cell); !ok {
		return nil, nil
	}
	t, err := v.h.trend(ctx, v.question, cell)
	if err != nil {
		return nil, err
	}
	shown := v.trendView(t)
	if shown == nil || shown.Chart == nil {
		return nil, nil
	}
	table := sheets.Months(v.Messages, shown.Chart.Title, shown.Chart.Months, shown.Chart.Kinds())
	table.Name = v.Text("hotspots.trend")
	return []sheets.Table{table}, nil
}
